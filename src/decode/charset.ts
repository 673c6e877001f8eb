/**
 * Bytes to text and back, exactly.
 *
 * Where decoding and encoding again would not give the same bytes (a damaged file), the raw text is the bytes carried
 * one to one (`latin1`: byte 0xE6 is U+00E6), and the decoding itself is a layer of the ledger. Reconstruction then
 * holds for any bytes with a standard encoder, and the undecodable bytes stand in the ledger. See docs/adr/0003.
 */

import { looksOf } from '../clean/encodings.ts';
import { ConfigError } from '../errors.ts';
import type { Edit, Layer } from '../text/edit.ts';
import { type Codec, type Piece, replacement } from './codec.ts';
import { codecs, detectCharset, detectEscaped, type LegacyCharset, sampleOf } from './detect-charset.ts';

/** `latin1` means: bytes carried one to one; the first decode layer says what they were read as. */
export type Charset = 'utf-8' | 'latin1' | LegacyCharset;

export interface DecodedBytes {
  readonly charset: Charset;
  readonly bom: boolean;
  /** The raw text: {@link encode} of it with `charset` and `bom` gives the bytes. It may hold lone surrogates. */
  readonly raw: string;
  /** Layers of stage `decode` that turn the raw text into Unicode text. */
  readonly layers: readonly Layer[];
  /** Places (byte offset, length in bytes) that could not be decoded and read as U+FFFD. */
  readonly undecodable: readonly { readonly at: number; readonly bytes: number }[];
}

/** The longer ones first: FF FE 00 00 begins as UTF-16 does. */
const byteOrderMarks: readonly { readonly charset: Charset; readonly bytes: readonly number[] }[] = [
  { charset: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { charset: 'utf-32le', bytes: [0xff, 0xfe, 0, 0] },
  { charset: 'utf-32be', bytes: [0, 0, 0xfe, 0xff] },
  { charset: 'utf-16le', bytes: [0xff, 0xfe] },
  { charset: 'utf-16be', bytes: [0xfe, 0xff] },
];
/** GB 18030 has a mark too: 84 31 95 33 is U+FEFF. It stays in the text, and cleaning takes it out. */

/**
 * Encodes raw text.
 *
 * @throws {ConfigError} for a character that the charset cannot hold: such text did not come from {@link decodeBytes}.
 */
export function encode(text: string, charset: Charset, bom: boolean): Uint8Array {
  if (charset === 'latin1' && /[^\0-\xff]/.test(text)) throw new ConfigError('the text holds characters that latin1 does not');
  if (charset === 'utf-8' && !text.isWellFormed()) throw new ConfigError('the text holds a lone surrogate, which utf-8 does not');
  const body =
    charset === 'utf-8' || charset === 'latin1'
      ? Buffer.from(text, charset)
      : codecs.find((codec) => codec.charset === charset)?.encode?.(text);
  if (body === undefined) throw new ConfigError(`the text holds characters that ${charset} does not`);
  const mark = bom ? byteOrderMarks.find((known) => known.charset === charset)?.bytes : undefined;
  return mark === undefined ? body : Buffer.concat([Buffer.from(mark), body]);
}

/**
 * Decodes the charsets of Chinese: UTF-8, UTF-16 and UTF-32 with a byte order mark or without, GB 18030 (GBK, GB 2312), Big5 with the extensions
 * HKSCS or UAO, EUC-TW, HZ, ISO-2022-CN.
 *
 * @param declared a charset that is known, not guessed (the caller encoded the bytes itself): then no BOM is looked for.
 * @param contentType what the file was sent as; its charset is evidence where the bytes are told.
 */
export function decodeBytes(bytes: Uint8Array, declared?: Charset, contentType?: string): DecodedBytes {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark =
    declared === undefined ? byteOrderMarks.find((known) => known.bytes.every((byte, index) => buffer[index] === byte)) : undefined;
  const known = mark?.charset ?? declared;
  const length = mark?.bytes.length ?? 0;
  const codec = codecs.find(({ charset }) => charset === known);
  if (codec !== undefined) return decodeAs(codec, buffer, length, 0);
  try {
    const raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(buffer.subarray(length));
    const other = known === undefined ? detectBehindUtf8(buffer, raw) : undefined;
    return other ?? { charset: 'utf-8', bom: mark !== undefined, raw, layers: [], undecodable: [] };
  } catch {
    return (known === undefined ? detectBesideUtf8(buffer, contentType) : undefined) ?? carryDamagedUtf8(buffer);
  }
}

/** Bytes that UTF-8 can be read from, and that are in another charset: seven bits with escapes, or NULs between. */
function detectBehindUtf8(buffer: Buffer, raw: string): DecodedBytes | undefined {
  const detected = raw.includes('\0') ? detectCharset(buffer) : /[^\0-\x7f]/.test(raw) ? undefined : detectEscaped(buffer);
  return detected && decodeAs(detected.codec, buffer, 0, detected.skip);
}

/** Bytes that are no UTF-8: damaged, or in a charset that reads more like Chinese than what UTF-8 makes of them. */
function detectBesideUtf8(buffer: Buffer, contentType?: string): DecodedBytes | undefined {
  const detected = detectCharset(buffer, contentType);
  if (detected === undefined) return undefined;
  const damaged = carryDamagedUtf8(sampleOf(buffer));
  const text = damaged.layers[0]?.edits.map(({ inserted }) => inserted).join('') ?? '';
  const lost = damaged.undecodable.reduce((sum, place) => sum + place.bytes, 0);
  if (looksOf(text).bits - lost * 8 >= detected.bits) return undefined;
  return decodeAs(detected.codec, buffer, 0, detected.skip);
}

/** Bytes behind a mark, and behind the rest of a character that was cut, as the charset has them. */
function decodeAs(codec: Codec<LegacyCharset>, buffer: Buffer, mark: number, skip: number): DecodedBytes {
  const body = buffer.subarray(mark);
  const pieces = codec.pieces(body.subarray(skip)).map((piece) => ({ ...piece, start: piece.start + skip, end: piece.end + skip }));
  if (skip > 0) pieces.unshift({ start: 0, end: skip, text: replacement, isBad: true });
  if (!pieces.some(({ isBad }) => isBad)) {
    let raw = '';
    let at = 0;
    for (const { start, end, text } of pieces) {
      raw += body.toString('latin1', at, start) + text;
      at = end;
    }
    raw += body.toString('latin1', at);
    const again = codec.encode?.(raw);
    if (again !== undefined && body.equals(again)) return { charset: codec.charset, bom: mark > 0, raw, layers: [], undecodable: [] };
  }
  return carry(codec.charset, buffer, [
    ...(mark > 0 ? [{ start: 0, end: mark, text: '', isBad: false }] : []),
    ...pieces.map((piece) => ({ ...piece, start: piece.start + mark, end: piece.end + mark })),
  ]);
}

/** The bytes one to one, and what they were read as in a layer. */
function carry(charset: Charset, buffer: Buffer, pieces: readonly Piece[]): DecodedBytes {
  const raw = buffer.toString('latin1');
  const edits = pieces.flatMap(({ start, end, text }): Edit[] => {
    const removed = raw.slice(start, end);
    return removed === text ? [] : [{ at: start, removed, inserted: text }];
  });
  const undecodable = pieces.filter(({ isBad }) => isBad).map(({ start, end }) => ({ at: start, bytes: end - start }));
  const layers: Layer[] = edits.length === 0 ? [] : [{ stage: 'decode', rule: charset, edits }];
  return { charset: 'latin1', bom: false, raw, layers, undecodable };
}

function carryDamagedUtf8(buffer: Buffer): DecodedBytes {
  const raw = buffer.toString('latin1');
  const edits: Edit[] = [];
  const undecodable: { at: number; bytes: number }[] = [];
  for (const run of raw.matchAll(/[\x80-\xff]+/g)) {
    const bytes = buffer.subarray(run.index, run.index + run[0].length);
    let inserted = '';
    for (let at = 0; at < bytes.length; ) {
      const length = sequenceLength(bytes, at);
      if (length === 0) {
        const last = undecodable.at(-1);
        if (last !== undefined && last.at + last.bytes === run.index + at) last.bytes++;
        else undecodable.push({ at: run.index + at, bytes: 1 });
        inserted += '\ufffd';
        at++;
      } else {
        inserted += bytes.toString('utf8', at, at + length);
        at += length;
      }
    }
    if (run.index === 0 && inserted.startsWith('\ufeff')) inserted = inserted.slice(1);
    edits.push({ at: run.index, removed: run[0], inserted });
  }
  return { charset: 'latin1', bom: false, raw, layers: [{ stage: 'decode', rule: 'utf-8', edits }], undecodable };
}

/** Length in bytes of the well-formed UTF-8 sequence at `at`, or 0. Source: The Unicode Standard, table 3-7. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead >= 0xf0 && lead <= 0xf4 ? 4 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xc2 && lead <= 0xdf ? 2 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  for (let next = at + 1; next < at + length; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  const badSecond =
    (lead === 0xe0 && second < 0xa0) ||
    (lead === 0xed && second > 0x9f) ||
    (lead === 0xf0 && second < 0x90) ||
    (lead === 0xf4 && second > 0x8f);
  return badSecond ? 0 : length;
}
