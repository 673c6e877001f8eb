/** Which syllables are readings of which characters. Sources: see scripts/build-readings.ts. */
import { cantoneseReadings, everydayCharacters, mandarinReadings } from './readings.generated.ts';

/** Mandarin is written in pinyin or bopomofo, Cantonese in jyutping. */
export type Language = 'mandarin' | 'cantonese';

const tables: Partial<Record<Language, ReadonlyMap<string, string>>> = {};
/** The characters of a syllable, code points made into a set when they are first asked for. */
const sets: Record<Language, Map<string, ReadonlySet<number>>> = { mandarin: new Map(), cantonese: new Map() };

function table(language: Language): ReadonlyMap<string, string> {
  tables[language] ??= new Map(
    (language === 'mandarin' ? mandarinReadings : cantoneseReadings).split('\n').map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)] as const;
    }),
  );
  return tables[language];
}

function hasReading(syllable: string, character: string, language: Language): boolean {
  let set = sets[language].get(syllable);
  if (set === undefined) {
    const characters = table(language).get(syllable);
    if (characters === undefined) return false;
    set = new Set([...characters].map((one) => one.codePointAt(0) ?? 0));
    sets[language].set(syllable, set);
  }
  return set.has(character.codePointAt(0) ?? 0);
}

/** A romanised syllable without case, tone mark or tone digit, ü and v written u: `Nǚ` → `nu`, `lv4` → `lu`. */
export function foldSyllable(written: string): string {
  return written
    .normalize('NFD')
    .replace(/[\p{M}0-9¹²³⁴⁵⁶:]/gu, '')
    .toLowerCase()
    .replaceAll('v', 'u')
    .replaceAll('ɡ', 'g')
    .replaceAll('ɑ', 'a');
}

/** Is the folded syllable one that the language has? A Mandarin one may have the r of erhua behind it: `huar`. */
export function isSyllable(folded: string, language: Language): boolean {
  return table(language).has(folded) || (language === 'mandarin' && table(language).has(withoutErhua(folded)));
}

/** Is the folded syllable some reading of the character (one code point)? False for a character the table lacks. */
export function isReadingOf(folded: string, character: string, language: Language = 'mandarin'): boolean {
  if (hasReading(folded, character, language)) return true;
  if (language === 'cantonese') return false;
  if (folded === 'r') return character === '儿' || character === '兒';
  return hasReading(withoutErhua(folded), character, language);
}

/** An everyday character that has one reading: nobody glosses it but for learners. */
export function isEveryday(character: string): boolean {
  everyday ??= new Set(everydayCharacters);
  return everyday.has(character);
}

let everyday: ReadonlySet<string> | undefined;

function withoutErhua(folded: string): string {
  return folded.length > 2 && folded.endsWith('r') ? folded.slice(0, -1) : folded;
}
