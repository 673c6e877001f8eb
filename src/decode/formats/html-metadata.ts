/** What a page says of its article in meta elements, JSON-LD and its title. Sources: Open Graph, schema.org NewsArticle, HTML's own names. */
import { type Document, type Element, isText } from 'domhandler';
import { decodeHTML } from 'entities';
import { dayIn } from './day.ts';
import type { Evidence } from './format.ts';
import { elementsOf } from './html-page.ts';

const dateNames =
  /^(?:article:published_time|og:published_time|datepublished|pubdate|publishdate|publish_date|publishtime|date|dc\.date(?:\.issued)?|weibo:article:create_at|apub:time|_pubtime|og:release_date|parsely-pub-date|sailthru\.date)$/i;
const sourceNames =
  /^(?:source|mediaid|article:source|og:article:source|article:publisher_name|contentsource|copyright-holder|dc\.source)$/i;
const authorNames = /^(?:author|article:author|og:article:author|byl|parsely-author|dc\.creator|contentauthor)$/i;
const titleNames = /^(?:og:title|twitter:title|articletitle|dc\.title)$/i;

export function metadataOf(document: Document): Evidence {
  const found: { -readonly [Key in keyof Evidence]: Evidence[Key] } = {};
  const authors: string[] = [];
  for (const element of elementsOf(document)) {
    if (element.name === 'meta') {
      const { name, property, itemprop, content = '' } = element.attribs;
      const key = name ?? property ?? itemprop ?? '';
      const value = decodeHTML(content).trim();
      if (value === '') continue;
      if (dateNames.test(key) && found.published === undefined) Object.assign(found, dayIn(value));
      else if (sourceNames.test(key)) found.source ??= value;
      else if (titleNames.test(key)) found.title ??= value;
      else if (authorNames.test(key) && isName(value)) authors.push(value);
    } else if (element.name === 'script' && /ld\+json/i.test(element.attribs.type ?? '')) {
      readLinkedData(rawText(element), found, authors);
    }
  }
  return { ...found, ...(authors.length > 0 && { authors: [...new Set(authors)] }) };
}

/** A person's name, not an address or the site's. */
function isName(value: string): boolean {
  return /^[\p{Script=Han}·]{2,8}$/u.test(value) && !/[网網报報社台臺]$/u.test(value);
}

export function rawText(element: Element): string {
  return element.children.map((child) => (isText(child) ? child.data : '')).join('');
}

function readLinkedData(text: string, found: { -readonly [Key in keyof Evidence]: Evidence[Key] }, authors: string[]): void {
  let value: unknown;
  try {
    value = JSON.parse(text.trim());
  } catch {
    return;
  }
  const graph = isRecord(value) && Array.isArray(value['@graph']) ? value['@graph'] : [value].flat();
  for (const node of graph) {
    if (!isRecord(node) || !/Article|BlogPosting|Report/.test(String(node['@type']))) continue;
    if (found.published === undefined && typeof node.datePublished === 'string') Object.assign(found, dayIn(node.datePublished));
    if (typeof node.headline === 'string') found.title ??= decodeHTML(node.headline);
    for (const author of [node.author].flat()) {
      const name = isRecord(author) ? author.name : author;
      if (typeof name === 'string' && isName(name.trim())) authors.push(name.trim());
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
