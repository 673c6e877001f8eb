import fc from 'fast-check';
import { strFromU8, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/decode/formats/format.ts';
import { unzip } from '../../../src/decode/formats/unzip.ts';

const limit = { maxUnpacked: 1_000_000 };

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof FormatError) return error.code;
    throw error;
  }
  return 'none';
}

/** The archive with each of the names as these bytes, of the same length. */
function renamed(zip: Uint8Array, name: string, bytes: number[]): Uint8Array {
  const text = Buffer.from(zip).toString('latin1').replaceAll(name, Buffer.from(bytes).toString('latin1'));
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

/** The archive with bits set in the flags of all its headers. */
function flagged(zip: Uint8Array, flags: number): Uint8Array {
  const copy = Buffer.from(zip);
  for (const [signature, at] of [
    ['PK\x03\x04', 6],
    ['PK\x01\x02', 8],
  ] as const) {
    for (let found = copy.indexOf(signature, 0, 'latin1'); found !== -1; found = copy.indexOf(signature, found + 4, 'latin1')) {
      copy.writeUInt16LE(copy.readUInt16LE(found + at) | flags, found + at);
    }
  }
  return Uint8Array.from(copy);
}

describe('unzip', () => {
  it('gives files in order, packed and stored, without folders', () => {
    const zip = zipSync({ 'a/': new Uint8Array(), 'a/稿件.txt': strToU8('河口镇新桥通车'), 'b.txt': [strToU8('讯'), { level: 0 }] });
    const files = unzip(zip, limit);
    expect([...files.keys()]).toEqual(['a/稿件.txt', 'b.txt']);
    expect([...files.values()].map((file) => strFromU8(file))).toEqual(['河口镇新桥通车', '讯']);
  });

  it('unpacks only what is asked for', () => {
    const zip = zipSync({ 'a.txt': strToU8('甲'), 'b.bin': new Uint8Array(2_000_000) });
    expect([...unzip(zip, { ...limit, only: (name) => name === 'a.txt' }).keys()]).toEqual(['a.txt']);
  });

  it('finds an archive behind a program and before a comment', () => {
    const zip = zipSync({ 'a.txt': strToU8('甲') });
    expect([...unzip(Buffer.concat([strToU8('MZ program'), zip]), limit).keys()]).toEqual(['a.txt']);
    const commented = Buffer.concat([zip, strToU8('comment')]);
    commented.writeUInt16LE(7, zip.length - 2);
    expect([...unzip(commented, limit).keys()]).toEqual(['a.txt']);
  });

  it('reads names in GB18030, and in UTF-8 without its flag', () => {
    const zip = zipSync({ 'abcd.txt': strToU8('甲'), 'xxxxxx.txt': strToU8('乙') });
    const gb = renamed(zip, 'abcd', [0xd0, 0xc2, 0xce, 0xc5]);
    expect([...unzip(renamed(gb, 'xxxxxx', [...strToU8('稿件')]), limit).keys()]).toEqual(['新闻.txt', '稿件.txt']);
    expect([...unzip(renamed(zip, 'abcd', [0x63, 0x61, 0x66, 0xff]), limit).keys()][0]).toBe('cafÿ.txt');
  });

  it('stops at the limit, over all files, whatever sizes the archive claims', () => {
    const zip = zipSync({ 'a.txt': new Uint8Array(600_000), 'b.txt': new Uint8Array(600_000) });
    expect(codeOf(() => unzip(zip, limit))).toBe('too-large');
    const bomb = Buffer.from(zipSync({ 'a.txt': new Uint8Array(50_000_000) }));
    bomb.writeUInt32LE(10, bomb.indexOf('PK\x01\x02', 0, 'latin1') + 24);
    expect(codeOf(() => unzip(bomb, limit))).toBe('too-large');
    expect(codeOf(() => unzip(zip, { ...limit, maxEntries: 1 }))).toBe('too-large');
  });

  it.each(['/etc/a.txt', 'C:\\a.txt', 'c:a.txt', '\\\\host\\a.txt', '../a.txt', 'a/../../b.txt', 'a\\..\\b.txt', 'a/..'])(
    'refuses %s',
    (name) => {
      expect(codeOf(() => unzip(zipSync({ [name]: strToU8('甲') }), limit))).toBe('unsafe-path');
    },
  );

  it('takes names with dots', () => {
    expect([...unzip(zipSync({ '...a/b..c.txt': strToU8('甲') }), limit).keys()]).toEqual(['...a/b..c.txt']);
  });

  it('refuses what is encrypted, if it is asked for', () => {
    const zip = flagged(zipSync({ 'a.txt': strToU8('甲') }), 1);
    expect(codeOf(() => unzip(zip, limit))).toBe('encrypted');
    expect(unzip(zip, { ...limit, only: () => false }).size).toBe(0);
  });

  it('refuses damage', () => {
    const zip = zipSync({ 'a.txt': strToU8('河口镇新桥通车'.repeat(50)) });
    expect(codeOf(() => unzip(new Uint8Array(), limit))).toBe('broken-format');
    expect(codeOf(() => unzip(zip.subarray(0, -5), limit))).toBe('broken-format');
    expect(codeOf(() => unzip(zip.subarray(10), limit))).toBe('broken-format');
    const flipped = Uint8Array.from(zip);
    flipped[50] = (flipped[50] ?? 0) ^ 0x55;
    expect(codeOf(() => unzip(flipped, limit))).toBe('broken-format');
    expect(
      codeOf(() => unzip(renamed(zipSync({ 'a.txt': strToU8('甲'), 'b.txt': strToU8('乙') }), 'b.txt', [...strToU8('a.txt')]), limit)),
    ).toBe('broken-format');
  });

  it('gives files or a FormatError for any mutation', () => {
    const zip = zipSync({ 'a.txt': strToU8('河口镇新桥通车'.repeat(9)), 'b/稿.txt': [strToU8('讯'), { level: 0 }] });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(zip.length - 1), fc.nat(255)), { maxLength: 6 }), fc.nat(zip.length), (flips, cut) => {
        const mutated = Buffer.concat([zip.subarray(0, cut), zip]);
        for (const [at, byte] of flips) mutated[at] = byte;
        for (const bytes of [mutated, mutated.subarray(0, cut), mutated.subarray(cut)]) codeOf(() => unzip(bytes, limit));
      }),
      { numRuns: 300 },
    );
  });
});
