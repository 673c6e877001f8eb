/**
 * Furniture that is more than words side by side, the headings of related links, and the fields it stands among.
 * For folded lines without the marks around them.
 */
import { prefilter } from '../../text/prefilter.ts';
import type { Reach } from './bar.ts';

const any = (...alternatives: readonly string[]) => new RegExp(alternatives.join('|'));
/** Whole lines without the marks around them. */
const whole = (...lines: readonly string[]) => new RegExp(`^(?:${lines.join('|')})$`);
/** Marks within a line. */
const m = '[\\s,.:;!?、。…>()\\[\\]【】《》〈〉|/·•~*=<←→▼▲▶◀↓↑«»—_-]*';
/** Folded text has its commas, colons, question and exclamation marks from ASCII. */
const noEnd = '[^。!?]';

const things =
  '(?:新闻|阅读|报道|报导|文章|好文|热文|链接|连结|专题|推荐|推介|稿件|视频|影片|影音|话题|内容|资讯|讯息|消息|信息|图集|图片|照片|相片|图辑|精选|精彩|回顾|排行|排行榜|热榜|热点|焦点|标签|帖子|主题|故事|观点|评论|必读|必看|快讯|要闻|头条|系列|博文|图文|阅读推荐|关键字|文|贴文|热搜|点击|导读|看点推荐|浏览|发布|港闻|点阅|最爱|最夯|最热|最火|热播|点播|搜寻|搜索|链结|贴|内文|速报|短片|片段|文稿|专栏|文摘)';
const kinds =
  '(?:图片|组图|视频|高清|同城|热文|好文|焦点|头条|网友|读者|精华|本类|同类型|同栏目|栏目|本栏|本栏目|同专题|随机|实时|实况|当前|优质|今天|昨天|最近|近日|过往|过去|早前|先前|前期|上期|下期|读者|网友|用户|大家|会员|延续|接续|继续|值得|不容错过|精选|关联|系列|姊妹|同场|特别|特选|专属|为您|为你|给您|给你|每日|相关|相似|类似|同类|关联|延伸|延展|扩展|拓展|衍生|推荐|推介|荐读|热门|热点|热议|热读|火热|人气|最新|最热|更多|精彩|精选|往期|近期|历史|编辑|小编|主编|今日|本周|本月|本日|昨日|即时|一周|全站|频道|同频道|本版|本报|本网|本站|站内|网站|其他|其它|下一篇|看更多|深度|重点|必看|必读|独家|相关的|24小时|48小时|72小时|7天)';
const fixed = [
  '(?:阅读|浏览|观看)更多|(?:最新|最近|近期|热门)(?:更新|热门|最热|热点)',
  '(?:社会|国内|国际|财经|娱乐|体育|生活|地方|本地|港闻|科技|健康|政治|两岸)(?:新闻)?(?:精选|推荐|排行榜?|热点|热门)|[您你](?:可能|也许|或许)?(?:错过|漏看|没看)(?:了)?的?(?:新闻|内容|文章|报导|报道)',
  '猜[您你]?(?:可能|还|也)*(?:想看|爱看|想读|喜欢|感兴趣)的?(?:内容|文章|新闻)?',
  '[您你](?:可能|或许|也许|还可能|可能也?会|可能还|应该会|还)(?:会|也|还)*(?:喜欢|感兴趣|想看|想知道|想读|关心|爱看|会喜欢)的?(?:内容|文章|新闻|这些)?',
  '(?:大家|其他人|别人|网友|读者|他们|其他读者)(?:都|也|还|正)?(?:在|爱)?(?:看|读|关注|搜|热议)(?:什么|的|了)?(?:新闻|文章)?',
  '(?:看了|读了|阅读|浏览|看过|读过)(?:本文|此文|这篇|这条|该文|这则)?(?:文章|新闻)?的(?:人|网友|读者|用户)*(?:还|也)*(?:看|看了|看过|读|读了|在看|喜欢|浏览|浏览了|关注)+',
  '(?:大家|网友|读者|其他读者|朋友|别人|他人|人们)*(?:都|也|还|正)*在?(?:看|读|搜|关注|讨论|热议)(?:什么|的|这些|了)',
  '(?:接着|接下来|下一则|再|继续|顺便|另外)(?:看|读)?(?:看|读)?(?:什么|这些|推荐)?(?:文章|新闻|推荐)',
  '(?:不要|别|不可|不能|千万别)?错过(?:的)?(?:新闻|内容|报导|报道|文章|精彩)',
  '(?:更多|其他|其它)(?:来自|出自)[^。,:!?]{1,16}(?:的)?(?:文章|新闻|报道|报导|内容|消息)?',
  '看了(?:又看|这篇的人还看了|本文的(?:人|网友|读者)还看了)|看过本文的(?:人|网友)(?:还|也)(?:看|看过|看了)',
  '(?:点击|阅读|新闻|点阅|浏览|评论|热门|热度|人气|文章|回复|论坛|一周|热搜|跟帖)(?:点阅|新闻|点击)?(?:排行|排行榜|榜|榜单|热榜|总排行|top\\s*10)',
  '(?:最多人|最多|多人)(?:看|阅读|分享|点阅|点击|讨论)(?:的?(?:新闻|文章))?|热搜(?:榜|词|关键字)?|热门(?:标签|关键字|关键词|搜索|搜寻|点击|图片)|文章标签|相关标签|(?:一周|本周|本月|本日|今日|昨日|即时|24小时|全站|本站|频道)(?:热门|热点|热榜|热读|热议|最热|人气|排行)|(?:为|给)[您你]推荐|[您你]?(?:可能)?(?:会)?(?:感兴趣|有兴趣)的?(?:内容|文章|新闻|主题)?|(?:点击|点选)?(?:阅读|查看|看)往期(?:文章|内容)?|同场加映|延伸看|不[能可]错过|不可不[看读知]',
  '(?:同一?)?作者(?:的)?(?:其他|更多|相关)?(?:文章|报道|报导|作品|专栏)|同主题文章|(?:related|recommended|popular|latest|more|further|trending)\\s+(?:articles?|news|stories|reading|coverage|posts?|links?|topics?|videos?|reads?|content)|read also|also read|what.?s? (?:next|trending|hot)|trending(?: now)?|more from .{1,24}|more on this story|more to read|up next|editors? (?:picks?|choice)|don.?t miss|you might (?:also )?like|you may (?:also )?like|most (?:read|viewed|popular)|see also|recommended for you|top stories',
];
const headingWords = [
  `${kinds}{1,2}(?:的|更多|相关)?${things}{1,2}(?:推荐|列表|排行|一览|如下)?`,
  `更多(?:有?关)?(?:于)?[^。,:!?>|/]{0,16}?的?(?:相关)?${things}`,
  `(?:看|阅读|浏览)更多(?:相关)?${things}?`,
  ...fixed,
];
const heading = whole(`(?:${headingWords.join('|')})(?:\\s*\\(?\\d{0,3}\\)?)?(?:\\s*(?:更多|more))?`);
/** What a heading has one of; to look for it costs little. */
const mayHead = new RegExp(
  `${kinds}|[猜榜您你]|大家|别人|其他人|网友|读者|看了|看过|排行|最多|多人|热搜|推荐|往期|兴趣|加映|延伸|错过|不可不|作者|同主题|[a-z]{4}`,
);

/** Is it nothing but the heading of links, its number and its arrows? 相关新闻： · 【延伸阅读】 · 更多新闻>>. */
export function isHeading(core: string): boolean {
  return mayHead.test(core) && heading.test(core);
}

const parting = /[:】\]》〉>/|]/;
const neighbour = any(
  `^(?:上|下|前|后)[一1]?(?:篇|则|条|章|页|期|文|个)(?:文章|新闻|报道|报导)?\\s*[:>】\\])]${noEnd}*$`,
  `^(?:上|下)一?新闻\\s*[:>】\\])]${noEnd}*$`,
  `^(?:上一篇|下一篇|上一则|下一则|上一条|下一条|上一篇文章|下一篇文章)\\s+${noEnd}+$`,
  `^(?:文章|相关|热门|新闻|本文)?(?:标签|关键[词字]|标记|热词|tags?|keywords?)\\s*[:]${noEnd}*$`,
);

/** A link on the line of its heading, or a neighbour of the article: 延伸閱讀：… · 上一篇：…. */
export function isHeadingWithLink(core: string): boolean {
  if (neighbour.test(core)) return true;
  const at = core.search(parting);
  return at > 0 && at < core.length - 1 && !core.includes('。') && isHeading(core.slice(0, at).trim());
}

/** #颱風 #南嶼 */
export const hashtags = /^(?:#[^\s#]{1,20}#?\s*)+$/;

/** Those that stand between paragraphs as well. 相关链接 and 新闻背景 do not: a box of the paper has body below. */
export const leadsOff = any(
  `^(?:延伸阅读|延伸报导|延伸影音|推荐阅读|看更多|阅读更多|更多(?:新闻|报导|报道|内容|文章)|(?:相关|更多相关)(?:新闻|报导|报道|阅读|文章)|你可能[^:]{1,6}|热门新闻|推荐新闻|最新新闻|同场加映)${m}[:】\\]》〉>/|]`,
);

const fullDate = '(?:19|20)\\d\\d[-./年](?:0?[1-9]|1[0-2])[-./月](?:0?[1-9]|[12]\\d|3[01])|民国\\d{2,3}年';
const date = `${fullDate}|(?:0?[1-9]|1[0-2])月(?:0?[1-9]|[12]\\d|3[01])日`;
const dated = any(
  // Dates in front, with whatever stands on the line of a publication.
  `^[^\\s\\d。(]{0,12}\\s*(?:${fullDate})${noEnd}*$`,
  `^[\\s\\d:.,()/年月日时分秒星期周一二三四五六、-]*(?:${date})[\\s\\d:.,()/年月日时分秒星期周一二三四五六、-]*$`,
  '^(?:发布|发表|刊登|更新|上稿|上版|建立|建档|编辑|最后更新|时间|日期|上传|发稿|出版|见报)(?:时间|日期|于)?\\s*:',
);
const field = any(
  '^(?:信息|资料|稿件|文章|新闻|消息|本文|内容|图片|图|文|视频|数据|照片|影片|原文|作品|素材)?(?:来源|出处|来自)(?:于|自)?\\s*[:/]',
  `^(?:本文)?(?:转自|转载自|摘自|选自|原载|原载于|首发于|综合整理自|综合自|据|综合|编译自|取自|翻摄自)${noEnd}{1,40}$`,
  // Credits of other forms than label and name.
  '^(?:[^,。:!?/|]{2,20}(?:供稿|供图|提供|整理|报道|报导|编译|摄影|摄|文/图|图/文|供片|配图|制图|绘|译|撰文|采写)|(?:文|图|图文|文字|摄影|采写|撰文|执笔|编译|翻译|记者|通讯员|作者|编辑|责编|校对|审核|监制|主编|制图|剪辑|统筹|策划|来稿)\\s*[/:|丨].{0,60})$',
  // End marks.
  '^(?:全文)?(?:完|完讯|完稿|本文完|终|end|the end|fin|全文完|待续|未完待续)$',
  '^(?:作者|笔者|本文作者|作家|本报记者|记者)(?:为|系|是|单位|简介)',
);

/** The line of the publication: its date, and what else there is. */
export function isDated(folded: string): boolean {
  return dated.test(folded);
}

/** Sources, credits and end marks. */
export function isField(folded: string): boolean {
  return field.test(folded);
}

/** What a bracket holds at the end of a text: a name, an agency, the author. */
export const bracketed = /^\([^()]{2,60}\)$/;

const advertisement = whole(
  `(?:广告${m}){2,}|广告${m}(?:关闭|跳过|x|×|略过|\\d{1,2}\\s*秒?(?:后(?:关闭|跳过))?)|(?:advertisement|advert)${m}(?:continue reading.{0,20}|scroll.{0,24}|story continues.{0,20})|广告赞助商?|ad\\W*广告|广而告之|广告\\W*(?:推广|advertisement)|(?:特约|品牌|原生|商业)广告|广告(?:位|内容|时间|推广|也精彩)?(?:招租|招商)?|以[下上](?:内容)?(?:为|是)?广告(?:内容|信息)?|由.{1,12}提供的?广告|ads?|advertisement|advertising|advertorial|sponsored(?: content| links?)?|ads? by google|google ?广告|赞助(?:内容|商|商内容|商?连结|商?链接|商?广告)|赞助商?:.{0,12}|推广(?:内容|链接|信息)|工商(?:广告|服务|时间)|商业(?:广告|推广)|end of content|广告\\s*\\(?\\s*请(?:继续|往下).{0,8}`,
);
const readOn = whole(
  `(?:(?:以下)?(?:为|是)?广告${m})?(?:(?:文章|本文|内容|新闻|故事|全文|正文)(?:未完|还没完|未结束|尚未结束)?${m})?(?:请[您你]?(?:继续|往下|向下|下滑|接续|接着|点击)|继续(?:往下|向下|下滑)|(?:往下|向下|下滑)(?:滑动|继续|看更多|看下去|滑))(?:继续|往下|向下|下滑|滑动|下拉)*(?:阅读|浏览|观看|滑动|看|收看)(?:下去|本文|全文|新闻|内文|文章|更多|精彩内容|更多内容|下一页|更多精彩|更多新闻)?`,
  '继续往下(?:滑|阅读)|往下看更多|往下滑看更多|下滑看更多',
);
const nextThing =
  '(?:下一?页|次页|第[\\d二三四五六]页|下一张|大图|高清大图|原图|全文|余下全文|更多|更多内容|更多图片|全部图片|全部照片|更多照片|照片|专题(?:报道|报导|页)?|相关专题|视频|原文|完整版|图集|组图)(?:继续)?(?:阅读|查看|浏览|看|观看|更多|精彩|内容)?';
const goOn = '(?:进入|查看|阅读|看|浏览|前往|翻到|跳转到?|转到|展开|打开|观看)';
const nextPage = whole(
  `(?:(?:未完待续|未完|待续)${m})?(?:请)?(?:点击|点选|点|按|轻触|单击|戳)(?:图片|图|此处|这里|下方|下面|右侧|按钮|链接|连结|标题)*${goOn}?${nextThing}`,
  `(?:(?:未完待续|未完|待续)${m}请?|请)(?:${goOn}|翻至|翻看|见)${nextThing}|进入(?:专题|相关专题|专题页|下一页)`,
  `(?:第\\s*\\d+\\s*页${m}){2,}|共\\s*\\d+\\s*页(?:[^\\d]{1,3}\\d+){2,}`,
  `(?:图片)?(?:共|全文共|本文共|全文分|本文分)\\s*\\d+\\s*(?:页|张)(?:${m}(?:第|当前第?)\\s*\\d+\\s*(?:页|张))?${m}(?:阅读|下一页|上一页|转到|跳转).*`,
);
/** Without 请 or 点击 it is a heading as well: 翻到下一页. */
const turnPage = whole(`(?:${goOn}|翻至|翻看|见)${nextThing}`, '(?:请)?(?:接|转|续)下一?页');
const position = any(
  `^(?:[您你](?:现在|当前|目前|所在|所处|的)*|(?:(?:现在|当前|目前|所在|所处)的?){1,3})位置(?:是)?\\s*[:>»›]?${noEnd}{0,80}$`,
  `^(?:[您你](?:现在|目前|当前|正)*(?:在|位于)(?:这里)?|位置|导航|路径|频道|栏目)\\s*[:]\\s*(?:[^>]{0,12}>|首页|主页)${noEnd}{0,80}$`,
);
/** At most six sections behind the home page, or three sections and more. */
const word = '[^\\s>»›→/|。,!?、:]';
const section = '[^\\s>»›→/|。,!?、:][^>»›→|。,!?:]{0,15}?';
const crumbs = any(
  `^(?:${word}{0,10}(?:首页|主页)|home|${word}{1,10}(?:网|频道|新闻|中心|在线|报))(?:\\s*(?:>+|〉|»|›|→|>>)\\s*${section}){1,6}\\s*>*$`,
  `^(?:${word}{0,10}首页|home)(?:\\s*[/|·—-]\\s*[^\\s>»›→/|。,!?、:·—-][^>»›→/|。,!?:·—-]{0,15}){1,6}$`,
  `^${section}(?:\\s*(?:>+|〉|»|›)\\s*${section}){2,6}\\s*>*$`,
  `^${section}\\s*>+\\s*(?:正文|内容|详情|文章|新闻)$`,
);
const forbids = /不得|请勿|严禁|禁止|谢绝|未经|必究|翻印|转载|违者/;
const copyright = any(
  '^[^。!?,]{0,100}all rights? reserved',
  '^(?:版权|著作权)所有(?:[\\s:,][^。!?,]{0,40}|[^。!?,:]{2,20}(?:社|网|报|集团|公司|中心|台))?$',
  '^[^。!?,]{2,60}\\s(?:版权|著作权)所有$',
  '^[^。!?,:]{2,30}(?:社|网|报|集团|公司|中心|台)\\s*版权所有$',
);
const copyrightMark = /(?:©|\(c\)\s*(?:19|20)\d\d|copyright\W)[^。!?]{0,100}$/;
const licence = any(
  '(?:icp\\s*(?:备|证)|公安备案号?|备案(?:序)?号|公网安备|网络视听|视听节目|新闻信息服务|新闻许可|许可证|增值电信|出版物|网文|出网证|国新网|药品信息|信用代码|经营许可)[^。!?,;]{0,40}\\d{4}[^。!?,;]*$',
  '^[^。!?,;]{0,40}(?:违法|不良|有害|虚假|涉企|未成年人)[^。!?,;]{0,12}(?:信息|内容)?(?:举报|投诉)(?:电话|热线|邮箱|中心|平台|专区|网站|入口|方式)[^。!?,;]{0,60}$',
  `^[^\\s\\d\\[(]{0,4}(?:新办|新登|网文|新出|网审|网证|新出网证)[^一-鿿]{0,3}(?:字)?[^一-鿿]{0,2}\\d{2,4}${m}(?:字)?第?\\d*号$`,
  '^技术支持\\s*[:][^。!?,]{0,40}$',
);
const commentPrompt = whole(
  '(?:已有|共有|共|目前有|目前|累计)?\\s*\\d[\\d,.]*\\s*[万w]?\\+?\\s*(?:人|位|条|则|个|次)?(?:网友|用户|读者)?(?:已|参与|发表|发布|正在)*(?:了)?(?:评论|留言|回应|跟帖|讨论|阅读|浏览|点赞|分享|观看|推荐|赞过|觉得很?赞|看过|点击|播放|收藏|转发|互动|喜欢|说了)(?:过?了?)?',
  '(?:文明上网|文明发言|理性发言|理性评论)[^。!?]{0,50}',
  '(?:网友)?评论(?:仅|只)供其?表达个人看法.*|[您你]是(?:本站|本页|本文)?的?第\\s*\\d+\\s*[位个名](?:访客|读者|浏览者|访问者)|打开微信.{0,12}发现.{0,20}扫一扫.{0,20}',
  `(?:请)?(?:遵守|自觉遵守)${noEnd}{0,40}(?:协议|公约|规定|法规|自律|管理办法)[^。!?]{0,12}`,
  '(?:您|你)?(?:还可以|还能)?输入\\s*\\d+\\s*字|(?:评论|留言)(?:区|功能)?(?:已关闭|暂未开放|加载中|正在加载)|(?:登录|登入)(?:后|会员|帐号|账号)?[,\\s]*(?:即可|才能|才可以?|方可|可以?|以)?(?:发表|参与|进行|查看|张贴|发布)?(?:评论|留言|讨论|回应|回复|更多(?:评论|留言|内容)?)|(?:发表|参与)?(?:评论|留言|回复)(?:前)?请?先(?:登录|登入|注册)(?:或(?:注册|登录))?',
);
const browser = any(
  `^${noEnd}{0,20}浏览器${noEnd}{0,12}(?:不支持|不支援|版本过低|版本太低|过旧|无法播放|不兼容)`,
  `^${noEnd}{0,12}(?:启用|开启|允许|打开)${noEnd}{0,8}javascript`,
  `^${noEnd}{0,12}(?:最佳|建议)${noEnd}{0,6}(?:浏览|观看|分辨率|解析度|使用)${noEnd}{0,20}(?:浏览器|分辨率|解析度|以上|chrome|edge)`,
  'your browser does not support',
);
const hotline = any(
  '^(?:本报|本网|本台|本站|欢迎|我要|\\d+小时)?(?:新闻|爆料|报料|线索|读者|订报|订阅|发行|广告|投稿|来稿|商务|合作|客服|编辑部|编辑|值班|采编|内容|服务|投诉|监督|举报|提供新闻线索)(?:合作|业务|刊登|投诉|监督|服务|爆料|线索)?(?:热线|电话|邮箱|信箱|专线|传真|微信|qq|email|e-mail|mail)\\s*[:(]?\\s*(?=[^\\s]*[\\d@])[\\w@.+\\-()/、,;转分机 ]+(?:(?:微信|qq|电话|手机|邮箱|传真|email)\\s*[:]\\s*[\\w@.+-]+\\s*)*$',
  '^(?:官方|本报|本网|本台|我们的)?(?:微信|微博|公众号|微信号|微信公众号|抖音号?|头条号|视频号|facebook|fb|line|ig|instagram|twitter|youtube|telegram)(?:官方)?(?:帐号|账号|id|粉丝团|专页|频道|订阅号|公众号)?\\s*[:]\\s*\\S{2,30}$',
);

const rest: readonly (readonly [RegExp, Reach])[] = [
  [advertisement, 'anywhere'],
  [readOn, 'anywhere'],
  [nextPage, 'anywhere'],
  [turnPage, 'edge'],
  [/^(?:推广|赞助)$/, 'edge'],
  [position, 'edge'],
  [crumbs, 'edge'],
  [commentPrompt, 'edge'],
  [licence, 'edge'],
  [browser, 'edge'],
  [hotline, 'tail'],
];

/** What one of these forms has one of. */
const mayBeOther =
  /广告|赞助|推广|工商|商业|\bad|sponsor|end of|继续|往下|下滑|页|共|[点按戳进请看见]|展开|打开|查看|翻|位置|[>〉»›→]|首页|主页|home|频道|栏目|导航|路径|评论|留言|回应|跟帖|浏览|阅读|赞|分享|上网|发言|遵守|输入|登[录入]|访客|icp|证|备|办|登|网[文审]|举报|技术|browser|javascript|建议|最佳|热线|电话|[邮信]箱|专线|传真|微[信博]|号|版权|著作权|reserved|copyright|©|\(c\)|facebook|fb|line|i[gn]|t[wg]|youtube|qq|mail|播放|观看/;

const isLikelyOther = prefilter(mayBeOther);

/** Where a line of a form of its own is furniture, or undefined if it has none of these forms. */
export function otherFurniture(core: string, folded: string): Reach | undefined {
  if (!isLikelyOther(folded) || !mayBeOther.test(folded)) return undefined;
  if ((copyrightMark.test(folded) || copyright.test(core)) && !forbids.test(folded)) return 'edge';
  return rest.find(([form]) => form.test(core))?.[1];
}
