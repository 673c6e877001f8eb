import type { Article } from '../structure/article.ts';

/** The article's text as it is: one block a line, no newline at the end, so that the ledger's offsets hold in the file. */
export function renderText(article: Article): string {
  return article.text;
}
