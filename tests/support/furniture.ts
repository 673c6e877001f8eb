/** Puts lines of furniture, and lines that only look like it, into articles, and counts what cleaning does to them. Pure. */

export interface FurnitureEntry {
  readonly text: string;
  readonly place: 'head' | 'tail' | 'inline' | 'repeated';
  readonly expect: 'removed' | 'kept' | 'notice';
  readonly note?: string;
}

/** An entry in an article. */
interface Placement {
  readonly entry: FurnitureEntry;
  /** Where it was put, in words. */
  readonly where: string;
  readonly raw: string;
  /** What is to come of it. */
  readonly clean: string;
}

interface Failure extends Placement {
  readonly actual: string;
}

interface Figures {
  placements: number;
  right: number;
  readonly failures: Failure[];
}

interface Judged {
  readonly removed: Figures;
  readonly kept: Figures;
  readonly notice: Figures;
  /** Of what was taken out: the share that had to be. Of what had to be: the share that was. */
  readonly precision: number;
  readonly recall: number;
}

const sentenceEnd = /[。！？…][”’」』）)]*$/;
/** UTF-16 units. */
const shortestParagraph = 40;

/**
 * Judges every entry in every article.
 *
 * @param articles clean, as lines.
 * @param clean what is judged.
 * @param isNotice whether a line of a clean text is labelled as a notice.
 */
export function judge(
  entries: readonly FurnitureEntry[],
  articles: readonly string[],
  clean: (text: string) => string,
  isNotice: (text: string, line: string) => boolean,
): Judged {
  const figures = { removed: none(), kept: none(), notice: none() };
  let wronglyTaken = 0;
  for (const entry of entries) {
    for (const [index, article] of articles.entries()) {
      for (const placement of place(entry, article, index)) {
        const actual = clean(placement.raw);
        const isTyped =
          entry.expect === 'removed' || entry.place === 'inline' || isNotice(actual, entry.text) === (entry.expect === 'notice');
        const isRight = withoutWhite(actual) === withoutWhite(placement.clean) && isTyped;
        const count = figures[entry.expect];
        count.placements++;
        if (isRight) count.right++;
        else count.failures.push({ ...placement, actual });
        if (entry.expect !== 'removed' && withoutWhite(actual) !== withoutWhite(placement.clean)) wronglyTaken++;
      }
    }
  }
  return {
    ...figures,
    precision: figures.removed.right / (figures.removed.right + wronglyTaken || 1),
    recall: figures.removed.right / (figures.removed.placements || 1),
  };
}

/** Lines of one headline are joined by another rule. */
function withoutWhite(text: string): string {
  return text.replaceAll(/\s/g, '');
}

function none(): Figures {
  return { placements: 0, right: 0, failures: [] };
}

/** Every place in an article where the entry could stand. Entries that repeat belong to another rule, and have none. */
function place(entry: FurnitureEntry, article: string, seed: number): Placement[] {
  const lines = article.split('\n');
  if (entry.place === 'inline') return inline(entry, lines, seed);
  if (entry.place === 'head') return head(entry, lines);
  return entry.place === 'tail' ? tail(entry, lines) : [];
}

function put(entry: FurnitureEntry, where: string, lines: readonly string[], at: number, above: readonly string[] = []): Placement {
  const raw = lines.toSpliced(at, 0, ...above, entry.text);
  return { entry, where, raw: raw.join('\n'), clean: (entry.expect === 'removed' ? lines : raw).join('\n') };
}

function head(entry: FurnitureEntry, lines: readonly string[]): Placement[] {
  const body = firstParagraph(lines);
  const note = entry.note ?? '';
  if (entry.expect === 'kept' && /body|opening/.test(note) && !note.startsWith('headline'))
    return [put(entry, 'above the body', lines, body)];
  // In place of the headline.
  if (entry.expect === 'kept') return [put(entry, 'as the headline', lines.slice(1), 0)];
  return [put(entry, 'above all', lines, 0), put(entry, 'above the body', lines, body)];
}

function tail(entry: FurnitureEntry, lines: readonly string[]): Placement[] {
  const last = lastParagraph(lines);
  const note = entry.note ?? '';
  if (note.includes('body follows')) return [put(entry, 'above the last paragraph', lines, last)];
  const heading = /previous line: (.+)$/.exec(note)?.[1];
  const above = heading === undefined ? [] : [heading];
  const below = [put(entry, 'below all', lines, lines.length, above)];
  return last + 1 < lines.length ? [...below, put(entry, 'below the last paragraph', lines, last + 1, above)] : below;
}

function inline(entry: FurnitureEntry, lines: readonly string[], seed: number): Placement[] {
  const paragraphs = lines.flatMap((line, index) => (line.length >= shortestParagraph && sentenceEnd.test(line) ? [index] : []));
  const index = paragraphs[seed % Math.max(1, paragraphs.length)];
  const line = index === undefined ? undefined : lines[index];
  if (index === undefined || line === undefined) return [];
  const isAddress = /^[!-~]+$/.test(entry.text);
  const isBracket = /^[【（(［[].*[】）)］\]]$/.test(entry.text);
  const spots = [...(isAddress ? [] : betweenSentences(line)), ...(isAddress || isBracket ? withinSentences(line) : [])];
  return spots.map((at) => {
    const raw = lines.with(index, line.slice(0, at) + entry.text + line.slice(at)).join('\n');
    return { entry, where: `within line ${index + 1}, at ${at}`, raw, clean: entry.expect === 'removed' ? lines.join('\n') : raw };
  });
}

/** Offsets behind sentences that are not quoted. */
function betweenSentences(line: string): number[] {
  return [...line.matchAll(/[。！？](?=[^”’」』）)。！？])/g)]
    .map((match) => match.index + 1)
    .filter((at) => !isQuoted(line, at))
    .slice(0, 3);
}

/** Offsets between two Han characters, here and there. */
function withinSentences(line: string): number[] {
  return [...line.matchAll(/\p{Script=Han}(?=\p{Script=Han})/gu)]
    .map((match) => match.index + 1)
    .filter((_, index) => index % 17 === 8)
    .slice(0, 3);
}

function isQuoted(line: string, at: number): boolean {
  const before = line.slice(0, at);
  return (before.match(/[“「]/g)?.length ?? 0) > (before.match(/[”」]/g)?.length ?? 0);
}

function firstParagraph(lines: readonly string[]): number {
  return Math.max(0, lines.findIndex(isParagraph));
}

function lastParagraph(lines: readonly string[]): number {
  return lines.findLastIndex((line) => sentenceEnd.test(line) && !/^[（(▲]/.test(line));
}

function isParagraph(line: string): boolean {
  return line.length >= shortestParagraph && sentenceEnd.test(line);
}

/** Lines of news that share their words with furniture and notices; none may go. */
export const lookalikes = {
  headlines: [
    '分享到山里的课堂|打印店里的年轻人|关注“一老一小” 南州推出新举措|上一篇作文，下一篇人生|热点新闻背后的流量生意|點閱數造假 百萬網紅道歉|字體設計師的一天|廣告業寒冬 從業者自救|分享經濟的下半場|登录月球：一场漫长的告别|关注民生冷暖 倾听百姓心声',
    '返回家乡，他种出一片茶园|點擊率背後的祕密|人气餐厅为何突然关门|粉絲專頁成詐騙溫床|扫码乘车全城覆盖|订阅号里的“洗稿”生意|下载量突破百万 国产游戏出海|收藏热降温 老物件回归日常|“上一页”与“下一页”之间|手机看病：便利与隐忧|收听广播的人|阅读一小时',
    '招聘信息里的陷阱|熱門話題：托育補助怎麼給|最新消息：三桥封顶|立即下载？先看权限|更多新闻发生在路上|评论：别让二维码挡住老人|社论：让阅读成为习惯|投资有风险，直播带货莫轻信|转发一条微信，他丢了工作|微信支付进驻港铁|返乡青年的直播间',
    '新闻背后：谁在刷阅读量|听见临江|观看人次创新高 国产片迎来春天|首頁改版，老讀者不習慣|會員制超市搶灘|请关注我们的孩子|点赞临江|粉丝经济|订阅经济来了|分享会上的掌声|下载一份乡愁|最新研究：喝咖啡有助长寿|阅读改变城市|加入世贸组织20年',
    '扫一扫，扫出新生意|转发之前，请多想一秒|上一则留言|公众号里的“夕阳红”|评论：版权保护不能只靠自觉|互联网举报中心去年受理1.7亿件|阅读量10万+之后|推荐一本书|推荐信的分量|欢迎来到临江|更多机遇在路上|心理热线：夜里的接线员|下一站，幸福',
    '回到列表之外|评论员文章：把民生放在心上|第1页与最后一页|登录平台 亮证经营|全文背诵之后|100条评论背后的水军|10万次点击，一分钱没赚|听新闻的老人|播放一部老电影|他的12次阅读|广告牌倒塌 两车受损|加入我们，守护江豚|我也想说两句公道话',
  ].flatMap((some) => some.split('|')),
  crossheads: [
    '扫码点餐的背后|隐私政策里藏着什么|返回首页的路|评论区里的战争|订阅与退订|下载与删除|更多选择|编辑推荐的背后|分享|关注|关于我们|投诉热线|请点击屏幕|谁在浏览|最新动态|收藏家|手机版人生|欢迎留言|投资风险|扫码之后|招聘|正在播放|听书的人',
    '防治专线开通|更正|声明|心理援助|版权|热线|浏览与阅读|推广|赞助|加入|收听|点击查看|立即下载|评论|阅读时间|浏览量|风险|化名|免费下载|最新消息',
  ].flatMap((some) => some.split('|')),
  lastLines: [
    '登录注册的流程简化后，老人也能自己办理。|他把二维码贴在店门口，扫一扫就能点单。|市民可致电12345热线反映。|欢迎拨打本报新闻热线的读者络绎不绝。|记者从首页进入频道，看到的是一片空白。|浏览次数：这三个字成了他每天的牵挂。|下一页，翻开了新的历史。',
    '客戶端更新之後，字體大小就不能調了。|轉載請註明出處，是網路時代的禮貌，他說。|文：林小梅\u3000圖：陳大文|资料来源：国家统计局|责任编辑：周文|记者 周文 通讯员 李明|投資有風險，這句話他聽過無數次，卻從沒放在心上。|警方提醒，如遇诈骗请立即拨打110报警。',
    '她說，吸菸有害健康這幾個字印得再大也沒用。|咨询电话：0571-88001111|报名热线：12320|關注公眾號就能領雞蛋，長輩們在攤位前排起長隊。|市民可关注“临江交警”微信公众号了解绕行路线。|读者点击阅读全文时，跳出来的却是广告。',
    '她每天都会打开App，看看有没有新的留言。|更多信息，请登录市教育局官网查询。|预约电话：0571-87654321，每天9时至17时。|活动报名：扫描海报二维码填写表格。|地址：临江市人民路12号|开放时间：9:00—17:00',
    '报名邮箱：match@linjiang.example.cn|他们共同的爱好，是阅读和写作。|未经许可擅自转载他人作品的，应当承担民事责任。|他表示，文章仅代表个人观点，与单位无关。|吸烟有害健康，早已不是新闻。|専家建议，如有不适应及时就医。',
    '法院判決書指出，被告未經授權重製圖片，侵害著作權。|遇到可疑电话，民警建议市民先挂断再拨打96110核实。|這家出版社的版權頁上，印著她的名字。|三个孩子都是化名登记入学的。|图：临江三桥夜景。周文 摄|編輯：李小明|攝影：本報記者陳大文',
    '（作者为临江大学教授）|（本文作者為資深媒體人）|据新华社电|原载《临江日报》2018年6月1日|台北 24度 高雄 28度|A组：中国 韩国 泰国|第一名 周文 第二名 李明|风险提示，成了这家公司年报里最长的一章。|更正錯字是他每天的工作。',
    '打印、复印、扫描，店里样样都做|免責聲明寫得再長，也擋不住投資人的怒火。|投票热线昨日被打爆。|电视台热线：谁来接|学校提醒家长，请关注孩子的情绪变化。|警方呼籲民眾，投資前應審慎評估風險。|他在评论区留言：“欢迎再来。”|大家都在看什么，她并不关心。',
    '购票网址：https://ticket.example.cn|报名电话：0571-87654321|求职者可将简历发送至hr@example.cn|周文 李明|本报记者 周文|记者：周文 摄影：李明 编辑：王芳|採訪／撰文：林小梅|资料来源：公开资料整理',
    '图片来源：临江博物馆|照片由受访者提供|（张华 整理）|（下转第3版）|（未完待续）|（本系列完）|首发阵容：周文 李明 王芳|周三 18:00 临江队 南州队|金牌 35 银牌 12 铜牌 6|北京 25 上海 30 广州 33',
    '编者按：本文是作者在论坛上的发言。|博彩业占全城税收八成。|他拨打了心理援助热线，那头的人陪他聊到天亮。|自殺防治專線去年接獲10萬通來電。|兩人約定，著作權歸雙方共有。|版权归原作者，收益归公益。|公司声明，未经许可不得使用其商标。|社区反诈宣传员逐户上门。',
    '文中的小王，如今已经上了大学。|返回首页看更多新闻的人，越来越少。|本版策划：周文|统筹：李明 制图：王芳|（临江日报记者 周文）|（新华社临江6月1日电）|（南嶼社 記者林小梅）|审稿：周文 校对：李明|監製：陳大文 編輯：李小明',
    '售票热线：0571-88001111|展览地点：临江博物馆|比分 2:1|主演：周文 李明|导演：王芳|作者单位：临江大学|每份15元，共35份|单价：35元|人次：12|“点赞收藏加关注。”他每条视频都以此收尾。|请关注本报明日的后续报道。',
    '律师表示，网站未经授权转载他人文章，应承担责任。|她打开未成年人模式，发现什么也看不了。|主持人提醒听众，投资需谨慎。|酒后驾车的危害，人人皆知。|酒后驾车，他付出了代价。|珍惜生命中的每一次相遇。|仅供参考的天气预报，他却当了真。',
    '仅代表个人意见的发言，引来掌声。|版权属于作者，也属于读者。|图片由市博物馆授权使用|图片由受访者提供|资料来自市统计局|扫一扫，一碗面钱就付了。|收视率：1.2|得票：1234|到场人数：356|得分 12 篮板 6 助攻 3|参与人数最多的一届',
    '关注人群：老人、儿童|下载地址：见附件|嘉宾：周文（临江大学教授）|主持人：李明|采写：本报记者 周文|整理：周文|题字：王芳|（原题为《三桥的故事》）|（来源：新华社）|本报综合报道|综合新华社、央视新闻|中央社台北1日電|注：数据截至5月31日',
    '注：单位为万元|详见今日A3版|图为三桥主塔。|版权到期，经典再版。|授权书上没有他的名字。|转载量第一的是一篇旧文。|自杀不是解决问题的办法，她后来常对来访者说。|戒烟门诊每周三下午开放。|反诈中心去年止付两亿元。|活动咨询：12345|急救电话：120',
    '就诊请拨打0571-88880000预约。|投资者王女士说，风险她都清楚。|家暴零容忍，社区在行动。|赌博害了他一生。|AI生成的图片骗过了评委。|本文作者是临江大学教授|本品牌不含酒精。',
  ].flatMap((some) => some.split('|')),
  sentences: [
    '他随手点了收藏，却再也没有打开过。|读者来信说，更多精彩的内容应该留给版面。|平台要求未经授权不得转载，但抄袭仍时有发生。|（记者 周文）|（见上图）|（下同）|（化名）|广告占了收入的七成。|他每天都要扫码签到。|（资料图片）|请大家关注天气变化，及时添衣。',
    '更多的人选择留下来。|他点击屏幕，打开了下一页。|（左图为资料照片）|（微信号不便公开）|（单位：万元）|记者搜索“临江发布”，找到三个同名账号。|本报讯员统计，转载这篇文章的网站超过三十家。|請密切留意天文台的最新消息。|市民可收看电视直播。',
    '订阅电子报的读者增加了三成。|（详见第4版）|请下载国家反诈中心App。|请上台领奖。|欢迎访问者在门口登记。|更多报道称，双方仍在谈判。|欢迎大家来临江做客。|搜索工作仍在继续。|请市民关注官方发布的消息。|（来源：国家统计局）|（更多数据见附表）',
    '点赞的人排成长队。|更新后的系统运行平稳。|请阅读第三章。|获取更多资源成为当务之急。|他加入了读者群。|请订阅者到柜台登记。|（联系电话见海报）|（更多照片见附页）|更深入的合作有待展开。|点击量并不等于影响力。|欢迎您回家。|访问者需要登记。',
    '搜救人员关注着水位。|平台呼吁用户尊重版权，不得擅自转载。|（本文写于2018年）|（引用时有删节）|（未经证实）|未经允许，任何人不得入内。|请点菜。|更正后的名单昨日公布。|他搜寻多年，终于找到了妹妹。|欢迎加入志愿者队伍。|版权方未予回应。',
    '请各位订户放心。|请锁好车门。|（点击率下降三成）|（订阅价每月30元）|（更多内容见A3版）|（广告语）|（图/周文）|未获授权的经销商将被取缔。',
  ].flatMap((some) => some.split('|')),
};
