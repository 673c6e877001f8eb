/** The one walk of fused.ts against the steps of steps.ts: texts and edits, in the cases that it must not take for ordinary ones. */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { readDictionary } from '../../scripts/build-dictionaries.ts';
import { exactBeginnings } from '../../src/convert/dictionaries.generated.ts';
import { convertFused, recordFused } from '../../src/convert/fused.ts';
import { convertText } from '../../src/convert/opencc.ts';
import { scripts } from '../../src/convert/scripts.ts';
import { type Configuration, configurationsOf, convertInSteps } from '../../src/convert/steps.ts';
import { sample, samples } from '../support/articles.ts';

const configurations = new Map<string, Configuration>();
for (const from of scripts) {
  for (const to of scripts) for (const each of configurationsOf(from, to)) configurations.set(each.name, each);
}

function expectSame(text: string, configuration: Configuration): void {
  const expected = convertInSteps(text, configuration);
  expect(convertFused(text, configuration)?.text ?? expected.text).toBe(expected.text);
  const recorded = recordFused(text, configuration) ?? expected;
  expect(recorded.text).toBe(expected.text);
  const changes = ({ steps }: typeof expected) => steps.filter(({ edits }) => edits.length > 0);
  expect(changes(recorded)).toEqual(changes(expected));
}

function configuration(name: string): Configuration {
  const found = configurations.get(name);
  if (found === undefined) throw new Error(`no configuration ${name}`);
  return found;
}

test('all nine configurations are reached', () => {
  expect([...configurations.keys()].sort()).toEqual(Object.keys(exactBeginnings).sort());
});

describe.each([...configurations.values()])('$name', (each) => {
  test.each(samples)('%s: the same text and the same edits', (name) => {
    expectSame(sample(name).toString('utf8'), each);
  });

  test('every exact beginning, in the middle of a clause and at the ends', () => {
    for (const beginning of exactBeginnings[each.name].split(' ').slice(1)) {
      for (const text of [beginning, `发國${beginning}頭发着，${beginning}`, `${beginning}樑棟学校。头髮`]) expectSame(text, each);
    }
  });

  test('any mixture of what it tells apart', () => {
    const piece = fc.constantFrom(
      ...'，。A·〇发發着著裡里么麼祕秘才群梁',
      '头发',
      '人才',
      '著名',
      '這么',
      '這么些',
      '藉著',
      '祕書',
      '吳秘書',
      '張棟樑',
      '林国栋',
      '佛教茂峰法师纪念中学',
      '大学',
      '橋梁',
      '參考書目',
      '\u{20000}',
      '\u{2a70e}',
      '😀',
      '\ud840',
      '\udc00',
      '㓆',
      '豈',
      '⿰',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => expectSame(pieces.join(''), each)));
  });
});

describe('what is left to the steps', () => {
  test('description sequences and compatibility ideographs, with the whole text', () => {
    for (const text of ['⿰讠发发', '头发\uf900', '头发\ud87e\udc00', '张栋梁⿰']) {
      expect(convertFused(text, configuration('s2tw'))).toBeUndefined();
      expect(recordFused(text, configuration('s2tw'))).toBeUndefined();
    }
  });

  test('a phrase of the second step in a clause', () => {
    expect(convertText('张国樑、张栋樑', 'zh-Hans', 'zh-Hant-TW')).toBe('張國梁、張棟樑');
    expect(convertText('憑藉著作', 'zh-Hant-TW', 'zh-Hans')).toBe(convertInSteps('憑藉著作', configuration('tw2s')).text);
    expect(convertText('他藉著手機', 'zh-Hant-TW', 'zh-Hans')).toBe('他借着手机');
  });
});

describe('a phrase of the first step in which a word begins', () => {
  test.each([
    ['tw2s', 'TWVariantsRevPhrases'],
    ['hk2s', 'HKVariantsRevPhrases'],
  ])('%s: also when its characters were never seen before', { timeout: 30_000 }, async (name, dictionary) => {
    const beginnings = exactBeginnings[configuration(name).name].split(' ').slice(1);
    const words = [...(await readDictionary('TSPhrases')).keys(), ...beginnings];
    const texts = [...(await readDictionary(dictionary)).keys()].flatMap((phrase) =>
      Array.from(phrase, (_, index) => phrase.slice(index))
        .slice(1)
        .flatMap((end) => words.filter((word) => word.startsWith(end)).map((word) => phrase + word.slice(end.length))),
    );
    expect(texts.length).toBeGreaterThan(5);
    for (const text of texts) {
      vi.resetModules();
      const fresh = await import('../../src/convert/fused.ts');
      expect(fresh.convertFused(text, configuration(name))?.text).toBe(convertInSteps(text, configuration(name)).text);
    }
  });
});

describe('the working arrays', () => {
  test('grow with the text, and with a text that grows', () => {
    for (const length of [1, 4_095, 4_096, 4_097, 300_000]) {
      const text = '发'.repeat(length);
      expect(convertText(text, 'zh-Hans', 'zh-Hant') === '發'.repeat(length)).toBe(true);
      const edits = convertInSteps(text, configuration('s2t')).steps[0]?.edits;
      expect(recordFused(text, configuration('s2t'))?.steps[0]?.edits.length).toBe(edits?.length);
    }
    // One BMP character becomes two units.
    const growing = '㓆'.repeat(10_000);
    expect(convertText(growing, 'zh-Hans', 'zh-Hant') === '𠗣'.repeat(10_000)).toBe(true);
  });

  test('do not carry anything from one text to the next', () => {
    const text = '头发里面，干部在干支中';
    const alone = recordFused(text, configuration('s2tw'));
    recordFused('发展发展发展'.repeat(1_000), configuration('s2tw'));
    expect(recordFused(text, configuration('s2tw'))).toEqual(alone);
    expect(recordFused('', configuration('s2tw'))).toEqual(recordFused('', configuration('s2tw')));
  });
});

test('a text without a mark, all of it left to the steps, takes a time in proportion to its length', () => {
  const text = '林国栋\u{20000}头发'.repeat(50_000);
  expect(convertText(text, 'zh-Hans', 'zh-Hant-TW').length).toBe(text.length);
});
