/** The rules that mend how lines were broken: hard-wrap, run-together, spaced-characters, page-furniture. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rule, runRules } from '../../src/clean/rule.ts';
import { hardWrap } from '../../src/clean/rules/hard-wrap.ts';
import { cleaningRules } from '../../src/clean/rules/index.ts';
import { pageFurniture } from '../../src/clean/rules/page-furniture.ts';
import { runTogether } from '../../src/clean/rules/run-together.ts';
import { spacedCharacters } from '../../src/clean/rules/spaced-characters.ts';
import { sample, samples } from '../support/articles.ts';
import { readCases } from '../support/cases.ts';
import { layouts, wrap, wrapArticle } from '../support/wrap.ts';

const lineRules: readonly Rule[] = [spacedCharacters, pageFurniture, hardWrap, runTogether];
const otherRules = cleaningRules.filter(({ id }) => !lineRules.some((rule) => rule.id === id));
/** Behind line-ending, before blank-space. */
const allRules = [...otherRules.slice(0, 1), ...lineRules, ...otherRules.slice(1)];

const folder = new URL('../quality/articles/development/', import.meta.url);
/** As the other rules leave them. */
const articles = readdirSync(folder)
  .sort()
  .map((name) => ({ name, text: cleanBy(otherRules, readFileSync(new URL(name, folder), 'utf8').trimEnd()) }));

function cleanBy(rules: readonly Rule[], text: string): string {
  let current = text;
  for (let pass = 0; pass < 5; pass++) {
    const next = runRules(current, 'clean', rules);
    current = next.text;
    if (next.layers.length === 0) break;
  }
  return current;
}

const one = (rule: Rule, text: string) => runRules(text, 'clean', [rule]).text;

describe.each(lineRules.map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  it.each(rule.examples.map(({ raw, clean }) => [raw, clean]))('mends %j', (raw, clean) => {
    expect(one(rule, raw)).toBe(clean);
    expect(one(rule, clean)).toBe(clean);
  });

  it.each(rule.keeps.map((text) => [text]))('keeps %j', (text) => {
    expect(one(rule, text)).toBe(text);
  });

  it('leaves articles alone whose paragraphs stand on a line each', () => {
    for (const { name, text } of articles) expect(one(rule, text), name).toBe(text);
  });

  it('leaves the cases alone', () => {
    for (const { label, expected } of [...readCases('negative'), ...readCases('in-the-wild')]) {
      expect(one(rule, expected), label).toBe(expected);
    }
  });
});

it('all rules together clean the cases and the samples as the others do', () => {
  for (const { label, original, expected } of [...readCases('negative'), ...readCases('in-the-wild')]) {
    expect(cleanBy(allRules, original), label).toBe(cleanBy(otherRules, original));
    expect(cleanBy(allRules, expected), label).toBe(cleanBy(otherRules, expected));
  }
  for (const name of samples) expect(cleanBy(allRules, sample(name).toString()), name).toBe(cleanBy(otherRules, sample(name).toString()));
});

const widths = [20, 22, 25, 28, 30, 32, 35, 38, 40];

describe.each(layouts)('wrapped articles, $name', (layout) => {
  describe.each(['push', 'hang'] as const)('marks that %s', (kinsoku) => {
    it.each(widths)('come back from %d Han a line', (width) => {
      let exact = 0;
      for (const { text } of articles) {
        const raw = wrapArticle(text, width, layout, kinsoku);
        const clean = cleanBy(allRules, raw);
        if (clean === text) exact++;
        expect(cleanBy(allRules, clean)).toBe(clean);
      }
      expect(exact / articles.length).toBeGreaterThanOrEqual(width < 28 ? layout.narrow : layout.wide);
    });
  });

  it('never joins what were two paragraphs', () => {
    let joins = 0;
    const wrong: string[] = [];
    for (const width of widths) {
      for (const { name, text } of articles) {
        const raw = wrapArticle(text, width, layout, 'push');
        const bounds = boundsIn(text);
        let read = 0;
        let seen = 0;
        for (const { at } of hardWrap.find(raw, { report: () => {} })) {
          seen += raw.slice(read, at).replace(/\s/g, '').length;
          read = at;
          joins++;
          if (bounds.has(seen)) wrong.push(`${name} ${width}: ${raw.slice(at - 8, at + 8)}`);
        }
      }
    }
    expect(joins).toBeGreaterThan(6000);
    if (layout.name === 'neither set in nor parted') expect(wrong.length / joins).toBeLessThan(0.001);
    else expect(wrong).toEqual([]);
  });
});

/** Where paragraphs end, counted in characters that are no white. */
function boundsIn(text: string): Set<number> {
  const bounds = new Set<number>();
  let seen = 0;
  for (const line of text.split('\n')) {
    seen += line.replace(/\s/g, '').length;
    bounds.add(seen);
  }
  return bounds;
}

describe('wrapped text of other forms', () => {
  const paragraph = '市档案馆昨天公布一批老照片，记录了八十年代以来码头、车站、集市的变迁，市民可以到馆查阅，也可以在网上放大细看。';

  it('comes back from a program that counts characters and breaks anywhere', () => {
    const text = `${paragraph}照片由退休记者捐赠，共2,136张，最早的拍摄于1981年，已全部数字化。`;
    const lines = [];
    for (let at = 0; at < text.length; at += 24) lines.push(text.slice(at, at + 24));
    expect(one(hardWrap, `老照片公布\n\n${lines.join('\n')}`)).toBe(`老照片公布\n\n${text}`);
  });

  it('comes back, words and numbers whole, from a program that cuts anywhere', () => {
    const cut = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [''];
    const exact = articles.filter(({ text }) => {
      const raw = text.split('\n').map((line) => cut(line, 36).join('\n'));
      return cleanBy(allRules, raw.join('\n\n')) === text;
    });
    expect(exact.length / articles.length).toBeGreaterThan(0.9);
  });

  it('comes back from a page with a margin', () => {
    const lines = [paragraph, paragraph, paragraph].flatMap((text) => wrap(text, 40, '    ', 'push')).map((line) => `  ${line}`);
    expect(cleanBy(allRules, lines.join('\n'))).toBe(`${paragraph}\n${paragraph}\n${paragraph}`);
  });

  it('keeps the hyphen of a word, and one space between words', () => {
    const text = `${paragraph}展览的英文名是The City and the River That Made It, a well-known title of a second-hand book，由策展人取自一本旧书，沿用至今。`;
    const raw = Array.from({ length: 20 }, (_, index) => wrap(text, 38 + index, '　　', 'push').join('\n'));
    expect(raw.join()).toMatch(/[a-z]-\n[a-z]/);
    expect(raw.join()).toMatch(/[a-z]\n[a-z]/i);
    for (const lines of raw) expect(cleanBy(allRules, `${lines}\n　　展览免费。`)).toBe(`${text}\n展览免费。`);
  });

  it.each([
    [
      'questions and answers',
      '问：新规定对于居住在老城区的居民有什么影响\n答：凡是户口登记在老城区的居民都可以申请\n问：申请需要提交哪些材料以及到哪里去办理\n答：带身份证件到所在街道的服务窗口就可办。',
    ],
    [
      'names',
      '王建国 李红梅 张志强 刘秀英 陈卫东 杨丽华\n赵永明 周桂兰 吴国庆 徐春燕 孙立新 马晓红\n朱文斌 胡玉珍 郭海涛 何淑芬 高振华 林美玲\n罗志刚 郑秀兰 梁永福 谢桂英 宋建平 唐丽君。',
    ],
    [
      'a table',
      '北麓队　　三十八场　　二十一胜　　积三十九分\n澜江队　　三十八场　　二十一胜　　积三十八分\n金坪队　　三十八场　　二十一胜　　积三十七分\n松原队　　三十八场　　二十一胜　　积三十六分。',
    ],
    [
      'headlines',
      '临江三桥主塔封顶，明年国庆以前将建成通车\n老城区十二条街巷雨污分流改造工程全部完工\n全市中小学下周开学，九成学校开设课后服务\n气象台发布寒潮预警，最低气温降至零下九度',
    ],
  ])('keeps %s', (_, text) => {
    expect(one(hardWrap, text)).toBe(text);
  });

  it('says so of lines that may end a paragraph', () => {
    const raw = articles.map(({ text }) => wrapArticle(text, 30, layouts[4], 'push'));
    const messages = raw.flatMap((text) => runRules(text, 'clean', [hardWrap]).messages);
    expect(messages.length).toBeGreaterThan(0);
    for (const { reason, severity } of messages) {
      expect(severity).toBe('warning');
      expect(reason).toMatch(/^review: \d+ lines/);
    }
  });
});

describe('pages', () => {
  const furniture: Readonly<Record<string, (page: number) => string[]>> = {
    '— 1 —': (page) => [`— ${page} —`],
    '- 1 - between empty lines': (page) => ['', `- ${page} -`, ''],
    '第 1 页 共 9 页': (page) => ['', `第 ${page} 页 共 9 页`, ''],
    '1/9 and a form feed': (page) => [`${page}/9\f`],
    'a number and the paper': (page) => ['', `— ${page} —`, '', '南嶼日報 107年6月1日', ''],
  };

  it.each(Object.keys(furniture))('come off wrapped text: %s', (name) => {
    const [layout] = layouts;
    for (const { name: article, text } of articles) {
      const lines = wrapArticle(text, 32, layout, 'push').split('\n');
      const paged: string[] = [];
      for (let at = 0, page = 1; at < lines.length; at += 12, page++) {
        paged.push(...lines.slice(at, at + 12), ...(furniture[name]?.(page) ?? []));
      }
      expect(cleanBy(allRules, paged.join('\n')), article).toBe(cleanBy(allRules, lines.join('\n')));
    }
  });

  it('keep sections that are numbered, dates, and what is said again', () => {
    const body = articles[1]?.text ?? '';
    const [first = '', second = '', third = ''] = body.split('\n').filter((line) => line.length > 90);
    for (const line of ['6月#日', '2018年6月#日 星期五', '- # -', '第#组', '记者手记 #', '第#章']) {
      const text = [first, second, third].map((page, index) => `${line.replace('#', String(index + 1))}\n${page}`).join('\n');
      expect(one(pageFurniture, text), line).toBe(text);
    }
    for (const line of ['让每一个孩子站在光里', '记者：', '（临江日报供稿）', '临江日报', '2018年6月1日']) {
      const text = [first, second, third].map((page) => `${page}\n${line}`).join('\n');
      expect(one(pageFurniture, text), line).toBe(text);
    }
  });
});

describe('spaced characters', () => {
  it('come back, marks and numbers included', () => {
    for (const { name, text } of articles) {
      // A space of the article itself cannot be told from layout.
      const lines = text.split('\n').filter((line) => line.length > 60 && !/[ ()A-Za-zㄅ-ㄩ（]/.test(line));
      const raw = lines.map((line) => [...line].join(' ')).join('\n');
      expect(one(spacedCharacters, raw), name).toBe(lines.join('\n'));
    }
  });
});

describe('for random lines', () => {
  const words =
    '会议强调|各部门要落实责任|人|民|日|报|王|伟|通|知|2018年6月1日|山城日报|第3版|第4版|第5版|- 1 -|- 2 -|- 3 -|第 1 页|第 2 页|1/3|2/3';
  const marks = '。|，|：|”|（|）|、|《| | |　|　　|\u00a0|\n|\n|\n|\n\n|\n　　|\t|\f|<br>|\\n|"|Latin|a|7|12|-|一、|1.|问：|𠮷';
  const lines = '全市春耕生产工作会议昨天下午在市区召开，王文出席会议并作|讲话，要求各地抓好落实，不误农时，确保全年粮食稳产增产';
  const piece = fc.constantFrom(...[words, marks, lines].flatMap((list) => list.split('|')));
  const text = fc.array(piece, { maxLength: 80, size: 'max' }).map((pieces) => pieces.join(''));
  /** Lines of nearly one width. */
  const column = fc
    .array(
      fc.tuple(
        fc.constantFrom('', '', '', '　　', '\n', '一、', '- 3 -\n', '- 4 -\n'),
        fc.integer({ min: 17, max: 24 }),
        fc.constantFrom('', '', '，', '。'),
      ),
      { maxLength: 40 },
    )
    .map((lines) =>
      lines
        .map(
          ([start, length, end], index) =>
            `${start}${'政治经济，领导干部。关于并防范会议强调要求现场出席'.repeat(2).slice(index % 20, (index % 20) + length)}${end}`,
        )
        .join('\n'),
    );

  it.each(lineRules.map((rule) => [rule.id, rule] as const))('%s finds nothing in what it has cleaned', (_, rule) => {
    fc.assert(
      fc.property(fc.oneof(text, column), (raw) => {
        const clean = one(rule, raw);
        expect(one(rule, clean)).toBe(clean);
      }),
      { numRuns: 2000 },
    );
  });

  it('all rules together find nothing in what they have cleaned', () => {
    fc.assert(
      fc.property(fc.oneof(text, column), (raw) => {
        const clean = cleanBy(allRules, raw);
        expect(runRules(clean, 'clean', allRules).text).toBe(clean);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('ten megabytes', () => {
  const size = 10_000_000 / 3;
  it.each([
    ['short lines', '人民\n'],
    ['spaces', ' '],
    ['ideographic spaces', '　'],
    ['single characters', '人 民 日 报 '],
    ['lines of single characters', '人 民 日 报\n'],
    ['lines of one width', '全市春耕生产工作会议昨天下午在市区召开，王文出席会议并作\n'],
    ['indents', '完。　　'],
    ['headers', '山城日报 第3版\n'],
    ['line ends', '\n'],
  ])('of %s take linear time', (_, unit) => {
    const raw = unit.repeat(Math.ceil(size / unit.length));
    const start = performance.now();
    for (const rule of lineRules) rule.find(raw, { report: () => {} });
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
