/**
 * A dictionary as flat arrays, and the search for its longest entry at an offset.
 *
 * The trie walks UTF-16 code units. Every key and value is well-formed, so as long as a search begins at a code point it ends at
 * one, and a lone surrogate in the text matches nothing, just as in a trie over code points.
 *
 * Nodes are numbered breadth first, so the children of a node stand side by side, sorted by their code unit: one offset a node is
 * enough to find them, and a binary search to choose between them. The first step, which most characters of a text do not
 * survive, is a table over all code units instead.
 */

/** The flags of a node. With neither of the last two bits, an entry's value is its key. */
export const ENTRY = 1;
/** The entry also stands in the dictionary that cuts a text into segments before it is converted. */
export const SEGMENT = 2;
/** The value is the key converted code unit by code unit, with those entries of this dictionary that turn one into one. */
export const BY_UNIT = 4;
/** The value is written out in `spelled`. */
export const SPELLED = 8;
/** With both of these, its length comes before it, because it is not the key's. */
export const OWN_LENGTH = BY_UNIT | SPELLED;

export interface Trie {
  /** The node that a code unit leads to from the root (node 0), or 0. */
  readonly roots: Uint16Array;
  /** For each node, the code unit that leads to it. */
  readonly units: Uint16Array;
  /** The children of node `n` are the nodes from `firstChild[n]` up to, and without, `firstChild[n + 1]`. */
  readonly firstChild: Uint32Array;
  /** For each node, the length of its key in code units. */
  readonly keyLength: Uint8Array;
  /** For each node, its flags in the low four bits; the others are the decoder's. */
  readonly flags: Uint8Array;
  /** For a node with the flag SPELLED, where its value stands in `spelled`. */
  readonly spelledAt: Uint32Array;
  readonly spelled: Uint16Array;
  /** For each node whose value was asked for, the value. */
  readonly values: Map<number, string>;
}

/** The child of a node that a code unit leads to, or 0: a binary search, since siblings are sorted by their unit. */
function childOf({ units, firstChild }: Trie, node: number, unit: number): number {
  let low = firstChild[node] ?? 0;
  const last = firstChild[node + 1] ?? 0;
  for (let high = last; low < high; ) {
    const middle = (low + high) >>> 1;
    if ((units[middle] ?? 0) < unit) low = middle + 1;
    else high = middle;
  }
  return low < last && units[low] === unit ? low : 0;
}

/** The node of the longest entry with the flag `wanted` that begins at `at` and ends at or before `end` (UTF-16 offsets), or 0. */
export function longest(trie: Trie, text: string, at: number, end: number, wanted: number): number {
  const { flags } = trie;
  let node = trie.roots[text.charCodeAt(at)] ?? 0;
  if (node === 0) return 0;
  let found = 0;
  for (let next = at + 1; ; next++) {
    if (((flags[node] ?? 0) & wanted) !== 0) found = node;
    if (next >= end) return found;
    node = childOf(trie, node, text.charCodeAt(next));
    if (node === 0) return found;
  }
}

/** The same in a text of code units of which those before `at` lead to `start`: the longest entry at that node or below, or 0. */
export function longestBelow(trie: Trie, start: number, text: Uint16Array, at: number, end: number, wanted: number): number {
  const { flags } = trie;
  let node = start;
  let found = 0;
  for (let next = at; ; next++) {
    if (((flags[node] ?? 0) & wanted) !== 0) found = node;
    if (next >= end) return found;
    node = childOf(trie, node, text[next] ?? 0);
    if (node === 0) return found;
  }
}

/** The value of the entry that {@link longest} found, or undefined if it is its key. `key` is that key. */
export function changedValue(trie: Trie, node: number, key: string): string | undefined {
  const flags = trie.flags[node] ?? 0;
  if ((flags & (BY_UNIT | SPELLED)) === 0) return undefined;
  const known = trie.values.get(node);
  if (known !== undefined) return known;
  const value = (flags & SPELLED) !== 0 ? spelledValue(trie, node) : convertByUnit(trie, key);
  trie.values.set(node, value);
  return value;
}

/** What becomes of one code unit, itself if it is no entry, or undefined if that is not one code unit. */
export function unitValue({ roots, flags, spelledAt, spelled }: Trie, unit: number): number | undefined {
  const node = roots[unit] ?? 0;
  const head = flags[node] ?? 0;
  if (node === 0 || (head & SPELLED) === 0) return unit;
  return (head & OWN_LENGTH) === OWN_LENGTH ? undefined : spelled[spelledAt[node] ?? 0];
}

function spelledValue({ spelledAt, spelled, flags, keyLength }: Trie, node: number): string {
  const at = spelledAt[node] ?? 0;
  if (((flags[node] ?? 0) & OWN_LENGTH) === OWN_LENGTH)
    return String.fromCharCode(...spelled.subarray(at + 1, at + 1 + (spelled[at] ?? 0)));
  return String.fromCharCode(...spelled.subarray(at, at + (keyLength[node] ?? 0)));
}

function convertByUnit(trie: Trie, key: string): string {
  let value = '';
  for (let at = 0; at < key.length; at++) {
    const unit = key.charAt(at);
    const node = trie.roots[key.charCodeAt(at)] ?? 0;
    const converted = node === 0 ? undefined : changedValue(trie, node, unit);
    value += converted?.length === 1 ? converted : unit;
  }
  return value;
}
