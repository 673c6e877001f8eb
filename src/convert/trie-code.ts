/**
 * Writes a dictionary as a base64 string and reads it back as a {@link Trie}.
 *
 * The bytes, for a trie of N nodes numbered as in trie.ts:
 * - N, four bytes
 * - the code unit that leads to each node, two bytes each
 * - a head for each node: its flags, and in the four high bits its number of children, or 15 if the number stands in the stream
 * - the stream, node by node: the number of children less 15, if it was too large for the head, and the value, if it is spelled
 *   (its length, then each code unit as the zigzag difference from the key's at the same place, or from 0 past the key's end).
 *   Its numbers are varints: seven bits a byte, low bits first.
 *
 * Of the 50,000 phrases from Simplified to Traditional, 40,000 are what their characters alone would give (they are there to
 * hold the word together) and need no byte beside their nodes. Units and heads are used where they lie, so loading is one pass over the
 * heads. All of it is little-endian, and so must the machine be, as every one that Lambda and desktops offer is.
 */
import { BY_UNIT, ENTRY, SEGMENT, SPELLED, type Trie } from './trie.ts';

export interface DictionaryEntry {
  readonly key: string;
  readonly value: string;
  /** Does the entry stand in the segmentation dictionary? */
  readonly segment: boolean;
}

const CHILDREN_SHIFT = 4;
const CHILDREN_MAX = 15;

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
  const stream: number[] = [];
  for (const { key, children, entry } of nodes) {
    const unit = key === '' ? 0 : key.charCodeAt(key.length - 1);
    units.push(unit & 0xff, unit >> 8);
    const flags = entry === undefined ? 0 : entryFlags(entry, byUnit);
    heads.push(flags | (Math.min(children.size, CHILDREN_MAX) << CHILDREN_SHIFT));
    if (children.size >= CHILDREN_MAX) writeNumber(stream, children.size - CHILDREN_MAX);
    if (entry !== undefined && (flags & SPELLED) !== 0) writeValue(stream, entry);
  }
  const size = nodes.length;
  return Buffer.from([size & 0xff, (size >> 8) & 0xff, (size >> 16) & 0xff, size >>> 24, ...units, ...heads, ...stream]).toString('base64');
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
  if (key.length === 1) return flags | SPELLED;
  const converted = Array.from({ length: key.length }, (_, at) => byUnit.get(key.charAt(at)) ?? key.charAt(at)).join('');
  return flags | (value === converted ? BY_UNIT : SPELLED);
}

function writeValue(stream: number[], { key, value }: DictionaryEntry): void {
  writeNumber(stream, value.length);
  for (let at = 0; at < value.length; at++) {
    const difference = value.charCodeAt(at) - (at < key.length ? key.charCodeAt(at) : 0);
    writeNumber(stream, difference < 0 ? -difference * 2 - 1 : difference * 2);
  }
}

function writeNumber(stream: number[], value: number): void {
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) stream.push((rest & 0x7f) | 0x80);
  stream.push(rest);
}

/** Decodes what {@link encodeTrie} wrote. It trusts its input: the string is part of the program. */
export function decodeTrie(encoded: string): Trie {
  const bytes = Buffer.from(encoded, 'base64');
  const size = bytes.readUInt32LE(0);
  const unitBytes = bytes.subarray(4, 4 + 2 * size);
  const units = new Uint16Array(size);
  new Uint8Array(units.buffer).set(unitBytes);
  const flags = new Uint8Array(bytes.subarray(4 + 2 * size, 4 + 3 * size));
  const stream = readNumbers(bytes.subarray(4 + 3 * size));

  const firstChild = new Uint32Array(size + 1);
  const spelledAt = new Uint32Array(size);
  let position = 0;
  let child = 1;
  for (let node = 0; node < size; node++) {
    firstChild[node] = child;
    const head = flags[node] ?? 0;
    const children = head >>> CHILDREN_SHIFT;
    child += children < CHILDREN_MAX ? children : CHILDREN_MAX + (stream[position++] ?? 0);
    if ((head & SPELLED) === 0) continue;
    spelledAt[node] = position;
    const length = stream[position] ?? 0;
    for (const end = position + length; position < end; ) {
      position++;
      const zigzag = stream[position] ?? 0;
      stream[position] = (zigzag >>> 1) ^ -(zigzag & 1);
    }
    position++;
  }
  firstChild[size] = child;

  const roots = new Uint16Array(0x10000);
  for (let node = 1; node < (firstChild[1] ?? 0); node++) roots[units[node] ?? 0] = node;

  // Breadth first, the nodes of a depth are a range: the children of the range before.
  const keyLength = new Uint8Array(size);
  for (let start = 1, depth = 1; start < size; depth++) {
    const end = firstChild[start] ?? size;
    keyLength.fill(depth, start, end);
    start = end;
  }
  return { roots, units, firstChild, keyLength, flags, spelledAt, spelled: stream, values: new Array(size) };
}

function readNumbers(bytes: Uint8Array): Int32Array {
  const numbers = new Int32Array(bytes.length);
  let count = 0;
  let value = 0;
  let shift = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte >= 0x80) {
      shift += 7;
    } else {
      numbers[count++] = value;
      value = 0;
      shift = 0;
    }
  }
  return numbers;
}
