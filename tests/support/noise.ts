/**
 * Makes reading noise for tests, as shared scraper traps do: of a paragraph's characters some are picked, and every occurrence of a
 * picked character carries its reading in brackets, as many times over as it was picked.
 */
import { pinyin as hotooPinyin } from 'pinyin';
import { pinyin } from 'pinyin-pro';
import tiny from 'tiny-pinyin';
import { getJyutpingList } from 'to-jyutping';
import { convertText } from '../../src/convert/opencc.ts';
import { bopomofoOf } from './bopomofo.ts';

export const noiseStyles = [
  'ascii',
  'full',
  'square',
  'upper',
  'tone',
  'num',
  'space',
  'corner',
  'lenticular',
  'inner-space',
  'nfd',
  'u-colon',
  'bopomofo',
  'jyutping',
  'ruby',
  'once',
  'changed',
] as const;

export type NoiseStyle = (typeof noiseStyles)[number];

export const noiseDictionaries = ['pinyin-pro', 'pinyin', 'tiny-pinyin'] as const;

/** pinyin-pro is the remover's own; the others are not. tiny-pinyin has no tones, and wrong readings: 強 is QIE. */
export type NoiseDictionary = (typeof noiseDictionaries)[number];

/** A seeded generator of numbers in 0..1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface NoiseOptions {
  readonly style: NoiseStyle;
  /** The share of a paragraph's characters that are picked, 0..1. */
  readonly rate: number;
  readonly random: () => number;
  readonly dictionary?: NoiseDictionary;
  /** Han characters from which a line is a paragraph. */
  readonly shortest?: number;
}

/** The noisy text, and how many groups were put in. */
export function addNoise(text: string, options: NoiseOptions): { text: string; groups: number } {
  let groups = 0;
  const { shortest = 60 } = options;
  const lines = text.split('\n').map((line) => {
    if ((line.match(/\p{Script=Han}/gu) ?? []).length < shortest) return line;
    const noisy = addToParagraph(line, options);
    groups += noisy.groups;
    return noisy.text;
  });
  return { text: lines.join('\n'), groups };
}

/** Can the dictionary give what the style needs? */
export function isPossible(style: NoiseStyle, dictionary: NoiseDictionary): boolean {
  if (style === 'jyutping') return dictionary === 'pinyin-pro';
  return dictionary !== 'tiny-pinyin' || !['tone', 'num', 'nfd', 'bopomofo', 'changed'].includes(style);
}

function addToParagraph(line: string, { style, rate, random, dictionary = 'pinyin-pro' }: NoiseOptions): { text: string; groups: number } {
  const characters = [...line];
  const counts = new Map<string, number>();
  const changed = style === 'changed' ? changedCharacters(line) : undefined;
  for (const [index, character] of characters.entries()) {
    if (!/\p{Script=Han}/u.test(character)) continue;
    if (changed !== undefined ? changed[index] : random() < rate) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  let groups = 0;
  const text = characters.map((character) => {
    const count = counts.get(character) ?? 0;
    const reading = count === 0 ? undefined : readingOf(character, style, dictionary);
    if (reading === undefined) return character;
    const times = style === 'once' || style === 'changed' || style === 'ruby' ? 1 : count;
    groups += times;
    return style === 'ruby' ? `<ruby>${character}<rt>${reading}</rt></ruby>` : character + wrap(reading, style).repeat(times);
  });
  return { text: text.join(''), groups };
}

/** Which characters a conversion to the other script changes, as a converter that annotates its changes marks them. */
function changedCharacters(line: string): boolean[] {
  const simplified = convertText(line, 'zh-Hant-TW', 'zh-Hans');
  const other = [...(simplified === line ? convertText(line, 'zh-Hans', 'zh-Hant') : simplified)];
  return [...line].map((character, index) => other[index] !== character);
}

function readingOf(character: string, style: NoiseStyle, dictionary: NoiseDictionary): string | undefined {
  if (style === 'jyutping') return getJyutpingList(character)[0]?.[1] ?? undefined;
  const toned = tonedReading(character, dictionary);
  if (toned === undefined) return undefined;
  const plain = toned
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0304\u030c]/g, '')
    .normalize('NFC');
  if (style === 'tone' || style === 'ruby' || style === 'changed') return toned;
  if (style === 'nfd') return toned.normalize('NFD');
  if (style === 'num') return `${plain.replaceAll('ü', 'v')}${toneOf(toned)}`;
  if (style === 'u-colon') return plain.replaceAll('ü', 'u:');
  if (style === 'bopomofo') return bopomofoOf(plain, toneOf(toned));
  const typed = plain.replaceAll('ü', 'v');
  return style === 'upper' ? typed.toUpperCase() : typed;
}

function tonedReading(character: string, dictionary: NoiseDictionary): string | undefined {
  const reading =
    dictionary === 'pinyin-pro'
      ? pinyin(character, { type: 'array' })[0]
      : dictionary === 'pinyin'
        ? hotooPinyin(character)[0]?.[0]
        : tiny.convertToPinyin(character, '', true);
  return reading === undefined || !/^[\p{Script=Latin}\p{M}]+$/u.test(reading) ? undefined : reading.normalize('NFC').replaceAll('v', 'ü');
}

function toneOf(toned: string): number {
  const mark = toned.normalize('NFD').match(/[\u0304\u0301\u030c\u0300]/)?.[0];
  return mark === undefined ? 0 : '\u0304\u0301\u030c\u0300'.indexOf(mark) + 1;
}

const wraps: Readonly<Partial<Record<NoiseStyle, readonly [string, string]>>> = {
  full: ['（', '）'],
  square: ['[', ']'],
  corner: ['「', '」'],
  lenticular: ['【', '】'],
  space: [' (', ')'],
  'inner-space': ['( ', ' )'],
  bopomofo: ['（', '）'],
};

function wrap(reading: string, style: NoiseStyle): string {
  const [open, close] = wraps[style] ?? ['(', ')'];
  return `${open}${reading}${close}`;
}
