/**
 * Compiles the tables of the charsets that Node has not, or not whole, into `src/decode/charset-tables.generated.ts`: Big5-HKSCS from iconv-lite
 * (MIT), Big5-UAO as what differs from it, from uao-js (MIT), CNS 11643 from `cns11643.txt` here (made by make-cns11643.ts). A line is the index
 * of its first character, in base 36, and characters from there on.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import uao from 'uao-js';

const side = 94;
const leads = range(0x81, 0xfe);
const trails = [...range(0x40, 0x7e), ...range(0xa1, 0xfe)];

/** The text of the generated module. */
export function buildCharsets(): string {
  const codes = leads.flatMap((lead) => trails.map((trail) => [lead, trail] as const));
  const hkscs = codes.map((bytes) => only(iconv.decode(Buffer.from(bytes), 'big5hkscs')));
  const uaos = codes.map((bytes) => {
    const written = Buffer.from(bytes).toString('latin1');
    const text = uao.decodeSync(written);
    return text === written ? undefined : only(text);
  });
  const differences = uaos.map((character, index) => (character === hkscs[index] ? undefined : character));
  return [
    '/** Big5-HKSCS, by (lead - 0x81) * 157 + the index of the trail byte. */',
    `export const big5Hkscs =\n  ${JSON.stringify(lines(hkscs))};\n`,
    '/** Big5-UAO where it is not Big5-HKSCS, by the same index. */',
    `export const big5Uao =\n  ${JSON.stringify(lines(differences))};\n`,
    '/** Planes 1 to 4 of CNS 11643, by ((plane - 1) * 94 + row) * 94 + cell, rows and cells from 0. */',
    `export const cns11643 =\n  ${JSON.stringify(lines(readCns()))};\n`,
  ].join('\n');
}

export function writeCharsets(): void {
  writeFileSync(fileURLToPath(new URL('../src/decode/charset-tables.generated.ts', import.meta.url)), buildCharsets());
}

function readCns(): (string | undefined)[] {
  const table: (string | undefined)[] = [];
  for (const line of readFileSync(new URL('cns11643.txt', import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')) {
    const [, plane, row, cells = ''] = /^(\d) (\d+) (.*)$/u.exec(line) ?? [];
    const first = ((Number(plane) - 1) * side + Number(row) - 1) * side;
    for (const [cell, character] of [...cells].entries()) if (character !== ' ') table[first + cell] = character;
  }
  return table;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** One code point, or nothing: Big5-HKSCS has four codes of two, which the codec knows. */
function only(text: string): string | undefined {
  const [character, more] = [...text];
  return character === undefined || more !== undefined || character === '\ufffd' || character === '?' ? undefined : character;
}

function lines(entries: readonly (string | undefined)[]): string {
  let all = '';
  let isOpen = false;
  for (let index = 0; index < entries.length; index++) {
    const character = entries[index];
    if (character !== undefined && !isOpen) all += `${all === '' ? '' : '\n'}${index.toString(36)} `;
    isOpen = character !== undefined;
    all += character ?? '';
  }
  return all;
}
