/** A file within a file: a member of an archive, an attachment of a mail. */
import { FormatError, type Input, type Nest, type Piece, type Reading } from './format.ts';
import { piecesOf, plainLines } from './mail-lines.ts';
import { decodeText } from './mime-text.ts';
import { textOf } from './pieces.ts';
import { refuseText } from './plain.ts';
import { type FormatId, refuseUnread, sniffBytes, sniffText } from './sniff.ts';

/** Files that a file may stand in: a document in a ZIP in a tar.gz. */
const mostLevels = 3;

export interface Known {
  /** As declared; a hint. */
  readonly charset?: string | undefined;
  readonly format?: FormatId | undefined;
  /** What text is that tells nothing itself. */
  readonly fallback?: 'html' | 'text';
}

/** @throws {FormatError} */
export async function readMember(
  bytes: Uint8Array,
  input: Input,
  nest: Nest,
  { charset, format, fallback = 'text' }: Known = {},
): Promise<Reading> {
  const inner: Nest = { ...nest, level: nest.level + 1 };
  if (inner.level > mostLevels)
    throw new FormatError('too-deep', `files are nested more than ${mostLevels} deep in one another; drop the inner one by itself`);
  spend(nest, bytes.length);
  const refused = refuseUnread(bytes);
  if (refused !== undefined) throw new FormatError('unsupported-format', refused.message);
  const binary = format === undefined ? sniffBytes(bytes) : undefined;
  const { text, undecodable } = binary === undefined ? decodeText(bytes, charset) : { text: '', undecodable: 0 };
  const found = format ?? binary ?? sniffText(text) ?? fallback;
  const own = { ...input, bytes, text, maxUnpacked: nest.budget.left };
  const reading = found === 'text' ? readText(text, undecodable) : await (await nest.readerOf(found))(own, inner);
  if (!reading.articles.some(({ pieces }) => textOf(pieces).trim() !== ''))
    throw new FormatError('no-text', `no article was found in it (${found}); drop its text`);
  // Places in the file are none in the one around it.
  return { ...reading, articles: reading.articles.map((article) => ({ ...article, pieces: withoutPlaces(article.pieces) })) };
}

/** Counts bytes that were unpacked. @throws {FormatError} `too-large` when none are left. */
function spend({ budget }: Nest, bytes: number): void {
  if (bytes > budget.left) throw new FormatError('too-large', 'its files are too large together; drop them one by one');
  budget.left -= bytes;
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
