/** Romanised syllables in brackets behind a Han character: 政(zheng)(zheng), 行（háng）, 锂(Li). What they are is decided elsewhere. */
import { characterBefore, isHan } from '../text/han.ts';
import { foldSyllable, isReadingOf, isSyllable } from './readings.ts';

/** One bracketed syllable. Offsets are UTF-16, a leading space that belongs to it included. */
export interface Gloss {
  readonly at: number;
  readonly written: string;
  /** The syllable folded as {@link foldSyllable} does. */
  readonly syllable: string;
  /** Leading space, bracket and case: noise of one making is of one style. */
  readonly style: string;
  readonly tone: 'none' | 'mark' | 'digit';
}

/** A character and the glosses that stand directly behind it. */
export interface GlossedCharacter {
  readonly character: string;
  /** UTF-16 offset of the character. */
  readonly at: number;
  readonly glosses: readonly Gloss[];
}

const glossPattern = /([ \u3000]?)([(（[［]) ?((?:[A-Za-zɡ\u00c0-\u00f6\u00f8-\u01dc\u1e3e\u1e3f:]|\p{M}){1,9}[0-5]?) ?([)）\]］])/gu;

const closers: Readonly<Record<string, string>> = { '(': ')', '（': '）', '[': ']', '［': '］' };

/** Every glossed character of the text, in order. Only syllables that Mandarin has count as glosses. */
export function findGlosses(text: string): GlossedCharacter[] {
  const found: { character: string; at: number; glosses: Gloss[] }[] = [];
  let chainEnd = -1;
  for (const match of text.matchAll(glossPattern)) {
    const [written, gap = '', open = '', letters = '', close = ''] = match;
    if (closers[open] !== close) continue;
    const syllable = foldSyllable(letters);
    if (!isSyllable(syllable)) continue;
    const at = match.index;
    const tone = /[0-5]$/.test(letters) ? 'digit' : letters.normalize('NFD').match(/[\u0300\u0301\u0304\u030c]/) ? 'mark' : 'none';
    const style = `${gap === '' ? '' : '_'}${open}${caseOf(letters)}`;
    const gloss: Gloss = { at, written, syllable, style, tone };
    const chain = found.at(-1);
    if (chain !== undefined && at === chainEnd) {
      chain.glosses.push(gloss);
    } else {
      const character = characterBefore(text, at);
      if (character === undefined || !isHan(character)) continue;
      found.push({ character, at: at - character.length, glosses: [gloss] });
    }
    chainEnd = at + written.length;
  }
  return found;
}

/** Is the gloss a reading of the character, so that it could be noise as well as a legitimate annotation? */
export function isPlausible(glossed: GlossedCharacter, gloss: Gloss): boolean {
  return isReadingOf(gloss.syllable, glossed.character);
}

function caseOf(letters: string): 'lower' | 'upper' | 'title' {
  const bare = letters.replace(/[0-9:]/g, '');
  if (bare === bare.toLowerCase()) return 'lower';
  return bare === bare.toUpperCase() ? 'upper' : 'title';
}
