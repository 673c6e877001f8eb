/**
 * Where the longest match may have cut a word in two.
 *
 * It matters only where one of the words is telling: an entry of OpenCC's dictionary from Simplified that converts otherwise than its
 * characters by themselves, 头发 and 皇后 but not 领导.
 */
import { table } from './steps.ts';
import { changedValue, ENTRY, longest, type Trie } from './trie.ts';

/** By node: 0 not asked yet, 1 not telling, 2 telling. */
let known: Uint8Array | undefined;

/**
 * Visits the longest matches of a text behind which another word runs on that begins inside them, where one of the two is telling:
 * 被发 in 被发明. From left to right.
 *
 * @param visit is given UTF-16 offsets, and answers the offset to go on from.
 */
export function eachContested(text: string, visit: (at: number, end: number) => number): void {
  const trie = table('simplifiedToTraditional');
  for (let at = 0; at < text.length; ) {
    const node = longest(trie, text, at, text.length, ENTRY);
    const end = at + (node === 0 ? 1 : (trie.keyLength[node] ?? 1));
    at = end > at + 1 && isContested(trie, node, text, at, end) ? visit(at, end) : end;
  }
}

function isContested(trie: Trie, node: number, text: string, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at++) {
    const other = longest(trie, text, at, text.length, ENTRY);
    if (other === 0 || at + (trie.keyLength[other] ?? 0) <= end) continue;
    if (isTelling(trie, node, text, start) || isTelling(trie, other, text, at)) return true;
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
