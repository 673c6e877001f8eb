/**
 * Bytes to text and back, exactly.
 *
 * Where decoding and encoding again would not give the same bytes (a damaged file), the raw text is the bytes carried
 * one to one (`latin1`: byte 0xE6 is U+00E6), and the decoding itself is a layer of the ledger. Reconstruction then
 * holds for any bytes with a standard encoder, and the undecodable bytes stand in the ledger. See docs/adr/0003.
 */
import { ConfigError } from '../errors.ts';
import type { Edit, Layer } from '../text/edit.ts';

/** `latin1` means: bytes carried one to one; the first decode layer says what they were read as. */
export type Charset = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';

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

const byteOrderMarks: readonly { readonly charset: Charset; readonly bytes: readonly number[] }[] = [
  { charset: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { charset: 'utf-16le', bytes: [0xff, 0xfe] },
  { charset: 'utf-16be', bytes: [0xfe, 0xff] },
];

/**
 * Encodes raw text.
 *
 * @throws {ConfigError} for a character that `latin1` cannot hold, or for text that `utf-8` cannot (a lone surrogate):
 *   such text did not come from {@link decodeBytes}.
 */
export function encode(text: string, charset: Charset, bom: boolean): Uint8Array {
  const body = Buffer.from(text, charset === 'utf-16be' ? 'utf16le' : charset === 'utf-16le' ? 'utf16le' : charset);
  if (charset === 'utf-16be') body.swap16();
  if (charset === 'latin1' && /[^\0-\xff]/.test(text)) throw new ConfigError('the text holds characters that latin1 does not');
  if (charset === 'utf-8' && !text.isWellFormed()) throw new ConfigError('the text holds a lone surrogate, which utf-8 does not');
  const mark = bom ? byteOrderMarks.find((known) => known.charset === charset)?.bytes : undefined;
  return mark === undefined ? body : Buffer.concat([Buffer.from(mark), body]);
}

/**
 * Decodes UTF-8 (with or without BOM) and UTF-16 with BOM.
 *
 * @param declared a charset that is known, not guessed (the caller encoded the bytes itself): then no BOM is looked for.
 */
export function decodeBytes(bytes: Uint8Array, declared?: Charset): DecodedBytes {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark =
    declared === undefined ? byteOrderMarks.find((known) => known.bytes.every((byte, index) => buffer[index] === byte)) : undefined;
  const charset = mark?.charset ?? declared ?? 'utf-8';
  const body = mark === undefined ? buffer : buffer.subarray(mark.bytes.length);
  if (charset === 'utf-16le' || charset === 'utf-16be') return decodeUtf16(buffer, body, charset, mark !== undefined);
  try {
    const raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    return { charset: 'utf-8', bom: mark !== undefined, raw, layers: [], undecodable: [] };
  } catch {
    return carryDamagedUtf8(buffer);
  }
}

function decodeUtf16(buffer: Buffer, body: Buffer, charset: 'utf-16le' | 'utf-16be', bom: boolean): DecodedBytes {
  const whole = body.length - (body.length % 2);
  const even = Buffer.from(body.subarray(0, whole));
  if (charset === 'utf-16be') even.swap16();
  const text = even.toString('utf16le');
  if (whole === body.length) return { charset, bom, raw: text, layers: [], undecodable: [] };
  // An odd byte at the end cannot be written as UTF-16: carry the file.
  const raw = buffer.toString('latin1');
  const edits = [{ at: 0, removed: raw, inserted: `${text}\ufffd` }];
  return {
    charset: 'latin1',
    bom: false,
    raw,
    layers: [{ stage: 'decode', rule: charset, edits }],
    undecodable: [{ at: buffer.length - 1, bytes: 1 }],
  };
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
