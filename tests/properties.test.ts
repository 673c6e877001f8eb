/** What holds for every input: the promises of the project, on random texts and random bytes. */

import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../src/clean/index.ts';
import { scripts } from '../src/convert/scripts.ts';
import { applyLayers, normalize, reconstruct } from '../src/index.ts';
import { outerBlocks } from '../src/structure/article.ts';
import { readCases, readHeldOut } from './support/cases.ts';

const pieces = [
  ...[
    '政',
    '(zheng)',
    '(zheng)(zheng)',
    '（háng）',
    '领导干部',
    '領導干部',
    '關于',
    '并',
    '防范',
    '《',
    '》',
    '“',
    '”',
    '「',
    '」',
    '（',
    '）',
    '(',
    ')',
    '[qie]',
  ],
  ...[',', ':', ';', '?', '!', '，', '。', '：', '、', '\n', '\n\n', '\r\n', '\r', ' ', '　', '\u00a0', '\u2028', '\ufeff', '\u200b', '\t'],
  ...[
    '責任編輯:',
    '编辑：藍 圖',
    '会议现场',
    '强调',
    '——',
    '出席会议',
    '😀',
    '𠮷',
    '⿰',
    '\ud800',
    '\udc00',
    'He',
    'GDP',
    '5%',
    '3:1',
    'https://a.cn/?b=中,国',
    '一',
    '1）',
  ],
];
const chineseText = fc
  .array(
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) }),
    { maxLength: 60, size: 'max' },
  )
  .map((parts) => parts.join(''));
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  chineseText.map((text) => new Uint8Array(Buffer.from(text))),
  fc
    .tuple(chineseText, fc.uint8Array({ maxLength: 4 }), chineseText)
    .map(([a, bad, b]) => new Uint8Array(Buffer.concat([Buffer.from(a), bad, Buffer.from(b)]))),
  fc
    .tuple(
      fc.constantFrom([0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff]),
      chineseText,
      fc.constantFrom('utf8' as const, 'utf16le' as const),
    )
    .map(([bom, text, encoding]) => new Uint8Array(Buffer.concat([Buffer.from(bom), Buffer.from(text, encoding)]))),
);
/** Articles as lines of a title area, a body and credits, so that the rules that join lines are tried. */
const line = fc.tuple(
  fc.constantFrom('', '', '', '《', '“', '（', '——', '责任编辑:', '编辑：', '图为', '　　'),
  fc.string({ unit: fc.constantFrom(...'政治经济领导干部关于并防范會議強調要求现场出席'), minLength: 1, maxLength: 14 }),
  fc.constantFrom('', '', '', '。', '，', '：', ':', '强调', '现场', '”', '》', '!', '(zheng)'),
);
const article = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\n', '\n\n', ' ')), { maxLength: 12, size: 'max' })
  .map((lines) => lines.map(([parts, end]) => parts.join('') + end).join(''));
const runs = { numRuns: 1500 };

describe('for random bytes', () => {
  it('reconstruct ∘ normalize is the identity', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const { text, ledger, source } = normalize(bytes);
        expect(source.lossless).toBe(true);
        expect(source.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
        expect(Buffer.compare(reconstruct(text, ledger.layers, source), bytes)).toBe(0);
      }),
      runs,
    );
  });

  it('the Result is sound: well-formed text, blocks that cover its lines, scripts that the ledger gives', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const result = normalize(bytes, { scripts });
        if (result.status === 'rejected') return;
        const { text, blocks } = result;
        expect(text.isWellFormed()).toBe(true);
        expect(outerBlocks(blocks).map(({ start, end }) => text.slice(start, end))).toEqual(text === '' ? [] : text.split('\n'));
        for (const block of blocks)
          for (const person of block.people ?? []) {
            expect(person.start).toBeGreaterThanOrEqual(block.start);
            expect(person.end).toBeLessThanOrEqual(block.end);
          }
        for (const script of scripts) {
          const branch = result.ledger.layers.filter((layer) => layer.script === script);
          expect(applyLayers(text, branch)).toBe(result.scripts[script]?.text);
        }
        expect(JSON.parse(JSON.stringify(result))).toEqual(result);
      }),
      { numRuns: 500 },
    );
  });
});

describe('for random texts', () => {
  it('clean ∘ clean = clean', () => {
    fc.assert(
      fc.property(fc.oneof(chineseText, article), (text) => {
        const once = clean(text).text;
        expect(clean(once).text).toBe(once);
      }),
      runs,
    );
  });
});

describe('for the cases', () => {
  const texts = [
    ...readCases('in-the-wild').map(({ original }) => original),
    ...readCases('negative').map(({ original }) => original),
    ...readHeldOut().map((one) => one.clean),
  ];

  it('reconstruct ∘ normalize is the identity, and a clean text is clean', () => {
    for (const original of texts) {
      const bytes = Buffer.from(original);
      const { text, ledger, source } = normalize(bytes);
      expect(Buffer.compare(reconstruct(text, ledger.layers, source), bytes)).toBe(0);
      expect(clean(text).text).toBe(text);
    }
  });
});
