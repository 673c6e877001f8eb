/**
 * What `fused.ts` knows of a configuration: of each code unit that it has seen, what becomes of it and which words begin with it.
 *
 * Nothing is prepared but empty tables: what a character is, is settled when it is first seen, so that a first conversion is quick.
 * Two units that no entry begins with are told by a bit in a hash table, and most that none goes on from by another, before any
 * search.
 */
import { isDescriptionOperator } from './description.ts';
import { exactBeginnings, keyUnitsOutsideBasicHan } from './dictionaries.generated.ts';
import type { Change } from './fused-record.ts';
import { type Configuration, convertInSteps, table } from './steps.ts';
import { ENTRY, longestBelow, SEGMENT, type Trie, unitValue } from './trie.ts';

/** The entries of a dictionary that have two code units or more. */
export interface Words {
  readonly trie: Trie;
  readonly wanted: number;
  /**
   * A hash table, four numbers a place: two code units; twice the node that they lead to, and one if that is an entry; a bit for each
   * hash of a third code unit that leads on; nothing. Only those whose first one was seen are in it.
   */
  readonly nodes: Int32Array;
  /** By node: where the value after all steps stands in `pool`. 0 if it was not seen yet. */
  readonly values: Int32Array;
  /** By node: an index into `changes`. 0 if it was not asked for yet. */
  readonly changes: Int32Array;
}

export interface Fused {
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

const KIND_SHIFT = 17;
/** Some step changes the character. */
export const CHANGED = 1 << 16;
/** The same of a value in `pool`. */
export const VALUE_CHANGED = 1 << 15;
/** An exact beginning may begin with the character. */
export const BEGINS_EXACT = 1 << 20;
export const KIND = 7 << KIND_SHIFT;
export const PLAIN = 1 << KIND_SHIFT;
/** A word, a phrase or an exact beginning may begin with it. */
export const BEGINS = 2 << KIND_SHIFT;
/** No dictionary has it in a key. */
export const ENDS_CLAUSE = 3 << KIND_SHIFT;
/** Only `steps.ts` knows what becomes of it. */
export const EXACT = 4 << KIND_SHIFT;
/** The same, and of the whole text. */
export const EXACT_TEXT = 5 << KIND_SHIFT;

const BEGINNINGS_BITS = 19;

const fusedByName = new Map<Configuration['name'], Fused>();

export function fuse(configuration: Configuration): Fused {
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
  // At most half full, four numbers a place.
  const places = 1 << (35 - Math.clz32(pairs));
  const size = trie.units.length;
  return { trie, wanted, nodes: new Int32Array(places), values: new Int32Array(size), changes: new Int32Array(size) };
}

/** Settles what a code unit is, and notes the beginnings of the words, phrases and exact beginnings that begin with it. */
export function see(unit: number, fused: Fused): number {
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
    const hash = hashOf(unit, next);
    beginnings[hash >>> 5] = (beginnings[hash >>> 5] ?? 0) | (1 << (hash & 31));
    some = true;
  };
  for (const each of [words, phrases]) {
    if (each === undefined) continue;
    const { roots, firstChild, units, flags } = each.trie;
    const node = roots[unit] ?? 0;
    if (node === 0) continue;
    for (let child = firstChild[node] ?? 0; child < (firstChild[node + 1] ?? 0); child++) {
      const next = units[child] ?? 0;
      note(next);
      const pair = (unit << 16) | next;
      let slot = slotOf(each.nodes, pair);
      while (each.nodes[slot] !== 0) slot = (slot + 4) & (each.nodes.length - 1);
      each.nodes[slot] = pair;
      each.nodes[slot + 1] = child * 2 + (((flags[child] ?? 0) & each.wanted) === 0 ? 0 : 1);
      let thirds = 0;
      for (let third = firstChild[child] ?? 0; third < (firstChild[child + 1] ?? 0); third++) thirds |= thirdBit(units[third] ?? 0);
      each.nodes[slot + 2] = thirds;
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

/** May an entry or an exact beginning begin with these two units? */
export function mayBegin(beginnings: Int32Array, unit: number, next: number): boolean {
  const hash = hashOf(unit, next);
  return (((beginnings[hash >>> 5] ?? 0) >>> (hash & 31)) & 1) !== 0;
}

function hashOf(unit: number, next: number): number {
  return Math.imul((unit << 16) | next, 0x9e3779b1) >>> (32 - BEGINNINGS_BITS);
}

/** The node of the longest entry of two code units or more at an offset, or 0. */
export function search({ trie, wanted, nodes }: Words, source: Uint16Array, at: number, length: number): number {
  if (at + 1 >= length) return 0;
  const pair = ((source[at] ?? 0) << 16) | (source[at + 1] ?? 0);
  for (let slot = slotOf(nodes, pair); ; slot = (slot + 4) & (nodes.length - 1)) {
    const found = nodes[slot] ?? 0;
    if (found === pair) {
      const node = nodes[slot + 1] ?? 0;
      // Where no third unit leads on, as most often, the tables of the trie, which are large, need not be read.
      const leadsOn = at + 2 < length && ((nodes[slot + 2] ?? 0) & thirdBit(source[at + 2] ?? 0)) !== 0;
      if (leadsOn) return longestBelow(trie, node >> 1, source, at + 2, length, wanted);
      return (node & 1) === 0 ? 0 : node >> 1;
    }
    if (found === 0) return 0;
  }
}

function slotOf(nodes: Int32Array, pair: number): number {
  return (Math.imul(pair, 0x9e3779b1) >>> 12) & (nodes.length - 4);
}

function thirdBit(unit: number): number {
  return 1 << (Math.imul(unit, 0x9e3779b1) >>> 27);
}

export function beginsExact(exact: Fused['exact'], source: Uint16Array, at: number, length: number): boolean {
  const beginnings = exact.get(source[at] ?? 0);
  if (beginnings === undefined) return false;
  for (const beginning of beginnings) {
    let same = 1;
    while (same < beginning.length && at + same < length && source[at + same] === beginning.charCodeAt(same)) same++;
    if (same === beginning.length) return true;
  }
  return false;
}

/** Computes the value of a key, and keeps it for a node. */
export function keepValue(fused: Fused, values: Int32Array, node: number, key: string): number {
  const { text: value, steps } = convertInSteps(key, fused.configuration);
  const start = fused.poolSize;
  fused.poolSize += 1 + value.length;
  fused.pool = withRoom(fused.pool, start, 1 + value.length);
  fused.pool[start] = value.length | (steps.some(({ edits }) => edits.length > 0) ? VALUE_CHANGED : 0);
  for (let index = 0; index < value.length; index++) fused.pool[start + 1 + index] = value.charCodeAt(index);
  values[node] = start;
  return start;
}

/** `out` if it has room for `more` units behind `size`, or a larger copy. */
export function withRoom(out: Uint16Array<ArrayBuffer>, size: number, more: number): Uint16Array<ArrayBuffer> {
  if (size + more <= out.length) return out;
  const larger = new Uint16Array((size + more) * 2);
  larger.set(out);
  return larger;
}
