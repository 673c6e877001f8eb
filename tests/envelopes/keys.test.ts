import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFormKey } from '../../src/envelopes/s3.ts';
import { formEncode, s3Event } from '../support/events.ts';
import { handle } from '../support/handle-event.ts';

/** S3's limit. */
const KEY_BYTES = 1024;

const unit = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0x4e00, max: 0x9fff }).map((code) => String.fromCodePoint(code)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      ...'+%/ .-_*~!\'()&=?#@:,;$[]{}|\\^`"<>',
      '%2B',
      '%20',
      '%E8%A6',
      '../',
      '😀',
      '👨‍👩‍👧',
      '𠮷',
      'é',
      '\u0000',
      '\n',
    ),
  },
  { weight: 2, arbitrary: fc.constantFrom(...'abcXYZ0189') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
);

/** The longest beginning of the characters that is a key. */
function fitted(units: readonly string[]): string {
  let key = '';
  let bytes = 0;
  for (const one of units) {
    bytes += Buffer.byteLength(one);
    if (bytes > KEY_BYTES) break;
    key += one;
  }
  return key;
}

const keys = fc
  .oneof(
    { weight: 3, arbitrary: fc.array(unit, { minLength: 1, maxLength: 60 }) },
    { weight: 1, arbitrary: fc.array(unit, { minLength: 600, maxLength: 1100, size: 'max' }) },
  )
  .map(fitted);

describe('a form-encoded key', () => {
  it('comes back as it was, for any key', async () => {
    let longest = 0;
    await fc.assert(
      fc.asyncProperty(keys, async (key) => {
        longest = Math.max(longest, Buffer.byteLength(key));
        const encoded = formEncode(key);
        expect(encoded).toMatch(/^[\w.*~/+%-]+$/);
        expect(decodeFormKey(encoded)).toBe(key);
        expect((await handle(s3Event([{ key: encoded }]))).refs).toEqual([expect.objectContaining({ key })]);
      }),
      { numRuns: 2_000 },
    );
    expect(longest).toBeGreaterThan(1_000);
  });

  it('may have escapes where none are needed, in either case, and Chinese that is not escaped', () => {
    expect(decodeFormKey('%61%2f要闻%e8%a6%81')).toBe('a/要闻要');
  });

  it.each(['%', '100%.txt', '%E', '%ZZ', '%E8%A6', '%FF', '%C0%AF', '%ED%A0%80'])('with a malformed % is refused: %s', async (key) => {
    const { refs, refused, thrown } = await handle(s3Event([{ key }, { key: 'a+b' }]));
    expect(refs.map((ref) => ref.key)).toEqual(['a b']);
    expect(refused.map(({ message }) => message)).toEqual([`record 0 of the S3 event: its key ${key} is not form-encoded UTF-8`]);
    expect(thrown).toBeInstanceOf(AggregateError);
  });

  it("of a folder that the S3 console made is nobody's file", async () => {
    const objects = [
      { key: '2018/%E8%A6%81%E9%97%BB/', size: 0 },
      { key: '2018%2f', size: 0 },
      { key: 'text/', size: 5 },
      { key: 'empty.txt', size: 0 },
    ];
    expect((await handle(s3Event(objects))).refs.map(({ key }) => key)).toEqual(['text/', 'empty.txt']);
  });
});
