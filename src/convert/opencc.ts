/**
 * Converts between scripts exactly as OpenCC does (as opencc-js 1.4.2 implements it), and records what it changes, word by word.
 *
 * A configuration of OpenCC first normalizes compatibility ideographs, then may cut the text into segments (each word of a
 * phrase dictionary, and each stretch between them), and then converts with one dictionary group after another, longest match
 * first. No match reaches over the end of a segment.
 */
import { apply, type Edit } from '../text/edit.ts';
import { codePointLength, descriptionEnds, isDescriptionOperator } from './description.ts';
import { ambiguousCharacters, encodedTables, simplifiedOnlyCharacters, traditionalOnlyCharacters } from './dictionaries.generated.ts';
import type { Script } from './scripts.ts';
import { changedValue, ENTRY, longest, SEGMENT, type Trie } from './trie.ts';
import { decodeTrie } from './trie-code.ts';

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

type TableName = keyof typeof encodedTables;

interface Configuration {
  /** The table whose segment entries cut the text. */
  readonly segmentation?: TableName;
  readonly chain: readonly TableName[];
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

// Under OpenCC's own names.
const s2t: Configuration = { chain: ['simplifiedToTraditional'] };
const s2tw: Configuration = { segmentation: 'simplifiedToTraditional', chain: ['simplifiedToTraditional', 'traditionalToTaiwan'] };
const s2hk: Configuration = { segmentation: 'simplifiedToTraditional', chain: ['simplifiedToTraditional', 'traditionalToHongKong'] };
const t2tw: Configuration = { chain: ['traditionalToTaiwan'] };
const t2hk: Configuration = { chain: ['traditionalToHongKong'] };
const tw2t: Configuration = { chain: ['taiwanToTraditional'] };
const hk2t: Configuration = { chain: ['hongKongToTraditional'] };
const tw2s: Configuration = { segmentation: 'traditionalToSimplified', chain: ['taiwanToTraditional', 'traditionalToSimplified'] };
const hk2s: Configuration = { segmentation: 'traditionalToSimplified', chain: ['hongKongToTraditional', 'traditionalToSimplified'] };

/** By source, then target script. Standard Traditional becomes Simplified by tw2s: t2s leaves 著 where Simplified writes 着. */
const routes: Readonly<Record<Script, Readonly<Record<Script, readonly Configuration[]>>>> = {
  'zh-Hans': { 'zh-Hans': [], 'zh-Hant': [s2t], 'zh-Hant-TW': [s2tw], 'zh-Hant-HK': [s2hk] },
  'zh-Hant': { 'zh-Hans': [tw2s], 'zh-Hant': [], 'zh-Hant-TW': [t2tw], 'zh-Hant-HK': [t2hk] },
  'zh-Hant-TW': { 'zh-Hans': [tw2s], 'zh-Hant': [tw2t], 'zh-Hant-TW': [], 'zh-Hant-HK': [tw2t, t2hk] },
  'zh-Hant-HK': { 'zh-Hans': [hk2s], 'zh-Hant': [hk2t], 'zh-Hant-TW': [hk2t, t2tw], 'zh-Hant-HK': [] },
};

/** Converts a text. Applying the steps' edits one step after another gives the result; where nothing is to convert there are none. */
export function convertScript(text: string, from: Script, to: Script): Conversion {
  const steps: ConversionStep[] = [];
  let current = text;
  const step = (name: TableName, segmentEnds: readonly number[]): readonly Edit[] => {
    const edits = findEdits(table(name), current, segmentEnds);
    if (edits.length > 0) steps.push({ rule: rules[name], edits });
    current = apply(current, edits);
    return edits;
  };
  for (const { segmentation, chain } of routes[from][to]) {
    step('compatibilityIdeographs', [current.length]);
    let segmentEnds = segmentation === undefined ? undefined : cut(table(segmentation), current);
    for (const name of chain) {
      const edits = step(name, segmentEnds ?? [current.length]);
      if (segmentEnds !== undefined) segmentEnds = moveEnds(segmentEnds, edits);
    }
  }
  return { text: current, steps };
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

// Decoded when first asked for: a direction needs two to four of the seven tables.
const tables: Partial<Record<TableName, Trie>> = {};
let simplifiedOnlySet: ReadonlySet<string> | undefined;
let traditionalOnlySet: ReadonlySet<string> | undefined;
let ambiguousSet: ReadonlySet<string> | undefined;

function table(name: TableName): Trie {
  tables[name] ??= decodeTrie(encodedTables[name]);
  return tables[name];
}

function findEdits(trie: Trie, text: string, segmentEnds: readonly number[]): Edit[] {
  const edits: Edit[] = [];
  const record = (node: number, at: number): void => {
    const removed = text.slice(at, at + (trie.keyLength[node] ?? 0));
    const inserted = changedValue(trie, node, removed);
    if (inserted !== undefined) edits.push({ at, removed, inserted });
  };
  let start = 0;
  for (const end of segmentEnds) {
    eachMatch(trie, text, start, end, ENTRY, record);
    start = end;
  }
  return edits;
}

/** Where the segments of the text end, as UTF-16 offsets; the last is the length of the text. */
function cut(trie: Trie, text: string): number[] {
  const ends: number[] = [];
  let previous = 0;
  eachMatch(trie, text, 0, text.length, SEGMENT, (node, at) => {
    if (at > previous) ends.push(at);
    previous = at + (trie.keyLength[node] ?? 0);
    ends.push(previous);
  });
  if (previous < text.length) ends.push(text.length);
  return ends;
}

/** Segment ends in the text that the edits give. An edit never crosses an end. */
function moveEnds(ends: readonly number[], edits: readonly Edit[]): number[] {
  let next = 0;
  let shift = 0;
  return ends.map((end) => {
    for (let edit = edits[next]; edit !== undefined && edit.at < end; edit = edits[++next]) {
      shift += edit.inserted.length - edit.removed.length;
    }
    return end + shift;
  });
}

/** Visits the longest matches with the flag `wanted` between two offsets, from left to right; none overlaps another. */
function eachMatch(trie: Trie, text: string, start: number, end: number, wanted: number, visit: (node: number, at: number) => void): void {
  let descriptions: ReadonlyMap<number, number> | undefined;
  for (let at = start; at < end; ) {
    const node = longest(trie, text, at, end, wanted);
    if (node !== 0) {
      visit(node, at);
      at += trie.keyLength[node] ?? 0;
    } else if (isDescriptionOperator(text.charCodeAt(at))) {
      descriptions ??= descriptionEnds(text, at, end);
      at = descriptions.get(at) ?? at + 1;
    } else {
      at += codePointLength(text, at, end);
    }
  }
}
