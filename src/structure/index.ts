/**
 * Text to articles of labelled blocks: the third step. Each line is a block; what stands inside one, a dateline, a byline, an end mark, is
 * nested in it.
 */

import type { Evidence } from '../decode/formats/format.ts';
import type { ArticleStart } from '../decode/index.ts';
import type { Message } from '../message.ts';
import { lineSpans, type Span, sliceOf } from '../text/span.ts';
import { type Block, shiftPart } from './block.ts';
import { outline, type ReadLine, readLines } from './outline.ts';
import { partArticles } from './several.ts';

/** A stretch of the text that is one article; nearly always the whole text. */
export interface ArticleSpan extends Span {
  /** In order; a nested block follows the one that it stands in. Those that are nested in none cover every line of the stretch. */
  readonly blocks: readonly Block[];
  /** What its file says of it beside the text. */
  readonly evidence?: Evidence;
}

export interface Structure {
  /** Parted by a newline; none for an empty text. */
  readonly articles: readonly ArticleSpan[];
  readonly messages: readonly Message[];
}

/**
 * Finds the articles of a clean text and their blocks. Offsets are into the text.
 *
 * @param known the articles that the file's format tells apart; of one alone, as of plain text, the text says whether it is several.
 */
export function findStructure(text: string, known: readonly ArticleStart[] = []): Structure {
  if (text === '') return { articles: [], messages: [] };
  const spans = lineSpans(text);
  const read = readLines(spans.map((span) => sliceOf(text, span)));
  const { starts, doubt } = known.length > 1 ? { starts: linesAt(spans, known), doubt: undefined } : partArticles(read);
  const articles = starts.map((from, index): ArticleSpan => {
    const to = starts[index + 1] ?? read.length;
    const evidence = starts.length === known.length ? known[index]?.evidence : undefined;
    return {
      ...(evidence && { evidence }),
      start: spans[from]?.start ?? 0,
      end: spans[to - 1]?.end ?? text.length,
      blocks: blocksOf(read.slice(from, to), spans.slice(from, to)),
    };
  });
  return { articles, messages: doubt === undefined ? [] : [{ rule: 'several-articles', severity: 'warning', reason: doubt }] };
}

/** The lines that articles begin at: one each, the first at the first line; two that fell together are one. */
function linesAt(spans: readonly Span[], known: readonly ArticleStart[]): number[] {
  const lines = new Set([0]);
  let line = 0;
  for (const { start } of known.slice(1)) {
    while ((spans[line + 1]?.start ?? Number.POSITIVE_INFINITY) <= start) line++;
    lines.add(line);
  }
  return [...lines];
}

/** The blocks of a text, of all its articles. */
export function findBlocks(text: string): readonly Block[] {
  return findStructure(text).articles.flatMap(({ blocks }) => blocks);
}

function blocksOf(read: readonly ReadLine[], spans: readonly Span[]): Block[] {
  return outline(read).flatMap(({ label, nested }, index): Block[] => {
    const { start, end } = spans[index] ?? { start: 0, end: 0 };
    return [shiftPart({ ...label, start: 0, end: end - start }, start), ...nested.map((part) => shiftPart(part, start))];
  });
}
