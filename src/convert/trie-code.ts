/**
 * Writes a dictionary as a base64 string and reads it back as a {@link Trie}.
 *
 * The bytes, for a trie of N nodes numbered as in trie.ts:
 * - N, four bytes
 * - the code unit that leads to each node, two bytes each
 * - a head for each node: its flags, and in the four high bits its number of children, or 15 if there are as many or more
 * - a zero byte if that is needed to come to an even place
 * - if N is less than 65,536, the first child of each node and of one more, and the place of each node's value among the following
 *   numbers, two bytes each
 * - node by node, two bytes each: the number of children less 15, if it was too large for the head; and of a value that is spelled
 *   its length, if it is not the key's, and its code units
 *
 * Of the 50,000 phrases from Simplified to Traditional, 40,000 are what their characters alone would give (they are there to
 * hold the word together) and need no byte beside their nodes. Everything is used where it lies. Only for the largest table the
 * places are left out, for its size, and found by one pass over the heads: a pass over thousands of nodes is most of the time that
 * a first conversion takes. All of it is little-endian, and so must the machine be, as every one that Lambda and desktops offer is.
 */
import { BY_UNIT, ENTRY, OWN_LENGTH, SEGMENT, SPELLED, type Trie } from './trie.ts';

export interface DictionaryEntry {
  readonly key: string;
  readonly value: string;
  /** Does the entry stand in the segmentation dictionary? */
  readonly segment: boolean;
}

const CHILDREN_SHIFT = 4;
const CHILDREN_MAX = 15;
const PLACES_MAX = 0xffff;
const FIRST_WIDE = CHILDREN_MAX << CHILDREN_SHIFT;

interface Node {
  readonly key: string;
  readonly children: Map<number, Node>;
  entry?: DictionaryEntry;
}

/** Encodes entries with distinct keys, none of them empty. The order of the entries does not matter. */
export function encodeTrie(entries: readonly DictionaryEntry[]): string {
  const nodes = breadthFirst(plant(entries));
  // Converting by unit has to give what decoding gives, hence the limit to one code unit on both sides.
  const byUnit = new Map(entries.filter(({ key, value }) => key.length === 1 && value.length === 1).map(({ key, value }) => [key, value]));
  const units: number[] = [];
  const heads: number[] = [];
  const firstChild: number[] = [];
  const spelledAt: number[] = [];
  const rest: number[] = [];
  let child = 1;
  for (const { key, children, entry } of nodes) {
    units.push(key === '' ? 0 : key.charCodeAt(key.length - 1));
    const flags = entry === undefined ? 0 : entryFlags(entry, byUnit);
    heads.push(flags | (Math.min(children.size, CHILDREN_MAX) << CHILDREN_SHIFT));
    if (children.size >= CHILDREN_MAX) rest.push(children.size - CHILDREN_MAX);
    firstChild.push(child);
    child += children.size;
    spelledAt.push(rest.length);
    if (entry === undefined || (flags & SPELLED) === 0) continue;
    if ((flags & OWN_LENGTH) === OWN_LENGTH) rest.push(entry.value.length);
    for (let at = 0; at < entry.value.length; at++) rest.push(entry.value.charCodeAt(at));
  }
  const size = nodes.length;
  const places = size <= PLACES_MAX ? [...firstChild, child, ...spelledAt] : [];
  if (places.length > 0 && rest.length > PLACES_MAX) throw new Error('too many values for the size of the table');
  const headBytes = Buffer.from(size % 2 === 0 ? heads : [...heads, 0]);
  return Buffer.concat([pairsOfBytes([size & 0xffff, size >>> 16, ...units]), headBytes, pairsOfBytes([...places, ...rest])]).toString(
    'base64',
  );
}

function pairsOfBytes(numbers: readonly number[]): Buffer {
  return Buffer.from(Uint16Array.from(numbers).buffer);
}

function plant(entries: readonly DictionaryEntry[]): Node {
  const root: Node = { key: '', children: new Map() };
  for (const entry of entries) {
    const { key, value } = entry;
    if (key === '' || !key.isWellFormed() || !value.isWellFormed()) throw new Error(`not a dictionary entry: ${JSON.stringify(entry)}`);
    let node = root;
    for (let end = 1; end <= key.length; end++) {
      const unit = key.charCodeAt(end - 1);
      const child: Node = node.children.get(unit) ?? { key: key.slice(0, end), children: new Map() };
      node.children.set(unit, child);
      node = child;
    }
    if (node.entry !== undefined) throw new Error(`two entries for ${key}`);
    node.entry = entry;
  }
  return root;
}

function breadthFirst(root: Node): Node[] {
  const nodes = [root];
  for (const { children } of nodes) {
    for (const [, child] of [...children].sort(([a], [b]) => a - b)) nodes.push(child);
  }
  return nodes;
}

function entryFlags({ key, value, segment }: DictionaryEntry, byUnit: ReadonlyMap<string, string>): number {
  const flags = segment ? ENTRY | SEGMENT : ENTRY;
  if (value === key) return flags;
  if (key.length === 1) return flags | (value.length === 1 ? SPELLED : OWN_LENGTH);
  const converted = Array.from({ length: key.length }, (_, at) => byUnit.get(key.charAt(at)) ?? key.charAt(at)).join('');
  if (value === converted) return flags | BY_UNIT;
  return flags | (value.length === key.length ? SPELLED : OWN_LENGTH);
}

/** Decodes what {@link encodeTrie} wrote. It trusts its input: the string is part of the program. */
export function decodeTrie(encoded: string): Trie {
  const decoded = Buffer.from(encoded, 'base64');
  // A small one stands somewhere in a shared buffer, perhaps at an odd place.
  const bytes = decoded.byteOffset % 4 === 0 ? decoded : new Uint8Array(decoded);
  const { buffer, byteOffset } = bytes;
  const size = new Uint32Array(buffer, byteOffset, 1)[0] ?? 0;
  const units = new Uint16Array(buffer, byteOffset + 4, size);
  const heads = new Uint8Array(buffer, byteOffset + 4 + 2 * size, size);
  const numbersAt = 4 + 3 * size + (size % 2);
  const numbers = new Uint16Array(buffer, byteOffset + numbersAt, (bytes.length - numbersAt) >> 1);

  const roots = new Uint16Array(0x10000);
  const hasPlaces = size <= PLACES_MAX;
  const spelled = hasPlaces ? numbers.subarray(2 * size + 1) : numbers;
  const { firstChild, spelledAt } = hasPlaces
    ? { firstChild: new Uint32Array(numbers.subarray(0, size + 1)), spelledAt: new Uint32Array(numbers.subarray(size + 1, 2 * size + 1)) }
    : findPlaces(heads, spelled);
  const firstEnd = firstChild[1] ?? 0;
  for (let node = 1; node < firstEnd; node++) roots[units[node] ?? 0] = node;

  // Breadth first, the nodes of a depth are a range: the children of the range before.
  const keyLength = new Uint8Array(size);
  for (let start = 1, depth = 1; start < size; depth++) {
    const end = firstChild[start] ?? size;
    keyLength.fill(depth, start, end);
    start = end;
  }
  return { roots, units, firstChild, keyLength, flags: heads, spelledAt, spelled, values: new Map() };
}

function findPlaces(heads: Uint8Array, numbers: Uint16Array): { firstChild: Uint32Array; spelledAt: Uint32Array } {
  const size = heads.length;
  const firstChild = new Uint32Array(size + 1);
  const spelledAt = new Uint32Array(size);
  let depth = 0;
  let depthEnd = 1;
  let position = 0;
  let child = 1;
  for (let node = 0; node < size; node++) {
    if (node === depthEnd) {
      depth++;
      depthEnd = child;
    }
    firstChild[node] = child;
    const head = heads[node] ?? 0;
    if (head < FIRST_WIDE) child += head >>> CHILDREN_SHIFT;
    else child += CHILDREN_MAX + (numbers[position++] ?? 0);
    if ((head & SPELLED) === 0) continue;
    spelledAt[node] = position;
    position += (head & OWN_LENGTH) === OWN_LENGTH ? 1 + (numbers[position] ?? 0) : depth;
  }
  firstChild[size] = child;
  return { firstChild, spelledAt };
}
