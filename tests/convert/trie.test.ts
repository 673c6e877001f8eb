import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedValue, ENTRY, longest, SEGMENT } from '../../src/convert/trie.ts';
import { type DictionaryEntry, decodeTrie, encodeTrie } from '../../src/convert/trie-code.ts';

function trieOf(entries: Record<string, string>, segments: readonly string[] = []) {
  return decodeTrie(encodeTrie(Object.entries(entries).map(([key, value]) => ({ key, value, segment: segments.includes(key) }))));
}

/** The longest match as `key→value`, or undefined. */
function match(trie: ReturnType<typeof trieOf>, text: string, at = 0, end = text.length, wanted = ENTRY): string | undefined {
  const node = longest(trie, text, at, end, wanted);
  if (node === 0) return undefined;
  const key = text.slice(at, at + (trie.keyLength[node] ?? 0));
  return `${key}→${changedValue(trie, node, key) ?? key}`;
}

describe('longest', () => {
  const trie = trieOf({ 发: '發', 头发: '頭髮', 发展中: '發展中', 中国: '中國', 㐹: '㑶', 𪜎: '𠿕' }, ['头发']);

  test('finds the longest entry and comes back from a dead end', () => {
    expect(match(trie, '发展中国家')).toBe('发展中→發展中');
    expect(match(trie, '发展')).toBe('发→發');
    expect(match(trie, '头')).toBeUndefined();
  });

  test('begins at the offset and does not look past the end', () => {
    expect(match(trie, '头发展中', 1)).toBe('发展中→發展中');
    expect(match(trie, '发展中', 0, 2)).toBe('发→發');
    expect(match(trie, '', 0)).toBeUndefined();
  });

  test('finds entries with a flag', () => {
    expect(match(trie, '头发', 0, 2, SEGMENT)).toBe('头发→頭髮');
    expect(match(trie, '发展中', 0, 3, SEGMENT)).toBeUndefined();
  });

  test('matches astral characters whole', () => {
    expect(match(trie, '𪜎')).toBe('𪜎→𠿕');
    expect(match(trie, '𪜎'.charAt(0))).toBeUndefined();
    expect(match(trie, '𪜎'.charAt(1))).toBeUndefined();
  });

  test('finds nothing in an empty dictionary', () => {
    expect(match(trieOf({}), '发')).toBeUndefined();
  });
});

describe('the code', () => {
  test('keeps every value, however it is written', () => {
    // Unchanged, by its units, spelled, spelled with another length, and a unit that becomes an astral character.
    const entries = {
      干: '幹',
      干支: '干支',
      干部: '幹部',
      干净: '乾淨',
      网络: '互聯網絡',
      长句: '短',
      𫍟干: '𧦧干',
      㓥: '𠞆',
      㓥干: '𠞆幹',
    };
    const trie = trieOf(entries);
    for (const [key, value] of Object.entries(entries)) expect(match(trie, key)).toBe(`${key}→${value}`);
  });

  test('refuses what it could not give back', () => {
    const entry = (key: string, value: string): DictionaryEntry => ({ key, value, segment: false });
    expect(() => encodeTrie([entry('', '發')])).toThrow('not a dictionary entry');
    expect(() => encodeTrie([entry('\ud800', '發')])).toThrow('not a dictionary entry');
    expect(() => encodeTrie([entry('发', '發'), entry('发', '髮')])).toThrow('two entries for 发');
  });

  test('gives back any dictionary', () => {
    // Few characters, so that keys share beginnings; some of them astral, and one with more than 15 neighbours.
    const character = fc.constantFrom(
      ...'发展中国家干𪜎𠮷ab',
      ...Array.from({ length: 20 }, (_, index) => String.fromCharCode(0x4e00 + index)),
    );
    const word = fc.string({ unit: character, minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.dictionary(word, fc.tuple(fc.string({ unit: character, maxLength: 6 }), fc.boolean())), word, (dictionary, text) => {
        const entries = Object.entries(dictionary).map(([key, [value, segment]]) => ({ key, value, segment }));
        const trie = decodeTrie(encodeTrie(entries));
        expect(encodeTrie(entries.toReversed())).toBe(encodeTrie(entries));
        for (const { key, value } of entries) expect(match(trie, key)).toBe(`${key}→${value}`);
        for (const wanted of [ENTRY, SEGMENT]) {
          const candidates = entries.filter(({ key, segment }) => text.startsWith(key) && (segment || wanted === ENTRY));
          const expected = candidates.sort((a, b) => b.key.length - a.key.length)[0];
          expect(match(trie, text, 0, text.length, wanted)).toBe(expected && `${expected.key}→${expected.value}`);
        }
      }),
    );
  });
});
