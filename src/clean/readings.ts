/** Which syllables are readings of which characters. Source: pinyin-pro's table (MIT), compiled by scripts/build-readings.ts. */
import { readings } from './readings.generated.ts';

let bySyllable: ReadonlyMap<string, string> | undefined;

function table(): ReadonlyMap<string, string> {
  bySyllable ??= new Map(
    readings.split('\n').map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)] as const;
    }),
  );
  return bySyllable;
}

/** A romanised syllable without case, tone mark or tone digit, ü and v written u: `Nǚ` → `nu`, `lv4` → `lu`. */
export function foldSyllable(written: string): string {
  return written
    .normalize('NFD')
    .replace(/[\p{M}0-9:]/gu, '')
    .toLowerCase()
    .replaceAll('v', 'u')
    .replaceAll('ɡ', 'g');
}

/** Is the folded syllable one that Mandarin has? */
export function isSyllable(folded: string): boolean {
  return table().has(folded);
}

/** Is the folded syllable some reading of the character (one code point)? False for a character the table lacks. */
export function isReadingOf(folded: string, character: string): boolean {
  return table().get(folded)?.includes(character) ?? false;
}
