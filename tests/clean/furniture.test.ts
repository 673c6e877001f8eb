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
import { type FurnitureEntry, judge, lookalikes } from '../support/furniture.ts';

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

  it.each([
    ...lookalikes.headlines.map((line) => `${line}\n${body}\n${paragraph}`),
    ...lookalikes.crossheads.map((line) => `大桥封顶\n${body}\n${line}\n${paragraph}`),
    ...lookalikes.lastLines.map((line) => `大桥封顶\n${body}\n${line}`),
    ...lookalikes.sentences.map((line) => `大桥封顶\n${body}${line}${paragraph}`),
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
