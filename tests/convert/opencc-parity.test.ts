/**
 * The converter against opencc-js, in all twelve directions: the texts must be equal, and the edits must lead there and back.
 *
 * By default every dictionary key and 4,000 generated sentences a direction. With COPYDESK_PARITY=full, 200,000 sentences a direction
 * (about a minute); COPYDESK_PARITY_SEED=<number> chooses other sentences than seed 1 does.
 */
import fc from 'fast-check';
import { Converter } from 'opencc-js';
import { describe, expect, test } from 'vitest';
import { readDictionary } from '../../scripts/build-dictionaries.ts';
import { convertScript, convertText } from '../../src/convert/opencc.ts';
import { type Script, scripts } from '../../src/convert/scripts.ts';
import { apply, invert } from '../../src/text/edit.ts';

const isFull = process.env.COPYDESK_PARITY === 'full';
const sentencesPerDirection = isFull ? 200_000 : 4_000;
const seed = Number(process.env.COPYDESK_PARITY_SEED ?? 1);

const dictionaryNames = [
  'CJK_Compatibility_Ideographs',
  'STPhrases',
  'STPhrases_GeneratedFromRegionalPhrases',
  'STCharacters',
  'TSPhrases',
  'TSCharacters',
  'TWVariantsPhrases',
  'TWVariants',
  'HKVariantsPhrases',
  'HKVariants',
  'TWVariantsRevPhrases',
  'TWVariantsRev',
  'HKVariantsRevPhrases',
  'HKVariantsRev',
];
const dictionaries = await Promise.all(dictionaryNames.map(readDictionary));
const keys = [...new Set(dictionaries.flatMap((dictionary) => [...dictionary.keys()]))];

const directions = scripts.flatMap((from) => scripts.filter((to) => to !== from).map((to) => ({ from, to })));

/** opencc-js's names of the scripts. Standard Traditional becomes Simplified by tw2s, so it goes as Taiwan's there. */
const locales = { 'zh-Hans': 'cn', 'zh-Hant': 't', 'zh-Hant-TW': 'tw', 'zh-Hant-HK': 'hk' } as const;
const converters = new Map<string, (text: string) => string>();

function openccConverter(from: string, to: string): (text: string) => string {
  const converter = converters.get(`${from} ${to}`) ?? Converter({ from, to });
  converters.set(`${from} ${to}`, converter);
  return converter;
}

function oracle(from: Script, to: Script): (text: string) => string {
  if (from === 'zh-Hant' && to === 'zh-Hans') return openccConverter('tw', 'cn');
  if (from.startsWith('zh-Hant-') && to.startsWith('zh-Hant-')) {
    const toStandard = openccConverter(locales[from], 't');
    const fromStandard = openccConverter('t', locales[to]);
    return (text) => fromStandard(toStandard(text));
  }
  return openccConverter(locales[from], locales[to]);
}

/** What is wrong with the conversion of a text, or undefined. Not an `expect` for each of millions of texts: those are slow. */
function fault(text: string, from: Script, to: Script, expected: string): string | undefined {
  const { text: converted, steps } = convertScript(text, from, to);
  if (converted !== expected) return `${JSON.stringify(text)}: ${JSON.stringify(converted)}, not ${JSON.stringify(expected)}`;
  const plain = convertText(text, from, to);
  if (plain !== expected) return `${JSON.stringify(text)}: without edits ${JSON.stringify(plain)}, not ${JSON.stringify(expected)}`;
  const replayed = steps.reduce((current, { edits }) => apply(current, edits), text);
  if (replayed !== converted) return `${JSON.stringify(text)}: the edits do not give the result`;
  const undone = steps.reduceRight((current, { edits }) => apply(current, invert(edits)), converted);
  if (undone !== text) return `${JSON.stringify(text)}: the inverse edits do not give the source`;
  return undefined;
}

function* faults(texts: Iterable<string>, from: Script, to: Script): Iterable<string> {
  const expected = oracle(from, to);
  for (const text of texts) {
    const found = fault(text, from, to, expected(text));
    if (found !== undefined) yield found;
  }
}

/** The number of faults and the first of them. */
function summary(found: Iterable<string>): { count: number; first: string[] } {
  const first: string[] = [];
  let count = 0;
  for (const each of found) if (++count <= 5) first.push(each);
  return { count, first };
}

const clean = { count: 0, first: [] };

describe.each(directions)('$from to $to', ({ from, to }) => {
  test('every dictionary key', () => {
    expect(summary(faults(keys, from, to))).toEqual(clean);
  });

  test('keys in any context', () => {
    const expected = oracle(from, to);
    const context = fc.oneof(fc.string({ unit: 'binary', maxLength: 6 }), fc.constantFrom(...keys), looseUnits);
    fc.assert(
      fc.property(context, fc.constantFrom(...keys), context, (before, key, after) => {
        const text = before + key + after;
        return fault(text, from, to, expected(text)) === undefined;
      }),
      { seed, numRuns: 500 },
    );
  });

  test(`${sentencesPerDirection} sentences`, { timeout: isFull ? 1_800_000 : 30_000 }, () => {
    expect(summary(faults(sentences(sentencesPerDirection), from, to))).toEqual(clean);
  });
});

/** Code units without regard for pairs, so with lone surrogates. */
const looseUnits = fc
  .array(fc.oneof(fc.integer({ min: 0xd800, max: 0xdfff }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 4 })
  .map((units) => String.fromCharCode(...units));

/** Sentences of dictionary words whole and in part, and of whatever else stands, or should not stand, in a text. */
function* sentences(count: number): Iterable<string> {
  const random = randomNumbers(seed);
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[Math.floor(random() * choices.length)];
    if (choice === undefined) throw new Error('nothing to pick from');
    return choice;
  };
  const pairs = dictionaries.map((dictionary) => [...dictionary]);
  const word = (): string => {
    // Half of the words from the large dictionary of phrases, the others evenly over all dictionaries.
    const pair = pick(random() < 0.5 ? (pairs[1] ?? []) : pick(pairs));
    return random() < 0.8 ? pair[0] : pair[1];
  };
  const part = (): string => {
    const characters = [...word()];
    const start = Math.floor(random() * characters.length);
    return characters.slice(start, start + 1 + Math.floor(random() * 3)).join('');
  };
  const description = (): string => {
    const operands = Array.from({ length: Math.floor(random() * 4) }, () => (random() < 0.2 ? description() : pick([...part()])));
    return String.fromCharCode(0x2ff0 + Math.floor(random() * 16)) + operands.join('');
  };
  const others = [
    '，',
    '。',
    '、',
    '“',
    '”',
    '「',
    '」',
    '《',
    '》',
    ' ',
    '\n',
    '\u3000',
    '(',
    ')',
    '2024',
    '3.5%',
    'GDP',
    'iPhone',
    '\0',
    '\ufeff',
    '😀',
    '𠮷',
    '👨\u200d👩',
  ];
  const surrogate = (): string => String.fromCharCode(0xd800 + Math.floor(random() * 0x800));
  for (let made = 0; made < count; made++) {
    let text = '';
    for (let left = 2 + Math.floor(random() * 14); left > 0; left--) {
      const kind = random();
      text += kind < 0.55 ? word() : kind < 0.82 ? part() : kind < 0.93 ? pick(others) : kind < 0.97 ? description() : surrogate();
    }
    yield text;
  }
}

/** Mulberry32: numbers in [0, 1), the same for the same seed. */
function randomNumbers(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
