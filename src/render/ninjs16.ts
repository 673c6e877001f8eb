/** ninjs 1.6, for systems that read 1.x names, Superdesk among them. Source: IPTC's ninjs 1.6 schema (`headline`, `body_text`, `body_html`, …). */
import { type Article, textsOf } from '../structure/article.ts';
import { renderHtmlBody } from './html.ts';
import { bodyKinds, metadataOf } from './metadata.ts';

export function renderNinjs16(article: Article): Readonly<Record<string, unknown>> {
  const body = textsOf(article, ...bodyKinds).join('\n');
  const { headline, decks, summaries, people, sources, located, created, pictures, credits, rights } = metadataOf(article);
  const authors = people.filter(({ role }) => role === 'author').map(({ name }) => name);
  const description = [...summaries, ...decks].join('\n');
  const uri = `urn:copydesk:${article.docId}:${article.language}`;
  return {
    uri,
    type: 'text',
    language: article.language,
    headline,
    ...(description !== '' && { description_text: description }),
    body_text: body,
    body_html: renderHtmlBody(article),
    charcount: [...body].length,
    ...(created !== undefined && { versioncreated: created }),
    ...(authors.length > 0 && { byline: authors.join('、') }),
    ...(people.length > 0 && { person: people.map(({ role, name }) => ({ rel: role, name })) }),
    ...(located !== undefined && { located }),
    ...(sources.length > 0 && { infosource: sources.map(({ name }) => ({ name })) }),
    ...(pictures.length > 0 && {
      associations: Object.fromEntries(
        pictures.map(({ caption, photographers }, index) => [
          `picture-${index + 1}`,
          {
            uri: `${uri}:picture:${index + 1}`,
            type: 'picture',
            description_text: caption,
            ...(photographers.length > 0 && { byline: photographers.join('、') }),
          },
        ]),
      ),
    }),
    ...(credits.length > 0 && { ednote: credits.join('\n') }),
    ...(rights.length > 0 && { usageterms: rights.join('\n') }),
    altids: { sha256: article.sha256 },
  };
}
