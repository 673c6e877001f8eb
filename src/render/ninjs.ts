/** ninjs 3.1. Source: IPTC's schema, http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json; the mapping is the project's own. */
import { type Article, peopleOf, textsOf, titleOf } from '../structure/article.ts';
import { rightsOf } from '../structure/notice.ts';
import { renderHtmlBody } from './html.ts';

export interface Ninjs {
  readonly uri: string;
  readonly type: 'text';
  readonly standard: { readonly name: 'ninjs'; readonly version: '3.1'; readonly schema: string };
  readonly language: string;
  readonly title: string;
  readonly headlines: readonly {
    readonly role: 'main' | 'kicker' | 'subheadline';
    readonly contentType: 'text/plain';
    readonly value: string;
  }[];
  readonly bodies: readonly {
    readonly role: 'text' | 'html';
    readonly contentType: string;
    readonly charCount?: number;
    readonly value: string;
  }[];
  readonly by?: string;
  readonly people?: readonly { readonly rel: string; readonly name: string }[];
  readonly associations?: readonly {
    readonly uri: string;
    readonly name: string;
    readonly type: 'picture';
    readonly descriptions: readonly { readonly role: 'caption'; readonly value: string }[];
  }[];
  readonly edNote?: string;
  readonly usageTerms?: string;
  readonly altIds: readonly { readonly role: string; readonly value: string }[];
}

/** The article as a ninjs 3.1 document. `charCount` is in Unicode code points. */
export function renderNinjs(article: Article): Ninjs {
  const uri = `urn:copydesk:${article.docId}:${article.language}`;
  const body = textsOf(article, 'paragraph', 'crosshead').join('\n');
  const people = peopleOf(article);
  const authors = people.filter(({ role }) => role === 'author').map(({ name }) => name);
  const captions = textsOf(article, 'caption');
  const credits = textsOf(article, 'credits');
  const rights = rightsOf(article);
  return {
    uri,
    type: 'text',
    standard: { name: 'ninjs', version: '3.1', schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#' },
    language: article.language,
    title: titleOf(article),
    headlines: [
      ...headlines(article, 'headline', 'main'),
      ...headlines(article, 'kicker', 'kicker'),
      ...headlines(article, 'deck', 'subheadline'),
    ],
    bodies: [
      { role: 'text', contentType: 'text/plain', charCount: [...body].length, value: body },
      { role: 'html', contentType: 'text/html', value: renderHtmlBody(article) },
    ],
    ...(authors.length > 0 && { by: authors.join('、') }),
    ...(people.length > 0 && { people: people.map(({ role, name }) => ({ rel: role, name })) }),
    ...(captions.length > 0 && {
      associations: captions.map((caption, index) => ({
        uri: `${uri}:picture:${index + 1}`,
        name: `picture-${index + 1}`,
        type: 'picture' as const,
        descriptions: [{ role: 'caption' as const, value: caption }],
      })),
    }),
    ...(credits.length > 0 && { edNote: credits.join('\n') }),
    ...(rights.length > 0 && { usageTerms: rights.join('\n') }),
    altIds: [{ role: 'sha256', value: article.sha256 }],
  };
}

function headlines(article: Article, kind: 'headline' | 'kicker' | 'deck', role: 'main' | 'kicker' | 'subheadline'): Ninjs['headlines'] {
  return textsOf(article, kind).map((value) => ({ role, contentType: 'text/plain', value }));
}
