/**
 * The promise of the Result, checked from the Result alone and by means of this file alone: undo the layers of `decode`,
 * `clean` and `repair` from `text`, last first, encode with `charset` and `bom`, and the raw bytes are there.
 */
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { normalizeLine } from '../src/bulk.ts';
import type { Script } from '../src/convert/scripts.ts';
import { encode } from '../src/decode/charset.ts';
import { reconstruct } from '../src/reconstruct.ts';
import type { Result } from '../src/result.ts';
import { sample, samples } from './support/articles.ts';

interface Edit {
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
}

const scripts: readonly Script[] = ['zh-Hans', 'zh-Hant', 'zh-Hant-TW', 'zh-Hant-HK'];

function bulk(record: unknown): Result {
  const { json } = normalizeLine(Buffer.from(JSON.stringify(record)), { scripts });
  expect(json).not.toContain('\n');
  return JSON.parse(json) as Result;
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let end = 0;
  for (const { at, removed, inserted } of edits) {
    expect(at).toBeGreaterThanOrEqual(end);
    expect(text.slice(at, at + removed.length)).toBe(removed);
    result += text.slice(end, at) + inserted;
    end = at + removed.length;
  }
  return result + text.slice(end);
}

function undone(text: string, edits: readonly Edit[]): string {
  let shift = 0;
  const inverse = edits.map(({ at, removed, inserted }) => {
    const moved = { at: at + shift, removed: inserted, inserted: removed };
    shift += inserted.length - removed.length;
    return moved;
  });
  return applied(text, inverse);
}

function rawTextOf({ text, ledger }: Result): string {
  return ledger.layers.filter(({ stage }) => stage !== 'convert').reduceRight((current, { edits }) => undone(current, edits), text);
}

function encoded(text: string, charset: string, bom: boolean): Buffer {
  const whole = bom ? `\ufeff${text}` : text;
  if (charset === 'utf-8') return Buffer.from(whole, 'utf8');
  if (charset === 'utf-16le') return Buffer.from(whole, 'utf16le');
  if (charset === 'utf-16be') return Buffer.from(whole, 'utf16le').swap16();
  const named = { gb18030: 'gb18030', 'big5-hkscs': 'big5hkscs', 'utf-32le': 'utf-32le', 'utf-32be': 'utf-32be' }[charset];
  if (named !== undefined) return iconv.encode(whole, named);
  // No other library has these.
  if (charset === 'big5-uao' || charset === 'euc-tw') return Buffer.from(encode(whole, charset, bom));
  expect([charset, bom]).toEqual(['latin1', false]);
  return Buffer.from(text, 'latin1');
}

function expectHolds(result: Result, raw: Buffer): void {
  const { charset, bom, lossless, bytes } = result.source;
  expect(lossless).toBe(true);
  expect(bytes).toBe(raw.length);
  expect(encoded(rawTextOf(result), charset, bom).equals(raw)).toBe(true);
  expect(result.text.isWellFormed() || result.status === 'rejected').toBe(true);
  if (result.status === 'rejected') {
    expect(result.scripts).toEqual({});
    return;
  }
  expect(Object.keys(result.scripts)).toEqual(scripts);
  for (const script of scripts) {
    const branch = result.ledger.layers.filter((layer) => layer.script === script);
    expect(branch.every(({ stage }) => stage === 'convert')).toBe(true);
    const converted = branch.reduce((text, { edits }) => applied(text, edits), result.text);
    expect(converted).toBe(result.scripts[script]?.text);
    expect(branch.reduceRight((text, { edits }) => undone(text, edits), converted)).toBe(result.text);
  }
}

const fragments = [
  ...'山城云岭用好一口百年老井幹部后后發髮面麵里裡',
  '本报云岭2019年4月16日电（记者 程以恒）',
  '贯(guan)彻(che)落实(shi)',
  '要(yao)(yao)(yao)(yao)',
  '責任(ren)(ren)',
  '王 勇',
  '“',
  '”',
  ',',
  ':',
  '(',
  ')',
  ' ',
  '\u3000\u3000',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '\u00a0',
  '\u200b',
  '\u2028',
  '\ufeff',
  '😀',
  '𠮷',
  '👩‍👩‍👧',
  '责任编辑：贺文彬',
  'A1',
  'é',
  '\u0301',
  '㐀',
  '羣',
  '⿰亻言',
];
const chinese = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...fragments) }, { weight: 1, arbitrary: fc.string({ unit: 'binary' }) }),
  {
    minLength: 0,
    maxLength: 60,
  },
);
const chineseText = chinese.map((parts) => parts.join('').toWellFormed());
const runs = { numRuns: 300 };

const bytesHold = (raw: Buffer) => expectHolds(bulk({ id: 'x', bytes: raw.toString('base64') }), raw);

describe('the Result alone gives the raw bytes back, and each script', () => {
  it.each(samples)('for the sample %s', (name) => {
    bytesHold(sample(name));
    bytesHold(Buffer.from(`\ufeff${sample(name).toString().replaceAll('\n', '\r\n')}`));
  });

  it('for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => bytesHold(Buffer.from(bytes))),
      runs,
    );
  });

  it('for any bytes after any byte order mark', () => {
    const marks = fc.constantFrom([0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0xef, 0xbb], [0xff]);
    fc.assert(
      fc.property(marks, fc.uint8Array({ maxLength: 60 }), (mark, bytes) => bytesHold(Buffer.from([...mark, ...bytes]))),
      runs,
    );
  });

  it('for Chinese text in UTF-8, with and without a byte order mark', () => {
    fc.assert(
      fc.property(chineseText, fc.boolean(), (text, bom) => bytesHold(Buffer.from(bom ? `\ufeff${text}` : text))),
      runs,
    );
  });

  it('for Chinese text in UTF-16, in both orders, lone surrogates and odd ends included', () => {
    fc.assert(
      fc.property(chinese, fc.boolean(), fc.boolean(), (parts, big, odd) => {
        const little = Buffer.from(`\ufeff${parts.join('')}`, 'utf16le');
        const body = big ? little.swap16() : little;
        bytesHold(odd ? Buffer.concat([body, Buffer.from([0x4e])]) : body);
      }),
      runs,
    );
  });

  it('for Chinese text that is damaged in the middle or cut off at the end', () => {
    fc.assert(
      fc.property(chineseText, fc.nat(), fc.uint8Array({ maxLength: 3 }), fc.nat(4), fc.boolean(), (text, place, dirt, cut, bom) => {
        const whole = Buffer.from(bom ? `\ufeff${text}` : text);
        const at = whole.length === 0 ? 0 : place % whole.length;
        const damaged = Buffer.concat([whole.subarray(0, at), dirt, whole.subarray(at)]);
        bytesHold(damaged.subarray(0, Math.max(0, damaged.length - cut)));
      }),
      runs,
    );
  });

  it('for any text, which is its own source', () => {
    fc.assert(
      fc.property(chinese, (parts) => {
        const text = parts.join('');
        const raw = Buffer.from(text, text.isWellFormed() ? 'utf8' : 'utf16le');
        expectHolds(bulk({ id: 'x', text }), raw);
      }),
      runs,
    );
  });

  it.each([
    ['begin with the bytes of the UTF-8 mark', '믯\u00bf\ud800云岭'],
    ['begin with the bytes of the big-endian mark', '\ufffe山城\ud800云岭'],
    ['begin with the little-endian mark', '\ufeff山城\ud800云岭'],
    ['begin with the bytes of a ZIP file', '䭐Ѓ\ud800云岭'],
  ])('for text with half a surrogate pair whose UTF-16 form happens to %s', (_, text) => {
    const result = bulk({ id: 'x', text });
    expectHolds(result, Buffer.from(text, 'utf16le'));
    expect(result.text).toContain('\ufffd云岭');
  });
});

describe('a line', () => {
  it('echoes its id, and has the docId for one where it has none', () => {
    expect(bulk({ id: '新华社-1', text: '山城云岭' }).id).toBe('新华社-1');
    const { id, source } = bulk({ text: '山城云岭' });
    expect(id).toBe(source.sha256.slice(0, 32));
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (line) => {
        const { json, rejected } = normalizeLine(Buffer.from(line));
        expect((JSON.parse(json) as Result).status).toBe(rejected ? 'rejected' : 'ok');
      }),
      runs,
    );
  });

  it('that is no record is answered with the reason, its id and its own text', () => {
    const line = '{"id":"7","text":7}';
    expect(JSON.parse(normalizeLine(Buffer.from(line)).json)).toMatchObject({
      id: '7',
      status: 'rejected',
      reason: { code: 'bad-record' },
      text: line,
    });
  });

  it('that is not UTF-8 is rejected, with its bytes in the ledger', () => {
    const line = Buffer.concat([Buffer.from('{"id":"7","text":"'), Buffer.from([0xb1, 0xea, 0xcc, 0xe2]), Buffer.from('"}')]);
    const { json, rejected } = normalizeLine(line);
    const { text, ledger, source, reason } = JSON.parse(json) as Result;
    expect([rejected, reason?.code, reason?.message]).toEqual([true, 'bad-record', 'the line is not UTF-8']);
    expect(line.equals(reconstruct(text, ledger.layers, source))).toBe(true);
  });

  it('larger than the limit is rejected', () => {
    const line = JSON.stringify({ id: 'x', text: '山城云岭' });
    expect(JSON.parse(normalizeLine(Buffer.from(line), { maxBytes: 5 }).json)).toMatchObject({
      status: 'rejected',
      reason: { code: 'too-large' },
    });
  });
});
