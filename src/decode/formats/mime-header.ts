/** Headers of mails and their parts. Sources: RFC 5322, RFC 2047 (encoded words), RFC 2231 (parameters); and the ways in which mailers stray from them. */
import { decodeText, undoBase64, undoQuotedPrintable } from './mime-text.ts';

/** The first value of each header, unfolded, by its name in lower case; words are still encoded. */
export type Headers = ReadonlyMap<string, string>;

/** A header of a value and parameters: `text/plain; charset=gbk`. */
export interface Field {
  /** In lower case. */
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Characters of a header that are read; more is an attack or an accident. */
const longest = 100_000;

/** Reads a block of headers. Bytes that are no ASCII are in a charset that nothing declares. */
export function readHeaders(block: Uint8Array): Headers {
  const headers = new Map<string, string>();
  let name: string | undefined;
  let lines: string[] = [];
  const flush = (): void => {
    // Of a header that comes twice the first counts.
    if (name !== undefined && !headers.has(name)) headers.set(name, lines.join(' ').slice(0, longest).trim());
  };
  const text = block.some((byte) => byte > 0x7f) ? decodeText(block).text : Buffer.from(block).toString('latin1');
  for (const line of text.split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      lines.push(line.trim());
      continue;
    }
    flush();
    const colon = line.indexOf(':');
    name = colon < 1 ? undefined : line.slice(0, colon).trim().toLowerCase();
    lines = [line.slice(colon + 1)];
  }
  flush();
  return headers;
}

const word = /=\?([^?\s]+)\?([BbQq])\?([^?]*)\?=/g;

/** A header's text: encoded words decoded. Words of one charset in a row are decoded as one: mailers cut characters in two. */
export function decodeWords(text: string): string {
  let decoded = '';
  let at = 0;
  let open: { charset: string; bytes: Uint8Array[] } | undefined;
  const close = (): void => {
    if (open !== undefined) decoded += decodeText(Buffer.concat(open.bytes), open.charset).text;
    open = undefined;
  };
  for (const { index, 0: written, 1: charset = '', 2: encoding = '', 3: content = '' } of text.matchAll(word)) {
    const between = text.slice(at, index);
    // A language may stand behind the charset: gb2312*zh-cn.
    const label = charset.replace(/\*.*$/, '').toLowerCase();
    const isNext = open !== undefined && /^\s*$/.test(between);
    if (!isNext || open?.charset !== label) close();
    if (!isNext) decoded += between;
    open ??= { charset: label, bytes: [] };
    open.bytes.push(/b/i.test(encoding) ? undoBase64(content) : undoQuotedPrintable(content.replaceAll('_', ' ')));
    at = index + written.length;
  }
  close();
  return decoded + text.slice(at);
}

const parameter = /;\s*([^\s=;*]+)(?:\*(\d{1,3}))?(\*)?\s*=\s*(?:"((?:[^"\\]|\\[\s\S])*)"|([^;]*))/g;

/** Reads a value and its parameters, with names in parts and in charsets. */
export function readField(header = ''): Field {
  const parameters = new Map<string, string>();
  const parts = new Map<string, { readonly number: number; readonly isEncoded: boolean; readonly value: string }[]>();
  for (const [, key = '', number, star, quoted, bare = ''] of header.matchAll(parameter)) {
    const name = key.toLowerCase();
    const value = quoted === undefined ? bare.trim() : quoted.replaceAll(/\\(["\\])/g, '$1');
    if (number === undefined && star === undefined) {
      if (!parameters.has(name)) parameters.set(name, value);
      continue;
    }
    const own = parts.get(name) ?? [];
    own.push({ number: Number(number ?? 0), isEncoded: star !== undefined, value });
    parts.set(name, own);
  }
  for (const [name, own] of parts) {
    own.sort((a, b) => a.number - b.number);
    const [, charset = '', first] = (own[0]?.isEncoded && /^([^']*)'[^']*'([\s\S]*)$/.exec(own[0].value)) || [];
    const bytes = own.map(({ value, isEncoded }, index) => {
      const written = index === 0 ? (first ?? value) : value;
      return isEncoded ? undoPercent(written) : Buffer.from(written);
    });
    // It is the same name as the plain one, written as the newer standard has it.
    parameters.set(name, decodeText(Buffer.concat(bytes), charset).text);
  }
  const [value = ''] = header.replaceAll(/\([^()]*\)/g, '').split(';', 1);
  return { value: value.trim().toLowerCase(), parameters };
}

function undoPercent(written: string): Uint8Array {
  const bytes = Buffer.from(written).toString('latin1');
  return Buffer.from(
    bytes.replaceAll(/%([\dA-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );
}
