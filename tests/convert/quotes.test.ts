import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type QuoteStyle, quoteEdits, quoteStyleOf } from '../../src/convert/quotes.ts';
import { scripts } from '../../src/convert/scripts.ts';
import { apply } from '../../src/text/edit.ts';
import { lineSpans } from '../../src/text/span.ts';

function write(text: string, to: QuoteStyle): string {
  return apply(text, quoteEdits(text, to));
}

const marks = /[“”‘’「」『』]/g;
const styles = ['curly', 'corner'] as const;

describe('quoteStyleOf', () => {
  it('is curly for Simplified and corner for every Traditional', () => {
    expect(scripts.map(quoteStyleOf)).toEqual(['curly', 'corner', 'corner', 'corner']);
  });
});

describe('quoteEdits', () => {
  it.each([
    ['one quotation', '他说：“你好。”', '他说：「你好。」'],
    ['an inner one', '“甲‘乙’丙”', '「甲『乙』丙」'],
    ['three deep', '“甲‘乙“丙”丁’戊”', '「甲『乙「丙」丁』戊」'],
    ['four deep', '“甲‘乙“丙‘丁’”’”', '「甲『乙「丙『丁』」』」'],
    ['one that opens with an inner one', '“‘行’字在我们这里有几个读法。”', '「『行』字在我们这里有几个读法。」'],
    ['several in a line', '“两会”和“三农”', '「两会」和「三农」'],
    ['Han and Latin in one', '“5G时代”和“iPhone用户”', '「5G时代」和「iPhone用户」'],
    ['book titles around and inside', '《“两会”日记》与“读《红楼梦》〈序〉”', '《「两会」日记》与「读《红楼梦》〈序〉」'],
    ['characters beyond the basic plane', '“𠮷”', '「𠮷」'],
    ['paragraphs of one quotation', '“甲。\n“乙。\n“丙。”他说。', '「甲。\n「乙。\n「丙。」他说。'],
    ['inner quotations in it', '“甲‘一’。\n“‘二’乙。\n　　“丙‘三’。”', '「甲『一』。\n「『二』乙。\n　　「丙『三』。」'],
    ['two levels that run on', '“甲：‘乙。\n“‘丙。’丁。”', '「甲：『乙。\n「『丙。』丁。」'],
    ['one left open', '“甲。\n乙“丙”丁。', '「甲。\n乙「丙」丁。'],
    ['a headline of two lines in one quotation', '“春风送暖\n万象更新”\n正文“甲”', '「春风送暖\n万象更新」\n正文「甲」'],
    ['a quotation not opened again in its second paragraph', '“甲。\n乙‘丙’丁。\n戊。”己', '「甲。\n乙『丙』丁。\n戊。」己'],
    ['a closing mark forgotten', '“甲，“乙”，“丙‘丁’”。', '「甲，「乙」，「丙『丁』」。'],
    ['digits and marks alone', '“985”和“？”，“”和“……”', '「985」和「？」，「」和「……」'],
    ['blank lines between', '“甲。\n\n“乙。”', '「甲。\n\n「乙。」'],
  ])('%s, both ways', (_, curly, corner) => {
    expect(write(curly, 'corner')).toBe(corner);
    expect(write(corner, 'curly')).toBe(curly);
    expect(quoteEdits(curly, 'curly')).toEqual([]);
    expect(quoteEdits(corner, 'corner')).toEqual([]);
  });

  it.each([
    ['Latin alone', '“Hello, world”和“AI”，「Hello」'],
    ['Latin alone inside Latin', '“He said ‘no’.”他走了'],
    ['apostrophes', 'don’t O’Brien rock ’n’ roll the ’90s Xi’an 中文'],
    ['a possessive', 'the Beatles’的歌，昆明’99世博会'],
    ['straight marks', '"你好"和\'你好\'，＂你好＂＇你好＇'],
    ['measures', '身高5\'10"，屏幕15″，5’10”的他，5′10”的他'],
    ['marks that close nothing', '甲”乙’丙'],
    ['a ‘ that nothing closes', '‘90s的歌，‘中国'],
    ['other marks', '《甲》〈乙〉〝丙〞﹁丁﹂„戊‟'],
    ['nothing', ''],
  ])('leaves %s', (_, text) => {
    for (const to of styles) expect(quoteEdits(text, to)).toEqual([]);
  });

  it.each([
    ['“他说don’t‘好’”', '「他说don’t『好』」'],
    ['“听rock ’n’ roll长大的‘西安Xi’an人’”', '「听rock ’n’ roll长大的『西安Xi’an人』」'],
    ['“生于’90s的‘九零后’”', '「生于’90s的『九零后』」'],
    ['“用‘苹果iPhone’拍”', '「用『苹果iPhone』拍」'],
    ['“‘我爱the Beatles’的歌’”', '「『我爱the Beatles’的歌』」'],
    ['“‘他在the students’ union工作’”', '「『他在the students’ union工作』」'],
    ['“他身高5’10”，叫‘大个’”', '「他身高5’10”，叫『大个』」'],
    ['“买了15”屏幕的电视”', '「买了15”屏幕的电视」'],
    ['“全国排名第15”', '「全国排名第15」'],
    ['“中文‘ABC’中文”', '「中文‘ABC’中文」'],
    ['“甲‘乙”丙’丁', '「甲‘乙」丙’丁'],
    ['“甲”乙”丙“丁”', '「甲」乙”丙「丁」'],
  ])('tells the marks of %s apart', (curly, corner) => {
    expect(write(curly, 'corner')).toBe(corner);
  });

  it.each([
    ['double corners outside', '『甲「乙」丙』', 'curly', '“甲‘乙’丙”'],
    ['double corners outside', '『甲「乙」丙』', 'corner', '「甲『乙』丙」'],
    ['single marks outside', '‘甲“乙”丙’', 'curly', '“甲‘乙’丙”'],
    ['single marks outside', '‘甲“乙”丙’', 'corner', '「甲『乙』丙」'],
    ['the same marks inside', '“甲“乙”丙”', 'curly', '“甲‘乙’丙”'],
    ['mixed text', '“甲『乙』丙”和「丁‘戊’」', 'curly', '“甲‘乙’丙”和“丁‘戊’”'],
    ['mixed text', '“甲『乙』丙”和「丁‘戊’」', 'corner', '「甲『乙』丙」和「丁『戊』」'],
    ['a paragraph left open and the next one fresh', '“甲。\n乙‘丙’。', 'corner', '「甲。\n乙「丙」。'],
  ] as const)('goes by depth: %s, %s to %s', (_, text, to, expected) => {
    expect(write(text, to)).toBe(expected);
  });

  it('counts within the blocks it is given', () => {
    const text = '“甲\n“乙”';
    expect(apply(text, quoteEdits(text, 'corner', [{ start: 0, end: text.length }]))).toBe('「甲\n「乙」');
    expect(quoteEdits(text, 'corner', [{ start: 3, end: text.length }])).toEqual([
      { at: 3, removed: '“', inserted: '「' },
      { at: 5, removed: '”', inserted: '」' },
    ]);
  });

  it('passes over blocks inside others', () => {
    const text = '（“甲‘乙’”）丙';
    const nested = [{ start: 1, end: 7 }, ...lineSpans(text), { start: 0, end: 3 }];
    expect(quoteEdits(text, 'corner', nested)).toEqual(quoteEdits(text, 'corner'));
  });
});

describe('on any text', () => {
  /** Marks, what decides about them, and now and then anything. */
  const unit = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...'“”‘’「」『』') },
    { weight: 8, arbitrary: fc.constantFrom(...'中国𠮷。，\n 　aAsn159.\'"′') },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
  );
  const anyText = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''));

  it.each(styles)('changes marks only, one for one, and to %s marks', (to) => {
    const own = to === 'curly' ? '“”‘’' : '「」『』';
    fc.assert(
      fc.property(fc.oneof(anyText, fc.string({ unit: 'binary' })), (text) => {
        const edits = quoteEdits(text, to);
        for (const { removed, inserted } of edits) {
          expect('“”‘’「」『』').toContain(removed);
          expect(own).toContain(inserted);
          expect([removed.length, inserted.length]).toEqual([1, 1]);
          expect(/[“‘「『]/.test(inserted)).toBe(/[“‘「『]/.test(removed));
        }
        const written = apply(text, edits);
        expect(written).toHaveLength(text.length);
        expect(written.replace(marks, '')).toBe(text.replace(marks, ''));
      }),
      { numRuns: 2000 },
    );
  });

  it.each(styles)('finds nothing in what it wrote, in %s', (to) => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(quoteEdits(write(text, to), to)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it('touches nothing where all that is quoted is Latin', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...styles), (text, to) => {
        const latin = text.replace(/\p{Script=Han}/gu, 'a').replace(/[“‘「『]/g, '$&a');
        expect(quoteEdits(latin, to)).toEqual([]);
      }),
    );
  });

  it('takes any blocks', () => {
    const span = fc.tuple(fc.nat(80), fc.nat(80)).map(([start, length]) => ({ start, end: start + length }));
    fc.assert(
      fc.property(anyText, fc.array(span), fc.constantFrom(...styles), (text, blocks, to) => {
        expect(apply(text, quoteEdits(text, to, blocks))).toHaveLength(text.length);
      }),
    );
  });
});

describe('on well-nested Han', () => {
  const han = fc.string({ unit: fc.constantFrom(...'中国人民大會堂，。'), maxLength: 4 }).map((text) => `${text}文`);
  /** What stands at a depth: Han with quotations between. */
  const content = (depth: number): fc.Arbitrary<string> => {
    if (depth > 4) return han;
    const [opening, closing] = depth % 2 === 1 ? ['“', '”'] : ['‘', '’'];
    const quotation = content(depth + 1).map((text) => opening + text + closing);
    return fc.array(fc.oneof(han, quotation), { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('')}字`);
  };
  /** Paragraphs, and quotations that run on over some. */
  const runningOn = fc.array(content(2), { minLength: 1, maxLength: 3 }).map((parts) => `“${parts.join('\n“')}”`);
  const article = fc.array(fc.oneof(content(1), runningOn), { maxLength: 5 }).map((paragraphs) => paragraphs.join('\n'));

  it('goes to corner marks and back', () => {
    fc.assert(
      fc.property(article, (curly) => {
        const corner = write(curly, 'corner');
        expect(corner).toBe(curly.replace(/[“”‘’]/g, (mark) => '「」『』'.charAt('“”‘’'.indexOf(mark))));
        expect(write(corner, 'curly')).toBe(curly);
        expect(quoteEdits(curly, 'curly')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
