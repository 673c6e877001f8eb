/** Which format a file is in, by what it holds; a name may lie. Cheap: a plain text is told by its first characters. */

import { fieldOf } from './field-names.ts';
import { isMarkdown } from './markdown-signs.ts';

/** Formats of bytes, by their signatures. Source: the formats' specifications. */
export type BinaryFormat = 'docx' | 'odt' | 'xlsx' | 'pdf' | 'zip' | 'gzip' | 'zstd' | 'tar';
/** Formats of text. */
export type TextFormat =
  | 'html'
  | 'mhtml'
  | 'eml'
  | 'rtf'
  | 'feed'
  | 'nitf'
  | 'newsml-g2'
  | 'cnml'
  | 'ninjs'
  | 'json'
  | 'jsonl'
  | 'csv'
  | 'markdown';
export type FormatId = 'text' | BinaryFormat | TextFormat;

/** Files that are never read, by their first bytes, with what to do. */
const unread: readonly { readonly start: string; readonly code: 'binary' | 'unsupported-format'; readonly message: string }[] = [
  {
    start: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
    code: 'unsupported-format',
    message: 'the file is a legacy Office file (.doc, .xls, .ppt); save it as .docx, .xlsx or text and drop that',
  },
  { start: '\x89PNG\r\n', code: 'binary', message: 'the file is a PNG picture; extract its text and drop that' },
  { start: '\xff\xd8\xff', code: 'binary', message: 'the file is a JPEG picture; extract its text and drop that' },
  { start: 'GIF8', code: 'binary', message: 'the file is a GIF picture; extract its text and drop that' },
  {
    start: 'Rar!\x1a\x07',
    code: 'unsupported-format',
    message: 'the file is a RAR archive, which is not read; pack it as ZIP or drop its files',
  },
  {
    start: "7z\xbc\xaf'\x1c",
    code: 'unsupported-format',
    message: 'the file is a 7z archive, which is not read; pack it as ZIP or drop its files',
  },
];

/** Why bytes are not read at all, or undefined. */
export function refuseUnread(bytes: Uint8Array): { readonly code: 'binary' | 'unsupported-format'; readonly message: string } | undefined {
  const head = latin1(bytes, 0, 16);
  const known = unread.find(({ start }) => head.startsWith(start));
  return known && { code: known.code, message: known.message };
}

/** A format that is told by its bytes. */
export function sniffBytes(bytes: Uint8Array): BinaryFormat | undefined {
  const head = latin1(bytes, 0, 1024);
  if (/^(?:PK\x03\x04|PK\x05\x06)/.test(head)) return sniffZip(bytes);
  if (head.startsWith('\x1f\x8b\x08')) return 'gzip';
  if (/^(?:\x28|[\x50-\x5f]\x2a\x4d\x18[\s\S]{4,64}\x28)\xb5\x2f\xfd/.test(head)) return 'zstd';
  // A header of a transfer may stand before it; readers look a thousand bytes ahead.
  if (/^%PDF-\d/m.test(head)) return 'pdf';
  if (head.slice(257, 262) === 'ustar') return 'tar';
  return undefined;
}

/** Office files are ZIP archives with a part of a known name. */
function sniffZip(bytes: Uint8Array): BinaryFormat {
  const names = latin1(bytes, Math.max(0, bytes.length - 65_536), bytes.length) + latin1(bytes, 0, 4096);
  if (names.includes('word/document.xml')) return 'docx';
  if (names.includes('xl/workbook.xml')) return 'xlsx';
  if (names.includes('mimetypeapplication/vnd.oasis.opendocument.text')) return 'odt';
  return 'zip';
}

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, Math.min(end, bytes.length));
}

const html = /^(?:html|head|body|meta|title)$/;
const block = /<(?:p|div|article|section|h[1-6]|table|span|br)\b[^<>]{0,500}>/gi;
const mailHeader =
  /^(?:From|To|Cc|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|Content-Transfer-Encoding|Reply-To|X-[\w-]+|DKIM-Signature|Sender|Snapshot-Content-Location):[ \t]/i;

/** A format that is told by the text; undefined for plain text. */
export function sniffText(text: string): TextFormat | undefined {
  const head = text.slice(0, 20_000).replace(/^[\ufeff\s]+/, '');
  if (head.startsWith('{\\rtf')) return 'rtf';
  if (head.startsWith('<')) return sniffMarkup(head);
  if (head.startsWith('{') || head.startsWith('[')) return sniffJson(text);
  if (mailHeader.test(head) || /^From \S+.{0,80}\n[\w-]+:/.test(head)) return sniffMail(head);
  if (isCsv(head)) return 'csv';
  return isMarkdown(text) ? 'markdown' : undefined;
}

/** What may stand before the root element. */
const prolog = [/<\?[^>]*>/y, /<!--[\s\S]*?-->/y, /<!doctype[^>[]*(?:\[[^\]]*\])?[^>]*>/iy, /\s+/y];

/** The name of the first element, in lower case and without a prefix. */
function rootOf(head: string): string {
  let at = 0;
  for (let end = -1; end !== at; ) {
    end = at;
    for (const part of prolog) {
      part.lastIndex = at;
      if (part.test(head)) at = part.lastIndex;
    }
  }
  return (/^<(?:[\w.-]+:)?([\w.-]+)/.exec(head.slice(at, at + 100))?.[1] ?? '').toLowerCase();
}

function sniffMarkup(head: string): TextFormat | undefined {
  const name = rootOf(head);
  if (name === 'nitf') return 'nitf';
  if (['newsmessage', 'newsitem', 'packageitem'].includes(name)) return 'newsml-g2';
  if (['rss', 'feed', 'rdf'].includes(name)) return 'feed';
  if (name === 'cnml') return 'cnml';
  if (html.test(name)) return 'html';
  // A fragment of a page: it begins with a tag, and several more of blocks follow.
  return (head.match(block)?.length ?? 0) >= 3 ? 'html' : undefined;
}

function sniffMail(head: string): TextFormat | undefined {
  const [headers = ''] = head.split(/\r?\n\r?\n/, 1);
  const names = new Set([...headers.matchAll(/^([\w-]+):/gm)].map(([, name]) => (name ?? '').toLowerCase()));
  const known = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version', 'content-type', 'received'].filter((name) =>
    names.has(name),
  );
  if (known.length < 2 || !/^(?:[\w-]+:.*|[ \t].*|From .*|)$/.test(headers.split(/\r?\n/).at(-1) ?? '')) return undefined;
  return /^content-type:\s*multipart\/related/im.test(headers) && !names.has('to') && !names.has('received') ? 'mhtml' : 'eml';
}

function sniffJson(text: string): TextFormat | undefined {
  const lines = text.trim().split('\n');
  const isObject = (line: string): boolean => /^\s*\{.*\}\s*$/.test(line) && isJson(line);
  const [first = '', second] = lines;
  if (second !== undefined && isObject(first) && lines.some((line, index) => index > 0 && isObject(line))) return 'jsonl';
  if (!isJson(text)) return undefined;
  return /"(?:uri|standard)"\s*:/.test(text) && /"(?:bodies|body_text|body_html|headlines|headline)"\s*:/.test(text) ? 'ninjs' : 'json';
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}

/** A header that names a column of text and another, and a row below it. */
function isCsv(head: string): boolean {
  const [header = '', row] = head.split(/\r?\n/, 2);
  if (row === undefined || header.length > 500) return false;
  return [',', '\t', ';'].some((mark) => {
    const fields = header.split(mark).map((name) => fieldOf(name.trim().replace(/^"(.*)"$/, '$1')));
    return fields.includes('text') && fields.some((field) => field !== undefined && field !== 'text');
  });
}
