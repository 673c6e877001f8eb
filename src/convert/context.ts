/**
 * What OpenCC's longest match gets wrong, mended by context: a layer for each rule on top of the exact conversion.
 *
 * Nothing here reads more than one clause, and what a rule cannot tell it leaves as OpenCC has it.
 */
import { apply, type Edit, type Layer, offsetMapper } from '../text/edit.ts';
import { animalPronoun } from './animal-pronoun.ts';
import { foreignName } from './foreign-name.ts';
import { measureWord } from './measure-word.ts';
import type { Conversion } from './opencc.ts';
import { personalName } from './personal-name.ts';
import { placeName } from './place-name.ts';
import { pressSpelling } from './press-spelling.ts';
import { ALONE, ANYWHERE, type Scan, scan } from './scan.ts';
import type { Script } from './scripts.ts';
import { wordBoundary } from './word-boundary.ts';

/** A text and what OpenCC made of it. */
export interface Converting {
  readonly source: string;
  readonly from: Script;
  readonly to: Script;
  readonly text: string;
  /** Names that the structure found: bylines, credits. */
  readonly people: readonly string[];
  /** Of a Simplified source; of another nothing was scanned. */
  readonly scanned: Scan;
  /** Carries a UTF-16 offset of `source`, the start or the end of a match, to `text`. */
  readonly carry: (offset: number) => number;
}

export interface ConversionExample {
  readonly raw: string;
  readonly clean: string;
  readonly script: Script;
}

export interface ContextRule {
  readonly id: string;
  readonly why: string;
  /** Texts and what they are in a script with the rule, and would not be without it. Tested as they stand. */
  readonly examples: readonly ConversionExample[];
  /** Texts that it leaves alone whatever they are converted to. Tested as they stand. */
  readonly keeps: readonly string[];
  /** 0..1: the share of its changes that were right where it was measured, with Laplace's correction; docs/conversion.md says on what. */
  readonly confidence: number;
  /** The only script that it converts from; without it, any. */
  readonly from?: Script;
  /** The characters that it looks at, given in `scanned.found` with those of the other rules: where they stand alone in OpenCC's eyes. */
  readonly alone?: string;
  /** The same, also inside the entries of OpenCC's dictionary. */
  readonly anywhere?: string;
  /** Edits of `converting.text`, sorted, never overlapping. */
  readonly find: (converting: Converting) => Edit[];
}

/** Every contextual rule, in the order that they run in. */
export const contextRules: readonly ContextRule[] = [
  wordBoundary,
  personalName,
  foreignName,
  placeName,
  measureWord,
  animalPronoun,
  pressSpelling,
];

const wanted = new Uint8Array(0x10000);
for (const { alone = '' } of contextRules) for (const character of alone) wanted[character.charCodeAt(0)] = ALONE;
for (const { anywhere = '' } of contextRules) for (const character of anywhere) wanted[character.charCodeAt(0)] = ANYWHERE;

/**
 * Applies the rules one after another to what OpenCC made of the source.
 *
 * @param stepsOf the edits of OpenCC's steps, those that change the length at least; asked for only if a rule has to find a place again.
 * @param without ids of rules to leave out.
 */
export function convertInContext(
  { source, from, to, people, text }: Omit<Converting, 'carry' | 'scanned'>,
  stepsOf: () => Conversion['steps'],
  without: readonly string[],
): { text: string; layers: Layer[] } {
  let current = text;
  const layers: Layer[] = [];
  let carriers: ReturnType<typeof offsetMapper>[] | undefined;
  const carry = (offset: number): number => {
    carriers ??= [...stepsOf(), ...layers].map(({ edits }) => offsetMapper(edits));
    return carriers.reduce((at, carrier) => carrier(at, 'end'), offset);
  };
  const scanned = from === 'zh-Hans' ? scan(source, wanted) : { contested: [], found: [] };
  for (const { id, find, confidence, from: only = from } of contextRules) {
    if (only !== from || without.includes(id)) continue;
    const edits = find({ source, from, to, people, text: current, carry, scanned });
    if (edits.length === 0) continue;
    current = apply(current, edits);
    layers.push({ stage: 'convert', rule: id, script: to, confidence, edits });
    carriers = undefined;
  }
  return { text: current, layers };
}
