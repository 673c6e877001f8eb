import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Converter } from 'opencc-js';
import { describe, expect, it } from 'vitest';
import { classesOf } from '../../src/clean/furniture/words.ts';
import { type Rule, runRules } from '../../src/clean/rule.ts';
import { leakedAddress } from '../../src/clean/rules/leaked-address.ts';
import { pageChrome } from '../../src/clean/rules/page-chrome.ts';
import { relatedLinks } from '../../src/clean/rules/related-links.ts';
import { watermark } from '../../src/clean/rules/watermark.ts';
import { fold } from '../../src/structure/fold.ts';
import { findBlocks } from '../../src/structure/index.ts';
import { sliceOf } from '../../src/text/span.ts';
import { readCases } from '../support/cases.ts';
import { type FurnitureEntry, judge } from '../support/furniture.ts';

const rules: readonly Rule[] = [pageChrome, relatedLinks, leakedAddress, watermark];
const quality = new URL('../quality/', import.meta.url);
const folder = new URL('articles/development/', quality);
const files = readdirSync(folder).sort();
const articles = files.map((file) => readFileSync(new URL(file, folder), 'utf8').trimEnd());
const entries: FurnitureEntry[] = JSON.parse(readFileSync(new URL('furniture/development.json', quality), 'utf8'));

/** As clean() does it: until none finds anything. */
function run(text: string, which: readonly Rule[] = rules): string {
  let current = text;
  for (let pass = 0; pass < 5; pass++) {
    const next = runRules(current, 'clean', which).text;
    if (next === current) break;
    current = next;
  }
  return current;
}

function isNotice(text: string, line: string): boolean {
  return findBlocks(text).some((block) => block.kind === 'notice' && sliceOf(text, block) === line);
}

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  const once = (text: string) => runRules(text, 'clean', [rule]).text;

  it.each(rule.examples.map(({ raw, clean }) => [raw, clean]))('mends %j', (raw, clean) => {
    expect(once(raw)).toBe(clean);
    expect(once(clean)).toBe(clean);
  });

  it.each(rule.keeps.map((text) => [text]))('keeps %j', (text) => {
    expect(once(text)).toBe(text);
  });
});

describe('folding', () => {
  it('gives the Simplified form of every character that a word has', () => {
    const toSimplified = Converter({ from: 't', to: 'cn' });
    const needed = new Set([...classesOf.keys()].join(''));
    // 乾 is 干 and 乾 as well.
    const every = Array.from({ length: 0x9fff - 0x4e00 }, (_, index) => String.fromCodePoint(0x4e00 + index)).filter((one) => one !== '乾');
    const missing = every.filter((one) => needed.has(toSimplified(one)) && fold(one) !== toSimplified(one));
    expect(missing).toEqual([]);
  });

  it('keeps the words as they are written', () => {
    for (const word of classesOf.keys()) expect(fold(word)).toBe(word);
  });
});

describe('furniture of the development half, in every article', () => {
  // Articles annotated for learners are noise where a sentence without readings stands among them.
  const judged = judge(
    entries,
    articles.filter((_, index) => !files[index]?.includes('annotated')),
    run,
    isNotice,
  );
  const told = (kind: 'removed' | 'kept' | 'notice') => [
    ...new Set(judged[kind].failures.map(({ entry, where }) => `${entry.text} ${where.replace(/[0-9]+.*/, '')}`)),
  ];

  it('what only looks like it is kept', () => {
    expect(judged.kept.placements).toBeGreaterThan(1000);
    expect(told('kept')).toEqual([]);
  });

  it('notices are kept, and labelled', () => {
    expect(judged.notice.placements).toBeGreaterThan(500);
    expect(told('notice')).toEqual([]);
  });

  it('furniture is removed; an address behind 在 or 与 may be the object of its sentence', () => {
    expect(judged.removed.placements).toBeGreaterThan(2000);
    expect(told('removed').filter((one) => !one.startsWith('www.'))).toEqual([]);
    expect(judged.precision).toBe(1);
    expect(judged.recall).toBeGreaterThan(0.995);
  });
});

describe('texts without furniture', () => {
  it.each(files.map((file, index) => [file, articles[index] ?? '']))('%s is left as it is', (_, text) => {
    expect(run(text)).toBe(text);
  });

  it.each([...readCases('negative'), ...readCases('in-the-wild')].map(({ label, expected }) => [label, expected]))('%s', (_, text) => {
    expect(run(text)).toBe(text);
  });
});

describe('by whole lines', () => {
  const body = '施工单位表示，将在确保质量的前提下加快进度，明年国庆前通车。';
  const paragraph = '大桥全长两千七百六十米，连接老城区与东岸新区，两岸居民往来不必再绕行。';

  it.each([
    ['removes a line between others with the newline behind it', `${body}\n广告\n${paragraph}`, `${body}\n${paragraph}`],
    ['removes lines at the end with the newline before them', `${body}\n上一篇 下一篇\n返回首页`, body],
    [
      'steps over credits, sources, end marks and notices',
      `${body}\n（完）\n分享到：微信 微博\n来源：临江网\n打印本页\n责任编辑：周文\n未经授权不得转载\n我要评论`,
      `${body}\n（完）\n来源：临江网\n责任编辑：周文\n未经授权不得转载`,
    ],
    [
      'takes the links under a heading, and keeps the credits among them',
      `${body}\n热门推荐\n临江旧站改造完成\n责任编辑：周文\n南州夜市搬迁\n关闭窗口`,
      `${body}\n责任编辑：周文`,
    ],
    ['ends at a sentence', `${body}\n我要评论\n他说完便走了，没有回头。`, `${body}\n我要评论\n他说完便走了，没有回头。`],
    ['reads above the body only', `大桥封顶\n${body}\n打印\n${paragraph}`, `大桥封顶\n${body}\n打印\n${paragraph}`],
    [
      'keeps the line of the publication with its counters',
      `大桥封顶\n2018-06-01 09:30 来源：临江网 浏览：35\n${body}`,
      `大桥封顶\n2018-06-01 09:30 来源：临江网 浏览：35\n${body}`,
    ],
    [
      'keeps an address that is led to, and those below it',
      `${body}\n详情见以下网址：\nhttps://a.example.cn\nhttps://b.example.cn`,
      `${body}\n详情见以下网址：\nhttps://a.example.cn\nhttps://b.example.cn`,
    ],
    ['reads Traditional characters and wide marks alike', `${body}\n上一頁　１　２　下一頁\n版權所有：南嶼新聞網`, body],
    ['leaves a file that is nothing but furniture', '首页 > 新闻\n分享到：微信 微博', '首页 > 新闻\n分享到：微信 微博'],
  ])('%s', (_, raw, clean) => {
    expect(run(raw)).toBe(clean);
  });
});

describe('watermarks', () => {
  const [before, behind] = ['大桥主塔昨日封顶。', '工程转入桥面铺装阶段。'];

  it.each([
    ['at the start of a line', `扫码关注临江日报，获取更多新闻资讯。${behind}`, behind],
    ['at the end of a line, with the white before it', `${before} 【更多资讯请关注临江发布微信公众号】\n${behind}`, `${before}\n${behind}`],
    ['two of them', `${before}更多新闻请下载临江日报客户端。（转载请注明出处）${behind}`, before + behind],
    ['a line of nothing else', `${before}\n更多新闻请下载临江日报客户端。【下载临江日报App】\n${behind}`, `${before}\n${behind}`],
    ['one that another one hides', `${before}更多新闻请关注临江日报【广告】公众号。${behind}`, before + behind],
    [
      'three times the same, on lines of its own as well',
      `${before}请关注“临江发布”微信公众号。${behind}\n请关注“临江发布”微信公众号。\n${before}请关注“临江发布”微信公众号。`,
      `${before}${behind}\n${before}`,
    ],
    ['an address with spaces around it', '将在确保 www.linjiang.example.cn 质量的前提下加快进度。', '将在确保质量的前提下加快进度。'],
    ['an address behind a sentence', `${before}www.linjiang.example.cn${behind}`, before + behind],
  ])('%s', (_, raw, clean) => {
    expect(run(raw, [watermark])).toBe(clean);
  });

  it.each([
    '他说：“更多精彩内容请关注临江日报微信公众号。”说完便下了台。',
    `${before}未经授权不得转载。`,
    '“更多内容请关注公众号。”她说。\n“更多内容请关注公众号。”他说。\n“更多内容请关注公众号。”都这么说。',
    '电子邮箱为editor@www.example.cn，官网www.example.cn上有表格。',
    '警方发现www.example.cn是假冒网站。',
    '读者可以关注“临江图书馆”微信公众号预约座位。请下载“临江市民卡”App办理。',
  ])('keeps %s', (text) => {
    expect(run(text, [watermark])).toBe(text);
  });
});

describe('what shares words with furniture', () => {
  const [body, paragraph] = [
    '大桥全长两千七百六十米，连接老城区与东岸新区，两岸居民往来不必再绕行。',
    '施工单位表示，将在确保质量的前提下加快进度，明年国庆前通车。',
  ];
  const headlines = [
    '分享到山里的课堂|打印店里的年轻人|关注“一老一小” 南州推出新举措|上一篇作文，下一篇人生|热点新闻背后的流量生意|點閱數造假 百萬網紅道歉|字體設計師的一天|廣告業寒冬 從業者自救|分享經濟的下半場|登录月球：一场漫长的告别|关注民生冷暖 倾听百姓心声',
    '返回家乡，他种出一片茶园|點擊率背後的祕密|人气餐厅为何突然关门|粉絲專頁成詐騙溫床|扫码乘车全城覆盖|订阅号里的“洗稿”生意|下载量突破百万 国产游戏出海|收藏热降温 老物件回归日常|“上一页”与“下一页”之间|手机看病：便利与隐忧|收听广播的人|阅读一小时',
    '招聘信息里的陷阱|熱門話題：托育補助怎麼給|最新消息：三桥封顶|立即下载？先看权限|更多新闻发生在路上|评论：别让二维码挡住老人|社论：让阅读成为习惯|投资有风险，直播带货莫轻信|转发一条微信，他丢了工作|微信支付进驻港铁|返乡青年的直播间',
    '新闻背后：谁在刷阅读量|听见临江|观看人次创新高 国产片迎来春天|首頁改版，老讀者不習慣|會員制超市搶灘|请关注我们的孩子|点赞临江|粉丝经济|订阅经济来了|分享会上的掌声|下载一份乡愁|最新研究：喝咖啡有助长寿|阅读改变城市|加入世贸组织20年',
    '扫一扫，扫出新生意|转发之前，请多想一秒|上一则留言|公众号里的“夕阳红”|评论：版权保护不能只靠自觉|互联网举报中心去年受理1.7亿件|阅读量10万+之后|推荐一本书|推荐信的分量|欢迎来到临江|更多机遇在路上|心理热线：夜里的接线员|下一站，幸福',
    '回到列表之外|评论员文章：把民生放在心上|第1页与最后一页|登录平台 亮证经营|全文背诵之后|100条评论背后的水军|10万次点击，一分钱没赚|听新闻的老人|播放一部老电影|他的12次阅读|广告牌倒塌 两车受损|加入我们，守护江豚|我也想说两句公道话',
  ].flatMap((some) => some.split('|'));
  const crossheads = [
    '扫码点餐的背后|隐私政策里藏着什么|返回首页的路|评论区里的战争|订阅与退订|下载与删除|更多选择|编辑推荐的背后|分享|关注|关于我们|投诉热线|请点击屏幕|谁在浏览|最新动态|收藏家|手机版人生|欢迎留言|投资风险|扫码之后|招聘|正在播放|听书的人',
    '防治专线开通|更正|声明|心理援助|版权|热线|浏览与阅读|推广|赞助|加入|收听|点击查看|立即下载|评论|阅读时间|浏览量|风险|化名|免费下载|最新消息',
  ].flatMap((some) => some.split('|'));
  const lastLines = [
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
  ].flatMap((some) => some.split('|'));
  const sentences = [
    '他随手点了收藏，却再也没有打开过。|读者来信说，更多精彩的内容应该留给版面。|平台要求未经授权不得转载，但抄袭仍时有发生。|（记者 周文）|（见上图）|（下同）|（化名）|广告占了收入的七成。|他每天都要扫码签到。|（资料图片）|请大家关注天气变化，及时添衣。',
    '更多的人选择留下来。|他点击屏幕，打开了下一页。|（左图为资料照片）|（微信号不便公开）|（单位：万元）|记者搜索“临江发布”，找到三个同名账号。|本报讯员统计，转载这篇文章的网站超过三十家。|請密切留意天文台的最新消息。|市民可收看电视直播。',
    '订阅电子报的读者增加了三成。|（详见第4版）|请下载国家反诈中心App。|请上台领奖。|欢迎访问者在门口登记。|更多报道称，双方仍在谈判。|欢迎大家来临江做客。|搜索工作仍在继续。|请市民关注官方发布的消息。|（来源：国家统计局）|（更多数据见附表）',
    '点赞的人排成长队。|更新后的系统运行平稳。|请阅读第三章。|获取更多资源成为当务之急。|他加入了读者群。|请订阅者到柜台登记。|（联系电话见海报）|（更多照片见附页）|更深入的合作有待展开。|点击量并不等于影响力。|欢迎您回家。|访问者需要登记。',
    '搜救人员关注着水位。|平台呼吁用户尊重版权，不得擅自转载。|（本文写于2018年）|（引用时有删节）|（未经证实）|未经允许，任何人不得入内。|请点菜。|更正后的名单昨日公布。|他搜寻多年，终于找到了妹妹。|欢迎加入志愿者队伍。|版权方未予回应。',
    '请各位订户放心。|请锁好车门。|（点击率下降三成）|（订阅价每月30元）|（更多内容见A3版）|（广告语）|（图/周文）|未获授权的经销商将被取缔。',
  ].flatMap((some) => some.split('|'));

  it.each([
    ...headlines.map((line) => `${line}\n${body}\n${paragraph}`),
    ...crossheads.map((line) => `大桥封顶\n${body}\n${line}\n${paragraph}`),
    ...lastLines.map((line) => `大桥封顶\n${body}\n${line}`),
    ...sentences.map((line) => `大桥封顶\n${body}${line}${paragraph}`),
  ])('keeps %j', (text) => {
    expect(run(text)).toBe(text);
  });
});

describe('for random texts', () => {
  const lines = [
    ...entries.map(({ text }) => text),
    ...articles.flatMap((article) => article.split('\n')).filter((line) => line.length < 90),
  ];
  const pieces = [
    '更多',
    '精彩',
    '请',
    '关注',
    '下载',
    '临江',
    '日报',
    '公众号',
    'App',
    '。',
    '！',
    '，',
    '【',
    '】',
    '（',
    '）',
    '“',
    '”',
  ].concat(
    [
      'www.a.example.cn',
      'http://b.cn/c',
      ' ',
      '　',
      '\n',
      '大桥',
      '转载请注明出处',
      '未经授权不得转载',
      '本文来源',
      '：',
      '微信',
      '分享到',
      '下一页',
      '扫码',
    ],
    [
      '更多精彩内容请关注临江日报微信公众号。',
      '【更多資訊請下載南嶼新聞App】',
      '报名网址如下：',
      'https://a.example.cn',
      '相关新闻',
      '标题',
      '\n\n',
      'ww',
      'w.a.cn',
    ],
  );
  const text = fc.oneof(
    fc
      .array(fc.constantFrom(...lines, '', '报名网址如下：', 'https://a.example.cn/x', '标题一二三四五六'), { maxLength: 20, size: 'max' })
      .map((some) => some.join('\n')),
    fc.array(fc.constantFrom(...pieces), { maxLength: 50, size: 'max' }).map((some) => some.join('')),
  );

  it.each(rules.map((rule) => [rule.id, rule] as const))('%s finds nothing in what it has cleaned', (_, rule) => {
    fc.assert(
      fc.property(text, (raw) => {
        const once = runRules(raw, 'clean', [rule]).text;
        expect(runRules(once, 'clean', [rule]).text).toBe(once);
      }),
      { numRuns: 1500 },
    );
  });

  it('nor do they together', () => {
    fc.assert(
      fc.property(text, (raw) => {
        expect(run(run(raw))).toBe(run(raw));
      }),
      { numRuns: 1500 },
    );
  });
});

describe('for hostile texts', () => {
  const long = (piece: string) => piece.repeat(Math.ceil(300_000 / piece.length));
  const body = '施工单位表示，将在确保质量的前提下加快进度，明年国庆前通车。\n';

  it.each([
    ['newlines', long('\n')],
    ['bars', body + long('分享到：微信 微博\n')],
    ['links', `${body}推荐阅读\n${long('临江三桥主塔封顶\n')}`],
    ['calls', long('更多精彩内容请关注临江日报微信公众号。')],
    ['signals', long('请')],
    ['open brackets', long('【请')],
    ['addresses', long('甲www.a.example.cn乙')],
    ['dots', long('.cn.cn')],
    ['slashes', long('a/')],
    ['quotations', long('“请。')],
    ['crumbs', long('首页>新闻>正文\n')],
    ['notices', long('吸烟有害健康, , , , , , , , , , , , , , , , , , , x\n')],
  ])('%s take no longer than their length', (_, raw) => {
    const start = performance.now();
    for (const rule of rules) runRules(raw, 'clean', [rule]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
