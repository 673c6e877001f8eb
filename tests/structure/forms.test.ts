/** The forms of Chinese news, one by one: what a line is, in an article around it. */
import { describe, expect, it } from 'vitest';
import { outerBlocks } from '../../src/structure/article.ts';
import { readCredits } from '../../src/structure/credits.ts';
import { findBlocks } from '../../src/structure/index.ts';
import { readTag } from '../../src/structure/tag.ts';

const body = '春耕全面展开，各地农时不等人，田间地头一片繁忙景象。';
const kinds = (lines: readonly string[]) => outerBlocks(findBlocks(lines.join('\n'))).map(({ kind }) => kind);
const above = (line: string) => kinds(['春耕全面展开', line, body])[1];
const between = (line: string) => kinds(['春耕全面展开', body, line, body])[2];
const below = (line: string) => kinds(['春耕全面展开', body, line])[2];
const nestedIn = (line: string) => {
  const text = `春耕全面展开\n${line}`;
  return findBlocks(text)
    .slice(2)
    .map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
};

describe('below the headline', () => {
  it.each([
    [
      'published',
      [
        '发布时间：2018-06-12 来源：北乡日报',
        '2019年03月08日07:53　　来源：北乡日报',
        '发布日期：2017-04-16 14:14 浏览次数：',
        '來源：鞍山日報 2015-12-16',
        '2022/08/17 05:30',
      ],
    ],
    ['source', ['来源：网络', '來源｜青禾發布', '转自：北乡日报', '信息来源：北乡县水利局']],
    [
      'byline',
      [
        '記者林美玲／南市報導',
        '社會中心／綜合報導',
        '〔即時新聞／綜合報導〕',
        '北乡新闻记者 王文 李强',
        '采写：南都见习记者 王文',
        '执笔/王文、李强',
        '作者：王文 李强',
        '【文/北乡网专栏作者 王文】',
        '記者：王文　李強',
        '（文/图 王文 李强）',
        '本报记者 王文 通讯员 李强',
        '文/王文 图/李强',
        '□ 司马长青',
        '司徒健',
        '撰文／紀心慈　攝影／歐陽信',
        '採訪．整理／隋安庭',
        '柯慧玲　报道',
      ],
    ],
    ['originalHeadline', ['（原标题：春耕）', '原标题：春耕全面展开', '原題為〈春耕〉']],
    ['summary', ['核心提示：春耕全面展开。', '【摘要】春耕全面展开，各地农时不等人。', '导读：春耕开始了。']],
    ['editorsNote', ['***编按：春耕是大事。', '**編者按：春耕是大事。', '【编者按】春耕是大事。', '开栏的话：春耕是大事。']],
    ['deck', ['——北乡见闻', '王文出席会议并讲话']],
    ['dateline', ['【中新社金邊五日電】']],
  ])('%s', (kind, lines) => {
    expect(lines.map((line) => [line, above(line)])).toEqual(lines.map((line) => [line, kind]));
  });
});

describe('in the body', () => {
  it.each([
    [
      'caption',
      [
        '会议现场',
        '图为春耕现场。陈树 摄',
        '▲▼警消到場協助。（圖／翻攝畫面）',
        '春耕現場一片繁忙。（圖／記者林美玲攝）',
        '▲图片来自视频截图。',
        '资料图：春耕现场。新华社记者 王文 摄',
        '图片来源：每经记者 王文 摄',
        '（資料照片，王文攝）',
        '春耕現場。中新社圖片',
        '周文攝',
        '▌图①：运草车驶入。其其格摄'.slice(1),
      ],
    ],
    [
      'crosshead',
      [
        '一、春耕',
        '（一）春耕在望',
        '第一章 总则',
        '春耕不等人',
        '■ 现场',
        '【记者手记】',
        '01 一杆秤',
        '▌每度水成本約13元',
        '壹、一輪又一輪',
      ],
    ],
    ['paragraph', ['问：春耕到什么时候？', '答：到五月。', '第一条 为了春耕，制定本条例。', '14:05 消防员到达现场。', '各位代表：']],
  ])('%s', (kind, lines) => {
    expect(lines.map((line) => [line, between(line)])).toEqual(lines.map((line) => [line, kind]));
  });

  it.each([
    ['1. 上牌；', '2. 封签。'],
    ['●台灣7：2日本', '●菲律賓3：1韓國'],
    ['①上牌；', '②封签。'],
    ['一、申请资格：本县农户。', '二、受理时间：即日起。'],
    ['（一）上牌的；', '（二）封签的。'],
  ])('a list: %s', (...items) => {
    expect(kinds(['春耕', body, ...items, body]).slice(2, 4)).toEqual(['listItem', 'listItem']);
  });

  it.each([[['床前明月光，', '疑是地上霜。', '举头望明月，', '低头思故乡。']], [['法人　買進　賣出', '外資　1023.6　1071.8']]])(
    'verses and rows are paragraphs: %j',
    (lines) => {
      expect(new Set(kinds(['静夜思', body, ...lines]).slice(2))).toEqual(new Set(['paragraph']));
    },
  );
});

describe('below the body', () => {
  it.each([
    [
      'credits',
      [
        '责任编辑：王文',
        '责任编辑：',
        '责任编辑：王文 编辑：李强　王芳',
        '【编辑：王文】',
        '编辑 王文 校对 李强',
        '责编：Demi Xia',
        '（责编：王文(实习生)、李强）',
        '（责编：王文 审核：李强）',
        '某部、某科供稿  摄影/王文  编辑/李强',
        '监制：',
        '一审：王文 二审：李强 三审：王芳',
        '（編輯：王文／核稿：李強）1070312',
        '責任編輯／余佩珊',
        '摄影：王文',
        '初审：王文｜复审：李强｜终审：王芳',
      ],
    ],
    ['source', ['（北乡县发改局）', '（综合整理自新华社、北乡日报等）', '（据新华社）', '轉載自：《島讀》雜誌']],
    [
      'byline',
      [
        '（李楠）',
        '（陳怡君/台北報導）',
        '北乡晚报记者 王文',
        '（作者王文为退休教师）',
        '（实习生王某对此文亦有贡献）',
        '特约记者 司徒健 实习生 黎乐瑶',
      ],
    ],
    ['endMark', ['（完）', '（完讯）', '（全文完）', '—END—', '■', '###', '（本报记者王文完）']],
    [
      'notice',
      [
        '（应受访者要求，文中小林为化名。）',
        '未经允许不得转载',
        '免责声明：本文仅供参考。',
        '更正：本报昨日三版的“二十三”应为“三十二”，特此更正。',
        '生命線協談專線：1995',
        '※提醒您：遭叮咬後請立即就醫。',
      ],
    ],
  ])('%s', (kind, lines) => {
    expect(lines.map((line) => [line, below(line)])).toEqual(lines.map((line) => [line, kind]));
  });
});

describe('who wrote it', () => {
  const peopleIn = (line: string, isAlone: boolean) => {
    const text = isAlone ? `春耕全面展开\n${line}\n${body}` : `春耕全面展开\n${line}${body}`;
    const blocks = findBlocks(text).filter(({ kind }) => kind === 'byline' || kind === 'credits');
    return blocks.flatMap(({ people = [] }) => people.map(({ role, start, end }) => `${role} ${text.slice(start, end)}`));
  };

  it.each([
    ['记者 王文/文 李强/图', ['author 王文', 'photographer 李强']],
    ['本报记者 王文 文/图', ['author 王文', 'photographer 王文']],
    ['文．攝影／王文', ['author 王文', 'photographer 王文']],
    ['南方周末记者 王文 南方周末实习生 李强 发自北京', ['author 王文', 'intern 李强']],
    ['2019/05/06 10:00 聯合報 記者王文／台北報導', ['author 王文']],
    ['2019年05月06日 北京青年报 王文', ['author 王文']],
    ['來源：中央社 作者：王文', ['author 王文']],
    ['人民日报评论员文章', []],
    ['记者 | 王文', ['author 王文']],
  ])('%s', (line, people) => {
    expect(peopleIn(line, true)).toEqual(people);
  });

  it.each([
    ['【文/观察者网 王文】', ['author 王文']],
    ['【环球网报道 记者 王文】', ['author 王文']],
    ['（中國時報 王文）', ['author 王文']],
    ['【記者王文台北報導】', ['author 王文']],
    ['（記者林美玲綜合報導）', ['author 林美玲']],
    ['本报记者王文报道：', ['author 王文']],
    ['社會中心／王文報導 ', ['author 王文']],
  ])('%s before a text', (line, people) => {
    expect(peopleIn(line, false)).toEqual(people);
  });
});

describe('in a paragraph', () => {
  it.each([
    [`新华社巴黎12月9日电（记者李文）${body}（完）`, ['dateline 新华社巴黎12月9日电（记者李文）', 'endMark （完）']],
    [`〔記者汪志豪／屏東報導〕${body}`, ['byline 〔記者汪志豪／屏東報導〕']],
    [`${body}（沈怡樺／雲林報導）`, ['byline （沈怡樺／雲林報導）']],
    [`${body}（李楠）`, ['byline （李楠）']],
    [`${body}（据新华社）`, ['source （据新华社）']],
    [`${body}■`, ['endMark ■']],
    [`${body}（完）（李楠）`, ['endMark （完）', 'byline （李楠）']],
  ])('%s', (line, nested) => {
    expect(nestedIn(line)).toEqual(nested);
  });

  it.each([`${body.slice(0, -1)}（见图）。`, `他说：“${body}（笑）”`, `${body}（下同）`, `据中新网9月9日报道，${body}`])(
    'nothing in %s',
    (line) => {
      expect(nestedIn(line)).toEqual([]);
    },
  );
});

describe('what only looks like a field', () => {
  it.each([
    '编辑部设在老街上，一年到头人来人往。',
    '记者站成立三十年，换了五任站长。',
    '责任编辑制度要落实。',
    '图为现场的照片，他看了一遍又一遍，终于认出了父亲。他坐下来。他把照片放回信封，一夜没睡。',
    '来源不明的食品，不要购买。',
    '摄影比赛下月截稿。',
    '编辑：请各位作者按时交稿，谢谢合作。',
  ])('%s', (line) => {
    expect(between(line)).toBe('paragraph');
  });
});

describe('tags of a headline', () => {
  it.each([
    ['[视频]春耕全面展开', '[视频]'],
    ['【图集】春耕全面展开', '【图集】'],
    ['快讯：春耕全面展开', '快讯：'],
    ['獨家／春耕全面展開', '獨家／'],
    ['台股盤後》指數小跌', '台股盤後》'],
    ['〈潮聲論壇〉老街不是佈景', '〈潮聲論壇〉'],
    ['（国际）春耕全面展开', '（国际）'],
  ])('%s', (headline, tag) => {
    const found = readTag(headline);
    expect(headline.slice(found?.start, found?.end)).toBe(tag);
  });

  it.each(['《条例》正式施行', '春耕：全面展开', '3/4的人不知道', '“春耕”展开'])('none in %s', (headline) => {
    expect(readTag(headline)).toBeUndefined();
  });
});

describe('roles', () => {
  const read = (line: string) => readCredits(line)?.map(({ role, start, end }) => `${role} ${line.slice(start, end)}`);

  it.each([
    ['（责编：闫若溪（文字）、申屠岩（视频））', ['responsibleEditor 闫若溪', 'responsibleEditor 申屠岩']],
    ['河湖管护科、执法大队供稿　摄影/褚亮　编辑/阮清', ['photographer 褚亮', 'editor 阮清']],
    ['一审：霍小川　二审：蔺国华　三审：段文博', ['reviewer 霍小川', 'reviewer 蔺国华', 'reviewer 段文博']],
    ['编辑 查文礼 责任编辑 东方晓', ['editor 查文礼', 'responsibleEditor 东方晓']],
    ['（责编：古丽扎尔·阿不都、卜文）', ['responsibleEditor 古丽扎尔·阿不都', 'responsibleEditor 卜文']],
    ['監製：段宏毅　審核：蒲麗雲', ['producer 段宏毅', 'reviewer 蒲麗雲']],
  ])('%s', (line, people) => {
    expect(read(line)).toEqual(people);
  });
});
