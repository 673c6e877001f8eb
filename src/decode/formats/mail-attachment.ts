/** Files that came with a mail, each read as the format that it is in. */
import { countHan } from '../../text/han.ts';
import { type Evidence, FormatError, type Input, type Nest, type ReadArticle, type Reading } from './format.ts';
import { readMember } from './member.ts';
import { contentOf, type Part } from './mime.ts';
import { textOf } from './pieces.ts';
import { refuseUnread } from './sniff.ts';

/** A file as it was read, or why it was not. */
export type ReadFile =
  | { readonly reading: Reading }
  | {
      readonly error: FormatError;
      /** A picture, a sound: nobody expects text of it. */
      readonly isMedia: boolean;
    };

/** Never throws: a file that cannot be read says why. */
export async function readAttachment(part: Part, input: Input, nest: Nest): Promise<ReadFile> {
  try {
    return { reading: await readPart(part, input, nest) };
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

async function readPart(part: Part, input: Input, nest: Nest): Promise<Reading> {
  if (/^multipart\/encrypted$|^application\/(?:x-)?pkcs7-mime$/.test(part.type))
    throw new FormatError('encrypted', 'it is encrypted or sealed; decrypt it and drop its text');
  if (/^(?:image|audio|video|font)\//.test(part.type))
    throw new FormatError('unsupported-format', `it is no text (${part.type}); extract its text and drop that`);
  const bytes = contentOf(input.bytes, part);
  return readMember(bytes, input, nest, {
    charset: part.parameters.get('charset'),
    format: /^message\/(?:rfc822|global|news)$/.test(part.type) ? 'eml' : undefined,
    fallback: part.type === 'text/html' ? 'html' : 'text',
  });
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
