/** Bytes of RTF to text, by the code pages that its fonts name. */
import { windows1252 } from '../../clean/encodings.ts';
import { type Codec, replacement } from '../codec.ts';
import { big5Hkscs } from '../codecs/big5.ts';
import { gb18030 } from '../codecs/gb18030.ts';

/** Of a font of symbols. */
const symbolPage = 42;

/** Code pages by `\fcharset`; 0 and 1 are the document's own. Source: RTF 1.9.1, "Font Table". */
const pageByCharset: Readonly<Record<number, number>> = {
  2: symbolPage,
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};

export function pageOfCharset(charset: number | undefined): number | undefined {
  return charset === undefined ? undefined : pageByCharset[charset];
}

/** Code pages that have an exact codec here. */
const codecs: Readonly<Record<number, Codec>> = { 936: gb18030, 20936: gb18030, 51936: gb18030, 54936: gb18030, 950: big5Hkscs };

/** Names of the other code pages. Source: WHATWG Encoding Standard. */
const labels: Readonly<Record<number, string>> = {
  866: 'ibm866',
  874: 'windows-874',
  932: 'shift_jis',
  949: 'euc-kr',
  10000: 'macintosh',
  65001: 'utf-8',
};

export function isDoubleByte(page: number): boolean {
  return codecs[page] !== undefined || page === 932 || page === 949;
}

/**
 * The text of bytes in a code page, U+FFFD for what is none.
 *
 * @param isGuess the page is the document's, not the font's: a byte that is nothing in it is a Western letter.
 */
export function decodePage(bytes: readonly number[], page: number, isGuess: boolean): string {
  if (page === symbolPage) return bytes.map((byte) => (byte === 0xb7 ? '•' : '')).join('');
  const buffer = Buffer.from(bytes);
  const codec = codecs[page];
  if (codec === undefined) {
    const label = labels[page] ?? (page >= 1250 && page <= 1258 && page !== 1252 ? `windows-${page}` : undefined);
    return label === undefined ? western(buffer) : new TextDecoder(label).decode(buffer);
  }
  let text = '';
  let at = 0;
  for (const piece of codec.pieces(buffer)) {
    text += buffer.toString('latin1', at, piece.start);
    text += piece.isBad && isGuess ? western(buffer.subarray(piece.start, piece.end)) : piece.text;
    at = piece.end;
  }
  return text + buffer.toString('latin1', at);
}

/** Windows-1252; the decoder of some versions of Node takes it for Latin-1. */
function western(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll(/[\x80-\x9f]/g, (control) => windows1252.charAt(control.charCodeAt(0) - 0x80));
}

/** Does the character go on the last of the bytes, as the second of two bytes that are one Chinese character? */
export function isTrail(bytes: readonly number[], character: string, page: number): boolean {
  if (!isDoubleByte(page) || character < '@' || character > '~') return false;
  let at = 0;
  while (at < bytes.length - 1) at += isLead(bytes[at] ?? 0, page) ? 2 : 1;
  const lead = bytes[at];
  if (lead === undefined || !isLead(lead, page)) return false;
  const text = decodePage([lead, character.charCodeAt(0)], page, false);
  return text.length === 1 && text !== replacement;
}

function isLead(byte: number, page: number): boolean {
  if (page === 932) return (byte > 0x80 && byte < 0xa0) || (byte >= 0xe0 && byte < 0xfd);
  return byte > 0x80 && byte < 0xff;
}
