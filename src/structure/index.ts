/**
 * Text to articles of labelled blocks: the third step. Each line is a block; what stands inside one, a dateline, a byline, an end mark, is
 * nested in it.
 */
import type { Message } from '../message.ts';
import { lineSpans, type Span, sliceOf } from '../text/span.ts';
import { type Block, shiftPart } from './block.ts';
import { outline, type ReadLine, readLines } from './outline.ts';
import { partArticles } from './several.ts';

/** A stretch of the text that is one article; nearly always the whole text. */
export interface ArticleSpan extends Span {
  /** In order; a nested block follows the one that it stands in. Those that are nested in none cover every line of the stretch. */
  readonly blocks: readonly Block[];
}

export interface Structure {
  /** Parted by a newline; none for an empty text. */
  readonly articles: readonly ArticleSpan[];
  readonly messages: readonly Message[];
}

/** Finds the articles of a clean text and their blocks. Offsets are into the text. */
export function findStructure(text: string): Structure {
  if (text === '') return { articles: [], messages: [] };
  const spans = lineSpans(text);
  const read = readLines(spans.map((span) => sliceOf(text, span)));
  const { starts, doubt } = partArticles(read);
  const articles = starts.map((from, index): ArticleSpan => {
    const to = starts[index + 1] ?? read.length;
    return {
      start: spans[from]?.start ?? 0,
      end: spans[to - 1]?.end ?? text.length,
      blocks: blocksOf(read.slice(from, to), spans.slice(from, to)),
    };
  });
  return { articles, messages: doubt === undefined ? [] : [{ rule: 'several-articles', severity: 'warning', reason: doubt }] };
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
