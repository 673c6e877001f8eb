/** Files that came with a mail, each read as the format that it is in. */
import { countHan } from '../../text/han.ts';
import { type Evidence, FormatError, type Input, type Piece, type ReadArticle, type Reading } from './format.ts';
import { piecesOf, plainLines } from './mail-lines.ts';
import { contentOf, type Part } from './mime.ts';
import { decodeText } from './mime-text.ts';
import { textOf } from './pieces.ts';
import { refuseText } from './plain.ts';
import { readerOf } from './readers.ts';
import { type FormatId, refuseUnread, sniffBytes, sniffText } from './sniff.ts';

/** A file as it was read, or why it was not. */
export type ReadFile =
  | { readonly reading: Reading }
  | {
      readonly error: FormatError;
      /** A picture, a sound: nobody expects text of it. */
      readonly isMedia: boolean;
    };

/** How a mail within a mail is read: one level deeper. */
export type MailReader = (input: Input) => Promise<Reading>;

/** Never throws: a file that cannot be read says why. */
export async function readAttachment(part: Part, input: Input, readMail: MailReader): Promise<ReadFile> {
  try {
    return { reading: await readPart(part, input, readMail) };
  } catch (error) {
    return { error: errorOf(error), isMedia: isMedia(part, input.bytes) };
  }
}

function isMedia(part: Part, bytes: Uint8Array): boolean {
  return /^(?:image|audio|video|font)\//.test(part.type) || refuseUnread(contentOf(bytes, part))?.code === 'binary';
}

/** Libraries throw what they like at damaged files. */
function errorOf(error: unknown): FormatError {
  if (error instanceof FormatError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new FormatError('broken-format', `it is damaged (${reason}); save it as plain text and drop that`, { cause: error });
}

async function readPart(part: Part, input: Input, readMail: MailReader): Promise<Reading> {
  if (/^multipart\/encrypted$|^application\/(?:x-)?pkcs7-mime$/.test(part.type))
    throw new FormatError('encrypted', 'it is encrypted or sealed; decrypt it and drop its text');
  if (/^(?:image|audio|video|font)\//.test(part.type))
    throw new FormatError('unsupported-format', `it is no text (${part.type}); extract its text and drop that`);
  const bytes = contentOf(input.bytes, part);
  if (bytes.length > input.maxUnpacked)
    throw new FormatError('too-large', `it takes the files of the mail over ${input.maxUnpacked} bytes; drop it by itself`);
  const refused = refuseUnread(bytes);
  if (refused !== undefined) throw new FormatError('unsupported-format', refused.message);
  const isMail = /^message\/(?:rfc822|global|news)$/.test(part.type);
  const binary = isMail ? undefined : sniffBytes(bytes);
  const { text, undecodable } = binary === undefined ? decodeText(bytes, part.parameters.get('charset')) : { text: '', undecodable: 0 };
  const format = isMail ? 'eml' : (binary ?? sniffText(text) ?? (part.type === 'text/html' ? 'html' : 'text'));
  const own = { ...input, bytes, text };
  const reading = format === 'text' ? readText(text, undecodable) : await readAs(format, own, readMail);
  if (!reading.articles.some(({ pieces }) => textOf(pieces).trim() !== ''))
    throw new FormatError('no-text', `no article was found in it (${format}); drop its text`);
  // Places in the file are none in the mail.
  return { ...reading, articles: reading.articles.map((article) => ({ ...article, pieces: withoutPlaces(article.pieces) })) };
}

async function readAs(format: FormatId, input: Input, readMail: MailReader): Promise<Reading> {
  if (format === 'eml') return readMail(input);
  const reader = await readerOf(format);
  return reader(input);
}

function readText(text: string, undecodable: number): Reading {
  const refusal = refuseText(text, undecodable);
  if (refusal !== undefined) throw new FormatError(codeOf(refusal.code), refusal.message);
  return { articles: [{ pieces: piecesOf(plainLines(text.replace(/^\ufeff/, ''))), evidence: {} }], messages: [] };
}

function codeOf(code: string): 'no-text' | 'unsupported-format' {
  return code === 'empty' || code === 'no-text' ? 'no-text' : 'unsupported-format';
}

export function withoutPlaces(pieces: readonly Piece[]): Piece[] {
  return pieces.map(({ text, kind }) => (kind === undefined ? { text } : { text, kind }));
}

/** The article under its file's name, with what the mail says of it where it says nothing itself. */
export function nameArticle(article: ReadArticle, name: string | undefined, mail: Evidence): ReadArticle {
  const path = [name, article.name].filter((one) => one !== undefined).join('/');
  const { published, time, ...others } = mail;
  const day = article.evidence.published === undefined ? { ...(published && { published }), ...(time && { time }) } : {};
  return { pieces: article.pieces, evidence: { ...others, ...day, ...article.evidence }, ...(path !== '' && { name: path }) };
}

/** Is the text also in one of the articles, but for white space and marks? */
export function isAmong(text: string, articles: readonly ReadArticle[]): boolean {
  const own = lettersOf(text);
  return countHan(own) > 0 && articles.some(({ pieces }) => lettersOf(textOf(pieces)).includes(own));
}

function lettersOf(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
