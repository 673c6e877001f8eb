/** schema.org NewsArticle as JSON-LD. Source: https://schema.org/NewsArticle. */
import { type Article, textsOf } from '../structure/article.ts';
import type { Role } from '../structure/block.ts';
import { bodyKinds, type Metadata, metadataOf } from './metadata.ts';

export interface JsonLd {
  readonly '@context': 'https://schema.org';
  readonly '@type': 'NewsArticle';
  readonly [property: string]: unknown;
}

export function renderJsonLd(article: Article): JsonLd {
  const metadata = metadataOf(article);
  const { headline, kickers, decks, originals, summaries, tags, dateline, located, sources, pages, pictures, rights, created } = metadata;
  const alternatives = [...kickers, ...decks, ...originals];
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': `urn:copydesk:${article.docId}:${article.language}`,
    inLanguage: article.language,
    headline,
    ...(alternatives.length > 0 && { alternativeHeadline: alternatives }),
    ...(summaries.length > 0 && { abstract: summaries.join('\n') }),
    ...(dateline !== undefined && { dateline }),
    ...(located !== undefined && { locationCreated: { '@type': 'Place', name: located } }),
    ...(created !== undefined && { datePublished: created }),
    ...(pages.length > 0 && { printPage: pages.join(', ') }),
    ...(tags.length > 0 && { keywords: tags }),
    articleBody: textsOf(article, ...bodyKinds).join('\n'),
    ...persons(metadata, 'author', 'author'),
    ...persons(metadata, 'editor', 'responsibleEditor', 'editor'),
    ...persons(metadata, 'contributor', 'correspondent', 'intern'),
    ...(sources.length > 0 && { sourceOrganization: sources.map(({ name }) => ({ '@type': 'Organization', name })) }),
    ...(pictures.length > 0 && {
      image: pictures.map(({ caption, photographers }) => ({
        '@type': 'ImageObject',
        caption,
        ...(photographers.length > 0 && { creator: photographers.map((name) => ({ '@type': 'Person', name })) }),
      })),
    }),
    ...(rights.length > 0 && { copyrightNotice: rights.join('\n') }),
    identifier: { '@type': 'PropertyValue', propertyID: 'sha256', value: article.sha256 },
  };
}

function persons({ people }: Metadata, property: string, ...roles: readonly Role[]): Record<string, unknown> {
  const named = people.filter(({ role }) => roles.includes(role));
  return named.length === 0 ? {} : { [property]: named.map(({ name }) => ({ '@type': 'Person', name })) };
}
