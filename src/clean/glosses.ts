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

const white = '[ \\u3000\\u00a0]';
const opens = '(（[［「『【〖〔{｛';
export const closingBrackets = ')）]］」』】〗〕}｝';
/** A bracket of ASCII and its fullwidth form may close one another: (zheng）. */
const shapes = 'aabbcdefghh';
const latin = '[A-Za-zɡɑ\\u00c0-\\u00f6\\u00f8-\\u01dc\\u0300-\\u036f\\u1e3e\\u1e3f:]{1,10}[0-6¹²³⁴⁵⁶]?';
const bopomofo = '[\\u3105-\\u312fˉˊˇˋ˙]{1,5}';
const glossPattern = new RegExp(
  `(${white}{0,2})([${opens.replace('[', '\\[')}])${white}{0,2}(${latin}|${bopomofo})${white}{0,2}([${closingBrackets.replace(']', '\\]')}])`,
  'g',
);

/** Every glossed character of the text, in order. Only syllables that Mandarin or Cantonese has count as glosses. */
export function findGlosses(text: string): GlossedCharacter[] {
  const found: { character: string; at: number; glosses: Gloss[] }[] = [];
  let chainEnd = -1;
  for (const match of text.matchAll(glossPattern)) {
    const [written, gap = '', open = '', letters = '', close = ''] = match;
    const shape = shapes[opens.indexOf(open)];
    if (shape !== shapes[closingBrackets.indexOf(close)]) continue;
    const reading = readLetters(letters);
    if (reading === undefined) continue;
    const at = match.index;
    const { syllable, tone, letterCase } = reading;
    const style = `${gap === '' ? '' : '_'}${open}${letterCase}`;
    const family = familyOf(style, tone);
    let chain = found.at(-1);
    if (chain === undefined || at !== chainEnd) {
      const character = characterBefore(text, at);
      if (character === undefined || !isHan(character)) continue;
      chain = { character, at: at - character.length, glosses: [] };
      found.push(chain);
    }
    const last = chain.glosses.at(-1);
    const isReading = last?.syllable === syllable ? last.isReading : isReadingOf(syllable, chain.character);
    chain.glosses.push({ at, written, syllable, style, tone, family, isReading });
    chainEnd = at + written.length;
  }
  return found;
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

interface Reading {
  readonly syllable: string;
  readonly letterCase: string;
  readonly tone: Gloss['tone'];
}

/** What was read lately: noise has few syllables. */
const lately = new Map<string, Reading | undefined>();
const mostLately = 4096;

function readLetters(letters: string): Reading | undefined {
  if (lately.has(letters)) return lately.get(letters);
  const syllable = readSyllable(letters);
  const isBopomofo = bopomofoLetter.test(letters);
  const reading =
    syllable === undefined
      ? undefined
      : {
          syllable,
          letterCase: isBopomofo ? '' : caseOf(letters),
          tone: isBopomofo ? ('bopomofo' as const) : toneOf(letters),
        };
  if (lately.size >= mostLately) lately.clear();
  lately.set(letters, reading);
  return reading;
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
