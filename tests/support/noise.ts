/** Makes reading noise for tests: in each paragraph some characters, every occurrence of them, with a count of their own. */
import { pinyin } from 'pinyin-pro';

export const noiseStyles = ['ascii', 'fullwidth', 'square', 'upper', 'marked', 'digits', 'spaced'] as const;

export type NoiseStyle = (typeof noiseStyles)[number];

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

/** @param share of a paragraph's different characters that are annotated, 0..1. */
export function addNoise(text: string, { style, share, random }: { style: NoiseStyle; share: number; random: () => number }): string {
  return text
    .split('\n')
    .map((line) => (line.length < 60 ? line : addToParagraph(line, style, share, random)))
    .join('\n');
}

function addToParagraph(line: string, style: NoiseStyle, share: number, random: () => number): string {
  const groups = new Map<string, string>();
  for (const character of new Set(line)) {
    if (!/\p{Script=Han}/u.test(character) || random() >= share) continue;
    const reading = readingOf(character, style);
    if (reading !== undefined) groups.set(character, wrap(reading, style).repeat(1 + Math.floor(random() * random() * 4)));
  }
  return [...line].map((character) => character + (groups.get(character) ?? '')).join('');
}

function readingOf(character: string, style: NoiseStyle): string | undefined {
  const toneType = style === 'marked' ? 'symbol' : style === 'digits' ? 'num' : 'none';
  const [reading] = pinyin(character, { toneType, v: style !== 'marked', type: 'array' });
  return reading === character ? undefined : reading;
}

function wrap(reading: string, style: NoiseStyle): string {
  if (style === 'fullwidth') return `（${reading}）`;
  if (style === 'square') return `[${reading}]`;
  if (style === 'upper') return `(${reading.toUpperCase()})`;
  return style === 'spaced' ? ` (${reading})` : `(${reading})`;
}
