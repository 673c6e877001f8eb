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
 */
import { changeOf, enter, keptChange, type Log, stepsOf } from './fused-record.ts';
import {
  BEGINS,
  BEGINS_EXACT,
  beginsExact,
  CHANGED,
  ENDS_CLAUSE,
  EXACT,
  EXACT_TEXT,
  type Fused,
  fuse,
  KIND,
  keepValue,
  mayBegin,
  PLAIN,
  search,
  see,
  VALUE_CHANGED,
  type Words,
  withRoom,
} from './fused-tables.ts';
import { type Configuration, type ConversionStep, convertInSteps } from './steps.ts';

/** A converted text. */
export interface Fusion {
  readonly text: string;
  /** Did every word keep its length? Then an offset of the source is the same offset of the text. */
  readonly isAligned: boolean;
}

export interface Recorded {
  readonly text: string;
  readonly steps: readonly ConversionStep[];
}

/** Larger working arrays are not kept. */
const KEPT_UNITS = 1 << 18;

let recordLog: Log = { at: [], changes: [], size: 0 };
let input = new Uint16Array(1 << 12);
let output = new Uint16Array(1 << 12);

/** Converts a text, or gives undefined if it has to be converted in steps. */
export function convertFused(text: string, configuration: Configuration): Fusion | undefined {
  const converted = walk(text, fuse(configuration), undefined);
  dropLarge();
  return converted;
}

/** The same with the edits of each step. */
export function recordFused(text: string, configuration: Configuration): Recorded | undefined {
  recordLog.size = 0;
  const converted = walk(text, fuse(configuration), recordLog);
  const recorded = converted === undefined ? undefined : { text: converted.text, steps: stepsOf(recordLog, configuration) };
  dropLarge();
  return recorded;
}

function dropLarge(): void {
  if (recordLog.size > KEPT_UNITS) recordLog = { at: [], changes: [], size: 0 };
  if (input.length > KEPT_UNITS) input = new Uint16Array(KEPT_UNITS);
  if (output.length > KEPT_UNITS) output = new Uint16Array(KEPT_UNITS);
}

function walk(text: string, fused: Fused, log: Log | undefined): Fusion | undefined {
  const { words, phrases, characters, beginnings, exact, configuration } = fused;
  const length = text.length;
  if (length === 0) return { text, isAligned: true };
  // One unit more than the text, so that the last unit has a next one.
  if (input.length <= length) input = new Uint16Array(length + (length >> 2) + 1);
  if (output.length < length) output = new Uint16Array(length + (length >> 2));
  const source = input;
  let out = output;
  Buffer.from(source.buffer).write(text, 'utf16le');
  source[length] = 0;
  let isAligned = true;
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
      if (mayBegin(beginnings, unit, next)) {
        let found = words;
        let node = words === undefined ? 0 : search(words, source, at, length);
        if (node === 0) {
          isExact = (character & BEGINS_EXACT) !== 0 && beginsExact(exact, source, at, length);
          found = phrases;
          if (phrases !== undefined && !isExact) {
            node = search(phrases, source, at, length);
            isExact =
              node !== 0 && words !== undefined && isInterrupted(fused, words, source, at, phrases.trie.keyLength[node] ?? 0, length);
          }
        }
        if (found !== undefined && node !== 0 && !isExact) {
          const matched = found.trie.keyLength[node] ?? 0;
          let from = found.values[node] || keepValue(fused, found.values, node, text.slice(at, at + matched));
          const { pool } = fused;
          const valueLength = (pool[from] ?? 0) & ~VALUE_CHANGED;
          if (valueLength !== matched) isAligned = false;
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
    // Changes of length could make up for one another.
    isAligned = false;
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
  return { text: Buffer.from(out.buffer, 0, size * 2).toString('utf16le'), isAligned };
}

/** Does a word, or what only `steps.ts` knows, begin inside the phrase? It may end beyond. */
function isInterrupted(fused: Fused, words: Words, source: Uint16Array, at: number, matched: number, length: number): boolean {
  for (let inside = at + 1; inside < at + matched; inside++) {
    const unit = source[inside] ?? 0;
    // Before it is seen, nothing is known to begin with a unit.
    const character = fused.characters[unit] || see(unit, fused);
    if ((character & KIND) === EXACT || search(words, source, inside, length) !== 0) return true;
    if ((character & BEGINS_EXACT) !== 0 && beginsExact(fused.exact, source, inside, length)) return true;
  }
  return false;
}
