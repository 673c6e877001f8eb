/**
 * Writes `scripts/cns11643.txt`, the planes 1 to 4 of CNS 11643, from the mapping of the C library's `iconv`, which has to know EUC-TW. Run by
 * hand: npx tsx scripts/make-cns11643.ts. A line is a row: plane, row and the characters of its 94 cells, a space where there is none.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const numbers = Array.from({ length: 94 }, (_, index) => 0xa1 + index);
const rows = [1, 2, 3, 4].flatMap((plane) =>
  numbers.map((row) => {
    const cells = numbers.map((cell) => (plane === 1 ? [row, cell] : [0x8e, 0xa0 + plane, row, cell]));
    // `-c` leaves out what has no character; a newline parts the cells.
    const input = Buffer.from(cells.flatMap((bytes) => [...bytes, 0x0a]));
    const text = execFileSync('iconv', ['-c', '-f', 'EUC-TW', '-t', 'UTF-8'], { input }).toString();
    const characters = text.split('\n').slice(0, 94);
    return `${plane} ${row - 0xa0} ${characters.map((one) => ([...one].length === 1 ? one : ' ')).join('')}`.trimEnd();
  }),
);
writeFileSync(new URL('cns11643.txt', import.meta.url), `${rows.filter((row) => row.split(' ').length > 2).join('\n')}\n`);
