/** Which syllables are readings of which characters. Sources: see scripts/build-readings.ts. */
import { cantoneseReadings, everydayCharacters, mandarinReadings } from './readings.generated.ts';

/** Mandarin is written in pinyin or bopomofo, Cantonese in jyutping. */
export type Language = 'mandarin' | 'cantonese';

const tables: Partial<Record<Language, ReadonlyMap<string, string>>> = {};
/** The characters of a syllable, made when they are first asked for: a bit for each of the basic block, a set for the others. */
interface Characters {
  readonly basic: Uint8Array;
  readonly others: ReadonlySet<number>;
}
const charactersOf: Record<Language, Map<string, Characters>> = { mandarin: new Map(), cantonese: new Map() };
const basicStart = 0x4e00;
const basicLength = 0x5200;

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
  const characters = charactersOf[language].get(syllable) ?? gatherCharacters(syllable, language);
  if (characters === undefined) return false;
  const code = character.charCodeAt(0) - basicStart;
  if (code >= 0 && code < basicLength) return (((characters.basic[code >>> 3] ?? 0) >>> (code & 7)) & 1) !== 0;
  return characters.others.has(character.codePointAt(0) ?? 0);
}

function gatherCharacters(syllable: string, language: Language): Characters | undefined {
  const written = table(language).get(syllable);
  if (written === undefined) return undefined;
  const basic = new Uint8Array(basicLength >>> 3);
  const others = new Set<number>();
  for (const one of written) {
    const code = (one.codePointAt(0) ?? 0) - basicStart;
    if (code >= 0 && code < basicLength) basic[code >>> 3] = (basic[code >>> 3] ?? 0) | (1 << (code & 7));
    else others.add(code + basicStart);
  }
  const characters = { basic, others };
  charactersOf[language].set(syllable, characters);
  return characters;
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
