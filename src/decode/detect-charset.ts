/**
 * Which charset bytes are in that are no UTF-8 and have no byte order mark. Every charset reads a sample, from its first byte and, since a file
 * may be cut in the midst of a character, from the next ones; the reading that looks most like news wins.
 */
import { looksOf } from '../clean/encodings.ts';
import type { Codec, Piece } from './codec.ts';
import { big5Hkscs, big5Uao } from './codecs/big5.ts';
import { eucTw, hz, iso2022Cn, iso2022CnFrom } from './codecs/cns.ts';
import { gb18030 } from './codecs/gb18030.ts';
import { utf16be, utf16le, utf32be, utf32le } from './codecs/wide.ts';

/** In the order that they win in where they read alike: what is commoner before what is rarer. */
const candidates = [gb18030, big5Hkscs, big5Uao, eucTw, utf16le, utf16be, utf32le, utf32be] as const;
const escaped = [hz, iso2022Cn] as const;
export const codecs = [...candidates, ...escaped] as const;

export type LegacyCharset = (typeof codecs)[number]['charset'];

export interface Detected {
  readonly codec: Codec<LegacyCharset>;
  /** Bytes before the first whole character. */
  readonly skip: number;
  /** How much the sample looks like news, in bits; see {@link looksOf}. */
  readonly bits: number;
}

/** Bytes that are read to tell. A number that every width of character divides. */
const sampleBytes = 6000;
/** Bits against what hardly anybody writes any more: what it reads otherwise than a commoner charset has to tell. */
const rarity: Partial<Record<LegacyCharset, number>> = { 'big5-uao': 4, 'euc-tw': 2 };
/** Bits for UTF-32 where every four bytes are a character: of other bytes hardly four are. */
const bitsOfWide = 20;
/** Bits against a reading that begins behind the first byte: else a rare character there would be given up for half of it. */
const bitsOfSkip = 7;
/** Bits that a byte which stands for nothing speaks against a charset. */
const bitsOfBad = 8;
const widthOf: Partial<Record<LegacyCharset, number>> = { 'utf-32le': 4, 'utf-32be': 4 };

/** Bits for what a meta element or an XML declaration says: evidence, which what the bytes read as overrules. */
const bitsOfDeclared = 6;
const labels: readonly (readonly [RegExp, LegacyCharset])[] = [
  [/^(?:gb_?2312(?:-80)?|gbk|x-gbk|gb18030|cp936|windows-936)$/i, 'gb18030'],
  [/^(?:big5|big5-hkscs|x-x-big5|cn-big5|cp950)$/i, 'big5-hkscs'],
  [/^(?:x-)?euc-tw$/i, 'euc-tw'],
];

function declaredIn(bytes: Buffer): LegacyCharset | undefined {
  const declaration = /<(?:meta|\?xml)\b[^<>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*[\w.:-]{2,40}/i;
  return charsetIn(declaration.exec(bytes.toString('latin1'))?.[0] ?? '');
}

function charsetIn(text: string): LegacyCharset | undefined {
  const label = /(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(text)?.[1];
  return label === undefined ? undefined : labels.find(([pattern]) => pattern.test(label))?.[1];
}

/** The bytes that tell: of a long run of ASCII, as the head of a web page is, the ends alone. */
export function sampleOf(bytes: Buffer): Buffer {
  const head = bytes.subarray(0, sampleBytes * 20);
  if (head.length <= sampleBytes || head.includes(0)) return bytes.subarray(0, sampleBytes);
  // The first byte of a run may be the second of a character.
  const telling = head.toString('latin1').replaceAll(/([\t-\x7e]{256})[\t-\x7e]{256,}([\t-\x7e]{16})/g, '$1$2');
  return Buffer.from(telling, 'latin1').subarray(0, sampleBytes);
}

/** The best reading; undefined if none looks like Chinese news. */
export function detectCharset(bytes: Buffer, contentType?: string): Detected | undefined {
  const sample = sampleOf(bytes);
  const isCut = sample.length === sampleBytes;
  const declared = charsetIn(contentType ?? '') ?? declaredIn(sample);
  let best: Detected | undefined;
  for (const codec of candidates) {
    for (let skip = 0; skip < (widthOf[codec.charset] ?? 2); skip++) {
      const pieces = codec.pieces(sample.subarray(skip));
      const isWide = widthOf[codec.charset] !== undefined && !pieces.some(({ text, isBad }) => !isBad && text.includes('\ufffd'));
      const prior =
        (isWide ? bitsOfWide : 0) -
        (skip > 0 ? bitsOfSkip : 0) -
        (rarity[codec.charset] ?? 0) +
        (declared === codec.charset ? bitsOfDeclared : 0);
      const bits = bitsOf(pieces, sample.subarray(skip), isCut) + prior;
      if (bits > (best?.bits ?? 0)) best = { codec, skip, bits };
    }
  }
  return best;
}

/** Bits from which seven-bit bytes without an escape are Chinese: a word of Latin read so is not. */
const leastWithoutEscapes = 40;

/** HZ or ISO-2022-CN, where bytes of seven bits have their escapes and read as Chinese. */
export function detectEscaped(bytes: Buffer): Detected | undefined {
  const text = bytes.toString('latin1');
  const hasEscapes = /\x1b[$N]|[\x0e\x0f]/.test(text);
  const isHz = /~[{}]/.test(text);
  let best: Detected | undefined;
  // A file that was cut may begin between its escapes, or hold none at all.
  const starts = [...(isHz ? [hz] : []), ...(hasEscapes ? [iso2022Cn] : []), iso2022CnFrom('gb'), iso2022CnFrom(1)];
  for (const codec of starts) {
    for (const skip of codec === hz || codec === iso2022Cn ? [0] : [0, 1]) {
      const bits = bitsOf(codec.pieces(bytes.subarray(skip)), bytes.subarray(skip), false) - skip * bitsOfBad;
      if (bits > (best?.bits ?? (hasEscapes || isHz ? 0 : leastWithoutEscapes))) best = { codec, skip, bits };
    }
  }
  return best;
}

function bitsOf(pieces: readonly Piece[], bytes: Buffer, isCut: boolean): number {
  let bits = 0;
  let controls = 0;
  for (const { text, isBad, end } of pieces) {
    // The last character of a sample may be half of one.
    if (isBad) bits -= isCut && end === bytes.length ? 0 : bitsOfBad;
    else {
      bits += looksOf(text).bits;
      controls += text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]/g)?.length ?? 0;
    }
  }
  return bits - controls * bitsOfBad;
}
