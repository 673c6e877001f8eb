/**
 * Compiles the table of Mandarin readings from pinyin-pro (MIT) into `src/clean/readings.generated.ts`.
 *
 * A line a syllable: the toneless syllable with ü written u, then every character that has it as one of its readings.
 * The table is searched, not parsed, so that it costs nothing to load.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pinyin } from 'pinyin-pro';

/** The text of the generated module. */
export function buildReadings(): string {
  const bySyllable = new Map<string, string[]>();
  for (const character of hanCharacters()) {
    for (const reading of pinyin(character, { multiple: true, toneType: 'none', v: true, type: 'array' })) {
      if (reading === character || reading === '') continue;
      const syllable = reading.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('v', 'u');
      if (!/^[a-z]+$/.test(syllable)) continue;
      const characters = bySyllable.get(syllable) ?? [];
      if (characters.at(-1) !== character) characters.push(character);
      bySyllable.set(syllable, characters);
    }
  }
  const lines = [...bySyllable].sort(([a], [b]) => (a < b ? -1 : 1)).map(([syllable, characters]) => `${syllable} ${characters.join('')}`);
  return `export const readings = ${JSON.stringify(lines.join('\n'))};\n`;
}

function* hanCharacters(): Iterable<string> {
  for (let code = 0x3400; code <= 0x9fff; code++) yield String.fromCodePoint(code);
  for (let code = 0x20000; code <= 0x323af; code++) yield String.fromCodePoint(code);
  yield '〇';
}

/** Writes the module where `src/clean` imports it from. */
export function writeReadings(): void {
  writeFileSync(fileURLToPath(new URL('../src/clean/readings.generated.ts', import.meta.url)), buildReadings());
}
