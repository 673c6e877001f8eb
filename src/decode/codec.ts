/** What a charset is to the decoder: which bytes are which text, exactly, and back. */

/** Bytes that are no ASCII characters standing for themselves. Offsets are in bytes; `isBad`: they stand for nothing. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isBad: boolean;
}

export interface Codec<Name extends string = string> {
  readonly charset: Name;
  /** In order; what is between them is ASCII. */
  readonly pieces: (bytes: Buffer) => Piece[];
  /** The bytes of a text; undefined where the charset lacks a character, or more than one way of writing exists (escapes). */
  readonly encode?: (text: string) => Uint8Array | undefined;
}

/** The character that begins at a byte: its length in bytes and its text, U+FFFD for a code without a character; undefined where none does. */
export type Step = (bytes: Buffer, at: number) => { readonly length: number; readonly text: string } | undefined;

export const replacement = '\ufffd';

/** Pieces of a charset without states, whose ASCII bytes stand for themselves outside longer characters. */
export function piecesBy(step: Step): (bytes: Buffer) => Piece[] {
  return (bytes) => {
    const pieces: Piece[] = [];
    for (let at = 0; at < bytes.length; ) {
      if ((bytes[at] ?? 0) < 0x80) {
        at++;
        continue;
      }
      const start = at;
      const stepped = step(bytes, at);
      if (stepped === undefined) {
        pieces.push({ start, end: ++at, text: replacement, isBad: true });
        continue;
      }
      if (stepped.text === replacement) {
        pieces.push({ start, end: at + stepped.length, text: replacement, isBad: true });
        at += stepped.length;
        continue;
      }
      at += stepped.length;
      let text = stepped.text;
      // Characters in a row are one piece.
      while (at < bytes.length && (bytes[at] ?? 0) >= 0x80) {
        const next = step(bytes, at);
        if (next === undefined || next.text === replacement) break;
        text += next.text;
        at += next.length;
      }
      pieces.push({ start, end: at, text, isBad: false });
    }
    return pieces;
  };
}

/** The characters of a table of `charset-tables.generated.ts`, by index; undefined where there is none. */
export function readTable(lines: string, into: (string | undefined)[] = []): (string | undefined)[] {
  for (const line of lines.split('\n')) {
    const space = line.indexOf(' ');
    let index = Number.parseInt(line.slice(0, space), 36);
    for (const character of line.slice(space + 1)) into[index++] = character;
  }
  return into;
}

/** By character, the first index from `base` on that has it, else the first before. */
export function inverseOf(table: readonly (string | undefined)[], base = 0): Map<string, number> {
  const inverse = new Map<string, number>();
  for (let step = 0; step < table.length; step++) {
    const index = (step + base) % table.length;
    const character = table[index];
    if (character !== undefined && !inverse.has(character)) inverse.set(character, index);
  }
  return inverse;
}

/** Bytes of a text by its characters; undefined if one has none. */
export function encodeBy(bytesOf: (character: string) => readonly number[] | undefined): (text: string) => Uint8Array | undefined {
  return (text) => {
    const bytes: number[] = [];
    for (const character of text) {
      const code = character.charCodeAt(0);
      if (code < 0x80) {
        bytes.push(code);
        continue;
      }
      const own = bytesOf(character);
      if (own === undefined) return undefined;
      for (const byte of own) bytes.push(byte);
    }
    return Uint8Array.from(bytes);
  };
}
