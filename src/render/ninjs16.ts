/** ninjs 1.6, for systems that read 1.x names, Superdesk among them. Source: IPTC's ninjs 1.6 schema (`headline`, `body_text`, `body_html`, …). */
import { type Article, peopleOf, textsOf, titleOf } from '../structure/article.ts';
import { rightsOf } from '../structure/notice.ts';
import { renderHtmlBody } from './html.ts';

export function renderNinjs16(article: Article): Readonly<Record<string, unknown>> {
  const body = textsOf(article, 'paragraph', 'crosshead').join('\n');
  const people = peopleOf(article);
  const authors = people.filter(({ role }) => role === 'author').map(({ name }) => name);
  const deck = textsOf(article, 'deck').join('\n');
  const rights = rightsOf(article);
  const captions = textsOf(article, 'caption');
  const uri = `urn:copydesk:${article.docId}:${article.language}`;
  return {
    uri,
    type: 'text',
    language: article.language,
    headline: titleOf(article),
    ...(deck !== '' && { description_text: deck }),
    body_text: body,
    body_html: renderHtmlBody(article),
    charcount: [...body].length,
    ...(authors.length > 0 && { byline: authors.join('、') }),
    ...(people.length > 0 && { person: people.map(({ role, name }) => ({ rel: role, name })) }),
    ...(captions.length > 0 && {
      associations: Object.fromEntries(
        captions.map((caption, index) => [
          `picture-${index + 1}`,
          { uri: `${uri}:picture:${index + 1}`, type: 'picture', description_text: caption },
        ]),
      ),
    }),
    ...(textsOf(article, 'credits').length > 0 && { ednote: textsOf(article, 'credits').join('\n') }),
    ...(rights.length > 0 && { usageterms: rights.join('\n') }),
    altids: { sha256: article.sha256 },
  };
}
