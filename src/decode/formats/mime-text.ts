/**
 * Text of MIME parts and headers: bytes as the transfer encoding has them, and characters. The declared charset is a hint: mails often declare
 * one and are in another (gb2312 for GB 18030, us-ascii for UTF-8), or name one that nobody knows.
 */
import { looksOf } from '../../clean/encodings.ts';
import { applyLayers } from '../../text/edit.ts';
import { countHan } from '../../text/han.ts';
import { type Charset, decodeBytes } from '../charset.ts';

export interface PartText {
  readonly text: string;
  readonly charset: string;
  /** Bytes that stand for nothing; each place reads as U+FFFD. */
  readonly undecodable: number;
}

/** Labels that mails use, beside the charsets' own names; without `x-`, `cs`, `_` and `-`. Source: IANA, and what mailers write. */
const labels: readonly { readonly charset: Charset; readonly label: RegExp }[] = [
  { charset: 'utf-8', label: /^(?:utf8|unicode11utf8|utf8mb4)$/ },
  {
    charset: 'gb18030',
    label: /^(?:gb|gbk|gb2312|gb231280|iso58gb231280|isoir58|gb18030|chinese|chinesegb|euccn|(?:cp|ms|windows|ibm)936)$/,
  },
  { charset: 'big5-hkscs', label: /^(?:cn|chinese)?big5(?:hkscs|eten|e|hk|tw)?$|^(?:cp|ms|windows|ibm)950$/ },
  { charset: 'euc-tw', label: /^euctw$/ },
  { charset: 'hz-gb-2312', label: /^hz(?:gb2312)?$/ },
  { charset: 'iso-2022-cn', label: /^iso2022cn(?:ext)?$/ },
  { charset: 'utf-16le', label: /^utf16(?:le)?$/ },
  { charset: 'utf-16be', label: /^utf16be$/ },
];

/** Bits for a charset that is declared: what reads otherwise has to read better. */
const bitsOfDeclared = 12;
/** Bits that a byte which stands for nothing speaks against a reading. */
const bitsOfBad = 8;
/** Bytes that are read to tell. */
const sampleBytes = 6000;

/** Decodes the text of a part, by its declared charset or by what reads more like Chinese. */
export function decodeText(bytes: Uint8Array, declared = ''): PartText {
  const told = tell(bytes);
  const label = declared.trim().toLowerCase();
  const own = labels.find((known) => known.label.test(label.replace(/^(?:x-)+|^cs(?=\w)/, '').replaceAll(/[\s_.-]/g, '')))?.charset;
  if (
    label === '' ||
    own === told.charset ||
    (told.undecodable === 0 && told.text.length === bytes.length && !/[\x0e\x1b~]/.test(told.text))
  )
    return told;
  const other = own === undefined ? decodeForeign(bytes, label) : textOf(decodeBytes(bytes, own));
  if (other === undefined) return told;
  // No Chinese at all: what the mail says, if it reads every byte.
  if (told.undecodable > 0 && other.undecodable === 0 && countHan(told.text) === 0) return other;
  return bitsOf(other) + bitsOfDeclared > bitsOf(told) ? other : told;
}

/** What is read of bytes that declare nothing. A page may hold more of style sheets before its first character than is looked at to tell. */
function tell(bytes: Uint8Array): PartText {
  const told = textOf(decodeBytes(bytes));
  if (told.undecodable === 0) return told;
  const first = bytes.findIndex((byte) => byte > 0x7f);
  if (first < sampleBytes / 2) return told;
  const { charset, layers } = decodeBytes(bytes.subarray(first));
  const own = labels.find((known) => known.charset === (layers[0]?.rule ?? charset))?.charset;
  return own === undefined || own === 'utf-8' ? told : textOf(decodeBytes(bytes, own));
}

/** The charset that a page says it is in. Source: HTML, 13.2.3.2. */
export function charsetOfPage(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, sampleBytes)).toString('latin1');
  return /<meta\b[^<>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(head)?.[1];
}

function textOf({ raw, layers, charset, undecodable }: ReturnType<typeof decodeBytes>): PartText {
  const lost = undecodable.reduce((sum, place) => sum + place.bytes, 0);
  // Bytes carried one to one: the layer says what they were read as.
  return { text: applyLayers(raw, layers), charset: layers[0]?.rule ?? charset, undecodable: lost };
}

/** A charset that is none of Chinese text, but that names in it may need; only if it reads every byte. */
function decodeForeign(bytes: Uint8Array, label: string): PartText | undefined {
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes), charset: label, undecodable: 0 };
  } catch {
    return undefined;
  }
}

function bitsOf({ text, undecodable }: PartText): number {
  const sample = text.replaceAll(/[\x20-\x7e\n\r\t]+/g, '').slice(0, sampleBytes);
  const controls = sample.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]/g)?.length ?? 0;
  return looksOf(sample).bits - (Math.min(undecodable, sampleBytes) + controls) * bitsOfBad;
}

/** Undoes a Content-Transfer-Encoding; any that is not known is taken for none. Source: RFC 2045, 6. */
export function undoTransfer(bytes: Uint8Array, encoding: string): Uint8Array {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // What is said to be base64 and holds other characters is none.
  if (/base64/i.test(encoding) && !buffer.subarray(0, sampleBytes).some((byte) => byte > 0x7f))
    return undoBase64(buffer.toString('latin1'));
  if (/quoted-printable/i.test(encoding)) return undoQuotedPrintable(buffer.toString('latin1'));
  return bytes;
}

/** Some mailers pad every line: each stretch up to its padding is decoded by itself. */
export function undoBase64(written: string): Uint8Array {
  const stretches = written.replaceAll(/[^A-Za-z\d+/=]+/g, '').split(/=+/);
  return Buffer.concat(stretches.map((stretch) => Buffer.from(stretch, 'base64')));
}

/** What is no escape stands for itself. */
export function undoQuotedPrintable(written: string): Uint8Array {
  const joined = written.replaceAll(/=[ \t]*\r?\n|=$/g, '');
  return Buffer.from(
    joined.replaceAll(/=([\dA-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    'latin1',
  );
}
