/**
 * Converts between scripts exactly as OpenCC does (as opencc-js 1.4.2 implements it): from string to string, or with a record of
 * what it changed, word by word. See `steps.ts` for what a conversion is and `fused.ts` for how it is done in one walk.
 */
import type { Edit } from '../text/edit.ts';
import { codePointLength } from './description.ts';
import { ambiguousCharacters, simplifiedOnlyCharacters, traditionalOnlyCharacters } from './dictionaries.generated.ts';
import { convertFused, type Fusion, type Recorded, recordFused } from './fused.ts';
import type { Script } from './scripts.ts';
import { configurationsOf, convertInSteps, type TableName, table } from './steps.ts';
import { changedValue, ENTRY, longest } from './trie.ts';

/** One step of an OpenCC configuration applied to a text: edits word by word in the text that the previous step gave. */
interface ConversionStep {
  readonly rule: string;
  readonly edits: readonly Edit[];
}

export interface Conversion {
  readonly text: string;
  /** In order. Steps without edits are left out. */
  readonly steps: readonly ConversionStep[];
}

const rules: Readonly<Record<TableName, string>> = {
  compatibilityIdeographs: 'opencc/CJK_Compatibility_Ideographs',
  simplifiedToTraditional: 'opencc/STPhrases+STCharacters',
  traditionalToSimplified: 'opencc/TSPhrases+TSCharacters',
  traditionalToTaiwan: 'opencc/TWVariants',
  traditionalToHongKong: 'opencc/HKVariants',
  taiwanToTraditional: 'opencc/TWVariantsRev',
  hongKongToTraditional: 'opencc/HKVariantsRev',
};

/** Converts a text. Applying the steps' edits one step after another gives the result; where nothing is to convert there are none. */
export function convertScript(text: string, from: Script, to: Script): Conversion {
  const steps: ConversionStep[] = [];
  let current = text;
  for (const configuration of configurationsOf(from, to)) {
    const converted: Recorded = recordFused(current, configuration) ?? convertInSteps(current, configuration);
    for (const { table: name, edits } of converted.steps) if (edits.length > 0) steps.push({ rule: rules[name], edits });
    current = converted.text;
  }
  return { text: current, steps };
}

/** The text of {@link convertScript}, without the cost of recording edits. */
export function convertText(text: string, from: Script, to: Script): string {
  return convertAligned(text, from, to).text;
}

/** The same, and whether every word is known to have kept its length, so that offsets of the source are offsets of the text. */
export function convertAligned(text: string, from: Script, to: Script): Fusion {
  let current: Fusion = { text, isAligned: true };
  for (const configuration of configurationsOf(from, to)) {
    const next = convertFused(current.text, configuration) ?? {
      text: convertInSteps(current.text, configuration).text,
      isAligned: false,
    };
    current = { text: next.text, isAligned: current.isAligned && next.isAligned };
  }
  return current;
}

/** The longest ST entry at UTF-16 offset `at`: its end, its value, and whether it is a phrase (two or more characters). */
export function matchSimplifiedToTraditional(text: string, at: number): { end: number; value: string; phrase: boolean } | undefined {
  const trie = table('simplifiedToTraditional');
  const node = longest(trie, text, at, text.length, ENTRY);
  if (node === 0) return undefined;
  const end = at + (trie.keyLength[node] ?? 0);
  const key = text.slice(at, end);
  return { end, value: changedValue(trie, node, key) ?? key, phrase: codePointLength(text, at, end) < end - at };
}

/**
 * The characters whose presence says that a text is Simplified: OpenCC changes them (国, 发), and no Traditional word that it gives,
 * Taiwan's and Hong Kong's included, has them.
 */
export function simplifiedOnly(): ReadonlySet<string> {
  simplifiedOnlySet ??= new Set(simplifiedOnlyCharacters);
  return simplifiedOnlySet;
}

/** The same for Traditional: 國, 發. Not 著 or 乾, which stand in Simplified 著作 and 乾坤. */
export function traditionalOnly(): ReadonlySet<string> {
  traditionalOnlySet ??= new Set(traditionalOnlyCharacters);
  return traditionalOnlySet;
}

/**
 * The characters that both scripts write, and that OpenCC changes in some words of Simplified: 干, 后, 里, 面; also 群, which its
 * standard writes 羣.
 */
export function ambiguous(): ReadonlySet<string> {
  ambiguousSet ??= new Set(ambiguousCharacters);
  return ambiguousSet;
}

let simplifiedOnlySet: ReadonlySet<string> | undefined;
let traditionalOnlySet: ReadonlySet<string> | undefined;
let ambiguousSet: ReadonlySet<string> | undefined;
