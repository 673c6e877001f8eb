/** UTF-16 and UTF-32 in both orders of bytes. A byte that is left over at the end stands for nothing. */
import type { Codec, Piece } from '../codec.ts';
import { replacement } from '../codec.ts';

function utf16<Name extends 'utf-16le' | 'utf-16be'>(charset: Name): Codec<Name> {
  const swapped = (bytes: Buffer) => (charset === 'utf-16be' ? Buffer.from(bytes).swap16() : bytes);
  return {
    charset,
    pieces: (bytes) => whole(bytes, 2, (even) => swapped(even).toString('utf16le')),
    encode: (text) => swapped(Buffer.from(text, 'utf16le')),
  };
}

function utf32<Name extends 'utf-32le' | 'utf-32be'>(charset: Name): Codec<Name> {
  const isLittle = charset === 'utf-32le';
  return {
    charset,
    pieces: (bytes) =>
      whole(bytes, 4, (even) => {
        let text = '';
        for (let at = 0; at < even.length; at += 4) {
          const code = isLittle ? even.readUInt32LE(at) : even.readUInt32BE(at);
          text += code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) ? replacement : String.fromCodePoint(code);
        }
        return text;
      }),
    encode: (text) => {
      const characters = Array.from(text);
      const bytes = Buffer.alloc(characters.length * 4);
      for (const [index, character] of characters.entries()) {
        const code = character.codePointAt(0) ?? 0;
        if (isLittle) bytes.writeUInt32LE(code, index * 4);
        else bytes.writeUInt32BE(code, index * 4);
      }
      return bytes;
    },
  };
}

function whole(bytes: Buffer, size: number, read: (even: Buffer) => string): Piece[] {
  const end = bytes.length - (bytes.length % size);
  const pieces: Piece[] = [{ start: 0, end, text: read(bytes.subarray(0, end)), isBad: false }];
  if (end < bytes.length) pieces.push({ start: end, end: bytes.length, text: replacement, isBad: true });
  return pieces;
}

export const utf16le = utf16('utf-16le');
export const utf16be = utf16('utf-16be');
export const utf32le = utf32('utf-32le');
export const utf32be = utf32('utf-32be');
