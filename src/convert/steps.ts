/**
 * The configurations of OpenCC, and their reference implementation: one walk over the text for each step.
 *
 * A configuration first normalizes compatibility ideographs, then may cut the text into segments (each word of a phrase dictionary,
 * and each stretch between them), and then converts with one dictionary group after another, longest match first. No match reaches
 * over the end of a segment. `fused.ts` gives the same result in one walk, several times faster, and leaves to this file what it
 * cannot judge.
 */
import { apply, type Edit } from '../text/edit.ts';
import { codePointLength, descriptionEnds, isDescriptionOperator } from './description.ts';
import { encodedTables } from './dictionaries.generated.ts';
import type { Script } from './scripts.ts';
import { changedValue, ENTRY, longest, SEGMENT, type Trie } from './trie.ts';
import { decodeTrie } from './trie-code.ts';

export type TableName = keyof typeof encodedTables;

export interface Configuration {
  readonly name: ConfigurationName;
  /** The table whose segment entries cut the text. */
  readonly segmentation?: TableName;
  readonly chain: readonly TableName[];
}

/** OpenCC's own names. */
type ConfigurationName = 's2t' | 's2tw' | 's2hk' | 't2tw' | 't2hk' | 'tw2t' | 'hk2t' | 'tw2s' | 'hk2s';

/** One step of a configuration applied to a text: edits word by word in the text that the previous step gave. */
export interface ConversionStep {
  readonly table: TableName;
  readonly edits: readonly Edit[];
}

const s2t: Configuration = { name: 's2t', chain: ['simplifiedToTraditional'] };
const s2tw: Configuration = {
  name: 's2tw',
  segmentation: 'simplifiedToTraditional',
  chain: ['simplifiedToTraditional', 'traditionalToTaiwan'],
};
const s2hk: Configuration = {
  name: 's2hk',
  segmentation: 'simplifiedToTraditional',
  chain: ['simplifiedToTraditional', 'traditionalToHongKong'],
};
const t2tw: Configuration = { name: 't2tw', chain: ['traditionalToTaiwan'] };
const t2hk: Configuration = { name: 't2hk', chain: ['traditionalToHongKong'] };
const tw2t: Configuration = { name: 'tw2t', chain: ['taiwanToTraditional'] };
const hk2t: Configuration = { name: 'hk2t', chain: ['hongKongToTraditional'] };
const tw2s: Configuration = {
  name: 'tw2s',
  segmentation: 'traditionalToSimplified',
  chain: ['taiwanToTraditional', 'traditionalToSimplified'],
};
const hk2s: Configuration = {
  name: 'hk2s',
  segmentation: 'traditionalToSimplified',
  chain: ['hongKongToTraditional', 'traditionalToSimplified'],
};

/** By source, then target script. Standard Traditional becomes Simplified by tw2s: t2s leaves 著 where Simplified writes 着. */
const routes: Readonly<Record<Script, Readonly<Record<Script, readonly Configuration[]>>>> = {
  'zh-Hans': { 'zh-Hans': [], 'zh-Hant': [s2t], 'zh-Hant-TW': [s2tw], 'zh-Hant-HK': [s2hk] },
  'zh-Hant': { 'zh-Hans': [tw2s], 'zh-Hant': [], 'zh-Hant-TW': [t2tw], 'zh-Hant-HK': [t2hk] },
  'zh-Hant-TW': { 'zh-Hans': [tw2s], 'zh-Hant': [tw2t], 'zh-Hant-TW': [], 'zh-Hant-HK': [tw2t, t2hk] },
  'zh-Hant-HK': { 'zh-Hans': [hk2s], 'zh-Hant': [hk2t], 'zh-Hant-TW': [hk2t, t2tw], 'zh-Hant-HK': [] },
};

/** The configurations that lead from one script to another, to be applied in order. */
export function configurationsOf(from: Script, to: Script): readonly Configuration[] {
  return routes[from][to];
}

// Decoded when first asked for: a direction needs one to three of the seven tables.
const tables: Partial<Record<TableName, Trie>> = {};

export function table(name: TableName): Trie {
  tables[name] ??= decodeTrie(encodedTables[name]);
  return tables[name];
}

const compatibilityIdeograph = /[\uf900-\ufaff\ud87e]/;

/** Converts by one configuration, step by step. Steps that find nothing to change are given too, but for the first. */
export function convertInSteps(text: string, { segmentation, chain }: Configuration): { text: string; steps: readonly ConversionStep[] } {
  const steps: ConversionStep[] = [];
  let current = text;
  const step = (name: TableName, segmentEnds: readonly number[]): readonly Edit[] => {
    const edits = findEdits(table(name), current, segmentEnds);
    steps.push({ table: name, edits });
    current = apply(current, edits);
    return edits;
  };
  if (compatibilityIdeograph.test(text)) step('compatibilityIdeographs', [text.length]);
  let segmentEnds = segmentation === undefined ? undefined : cut(table(segmentation), current);
  for (const name of chain) {
    const edits = step(name, segmentEnds ?? [current.length]);
    if (segmentEnds !== undefined) segmentEnds = moveEnds(segmentEnds, edits);
  }
  return { text: current, steps };
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
