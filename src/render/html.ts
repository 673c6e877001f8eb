import type { Article } from '../structure/article.ts';
import { sliceOf } from '../text/span.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}

/** The body as HTML elements, escaped: paragraphs, crossheads as `h2`, captions as `figure`, list items. No headline, no credits. */
export function renderHtmlBody(article: Article): string {
  const elements = article.blocks.flatMap((block) => {
    const text = escapeHtml(sliceOf(article.text, block));
    if (block.kind === 'paragraph') return [`<p>${text}</p>`];
    if (block.kind === 'crosshead') return [`<h2>${text}</h2>`];
    if (block.kind === 'caption') return [`<figure><figcaption>${text}</figcaption></figure>`];
    return [];
  });
  return elements.join('\n');
}
