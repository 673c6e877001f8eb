/**
 * What OpenCC's longest match gets wrong, mended by context: a layer for each rule on top of the exact conversion.
 *
 * Nothing here reads more than one clause, and what a rule cannot tell it leaves as OpenCC has it.
 */
import { apply, type Edit, type Layer, offsetMapper } from '../text/edit.ts';
import { foreignName } from './foreign-name.ts';
import type { Conversion } from './opencc.ts';
import { pressSpelling } from './press-spelling.ts';
import type { Script } from './scripts.ts';
import { surname } from './surname.ts';
import { wordBoundary } from './word-boundary.ts';

/** A text and what OpenCC made of it. */
export interface Converting {
  readonly source: string;
  readonly from: Script;
  readonly to: Script;
  readonly text: string;
  /** Names that the structure found: bylines, credits. */
  readonly people: readonly string[];
  /** Carries a UTF-16 offset of `source`, the start or the end of a match, to `text`. */
  readonly carry: (offset: number) => number;
}

export interface ContextRule {
  readonly id: string;
  readonly why: string;
  /** 0..1: the share of its changes that were right where it was measured, with Laplace's correction; docs/conversion.md says on what. */
  readonly confidence: number;
  /** Edits of `converting.text`, sorted, never overlapping. */
  readonly find: (converting: Converting) => Edit[];
}

const contextRules: readonly ContextRule[] = [wordBoundary, surname, foreignName, pressSpelling];

/**
 * Applies the rules one after another to what OpenCC made of the source.
 *
 * @param stepsOf the edits of OpenCC's steps; asked for only if a rule has to find a place again, which most texts do not need.
 */
export function convertInContext(
  { source, from, to, people, text }: Omit<Converting, 'carry'>,
  stepsOf: () => Conversion['steps'],
): { text: string; layers: Layer[] } {
  let current = text;
  const layers: Layer[] = [];
  let carriers: ReturnType<typeof offsetMapper>[] | undefined;
  const carry = (offset: number): number => {
    carriers ??= [...stepsOf(), ...layers].map(({ edits }) => offsetMapper(edits));
    return carriers.reduce((at, carrier) => carrier(at, 'end'), offset);
  };
  for (const { id, find, confidence } of contextRules) {
    const edits = find({ source, from, to, people, text: current, carry });
    if (edits.length === 0) continue;
    current = apply(current, edits);
    layers.push({ stage: 'convert', rule: id, script: to, confidence, edits });
    carriers = undefined;
  }
  return { text: current, layers };
}
