/**
 * Syllables in brackets behind a Han character: 政(zheng)(zheng), 行（háng）, 锂(Li), 注（ㄓㄨˋ）, 政(zing3), and ruby annotations. What they
 * are is decided elsewhere.
 */
import { characterBefore, isHan } from '../text/han.ts';
import { pinyinOf } from './bopomofo.ts';
import { foldSyllable, isReadingOf, isSyllable, type Language } from './readings.ts';

/** One bracketed syllable. Offsets are UTF-16. */
export interface Gloss {
  readonly at: number;
  /** As it stands, a space before it that belongs to it included. */
  readonly written: string;
  /** The syllable folded as {@link foldSyllable} does, bopomofo as pinyin. */
  readonly syllable: string;
  /** Space before it, bracket and case: noise of one making is of one style. */
  readonly style: string;
  readonly tone: 'none' | 'mark' | 'digit' | 'bopomofo';
  /** Style and tone in one. */
  readonly family: string;
  /** Is the syllable a Mandarin reading of the character? */
  readonly isReading: boolean;
}

export function familyOf(style: string, tone: Gloss['tone']): string {
  return `${style} ${tone}`;
}

/** A character and the glosses that stand directly behind it. */
export interface GlossedCharacter {
  readonly character: string;
  /** UTF-16 offset of the character. */
  readonly at: number;
  readonly glosses: readonly Gloss[];
}

const opens = '(（[［「『【〖〔{｛';
export const closingBrackets = ')）]］」』】〗〕}｝';
/** A bracket of ASCII and its fullwidth form may close one another: (zheng）. */
const shapes = 'aabbcdefghh';

/** What a code unit can be in a gloss. */
const LATIN = 1;
const BOPOMOFO = 2;
const DIGIT = 4;
const WHITE = 8;
const OPENS = 16;
const CLOSES = 32;
const kinds = new Uint8Array(0x10000);
for (const [from, to] of ['AZ', 'az', 'ɡɡ', 'ɑɑ', '\u00c0\u00f6', '\u00f8\u01dc', '\u0300\u036f', '\u1e3e\u1e3f', '::']) {
  kinds.fill(LATIN, (from ?? '').charCodeAt(0), (to ?? '').charCodeAt(0) + 1);
}
kinds.fill(BOPOMOFO, 0x3105, 0x3130);
for (const mark of 'ˉˊˇˋ˙') kinds[mark.charCodeAt(0)] = BOPOMOFO;
for (const digit of '0123456¹²³⁴⁵⁶') kinds[digit.charCodeAt(0)] = DIGIT;
for (const white of ' \u3000\u00a0') kinds[white.charCodeAt(0)] = WHITE;
for (const open of opens) kinds[open.charCodeAt(0)] = OPENS;
for (const close of closingBrackets) kinds[close.charCodeAt(0)] = CLOSES;
/** White on either side of the bracket. */
const mostWhite = 2;
const mostLetters = 10;
const mostBopomofo = 5;

function kindAt(text: string, at: number): number {
  return kinds[text.charCodeAt(at)] ?? 0;
}

function skipWhite(text: string, at: number): number {
  let end = at;
  while (end - at < mostWhite && kindAt(text, end) === WHITE) end++;
  return end;
}

/** Behind the bracket that opens at `open`, if it holds letters and closes; else -1. A plain loop: a pattern takes three times as long. */
function closeOf(text: string, open: number): number {
  const first = skipWhite(text, open + 1);
  const kind = kindAt(text, first);
  if (kind !== LATIN && kind !== BOPOMOFO) return -1;
  const most = kind === LATIN ? mostLetters : mostBopomofo;
  let last = first;
  while (last - first < most && kindAt(text, last) === kind) last++;
  if (kind === LATIN && kindAt(text, last) === DIGIT) last++;
  const close = skipWhite(text, last);
  return kindAt(text, close) === CLOSES ? close + 1 : -1;
}

/** What a bracket with its letters says, whatever stands before it. */
interface Reading {
  readonly syllable: string;
  readonly tone: Gloss['tone'];
  /** Bracket and case, without and with a space before the bracket. */
  readonly style: string;
  readonly spaced: string;
  readonly family: string;
  readonly spacedFamily: string;
}

/** What was read lately, by the bracket as it stands: noise has few syllables. `null` is no gloss. */
const lately = new Map<string, Reading | null>();
const mostLately = 4096;

function readingOf(bracket: string): Reading | null {
  const known = lately.get(bracket);
  if (known !== undefined) return known;
  const reading = readBracket(bracket);
  if (lately.size >= mostLately) lately.clear();
  lately.set(bracket, reading);
  return reading;
}

function readBracket(bracket: string): Reading | null {
  const open = bracket.charAt(0);
  if (shapes[opens.indexOf(open)] !== shapes[closingBrackets.indexOf(bracket.charAt(bracket.length - 1))]) return null;
  const letters = bracket.slice(1, -1).trim();
  const syllable = readSyllable(letters);
  if (syllable === undefined) return null;
  const isBopomofo = bopomofoLetter.test(letters);
  const tone = isBopomofo ? 'bopomofo' : toneOf(letters);
  const style = `${open}${isBopomofo ? '' : caseOf(letters)}`;
  return { syllable, tone, style, spaced: `_${style}`, family: familyOf(style, tone), spacedFamily: familyOf(`_${style}`, tone) };
}

/** Every glossed character of the text, in order. Only syllables that Mandarin or Cantonese has count as glosses. */
export function findGlosses(text: string): GlossedCharacter[] {
  const found: { character: string; at: number; glosses: Gloss[] }[] = [];
  let chain: (typeof found)[number] | undefined;
  let chainEnd = -1;
  for (let open = 0; open < text.length; open++) {
    if (kinds[text.charCodeAt(open)] !== OPENS) continue;
    const last = open === chainEnd ? chain?.glosses[chain.glosses.length - 1] : undefined;
    if (chain !== undefined && last !== undefined && text.startsWith(last.written, open)) {
      // The same once more.
      const { written, syllable, style, tone, family, isReading } = last;
      chain.glosses.push({ at: open, written, syllable, style, tone, family, isReading });
      chainEnd += last.written.length;
      open = chainEnd - 1;
      continue;
    }
    const end = closeOf(text, open);
    const reading = end === -1 ? null : readingOf(text.slice(open, end));
    if (reading === null) continue;
    let at = open;
    const from = Math.max(0, chainEnd);
    while (at > from && open - at < mostWhite && kindAt(text, at - 1) === WHITE) at--;
    if (chain === undefined || at !== chainEnd) {
      const character = hanBefore(text, at);
      if (character === undefined) continue;
      chain = { character, at: at - character.length, glosses: [] };
      found.push(chain);
    }
    const { syllable, tone } = reading;
    const isReading = isReadingOf(syllable, chain.character);
    const isClose = at === open;
    chain.glosses.push({
      at,
      written: text.slice(at, end),
      syllable,
      style: isClose ? reading.style : reading.spaced,
      tone,
      family: isClose ? reading.family : reading.spacedFamily,
      isReading,
    });
    chainEnd = end;
    open = end - 1;
  }
  return found;
}

/** The Han character that ends just before the offset. */
function hanBefore(text: string, at: number): string | undefined {
  const unit = text.charCodeAt(at - 1);
  if (unit >= 0x4e00 && unit <= 0x9fff) return text.charAt(at - 1);
  const character = characterBefore(text, at);
  return isHan(character) ? character : undefined;
}

const bopomofoLetter = /[\u3105-\u312f]/;

/** What is written in letters or bopomofo, folded; undefined if neither Mandarin nor Cantonese has the syllable. */
export function readSyllable(letters: string): string | undefined {
  const syllable = bopomofoLetter.test(letters) ? pinyinOf(letters) : foldSyllable(letters);
  return syllable !== undefined && (isSyllable(syllable, 'mandarin') || isSyllable(syllable, 'cantonese')) ? syllable : undefined;
}

/** Is the gloss a reading of the character, so that it could be noise as well as a legitimate annotation? */
export function isPlausible(glossed: GlossedCharacter, gloss: Gloss, language: Language): boolean {
  return language === 'mandarin' ? gloss.isReading : isReadingOf(gloss.syllable, glossed.character, language);
}

function toneOf(letters: string): Gloss['tone'] {
  if (/[0-6¹²³⁴⁵⁶]$/.test(letters)) return 'digit';
  return /[\u0300\u0301\u0304\u030c]/.test(letters.normalize('NFD')) ? 'mark' : 'none';
}

function caseOf(letters: string): 'lower' | 'upper' | 'title' {
  const bare = letters.replace(/[0-9¹²³⁴⁵⁶:]/g, '');
  if (bare === bare.toLowerCase()) return 'lower';
  return bare === bare.toUpperCase() ? 'upper' : 'title';
}
