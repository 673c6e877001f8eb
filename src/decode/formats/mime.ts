/**
 * The parts of a MIME message and where they stand in its bytes. Source: RFC 2045, RFC 2046.
 *
 * Libraries (postal-mime, mailparser) give the text of a part as its declared charset has it, not its bytes: what declares gb2312 and is Big5,
 * or a charset that nobody knows, would be lost.
 */
import { FormatError } from './format.ts';
import { decodeWords, type Headers, readField, readHeaders } from './mime-header.ts';
import { undoTransfer } from './mime-text.ts';

export interface Part {
  readonly headers: Headers;
  /** In lower case: `text/plain`. */
  readonly type: string;
  /** Of the type: `charset`, `format`, `start`. */
  readonly parameters: ReadonlyMap<string, string>;
  /** In lower case: `attachment`, `inline` or ''. */
  readonly disposition: string;
  /** Of the file that it is, without folders. */
  readonly name?: string;
  /** Where its content stands in the bytes. */
  readonly start: number;
  readonly end: number;
  /** Of a multipart. */
  readonly parts: readonly Part[];
}

/** A line: `end` is behind its break. */
interface ByteLine {
  readonly start: number;
  readonly end: number;
}

/** A delimiter that ends a part: that of the multipart at this level, between parts or behind the last. */
interface Stop {
  readonly level: number;
  readonly closes: boolean;
  readonly start: number;
}

const mostParts = 2000;

/** Reads the tree of parts. What is damaged is read as far as it can be. @throws {FormatError} `too-deep`, `too-large`. */
export function parseMime(bytes: Uint8Array, maxDepth: number): Part {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  /** Levels of the multiparts that are open, by their delimiters. */
  const open = new Map<string, number>();
  let at = 0;
  let count = 0;

  const nextLine = (): ByteLine | undefined => {
    if (at >= buffer.length) return undefined;
    const start = at;
    const feed = buffer.indexOf(0x0a, start);
    at = feed === -1 ? buffer.length : feed + 1;
    return { start, end: at };
  };
  const stopAt = ({ start, end }: ByteLine): Stop | undefined => {
    if (buffer[start] !== 0x2d || buffer[start + 1] !== 0x2d || end - start > 300) return undefined;
    const line = buffer.toString('latin1', start + 2, end).trimEnd();
    const level = open.get(line);
    if (level !== undefined) return { level, closes: false, start };
    const closed = line.endsWith('--') ? open.get(line.slice(0, -2)) : undefined;
    return closed === undefined ? undefined : { level: closed, closes: true, start };
  };
  const skipToStop = (): Stop | undefined => {
    for (let line = nextLine(); line !== undefined; line = nextLine()) {
      const stop = stopAt(line);
      if (stop !== undefined) return stop;
    }
    return undefined;
  };
  /** Headers up to the blank line, or to what is none. */
  const headersHere = (): { readonly headers: Headers; readonly stop: Stop | undefined } => {
    const start = at;
    for (let line = nextLine(); line !== undefined; line = nextLine()) {
      const stop = stopAt(line);
      if (stop !== undefined) return { headers: readHeaders(buffer.subarray(start, line.start)), stop };
      const text = buffer.toString('latin1', line.start, Math.min(line.end, line.start + 200));
      if (text.trim() === '') return { headers: readHeaders(buffer.subarray(start, line.start)), stop: undefined };
      if (/^[ \t]|^[!-9;-~]+[ \t]*:|^From |^>From /.test(text)) continue;
      at = line.start;
      break;
    }
    return { headers: readHeaders(buffer.subarray(start, at)), stop: undefined };
  };
  const readPart = (level: number, standard: string): { readonly part: Part; readonly stop: Stop | undefined } => {
    if (level > maxDepth)
      throw new FormatError('too-deep', `parts are nested more than ${maxDepth} deep; save the mail's text and drop that`);
    if (++count > mostParts)
      throw new FormatError('too-large', `the mail has more than ${mostParts} parts; save its text or its attachments and drop those`);
    const { headers, stop: early } = headersHere();
    const { value: type, parameters } = readField(headers.get('content-type') ?? standard);
    const { value: disposition, parameters: more } = readField(headers.get('content-disposition'));
    const name = nameOf(more.get('filename') ?? parameters.get('name'));
    const start = early?.start ?? at;
    const own = { headers, type: type === '' ? standard : type, parameters, disposition, ...(name !== '' && { name }), start };
    if (early !== undefined) return { part: { ...own, end: start, parts: [] }, stop: early };
    const boundary = type.startsWith('multipart/')
      ? Buffer.from(parameters.get('boundary') ?? '')
          .toString('latin1')
          .trimEnd()
      : '';
    const parts: Part[] = [];
    let stop: Stop | undefined;
    if (boundary === '') stop = skipToStop();
    else {
      const outer = open.get(boundary);
      open.set(boundary, level);
      stop = skipToStop();
      while (stop?.level === level && !stop.closes) {
        const read = readPart(level + 1, type === 'multipart/digest' ? 'message/rfc822' : 'text/plain');
        parts.push(read.part);
        stop = read.stop;
      }
      if (outer === undefined) open.delete(boundary);
      else open.set(boundary, outer);
      // What stands behind the last part belongs to nothing.
      if (stop?.level === level) stop = skipToStop();
    }
    const end = stop === undefined ? buffer.length : beforeBreak(buffer, stop.start);
    // A multipart without parts is its text.
    const isText = parts.length === 0 && type.startsWith('multipart/');
    return { part: { ...own, ...(isText && { type: 'text/plain' }), end: Math.max(start, end), parts }, stop };
  };

  while (at < buffer.length && /[\s\xef\xbb\xbf]/.test(String.fromCharCode(buffer[at] ?? 0))) at++;
  return readPart(0, 'text/plain').part;
}

/** The line break before a delimiter belongs to it. */
function beforeBreak(buffer: Buffer, at: number): number {
  if (buffer[at - 1] !== 0x0a) return at;
  return buffer[at - 2] === 0x0d ? at - 2 : at - 1;
}

function nameOf(written = ''): string {
  return decodeWords(written)
    .replaceAll(/[\0-\x1f\x7f]/g, '')
    .replace(/^.*[/\\]/, '')
    .trim();
}

/** The bytes that a part carries. */
export function contentOf(bytes: Uint8Array, { start, end, headers }: Part): Uint8Array {
  return undoTransfer(bytes.subarray(start, end), headers.get('content-transfer-encoding') ?? '');
}

/** The part of a multipart/related that is shown: the one that it names, or its first. Source: RFC 2387. */
export function rootOf({ parts, parameters }: Part): Part | undefined {
  const start = parameters.get('start');
  return (start === undefined ? undefined : parts.find(({ headers }) => headers.get('content-id') === start)) ?? parts[0];
}
