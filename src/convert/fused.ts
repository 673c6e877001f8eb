/**
 * A configuration of OpenCC in one walk over the text, equal to the steps of `steps.ts`.
 *
 * The walk goes from left to right. Where the segmentation dictionary has a word, that word with its value after all steps is
 * written; it begins and ends a segment, so nothing beside it matters to it, nor it to anything beside it. Between such words, where
 * the first step has a phrase, the phrase is written; everything else is a character with its own value after all steps. Values are
 * computed by `steps.ts` from the word, phrase or character alone, when it is first seen.
 *
 * Why that is exact:
 * - s2t, t2tw, t2hk, tw2t, hk2t are one step without segmentation, and the walk is that step: the longest entry, wherever it stops.
 * - s2tw, s2hk: every phrase of the first step is a word of the segmentation, so between words it has characters only. The second
 *   step could still match a phrase there (張棟樑).
 * - tw2s, hk2s: the first step's phrases between words hold if no word begins inside them, which is looked up. The second step's
 *   phrases are all words of the segmentation, so what it matches between words must have a character that the first step changed
 *   (藉著, which becomes 藉着).
 * - The first two or three characters of every such phrase of the second step, as they can stand before the first step, are listed
 *   when the dictionaries are built (`exactBeginnings`); so the second step matches none where no listed beginning stands.
 * - Two configurations in sequence (Taiwan to Hong Kong) are two walks.
 *
 * Where the walk meets a listed beginning, a first-step phrase in which a word begins, or an ideograph beyond the BMP, it leaves the
 * clause to `steps.ts`: from the end of the last word or the last character that no dictionary has in a key, to the next such
 * character. No match of any step reaches over that character, and a search that begins behind a word finds what the search
 * from the start finds. A text with ideographic description operators or compatibility ideographs is left to `steps.ts` altogether.
 *
 * Nothing is prepared but two empty tables: what a character is, is settled when it is first seen, so that a first conversion is
 * quick. Two units that no entry begins with are told by a bit each in a hash table, before any search.
 */
import type { Edit } from '../text/edit.ts';
import { isDescriptionOperator } from './description.ts';
import { exactBeginnings, keyUnitsOutsideBasicHan } from './dictionaries.generated.ts';
import { type Configuration, type ConversionStep, convertInSteps, table } from './steps.ts';
import { ENTRY, longestBelow, SEGMENT, type Trie, unitValue } from './trie.ts';

/** What the steps do to a word, a phrase, a character or a clause, with offsets from its start. */
interface Change {
  /** The only edit, as most have one, and whether it is of the second step. */
  readonly only: Edit | undefined;
  readonly isOnlySecond: boolean;
  /** Otherwise the edits of each step. */
  readonly edits: readonly (readonly Edit[])[];
  /** What the first step adds to the length. */
  readonly shift: number;
}

export interface Recorded {
  readonly text: string;
  readonly steps: readonly ConversionStep[];
}

/** The entries of a dictionary that have two code units or more. */
interface Words {
  readonly trie: Trie;
  readonly wanted: number;
  /** A hash table: two code units as one number, then the node they lead to. Only those whose first one was seen are in it. */
  readonly nodes: Int32Array;
  /** By node: where the value after all steps stands in `pool`. 0 if it was not seen yet. */
  readonly values: Int32Array;
  /** By node: an index into `changes`. 0 if it was not asked for yet. */
  readonly changes: Int32Array;
}

interface Fused {
  readonly configuration: Configuration;
  readonly chain: readonly Trie[];
  /** The words of the segmentation. */
  readonly words: Words | undefined;
  /** The first step's phrases, unless they are the words of the segmentation. */
  readonly phrases: Words | undefined;
  /** By code unit: its value in the low sixteen bits, and its kind above. 0 if it was not seen yet. */
  readonly characters: Int32Array;
  /** By code unit: an index into `changes`. 0 if it was not asked for yet. */
  readonly characterChanges: Int32Array;
  /** A bit for each hash of two code units: an entry may begin with them. */
  readonly beginnings: Int32Array;
  /** By a first code unit that was seen, the exact beginnings: two or three code units. */
  readonly exact: Map<number, readonly string[]>;
  /** Values of words and phrases: the length, with a bit if some step changes something, then the code units. */
  pool: Uint16Array<ArrayBuffer>;
  poolSize: number;
  readonly changes: (Change | undefined)[];
}

/** What changes something, and where it stands. Used again for the next text: `size` counts. */
interface Log {
  readonly at: number[];
  readonly changes: Change[];
  size: number;
}

const KIND_SHIFT = 17;
/** Some step changes the character. */
const CHANGED = 1 << 16;
/** The same of a value in `pool`. */
const VALUE_CHANGED = 1 << 15;
/** An exact beginning may begin with the character. */
const BEGINS_EXACT = 1 << 20;
const KIND = 7 << KIND_SHIFT;
const PLAIN = 1 << KIND_SHIFT;
/** A word, a phrase or an exact beginning may begin with it. */
const BEGINS = 2 << KIND_SHIFT;
/** No dictionary has it in a key. */
const ENDS_CLAUSE = 3 << KIND_SHIFT;
/** Only `steps.ts` knows what becomes of it. */
const EXACT = 4 << KIND_SHIFT;
/** The same, and of the whole text. */
const EXACT_TEXT = 5 << KIND_SHIFT;

const BEGINNINGS_BITS = 19;
/** Larger working arrays are not kept. */
const KEPT_UNITS = 1 << 18;

const fusedByName = new Map<Configuration['name'], Fused>();

let recordLog: Log = { at: [], changes: [], size: 0 };
let input = new Uint16Array(1 << 12);
let output = new Uint16Array(1 << 12);

/** Converts a text, or gives undefined if it has to be converted in steps. */
export function convertFused(text: string, configuration: Configuration): string | undefined {
  const converted = walk(text, fuse(configuration), undefined);
  dropLarge();
  return converted;
}

/** The same with the edits of each step. */
export function recordFused(text: string, configuration: Configuration): Recorded | undefined {
  recordLog.size = 0;
  const converted = walk(text, fuse(configuration), recordLog);
  const recorded = converted === undefined ? undefined : { text: converted, steps: stepsOf(recordLog, configuration) };
  dropLarge();
  return recorded;
}

function dropLarge(): void {
  if (recordLog.size > KEPT_UNITS) recordLog = { at: [], changes: [], size: 0 };
  if (input.length > KEPT_UNITS) input = new Uint16Array(KEPT_UNITS);
  if (output.length > KEPT_UNITS) output = new Uint16Array(KEPT_UNITS);
}

function walk(text: string, fused: Fused, log: Log | undefined): string | undefined {
  const { words, phrases, characters, beginnings, exact, configuration } = fused;
  const length = text.length;
  if (length === 0) return text;
  // One unit more than the text, so that the last unit has a next one.
  if (input.length <= length) input = new Uint16Array(length + (length >> 2) + 1);
  if (output.length < length) output = new Uint16Array(length + (length >> 2));
  const source = input;
  let out = output;
  Buffer.from(source.buffer).write(text, 'utf16le');
  source[length] = 0;
  let size = 0;
  let clauseAt = 0;
  let clauseSize = 0;
  let clauseLogged = 0;
  for (let at = 0; at < length; ) {
    const unit = source[at] ?? 0;
    const character = characters[unit] || see(unit, fused);
    const kind = character & KIND;
    let isExact = false;
    if (kind === BEGINS) {
      const next = source[at + 1] ?? 0;
      const hash = hashOf(unit, next) >>> (32 - BEGINNINGS_BITS);
      if ((((beginnings[hash >>> 5] ?? 0) >>> (hash & 31)) & 1) !== 0) {
        let found = words;
        let node = words === undefined ? 0 : search(words, source, at, length);
        if (node === 0) {
          isExact = (character & BEGINS_EXACT) !== 0 && beginsExact(exact, source, at, length);
          found = phrases;
          if (phrases !== undefined && !isExact) {
            node = search(phrases, source, at, length);
            isExact =
              node !== 0 && words !== undefined && isInterrupted(words, exact, source, at, phrases.trie.keyLength[node] ?? 0, length);
          }
        }
        if (found !== undefined && node !== 0 && !isExact) {
          const matched = found.trie.keyLength[node] ?? 0;
          let from = found.values[node] || keepValue(fused, found.values, node, text.slice(at, at + matched));
          const { pool } = fused;
          const valueLength = (pool[from] ?? 0) & ~VALUE_CHANGED;
          if (valueLength > matched) out = withRoom(out, size, valueLength + length - at);
          if (log !== undefined && (pool[from] ?? 0) >= VALUE_CHANGED) {
            enter(log, at, keptChange(fused, found.changes, node, text, at, matched));
          }
          for (const end = from + valueLength; from < end; ) out[size++] = pool[++from] ?? 0;
          at += matched;
          if (found === words) {
            clauseAt = at;
            clauseSize = size;
            if (log !== undefined) clauseLogged = log.size;
          }
          continue;
        }
      }
    } else if (kind !== PLAIN) {
      if (kind === EXACT_TEXT) return undefined;
      if (kind === ENDS_CLAUSE) {
        out[size++] = unit;
        at++;
        clauseAt = at;
        clauseSize = size;
        if (log !== undefined) clauseLogged = log.size;
        continue;
      }
      isExact = true;
    }
    if (!isExact) {
      out[size++] = character;
      if (log !== undefined && (character & CHANGED) !== 0) enter(log, at, keptChange(fused, fused.characterChanges, unit, text, at, 1));
      at++;
      continue;
    }
    let end = at + 1;
    for (; end < length; end++) {
      const within = source[end] ?? 0;
      const withinKind = (characters[within] || see(within, fused)) & KIND;
      if (withinKind === EXACT_TEXT) return undefined;
      if (withinKind === ENDS_CLAUSE) break;
    }
    const { text: value, steps } = convertInSteps(text.slice(clauseAt, end), configuration);
    size = clauseSize;
    out = withRoom(out, size, value.length + length - end);
    for (let index = 0; index < value.length; index++) out[size++] = value.charCodeAt(index);
    if (log !== undefined) {
      log.size = clauseLogged;
      enter(log, clauseAt, changeOf(steps));
      clauseLogged = log.size;
    }
    at = end;
    clauseAt = end;
    clauseSize = size;
  }
  output = out;
  return Buffer.from(out.buffer, 0, size * 2).toString('utf16le');
}

function enter(log: Log, at: number, change: Change): void {
  log.at[log.size] = at;
  log.changes[log.size++] = change;
}

function hashOf(unit: number, next: number): number {
  return Math.imul((unit << 16) | next, 0x9e3779b1);
}

/** The node of the longest entry of two code units or more at an offset, or 0. */
function search({ trie, wanted, nodes }: Words, source: Uint16Array, at: number, length: number): number {
  if (at + 1 >= length) return 0;
  const pair = ((source[at] ?? 0) << 16) | (source[at + 1] ?? 0);
  for (let slot = slotOf(nodes, pair); ; slot = (slot + 2) & (nodes.length - 1)) {
    const found = nodes[slot] ?? 0;
    if (found === pair) return longestBelow(trie, nodes[slot + 1] ?? 0, source, at + 2, length, wanted);
    if (found === 0) return 0;
  }
}

function slotOf(nodes: Int32Array, pair: number): number {
  return (Math.imul(pair, 0x9e3779b1) >>> 15) & (nodes.length - 2);
}

function beginsExact(exact: Fused['exact'], source: Uint16Array, at: number, length: number): boolean {
  const beginnings = exact.get(source[at] ?? 0);
  if (beginnings === undefined) return false;
  for (const beginning of beginnings) {
    let same = 1;
    while (same < beginning.length && at + same < length && source[at + same] === beginning.charCodeAt(same)) same++;
    if (same === beginning.length) return true;
  }
  return false;
}

/** Does a word, or an exact beginning, begin inside the phrase? It may end beyond. */
function isInterrupted(words: Words, exact: Fused['exact'], source: Uint16Array, at: number, matched: number, length: number): boolean {
  for (let inside = at + 1; inside < at + matched; inside++) {
    if (search(words, source, inside, length) !== 0 || beginsExact(exact, source, inside, length)) return true;
  }
  return false;
}

/** `out` if it has room for `more` units behind `size`, or a larger copy. */
function withRoom(out: Uint16Array<ArrayBuffer>, size: number, more: number): Uint16Array<ArrayBuffer> {
  if (size + more <= out.length) return out;
  const larger = new Uint16Array((size + more) * 2);
  larger.set(out);
  return larger;
}

function stepsOf(log: Log, { chain }: Configuration): ConversionStep[] {
  const firstEdits: Edit[] = [];
  const secondEdits: Edit[] = [];
  let shift = 0;
  for (let index = 0; index < log.size; index++) {
    const change = log.changes[index];
    const at = log.at[index] ?? 0;
    if (change === undefined) continue;
    if (change.only !== undefined) {
      const { removed, inserted } = change.only;
      if (change.isOnlySecond) secondEdits.push({ at: at + shift + change.only.at, removed, inserted });
      else firstEdits.push({ at: at + change.only.at, removed, inserted });
    } else {
      for (const { at: inside, removed, inserted } of change.edits[0] ?? []) firstEdits.push({ at: at + inside, removed, inserted });
      for (const { at: inside, removed, inserted } of change.edits[1] ?? [])
        secondEdits.push({ at: at + shift + inside, removed, inserted });
    }
    shift += change.shift;
  }
  return chain.map((name, index) => ({ table: name, edits: index === 0 ? firstEdits : secondEdits }));
}

/** Settles what a code unit is, and notes the beginnings of the words, phrases and exact beginnings that begin with it. */
function see(unit: number, fused: Fused): number {
  const character = characterOf(unit, fused);
  fused.characters[unit] = character;
  return character;
}

function characterOf(unit: number, fused: Fused): number {
  if (isDescriptionOperator(unit) || isCompatibility(unit)) return EXACT_TEXT | unit;
  if (isIdeographicHighSurrogate(unit)) return EXACT | unit;
  if (isLowSurrogate(unit)) return PLAIN | unit;
  if (!isBasicHan(unit) && !keyUnitsOutsideBasicHan.includes(String.fromCharCode(unit))) return ENDS_CLAUSE | unit;
  let value = unit;
  let changed = 0;
  for (const trie of fused.chain) {
    const next = unitValue(trie, value);
    if (next === undefined) return EXACT | unit;
    if (next !== value) changed = CHANGED;
    value = next;
  }
  return (noteBeginnings(unit, fused) ? BEGINS : PLAIN) | value | changed | (fused.exact.has(unit) ? BEGINS_EXACT : 0);
}

function isCompatibility(unit: number): boolean {
  return (unit >= 0xf900 && unit <= 0xfaff) || unit === 0xd87e;
}

function isIdeographicHighSurrogate(unit: number): boolean {
  return unit >= 0xd840 && unit <= 0xd8bf;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function isBasicHan(unit: number): boolean {
  return unit >= 0x3400 && unit <= 0x9fff;
}

function noteBeginnings(unit: number, { configuration, words, phrases, beginnings, exact }: Fused): boolean {
  let some = false;
  const note = (next: number): void => {
    const hash = hashOf(unit, next) >>> (32 - BEGINNINGS_BITS);
    beginnings[hash >>> 5] = (beginnings[hash >>> 5] ?? 0) | (1 << (hash & 31));
    some = true;
  };
  for (const each of [words, phrases]) {
    if (each === undefined) continue;
    const { roots, firstChild, units } = each.trie;
    const node = roots[unit] ?? 0;
    if (node === 0) continue;
    for (let child = firstChild[node] ?? 0; child < (firstChild[node + 1] ?? 0); child++) {
      const next = units[child] ?? 0;
      note(next);
      const pair = (unit << 16) | next;
      let slot = slotOf(each.nodes, pair);
      while (each.nodes[slot] !== 0) slot = (slot + 2) & (each.nodes.length - 1);
      each.nodes[slot] = pair;
      each.nodes[slot + 1] = child;
    }
  }
  const all = exactBeginnings[configuration.name];
  const mark = ` ${String.fromCharCode(unit)}`;
  for (let at = all.indexOf(mark); at >= 0; at = all.indexOf(mark, at + 1)) {
    const beginning = all.slice(at + 1, at + 4).trimEnd();
    exact.set(unit, [...(exact.get(unit) ?? []), beginning]);
    note(beginning.charCodeAt(1));
  }
  return some;
}

/** Computes the value of a key, and keeps it for a node. */
function keepValue(fused: Fused, values: Int32Array, node: number, key: string): number {
  const { text: value, steps } = convertInSteps(key, fused.configuration);
  const start = fused.poolSize;
  fused.poolSize += 1 + value.length;
  fused.pool = withRoom(fused.pool, start, 1 + value.length);
  fused.pool[start] = value.length | (steps.some(({ edits }) => edits.length > 0) ? VALUE_CHANGED : 0);
  for (let index = 0; index < value.length; index++) fused.pool[start + 1 + index] = value.charCodeAt(index);
  values[node] = start;
  return start;
}

/** The change of the key that stands at `at`, kept at a place of `byPlace`. */
function keptChange(fused: Fused, byPlace: Int32Array, place: number, text: string, at: number, keyLength: number): Change {
  const known = fused.changes[byPlace[place] ?? 0];
  if (known !== undefined) return known;
  const change = changeOf(convertInSteps(text.slice(at, at + keyLength), fused.configuration).steps);
  byPlace[place] = fused.changes.length;
  fused.changes.push(change);
  return change;
}

function changeOf(steps: readonly ConversionStep[]): Change {
  const edits = steps.map((step) => step.edits);
  const [only, ...more] = edits.flat();
  const shift = (edits[0] ?? []).reduce((sum, { removed, inserted }) => sum + inserted.length - removed.length, 0);
  if (only === undefined || more.length > 0) return { only: undefined, isOnlySecond: false, edits, shift };
  return { only, isOnlySecond: edits[0]?.length === 0, edits: [], shift };
}

function fuse(configuration: Configuration): Fused {
  const known = fusedByName.get(configuration.name);
  if (known !== undefined) return known;
  const { segmentation, chain } = configuration;
  const [first] = chain;
  if (first === undefined) throw new Error(`${configuration.name} has no step`);
  const fused: Fused = {
    configuration,
    chain: chain.map(table),
    words: segmentation && wordsOf(table(segmentation), SEGMENT),
    phrases: segmentation === first ? undefined : wordsOf(table(first), ENTRY),
    characters: new Int32Array(0x10000),
    characterChanges: new Int32Array(0x10000),
    beginnings: new Int32Array(1 << (BEGINNINGS_BITS - 5)),
    exact: new Map(),
    pool: new Uint16Array(1 << 10),
    // Place 0 stands for none, here and below.
    poolSize: 1,
    changes: [undefined],
  };
  fusedByName.set(configuration.name, fused);
  return fused;
}

function wordsOf(trie: Trie, wanted: number): Words {
  // The second-level nodes are those from the first child of the first root to the first child of that one.
  const second = trie.firstChild[1] ?? 0;
  const pairs = (trie.firstChild[second] ?? second) - second;
  // Less than half full, two numbers a place.
  const places = 1 << (34 - Math.clz32(pairs));
  const size = trie.units.length;
  return { trie, wanted, nodes: new Int32Array(places), values: new Int32Array(size), changes: new Int32Array(size) };
}
