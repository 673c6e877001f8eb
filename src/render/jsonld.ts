/** schema.org NewsArticle as JSON-LD. Source: https://schema.org/NewsArticle. */
import { type Article, peopleOf, textsOf, titleOf } from '../structure/article.ts';
import type { Role } from '../structure/block.ts';
import { rightsOf } from '../structure/notice.ts';

export interface JsonLd {
  readonly '@context': 'https://schema.org';
  readonly '@type': 'NewsArticle';
  readonly [property: string]: unknown;
}

export function renderJsonLd(article: Article): JsonLd {
  const kicker = textsOf(article, 'kicker');
  const deck = textsOf(article, 'deck');
  const captions = textsOf(article, 'caption');
  const rights = rightsOf(article);
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': `urn:copydesk:${article.docId}:${article.language}`,
    inLanguage: article.language,
    headline: titleOf(article),
    ...(kicker.length + deck.length > 0 && { alternativeHeadline: [...kicker, ...deck] }),
    articleBody: textsOf(article, 'paragraph', 'crosshead').join('\n'),
    ...persons(article, 'author', 'author'),
    ...persons(article, 'editor', 'responsibleEditor', 'editor'),
    ...(captions.length > 0 && { image: captions.map((caption) => ({ '@type': 'ImageObject', caption })) }),
    ...(rights.length > 0 && { copyrightNotice: rights.join('\n') }),
    identifier: { '@type': 'PropertyValue', propertyID: 'sha256', value: article.sha256 },
  };
}

function persons(article: Article, property: string, ...roles: readonly Role[]): Record<string, unknown> {
  const people = peopleOf(article).filter(({ role }) => roles.includes(role));
  return people.length === 0 ? {} : { [property]: people.map(({ name }) => ({ '@type': 'Person', name })) };
}
