/** Compressed files and archives: every member that holds articles. Sources: RFC 1952, RFC 8878, POSIX.1-2017 pax, APPNOTE 6.3.10. */
import { gunzipSync } from 'node:zlib';
import { Decompress } from 'fzstd';
import { unpackTar } from 'modern-tar';
import type { Message } from '../../message.ts';
import { FormatError, type Input, type Nest, type ReadArticle, type Reader, type Reading } from './format.ts';
import { readMember } from './member.ts';
import { refuseUnsafe, unzip } from './unzip.ts';

export const readZip: Reader = (input, nest) => readMembers(unzip(input.bytes, { maxUnpacked: nest.budget.left }), input, nest);

export const readTar: Reader = async (input, nest) => {
  const members = new Map<string, Uint8Array>();
  for (const { header, data } of await unpackTar(input.bytes, { strict: true })) {
    refuseUnsafe(header.name);
    if (header.type === 'file' && data !== undefined) members.set(header.name, data);
  }
  return readMembers(members, input, nest);
};

export const readGzip: Reader = async (input, nest) => {
  try {
    return await readMember(gunzipSync(input.bytes, { maxOutputLength: nest.budget.left }), input, nest);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(input);
    throw new FormatError('broken-format', 'the gzip file is damaged; copy it again or pack it anew', { cause: error });
  }
};

/** Bytes that are unpacked at a time. */
const chunk = 16_384;

/** Node has Zstandard from 22.15 on only; fzstd is for all. */
export const readZstd: Reader = (input, nest) => {
  const parts: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((part) => {
    length += part.length;
    if (length > nest.budget.left) throw tooLarge(input);
    parts.push(part.slice());
  });
  try {
    for (let at = 0; at < input.bytes.length; at += chunk)
      stream.push(input.bytes.subarray(at, at + chunk), at + chunk >= input.bytes.length);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError('broken-format', 'the Zstandard file is damaged; copy it again or pack it anew', { cause: error });
  }
  return readMember(Buffer.concat(parts), input, nest);
};

function tooLarge({ maxUnpacked }: Input): FormatError {
  return new FormatError('too-large', `the file unpacks to more than ${maxUnpacked} bytes; split it into smaller ones`);
}

/** What systems put into archives, and nobody wrote. */
const leftByASystem = /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;

/** One after the other, in the archive's order; a member that cannot be read is named, and the rest goes on. */
async function readMembers(members: ReadonlyMap<string, Uint8Array>, input: Input, nest: Nest): Promise<Reading> {
  const articles: ReadArticle[] = [];
  const messages: Message[] = [];
  let first: FormatError | undefined;
  for (const [name, bytes] of members) {
    if (leftByASystem.test(name) || bytes.length === 0) continue;
    try {
      const reading = await readMember(bytes, input, nest);
      articles.push(
        ...reading.articles.map((article) => ({ ...article, name: article.name === undefined ? name : `${name}/${article.name}` })),
      );
      messages.push(...reading.messages.map((message) => ({ ...message, reason: `${name}: ${message.reason}` })));
    } catch (error) {
      // What harms is refused whole.
      if (error instanceof FormatError && ['too-large', 'too-deep', 'unsafe-path'].includes(error.code)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      first ??= error instanceof FormatError ? new FormatError(error.code, `${name}: ${reason}`) : undefined;
      messages.push({ rule: 'member', severity: 'warning', reason: `${name} was left out: ${reason}` });
    }
  }
  if (articles.length === 0)
    throw first ?? new FormatError('no-text', 'the archive holds no file that can be read; drop its files by themselves');
  return { articles, messages };
}
