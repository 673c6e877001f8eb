/** Bytes to text: the first step. */

import type { Message } from '../message.ts';
import { defaultMaxBytes, type NormalizeOptions } from '../options.ts';
import { applyLayers, type Edit, type Layer, offsetMapper } from '../text/edit.ts';
import { type Charset, type DecodedBytes, decodeBytes } from './charset.ts';
import type { Evidence, Reading } from './formats/format.ts';
import { editsOf, textOf } from './formats/pieces.ts';
import { type Refusal, refuseSize, refuseText } from './formats/plain.ts';
import { type FormatId, refuseUnread, sniffBytes, sniffText } from './formats/sniff.ts';
import { readInThread } from './formats/thread.ts';

/** Where an article begins in the text of its file, and what the file says of it beside its text. */
export interface ArticleStart {
  /** UTF-16 offset into the decoded text. */
  readonly start: number;
  readonly evidence: Evidence;
}

export interface Decoded {
  readonly charset: Charset;
  readonly bom: boolean;
  readonly format: FormatId;
  /** Do the text and the ledger give the bytes back? Not of what is too large to be read, nor of a binary format: its ledger begins at its text. */
  readonly lossless: boolean;
  /** The articles that the format tells apart; none of plain text. */
  readonly articles: readonly ArticleStart[];
  /** The text after the layers; well formed when it was not refused. */
  readonly text: string;
  readonly layers: readonly Layer[];
  readonly messages: readonly Message[];
  readonly refusal?: Refusal;
}

/** The starts of articles in the text that layers made of theirs. */
export function carryStarts(articles: readonly ArticleStart[], layers: readonly Layer[]): ArticleStart[] {
  const carry = layers.map(({ edits }) => offsetMapper(edits));
  return articles.map((article) => ({ ...article, start: carry.reduce((start, step) => step(start, 'end'), article.start) }));
}

/** Milliseconds that a file of a format may take. */
const longest = 10_000;
/** Bytes that a compressed file may unpack to. */
const mostUnpacked = 64 * 1024 * 1024;
/** Levels that elements or containers may be nested. */
const deepest = 400;

/** Never throws: what cannot be read comes back with a `refusal`, and with layers that still rebuild the bytes. */
export function decode(
  bytes: Uint8Array,
  { maxBytes = defaultMaxBytes, charset, contentType }: Pick<NormalizeOptions, 'maxBytes' | 'charset' | 'contentType'> = {},
): Decoded {
  const refused = refuseSize(bytes, maxBytes);
  if (refused?.code === 'too-large') return { ...carried, lossless: false, text: '', refusal: refused };
  if (charset === undefined && refused === undefined) {
    const unread = refuseUnread(bytes);
    if (unread !== undefined) return { ...carried, text: Buffer.from(bytes).toString('latin1'), refusal: unread };
    const format = sniffBytes(bytes);
    if (format !== undefined) return decodeBinary(bytes, format);
  }
  const decoded = decodeBytes(bytes, charset, contentType);
  const layers = [...decoded.layers];
  let text = applyLayers(decoded.raw, layers);
  const surrogates = loneSurrogates(text);
  if (surrogates.length > 0) {
    const layer: Layer = { stage: 'decode', rule: 'lone-surrogate', edits: surrogates };
    layers.push(layer);
    text = applyLayers(text, [layer]);
  }
  const messages = lossMessages(decoded.layers[0]?.rule, decoded.undecodable, surrogates.length);
  const plain: Decoded = {
    charset: decoded.charset,
    bom: decoded.bom,
    format: 'text',
    lossless: true,
    articles: [],
    text,
    layers,
    messages,
  };
  if (refused !== undefined) return { ...plain, refusal: refused };
  const format = sniffText(text);
  const read = format === undefined ? plain : readMarkup(bytes, plain, format);
  return read.refusal === undefined ? withRefusal(read, decoded) : read;
}

/** A file whose bytes are carried one to one. */
const carried = { charset: 'latin1', bom: false, format: 'text', lossless: true, articles: [], layers: [], messages: [] } as const;

/** A container's ledger begins at its text. */
function decodeBinary(bytes: Uint8Array, format: FormatId): Decoded {
  const answer = readInThread({ format, bytes, text: '', maxUnpacked: mostUnpacked, maxDepth: deepest }, longest);
  const empty: Decoded = { ...carried, format, charset: 'utf-8', lossless: false, text: '' };
  if ('refusal' in answer) return { ...empty, refusal: answer.refusal };
  const { texts, articles } = joined(answer.reading);
  return withRefusal({ ...empty, text: texts.join('').toWellFormed(), articles, messages: answer.reading.messages });
}

/** The text without its markup, which is a layer of the ledger. */
function readMarkup(bytes: Uint8Array, plain: Decoded, format: FormatId): Decoded {
  const answer = readInThread({ format, bytes, text: plain.text, maxUnpacked: mostUnpacked, maxDepth: deepest }, longest);
  if ('refusal' in answer) return { ...plain, format, refusal: answer.refusal };
  const { pieces, articles } = joined(answer.reading);
  const edits = editsOf(plain.text, pieces);
  const layers: Layer[] = edits.length === 0 ? [...plain.layers] : [...plain.layers, { stage: 'decode', rule: format, edits }];
  return { ...plain, format, text: textOf(pieces), articles, layers, messages: [...plain.messages, ...answer.reading.messages] };
}

/** All articles of a reading, one below the other. */
function joined({ articles }: Reading) {
  const between = { text: '\n' };
  const pieces = articles.flatMap((article, index) => [
    ...(index === 0 ? [] : [between]),
    ...article.pieces.map((piece) => (piece.text.isWellFormed() ? piece : { text: piece.text.toWellFormed() })),
  ]);
  const starts: ArticleStart[] = [];
  let start = 0;
  for (const { pieces, evidence } of articles) {
    starts.push({ start, evidence });
    start += textOf(pieces).length + 1;
  }
  return { pieces, texts: pieces.map(({ text }) => text), articles: starts };
}

function withRefusal(decoded: Decoded, { undecodable }: Pick<DecodedBytes, 'undecodable'> = { undecodable: [] }): Decoded {
  const undecodableBytes = undecodable.reduce((sum, place) => sum + place.bytes, 0);
  if (decoded.text === '' && decoded.format !== 'text') {
    return { ...decoded, refusal: { code: 'no-text', message: `no article was found in the ${decoded.format} file; drop its text` } };
  }
  const refusal = refuseText(decoded.text, undecodableBytes);
  return refusal === undefined ? decoded : { ...decoded, refusal };
}

function loneSurrogates(text: string): Edit[] {
  if (text.isWellFormed()) return [];
  return [...text.matchAll(/\p{Surrogate}/gu)].map((match) => ({ at: match.index, removed: match[0], inserted: '\ufffd' }));
}

function lossMessages(readAs: string | undefined, places: readonly { at: number; bytes: number }[], surrogates: number): Message[] {
  const messages: Message[] = [];
  if (places.length > 0) {
    const named = places.slice(0, 5).map((place) => `${place.bytes} at ${place.at}`);
    const more = places.length > named.length ? `, and ${places.length - named.length} more places` : '';
    const reason = `read as ${readAs}; undecodable bytes (count at byte offset): ${named.join(', ')}${more}; each reads as U+FFFD, the bytes are in the ledger`;
    messages.push({ rule: 'charset', severity: 'warning', reason });
  }
  if (surrogates > 0) {
    messages.push({ rule: 'lone-surrogate', severity: 'warning', reason: `${surrogates} lone surrogates read as U+FFFD` });
  }
  return messages;
}
