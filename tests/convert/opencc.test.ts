import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { buildDictionaries } from '../../scripts/build-dictionaries.ts';
import { ambiguous, convertScript, matchSimplifiedToTraditional, simplifiedOnly, traditionalOnly } from '../../src/convert/opencc.ts';
import { scripts } from '../../src/convert/scripts.ts';

describe('convertScript', () => {
  test('records each changed word in its step', () => {
    expect(convertScript('头发里面，干部在干支中', 'zh-Hans', 'zh-Hant-TW')).toEqual({
      text: '頭髮裡面，幹部在干支中',
      steps: [
        {
          rule: 'opencc/STPhrases+STCharacters',
          edits: [
            { at: 0, removed: '头发', inserted: '頭髮' },
            { at: 2, removed: '里面', inserted: '裏面' },
            { at: 5, removed: '干部', inserted: '幹部' },
          ],
        },
        { rule: 'opencc/TWVariants', edits: [{ at: 2, removed: '裏', inserted: '裡' }] },
      ],
    });
  });

  test('normalizes compatibility ideographs first', () => {
    expect(convertScript('\uf900', 'zh-Hant', 'zh-Hant-TW')).toEqual({
      text: '豈',
      steps: [{ rule: 'opencc/CJK_Compatibility_Ideographs', edits: [{ at: 0, removed: '\uf900', inserted: '豈' }] }],
    });
  });

  test('writes 着 in Simplified for the 著 of Taiwan and of standard Traditional', () => {
    expect(convertScript('看著著作', 'zh-Hant', 'zh-Hans').text).toBe('看着著作');
    expect(convertScript('看著著作', 'zh-Hant-TW', 'zh-Hans').text).toBe('看着著作');
    // Hong Kong writes 着 itself, and hk2s leaves 著 alone.
    expect(convertScript('看着著作', 'zh-Hant-HK', 'zh-Hans').text).toBe('看着著作');
  });

  test('leaves a text in its script, and a text without Han, alone', () => {
    for (const script of scripts) expect(convertScript('发發\uf900', script, script)).toEqual({ text: '发發\uf900', steps: [] });
    expect(convertScript('', 'zh-Hans', 'zh-Hant')).toEqual({ text: '', steps: [] });
    expect(convertScript('GDP 3.5%\n', 'zh-Hans', 'zh-Hant-HK')).toEqual({ text: 'GDP 3.5%\n', steps: [] });
  });

  test('passes over ideographic description sequences', () => {
    expect(convertScript('⿰讠发发', 'zh-Hans', 'zh-Hant').text).toBe('⿰讠发發');
    expect(convertScript('⿲讠发国发', 'zh-Hans', 'zh-Hant').text).toBe('⿲讠发国發');
    expect(convertScript('⿰⿱讠国发发', 'zh-Hans', 'zh-Hant').text).toBe('⿰⿱讠国发發');
    expect(convertScript('⿰发', 'zh-Hans', 'zh-Hant').text).toBe('⿰發');
  });

  test('reads a text of nothing but description operators in no time', () => {
    const operators = '⿰'.repeat(100_000);
    expect(convertScript(`${operators}发`, 'zh-Hans', 'zh-Hant-TW').text.length).toBe(100_001);
  });

  test('keeps lone surrogates', () => {
    expect(convertScript('\ud840发\udc00', 'zh-Hans', 'zh-Hant').text).toBe('\ud840發\udc00');
  });
});

describe('matchSimplifiedToTraditional', () => {
  test('gives the longest entry at an offset', () => {
    expect(matchSimplifiedToTraditional('有头发展', 1)).toEqual({ end: 3, value: '頭髮', phrase: true });
    expect(matchSimplifiedToTraditional('发', 0)).toEqual({ end: 1, value: '發', phrase: false });
    expect(matchSimplifiedToTraditional('干支', 0)).toEqual({ end: 2, value: '干支', phrase: true });
    expect(matchSimplifiedToTraditional('𪜎', 0)).toEqual({ end: 2, value: '𠿕', phrase: false });
    expect(matchSimplifiedToTraditional('我们', 0)).toBeUndefined();
    expect(matchSimplifiedToTraditional('发', 1)).toBeUndefined();
  });
});

describe('the lists of characters', () => {
  test.each([...'国发东书门们这'])('%s is Simplified only', (character) => {
    expect([simplifiedOnly(), traditionalOnly(), ambiguous()].map((list) => list.has(character))).toEqual([true, false, false]);
  });

  test.each([...'國發東書門們這'])('%s is Traditional only', (character) => {
    expect([simplifiedOnly(), traditionalOnly(), ambiguous()].map((list) => list.has(character))).toEqual([false, true, false]);
  });

  test.each([...'干于范后里面系准群床峰'])('%s is ambiguous', (character) => {
    expect([simplifiedOnly(), traditionalOnly(), ambiguous()].map((list) => list.has(character))).toEqual([false, false, true]);
  });

  test.each([...'著乾的人中'])('%s tells nothing', (character) => {
    expect([simplifiedOnly(), traditionalOnly(), ambiguous()].map((list) => list.has(character))).toEqual([false, false, false]);
  });

  test('are disjoint', () => {
    const all = [...simplifiedOnly(), ...traditionalOnly(), ...ambiguous()];
    expect(new Set(all).size).toBe(all.length);
  });
});

test('the generated module is what its script gives now', async () => {
  const generated = readFileSync(new URL('../../src/convert/dictionaries.generated.ts', import.meta.url), 'utf8');
  expect(await buildDictionaries()).toBe(generated);
});
