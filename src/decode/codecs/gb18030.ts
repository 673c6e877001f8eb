/**
 * GB 18030, and GBK and GB 2312 in it, one to four bytes a character. Node's own decoder is asked for every code once, some milliseconds, so
 * that the way back is its exact inverse.
 */
import { codeTable } from '../../clean/encodings.ts';
import { type Codec, encodeBy, piecesBy } from '../codec.ts';

/** Four-byte codes of the basic plane, 81 30 81 30 to 84 31 A4 39; those of the other planes stand in a row from 90 30 81 30 on. */
const basicCodes = 39420;
const firstOfOthers = 189000;
let four: { readonly texts: readonly string[]; readonly linearOf: ReadonlyMap<string, number> } | undefined;

function bytesOfLinear(linear: number): readonly [number, number, number, number] {
  const fourth = 0x30 + (linear % 10);
  const third = 0x81 + (Math.floor(linear / 10) % 126);
  const second = 0x30 + (Math.floor(linear / 1260) % 10);
  return [0x81 + Math.floor(linear / 12600), second, third, fourth];
}

function fourByteCodes(): NonNullable<typeof four> {
  if (four !== undefined) return four;
  const all = new Uint8Array(basicCodes * 4);
  for (let linear = 0; linear < basicCodes; linear++) all.set(bytesOfLinear(linear), linear * 4);
  const texts = Array.from(new TextDecoder('gb18030').decode(all));
  four = { texts, linearOf: new Map(texts.map((text, linear) => [text, linear])) };
  return four;
}

export const gb18030: Codec<'gb18030'> = {
  charset: 'gb18030',
  pieces: piecesBy((bytes, at) => {
    const [lead = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
    if (second >= 0x30 && second <= 0x39) {
      const isFour = lead >= 0x81 && third >= 0x81 && third <= 0xfe && fourth >= 0x30 && fourth <= 0x39;
      if (!isFour) return undefined;
      const linear = (((lead - 0x81) * 10 + second - 0x30) * 126 + third - 0x81) * 10 + fourth - 0x30;
      if (linear < basicCodes) return textOf(4, fourByteCodes().texts[linear]);
      const code = linear - firstOfOthers + 0x10000;
      return linear >= firstOfOthers && code <= 0x10ffff ? { length: 4, text: String.fromCodePoint(code) } : undefined;
    }
    const unit = codeTable('gbk').unitOf[(lead << 8) | second] ?? 0;
    return unit === 0 ? undefined : { length: 2, text: String.fromCharCode(unit) };
  }),
  encode: encodeBy((character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code >= 0x10000) return bytesOfLinear(code - 0x10000 + firstOfOthers);
    const two = codeTable('gbk').bytesOf[code] ?? 0;
    if (two !== 0) return two < 0x100 ? [two] : [two >> 8, two & 0xff];
    const linear = fourByteCodes().linearOf.get(character);
    return linear === undefined ? undefined : bytesOfLinear(linear);
  }),
};

function textOf(length: number, text: string | undefined): { readonly length: number; readonly text: string } | undefined {
  return text === undefined || text === '\ufffd' ? undefined : { length, text };
}
