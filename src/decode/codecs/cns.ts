/** The planes of CNS 11643 as EUC-TW writes them, and HZ and ISO-2022-CN, which write double-byte characters in seven bits between escapes. */
import { cns11643 } from '../charset-tables.generated.ts';
import { type Codec, encodeBy, inverseOf, type Piece, piecesBy, readTable, replacement } from '../codec.ts';
import { gb18030 } from './gb18030.ts';

const side = 94;
const planes = 4;
let table: (string | undefined)[] | undefined;
let inverse: Map<string, number> | undefined;

/** @param row from 0. */
function characterOf(plane: number, row: number, cell: number): string | undefined {
  if (plane < 1 || plane > planes || row < 0 || row >= side || cell < 0 || cell >= side) return undefined;
  table ??= readTable(cns11643);
  return table[((plane - 1) * side + row) * side + cell];
}

export const eucTw: Codec<'euc-tw'> = {
  charset: 'euc-tw',
  pieces: piecesBy((bytes, at) => {
    const [lead = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
    const isLong = lead === 0x8e;
    const text = isLong ? characterOf(second - 0xa0, third - 0xa1, fourth - 0xa1) : characterOf(1, lead - 0xa1, second - 0xa1);
    if (text !== undefined) return { length: isLong ? 4 : 2, text };
    // A plane that is not among ours, read whole, so that what follows is.
    return isLong && third >= 0xa1 && fourth >= 0xa1 ? { length: 4, text: replacement } : undefined;
  }),
  encode: encodeBy((character) => {
    table ??= readTable(cns11643);
    inverse ??= inverseOf(table);
    const index = inverse.get(character);
    if (index === undefined) return undefined;
    const plane = Math.floor(index / (side * side));
    const own = [0xa1 + (Math.floor(index / side) % side), 0xa1 + (index % side)];
    return plane === 0 ? own : [0x8e, 0xa1 + plane, ...own];
  }),
};

/** Two bytes of seven bits as GB 2312 has them. */
function gb2312(first: number, second: number): string | undefined {
  const [piece] = gb18030.pieces(Buffer.from([first | 0x80, second | 0x80]));
  return piece === undefined || piece.isBad || piece.end !== 2 ? undefined : piece.text;
}

/**
 * Reads pairs of bytes from `at` until `stops` says so, or the line ends, into `pieces`; a pair that stands for nothing is a piece of its own.
 *
 * @param start where the first piece begins: at the escape before the pairs.
 * @returns the end, in bytes.
 */
function readPairs(
  bytes: Buffer,
  start: number,
  at: number,
  stops: (at: number) => boolean,
  read: (first: number, second: number) => string | undefined,
  pieces: Piece[],
): number {
  let from = start;
  let text = '';
  let end = at;
  while (end < bytes.length && !stops(end) && bytes[end] !== 0x0a) {
    const character = end + 1 < bytes.length ? read(bytes[end] ?? 0, bytes[end + 1] ?? 0) : undefined;
    const next = Math.min(end + 2, bytes.length);
    if (character === undefined) {
      if (end > from) pieces.push({ start: from, end, text, isBad: false });
      pieces.push({ start: end, end: next, text: replacement, isBad: true });
      from = next;
      text = '';
    } else text += character;
    end = next;
  }
  if (end > from) pieces.push({ start: from, end, text, isBad: false });
  return end;
}

/** RFC 1843: ~{ and ~} around GB 2312, ~~ for a tilde, a tilde before a line end for nothing. A text that was cut may begin inside. */
export const hz: Codec<'hz-gb-2312'> = {
  charset: 'hz-gb-2312',
  pieces: (bytes) => {
    const pieces: Piece[] = [];
    const isEscape = (at: number, second: number) => bytes[at] === 0x7e && bytes[at + 1] === second;
    const open = bytes.indexOf('~{');
    const close = bytes.indexOf('~}');
    let at = 0;
    const readGb = (start: number, from: number) => {
      at = readPairs(bytes, start, from, (place) => isEscape(place, 0x7d), gb2312, pieces);
      if (!isEscape(at, 0x7d)) return;
      pieces.push({ start: at, end: at + 2, text: '', isBad: false });
      at += 2;
    };
    if (close !== -1 && (open === -1 || close < open)) {
      // Cut in the midst of a pair, the characters stand one byte later.
      const lineStart = bytes.lastIndexOf(0x0a, close) + 1;
      at = lineStart;
      const from = lineStart + ((close - lineStart) % 2);
      if (from > lineStart) pieces.push({ start: lineStart, end: from, text: replacement, isBad: true });
      readGb(from, from);
    }
    while (at < bytes.length) {
      if (isEscape(at, 0x7b)) readGb(at, at + 2);
      else if (isEscape(at, 0x7e)) {
        pieces.push({ start: at, end: at + 2, text: '~', isBad: false });
        at += 2;
      } else if (isEscape(at, 0x0a)) {
        pieces.push({ start: at, end: at + 2, text: '', isBad: false });
        at += 2;
      } else if ((bytes[at] ?? 0) >= 0x80) pieces.push({ start: at, end: ++at, text: replacement, isBad: true });
      else at++;
    }
    return pieces;
  },
};

const designations: readonly (readonly [escape: string, set: 'gb' | 1 | 2, slot: 'so' | 'ss2'])[] = [
  ['\x1b$)A', 'gb', 'so'],
  ['\x1b$)G', 1, 'so'],
  ['\x1b$*H', 2, 'ss2'],
];

/**
 * RFC 1922: GB 2312 or plane 1 of CNS 11643 between SO and SI, a character of plane 2 behind ESC N.
 *
 * @param start the set that a text which was cut begins in.
 */
export function iso2022CnFrom(start: 'gb' | 1 | undefined): Codec<'iso-2022-cn'> {
  return { charset: 'iso-2022-cn', pieces: (bytes) => readIso2022Cn(bytes, start) };
}

export const iso2022Cn = iso2022CnFrom(undefined);

function readIso2022Cn(bytes: Buffer, start: 'gb' | 1 | undefined): Piece[] {
  const pieces: Piece[] = [];
  const text = bytes.toString('latin1');
  let shifted: 'gb' | 1 | 2 = start ?? 'gb';
  let at = 0;
  let isShifted = start !== undefined;
  while (at < bytes.length) {
    const designation = designations.find(([sequence]) => text.startsWith(sequence, at));
    if (designation !== undefined) {
      if (designation[2] === 'so') shifted = designation[1];
      pieces.push({ start: at, end: at + 4, text: '', isBad: false });
      at += 4;
    } else if (text.startsWith('\x1bN', at)) {
      const character = characterOf(2, ((bytes[at + 2] ?? 0) & 0x7f) - 0x21, ((bytes[at + 3] ?? 0) & 0x7f) - 0x21);
      const end = Math.min(at + 4, bytes.length);
      pieces.push({ start: at, end, text: character ?? replacement, isBad: character === undefined });
      at = end;
    } else if (bytes[at] === 0x0e || bytes[at] === 0x0f) {
      isShifted = bytes[at] === 0x0e;
      pieces.push({ start: at, end: ++at, text: '', isBad: false });
    } else if (isShifted && (bytes[at] ?? 0) > 0x20) {
      const set = shifted;
      const stops = (place: number) => bytes[place] === 0x0f || bytes[place] === 0x0e || bytes[place] === 0x1b;
      const read = (first: number, second: number) =>
        set === 'gb' ? gb2312(first, second) : characterOf(set, first - 0x21, second - 0x21);
      at = readPairs(bytes, at, at, stops, read, pieces);
    } else if ((bytes[at] ?? 0) >= 0x80) pieces.push({ start: at, end: ++at, text: replacement, isBad: true });
    else at++;
    // A line end ends the shift.
    if (bytes[at - 1] === 0x0a) isShifted = false;
  }
  return pieces;
}
