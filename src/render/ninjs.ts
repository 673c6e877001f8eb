/** ninjs 3.1. Source: IPTC's schema, http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json; the mapping is the project's own. */
import { type Article, textsOf } from '../structure/article.ts';
import { checkNinjs } from './check-ninjs.ts';
import { renderHtmlBody } from './html.ts';
import { bodyKinds, metadataOf } from './metadata.ts';

type Person = { readonly rel: string; readonly name: string };
type Described = { readonly role: string; readonly contentType: 'text/plain'; readonly value: string };

export interface Ninjs {
  readonly uri: string;
  readonly type: 'text';
  readonly standard: { readonly name: 'ninjs'; readonly version: '3.1'; readonly schema: string };
  readonly language: string;
  readonly title: string;
  readonly headlines: readonly Described[];
  readonly bodies: readonly {
    readonly role: 'text' | 'html';
    readonly contentType: string;
    readonly charCount?: number;
    readonly value: string;
  }[];
  /** RFC 3339. */
  readonly contentCreated?: string;
  readonly by?: string;
  readonly people?: readonly Person[];
  readonly infoSources?: readonly { readonly role: string; readonly name: string }[];
  readonly located?: string;
  readonly descriptions?: readonly Described[];
  readonly associations?: readonly {
    readonly uri: string;
    readonly name: string;
    readonly type: 'picture';
    readonly descriptions: readonly { readonly role: 'caption'; readonly value: string }[];
    readonly people?: readonly Person[];
  }[];
  readonly edNote?: string;
  readonly usageTerms?: string;
  readonly altIds: readonly { readonly role: string; readonly value: string }[];
}

/** The article as a ninjs 3.1 document, checked. `charCount` is in Unicode code points. */
export function renderNinjs(article: Article): Ninjs {
  const uri = `urn:copydesk:${article.docId}:${article.language}`;
  const body = textsOf(article, ...bodyKinds).join('\n');
  const {
    headline,
    kickers,
    decks,
    originals,
    people,
    pictures,
    sources,
    located,
    created,
    summaries,
    editorsNotes,
    credits,
    rights,
    pages,
  } = metadataOf(article);
  const authors = people.filter(({ role }) => role === 'author').map(({ name }) => name);
  const descriptions = [...described('summary', summaries), ...described('editorsNote', editorsNotes)];
  return checkNinjs({
    uri,
    type: 'text',
    standard: { name: 'ninjs', version: '3.1', schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#' },
    language: article.language,
    title: headline,
    headlines: [
      ...described('main', textsOf(article, 'headline').length === 0 ? [] : [headline]),
      ...described('kicker', kickers),
      ...described('subheadline', decks),
      ...described('original', originals),
    ],
    bodies: [
      { role: 'text', contentType: 'text/plain', charCount: [...body].length, value: body },
      { role: 'html', contentType: 'text/html', value: renderHtmlBody(article) },
    ],
    ...(created !== undefined && { contentCreated: created }),
    ...(authors.length > 0 && { by: authors.join('、') }),
    ...(people.length > 0 && { people: people.map(({ role, name }) => ({ rel: role, name })) }),
    ...(sources.length > 0 && { infoSources: sources.map(({ role, name }) => ({ role, name })) }),
    ...(located !== undefined && { located }),
    ...(descriptions.length > 0 && { descriptions }),
    ...(pictures.length > 0 && {
      associations: pictures.map(({ caption, photographers }, index) => ({
        uri: `${uri}:picture:${index + 1}`,
        name: `picture-${index + 1}`,
        type: 'picture' as const,
        descriptions: [{ role: 'caption' as const, value: caption }],
        ...(photographers.length > 0 && { people: photographers.map((name) => ({ rel: 'photographer', name })) }),
      })),
    }),
    ...(credits.length > 0 && { edNote: credits.join('\n') }),
    ...(rights.length > 0 && { usageTerms: rights.join('\n') }),
    altIds: [{ role: 'sha256', value: article.sha256 }, ...pages.map((value) => ({ role: 'printPage', value }))],
  });
}

function described(role: string, values: readonly string[]): Described[] {
  return values.map((value) => ({ role, contentType: 'text/plain', value }));
}
