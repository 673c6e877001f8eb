/** A web page saved as one file: the page is read, what it needs is not. Source: RFC 2557; files of Chromium, Edge, IE and Word. */
import type { Input, Reader, Reading } from './format.ts';
import { readHtml } from './html.ts';
import { withoutPlaces } from './member.ts';
import { contentOf, type Part, parseMime, rootOf } from './mime.ts';
import { charsetOfPage, decodeText } from './mime-text.ts';
import { textOf } from './pieces.ts';

/** @throws {FormatError} `too-deep`, `too-large`. */
export const readMhtml: Reader = (input) => {
  const root = parseMime(input.bytes, input.maxDepth);
  const main = pageOf(root);
  // The page may be of frames alone; then the first frame that says something is it.
  const pages = [...(main === undefined ? [] : [main]), ...pagesIn(root).filter((page) => page !== main)];
  for (const page of pages) {
    const reading = readPage(page, input);
    if (reading.articles.some(({ pieces }) => textOf(pieces).trim() !== '')) return reading;
  }
  return { articles: [], messages: [] };
};

function readPage(part: Part, { bytes, maxDepth }: Input): Reading {
  const content = contentOf(bytes, part);
  const { text } = decodeText(content, part.parameters.get('charset') ?? charsetOfPage(content));
  const { articles, messages } = readHtml({ text: text.replace(/^\ufeff/, ''), maxDepth });
  // The page is encoded in the file: places in it are none there.
  return { articles: articles.map((article) => ({ ...article, pieces: withoutPlaces(article.pieces) })), messages };
}

/** The page that the file is of. */
function pageOf(part: Part): Part | undefined {
  if (part.type === 'text/html' || part.type === 'application/xhtml+xml') return part;
  if (part.type !== 'multipart/related') return pagesIn(part)[0];
  const root = rootOf(part);
  return (root === undefined ? undefined : pageOf(root)) ?? pagesIn(part)[0];
}

function pagesIn(part: Part): Part[] {
  if (part.type === 'text/html' || part.type === 'application/xhtml+xml') return [part];
  return part.parts.flatMap(pagesIn);
}
