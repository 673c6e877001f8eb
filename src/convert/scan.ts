/**
 * One walk over a text, for all that the contextual rules look at, so that they cost little more than it.
 *
 * Where the longest match may have cut a word in two matters only where one of the words is telling: an entry of OpenCC's dictionary
 * from Simplified that converts otherwise than its characters by themselves, 头发 and 皇后 but not 领导.
 */
import { tellingBeginnings } from './dictionaries.generated.ts';
import { table } from './steps.ts';
import { changedValue, ENTRY, longest, type Trie } from './trie.ts';

/** Offsets are UTF-16. */
export interface Scan {
  /** The longest matches behind which another word runs on that begins inside them, one of the two telling: 被发 in 被发明. */
  readonly contested: readonly { readonly start: number; readonly end: number }[];
  /** Where the characters asked for stand. */
  readonly found: readonly number[];
}

/** By code unit, 1 if it begins a telling entry; every high surrogate may. */
const beginsTelling = new Uint8Array(0x10000).fill(1, 0xd800, 0xdc00);
for (let at = 0; at < tellingBeginnings.length; at++) beginsTelling[tellingBeginnings.charCodeAt(at)] = 1;

/** A bit for each hash of two code units that an entry begins with; made when the first text is scanned. */
let pairs: Uint8Array | undefined;

function pairsOf({ roots, firstChild, units }: Trie): Uint8Array {
  const bits = new Uint8Array(1 << 16);
  for (let unit = 0; unit < roots.length; unit++) {
    const node = roots[unit] ?? 0;
    if (node === 0) continue;
    for (let child = firstChild[node] ?? 0; child < (firstChild[node + 1] ?? 0); child++) {
      const hash = hashOf(unit, units[child] ?? 0);
      bits[hash >>> 3] = (bits[hash >>> 3] ?? 0) | (1 << (hash & 7));
    }
  }
  return bits;
}

function hashOf(unit: number, next: number): number {
  return Math.imul((unit << 16) | next, 0x9e3779b1) >>> 13;
}

/** By node: 0 not asked yet, 1 not telling, 2 telling. */
let known: Uint8Array | undefined;

/** What to look for, by code unit: where it stands by itself, as no part of a longer entry, or wherever it stands. */
export const ALONE = 1;
export const ANYWHERE = 2;

/** Scans a Simplified text from left to right. @param wanted by code unit, 0 or one of the two above. */
export function scan(text: string, wanted: Uint8Array): Scan {
  const contested: { start: number; end: number }[] = [];
  const found: number[] = [];
  const trie = table('simplifiedToTraditional');
  eachMatch(text, trie, (at, end, node) => {
    if (end === at + 1) {
      if (wanted[text.charCodeAt(at)] !== 0) found.push(at);
      return;
    }
    for (let within = at; within < end; within++) if (wanted[text.charCodeAt(within)] === ANYWHERE) found.push(within);
    if (isContested(trie, node, text, at, end)) contested.push({ start: at, end });
  });
  return { contested, found };
}

/** The longest matches of a Simplified text that hold a watched character: start, end and node, and so on. @param watched by code unit, 1. */
export function watchedMatches(text: string, watched: Uint8Array): number[] {
  const found: number[] = [];
  const trie = table('simplifiedToTraditional');
  pairs ??= pairsOf(trie);
  const { length } = text;
  let next = text.charCodeAt(0);
  for (let at = 0; at < length; ) {
    const unit = next;
    next = text.charCodeAt(at + 1);
    const hash = hashOf(unit, next);
    const node = (((pairs[hash >>> 3] ?? 0) >>> (hash & 7)) & 1) === 0 ? 0 : longest(trie, text, at, length, ENTRY);
    if (node === 0) {
      if (watched[unit] === 1) found.push(at, at + 1, 0);
      at++;
      continue;
    }
    const end = at + (trie.keyLength[node] ?? 1);
    for (let within = at; within < end; within++) {
      if (watched[text.charCodeAt(within)] !== 1) continue;
      found.push(at, end, node);
      break;
    }
    at = end;
    next = text.charCodeAt(at);
  }
  return found;
}

/** @param visit is given each longest match, or code unit that begins none (node 0). */
function eachMatch(text: string, trie: Trie, visit: (at: number, end: number, node: number) => void): void {
  pairs ??= pairsOf(trie);
  const { length } = text;
  let next = text.charCodeAt(0);
  for (let at = 0; at < length; ) {
    const unit = next;
    next = text.charCodeAt(at + 1);
    const hash = hashOf(unit, next);
    if ((((pairs[hash >>> 3] ?? 0) >>> (hash & 7)) & 1) === 0) {
      visit(at, ++at, 0);
      continue;
    }
    const node = longest(trie, text, at, length, ENTRY);
    const end = at + (node === 0 ? 1 : (trie.keyLength[node] ?? 1));
    visit(at, end, node);
    at = end;
    next = text.charCodeAt(at);
  }
}

function isContested(trie: Trie, node: number, text: string, start: number, end: number): boolean {
  const telling = isTelling(trie, node, text, start);
  for (let at = start + 1; at < end; at++) {
    if (!telling && beginsTelling[text.charCodeAt(at)] === 0) continue;
    const other = longest(trie, text, at, text.length, ENTRY);
    if (other === 0 || at + (trie.keyLength[other] ?? 0) <= end) continue;
    if (telling || isTelling(trie, other, text, at)) return true;
  }
  return false;
}

function isTelling(trie: Trie, node: number, text: string, at: number): boolean {
  known ??= new Uint8Array(trie.units.length);
  if (known[node] === 0) {
    const key = text.slice(at, at + (trie.keyLength[node] ?? 0));
    known[node] = key.length > 1 && (changedValue(trie, node, key) ?? key) !== characterwise(trie, key) ? 2 : 1;
  }
  return known[node] === 2;
}

function characterwise(trie: Trie, key: string): string {
  let value = '';
  for (const character of key) {
    const node = longest(trie, character, 0, character.length, ENTRY);
    value += (node === 0 ? undefined : changedValue(trie, node, character)) ?? character;
  }
  return value;
}
