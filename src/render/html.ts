import { type Article, outerBlocks } from '../structure/article.ts';
import { sliceOf } from '../text/span.ts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}

/** The body as HTML elements, escaped: paragraphs, crossheads as `h2`, list items in a `ul`, captions as `figure`. No headline, no credits. */
export function renderHtmlBody(article: Article): string {
  const elements: string[] = [];
  let isListed = false;
  for (const block of outerBlocks(article.blocks)) {
    if (isListed !== (block.kind === 'listItem')) {
      elements.push(isListed ? '</ul>' : '<ul>');
      isListed = !isListed;
    }
    const text = escapeHtml(sliceOf(article.text, block));
    if (block.kind === 'paragraph') elements.push(`<p>${text}</p>`);
    if (block.kind === 'crosshead') elements.push(`<h2>${text}</h2>`);
    if (block.kind === 'listItem') elements.push(`<li>${text}</li>`);
    if (block.kind === 'caption') elements.push(`<figure><figcaption>${text}</figcaption></figure>`);
  }
  if (isListed) elements.push('</ul>');
  return elements.join('\n');
}
