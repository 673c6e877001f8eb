/**
 * Unpacks ZIP archives that may be damaged or made to harm: what they unpack to is counted while it comes, and no size that they claim is
 * trusted. Source: PKWARE's APPNOTE 6.3.10, 4.3 to 4.6.
 */
import { crc32 } from 'node:zlib';
import { Inflate } from 'fflate';
import { FormatError } from './format.ts';

export interface UnzipOptions {
  /** Bytes that the members may have in all. */
  readonly maxUnpacked: number;
  /** Members that the archive may list; 10 000 if not given. */
  readonly maxEntries?: number;
  /** Which members are unpacked; all if not given. The names of the others are checked all the same. */
  readonly only?: (name: string) => boolean;
}

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Of its local header. */
  readonly offset: number;
}

const signatures = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50 };
const endLength = 22;
const longestComment = 0xffff;
const unset32 = 0xffff_ffff;
/** Bytes that are inflated at a time: Deflate yields at most 1032 bytes for one. */
const chunk = 4096;

const broken = (why: string, cause?: unknown): FormatError =>
  new FormatError('broken-format', `the ZIP archive is damaged: ${why}; copy it again or pack it anew`, { cause });

/** The files of an archive by their names, in the archive's order. @throws {FormatError} */
export function unzip(bytes: Uint8Array, { maxUnpacked, maxEntries = 10_000, only = () => true }: UnzipOptions): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const files = new Map<string, Uint8Array>();
  let room = maxUnpacked;
  try {
    for (const entry of entriesOf(bytes, view, maxEntries)) {
      refuseUnsafe(entry.name);
      if (entry.name.endsWith('/') || !only(entry.name)) continue;
      if (files.has(entry.name)) throw broken(`it holds ${entry.name} twice`);
      const file = unpack(bytes, view, entry, room, maxUnpacked);
      room -= file.length;
      files.set(entry.name, file);
    }
  } catch (error) {
    // Offsets that lead out of the archive.
    if (error instanceof RangeError) throw broken('it ends too early', error);
    throw error;
  }
  return files;
}

/** The members that the central directory lists: what is between them is not looked at. */
function* entriesOf(bytes: Uint8Array, view: DataView, maxEntries: number): Generator<Entry> {
  const { start, end, count, shift } = directoryOf(view);
  if (count > maxEntries) throw new FormatError('too-large', `the ZIP archive has ${count} members, the limit is ${maxEntries}; split it`);
  let at = start;
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== signatures.entry) throw broken('its directory is cut');
    const flags = view.getUint16(at + 8, true);
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    if (extraEnd > end) throw broken('its directory is cut');
    const long = longFields(view, nameEnd, extraEnd);
    const size = view.getUint32(at + 24, true);
    const packed = view.getUint32(at + 20, true);
    const offset = view.getUint32(at + 42, true);
    yield {
      name: decodeName(bytes.subarray(at + 46, nameEnd), (flags & 0x800) !== 0),
      flags,
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      // In this order the extra field holds those that have no room.
      size: size === unset32 ? long() : size,
      packed: packed === unset32 ? long() : packed,
      offset: shift + (offset === unset32 ? long() : offset),
    };
    at = extraEnd + view.getUint16(at + 32, true);
  }
}

interface Directory {
  readonly start: number;
  readonly end: number;
  readonly count: number;
  /** Bytes that stand before the archive: a program that unpacks it. */
  readonly shift: number;
}

function directoryOf(view: DataView): Directory {
  const last = view.byteLength - endLength;
  let at = last;
  while (at >= 0 && !(view.getUint32(at, true) === signatures.end && at + endLength + view.getUint16(at + 20, true) <= view.byteLength)) {
    at = at <= last - longestComment ? -1 : at - 1;
  }
  if (at < 0) throw broken('its directory is missing');
  const count = view.getUint16(at + 10, true);
  const length = view.getUint32(at + 12, true);
  const offset = view.getUint32(at + 16, true);
  if (at >= 20 && view.getUint32(at - 20, true) === signatures.locator64) {
    const end = readLong(view, at - 12);
    if (view.getUint32(end, true) !== signatures.end64) throw broken('its directory is missing');
    return directory(end, readLong(view, end + 32), readLong(view, end + 40), readLong(view, end + 48));
  }
  return directory(at, count, length, offset);
}

function directory(end: number, count: number, length: number, offset: number): Directory {
  const start = end - length;
  if (start < 0 || start < offset) throw broken('its directory is cut');
  return { start, end, count, shift: start - offset };
}

function readLong(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw broken('a size is beyond any file');
  return Number(value);
}

/** Reads the next field of eight bytes from the extra field of ZIP64 (APPNOTE 4.5.3). */
function longFields(view: DataView, start: number, end: number): () => number {
  let at = start;
  while (at + 4 <= end && view.getUint16(at, true) !== 1) at += 4 + view.getUint16(at + 2, true);
  at += 4;
  return () => {
    if (at + 8 > end) throw broken('a size is missing');
    at += 8;
    return readLong(view, at - 8);
  };
}

/** A member's bytes, checked against the sum that the archive has of them. */
function unpack(bytes: Uint8Array, view: DataView, entry: Entry, room: number, maxUnpacked: number): Uint8Array {
  const { name, flags, method, packed, offset } = entry;
  if ((flags & 0x2041) !== 0) throw new FormatError('encrypted', `${name} in the ZIP archive is encrypted; pack it without a password`);
  if (view.getUint32(offset, true) !== signatures.local) throw broken(`${name} is not where the directory says`);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw broken(`${name} is cut`);
  const data = bytes.subarray(start, start + packed);
  const tooLarge = (): FormatError =>
    new FormatError('too-large', `the ZIP archive unpacks to more than ${maxUnpacked} bytes; split it into smaller ones`);
  if (method !== 0 && method !== 8) {
    throw new FormatError(
      'unsupported-format',
      `${name} is packed by method ${method}, which is not read; pack it as an ordinary ZIP (Deflate)`,
    );
  }
  if (method === 0 && packed > room) throw tooLarge();
  const file = method === 0 ? data.slice() : inflate(data, name, room, tooLarge);
  if (file.length !== entry.size || crc32(file) !== entry.crc) throw broken(`${name} is not what was packed`);
  return file;
}

function inflate(data: Uint8Array, name: string, room: number, tooLarge: () => FormatError): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((part) => {
    length += part.length;
    if (length > room) throw tooLarge();
    if (part.length > 0) parts.push(part);
  });
  try {
    for (let at = 0; at === 0 || at < data.length; at += chunk) stream.push(data.subarray(at, at + chunk), at + chunk >= data.length);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw broken(`${name} cannot be unpacked`, error);
  }
  const file = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/**
 * UTF-8 where the flag says so (APPNOTE, D.1). macOS sets no flag: what is UTF-8 and holds characters of three bytes is that too. Else the
 * code page of a Chinese Windows.
 */
function decodeName(bytes: Uint8Array, isUtf8: boolean): string {
  const decoded = decodeStrictly('utf-8', bytes);
  if (decoded !== undefined && (isUtf8 || /^[\0-\x7f]*$|[\u0800-\uffff]/.test(decoded))) return decoded;
  return decodeStrictly('gb18030', bytes) ?? Buffer.from(bytes).toString('latin1');
}

function decodeStrictly(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Names that lead out of the folder that an archive is unpacked to. @throws {FormatError} `unsafe-path`. */
export function refuseUnsafe(name: string): void {
  if (!/^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0/.test(name) && name !== '') return;
  throw new FormatError('unsafe-path', `the archive holds the path ${JSON.stringify(name)}, which leads out of it; pack it anew`);
}
