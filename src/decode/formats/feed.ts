/** Feeds: an article an entry. Sources: RSS 2.0 and its content and Dublin Core modules, RSS 1.0, RFC 4287 (Atom). */
import type { Element } from 'domhandler';
import { dayIn } from './day.ts';
import type { ReadArticle, Reader } from './format.ts';
import { joinLines, textOf } from './pieces.ts';
import { childrenOf, contentLines, elementLine, elementNamed, elementsNamed, nameOf, parseXmlText, textOfElement } from './xml.ts';

export const readFeed: Reader = ({ text, maxDepth }) => {
  const document = parseXmlText(text, maxDepth);
  const channel = elementNamed(document, 'channel', 'feed');
  const outlet = textOfElement(
    text,
    childrenOf(channel).find((child) => nameOf(child) === 'title'),
  );
  const articles = elementsNamed(document, 'item', 'entry').map((entry) => articleOf(text, entry, outlet, maxDepth));
  return { articles: articles.filter(({ pieces }) => textOf(pieces).trim() !== ''), messages: [] };
};

/** What holds the text, the whole before a summary. */
const bodies = ['content:encoded', 'content', 'body', 'description', 'summary'];

function articleOf(source: string, entry: Element, channel: string, maxDepth: number): ReadArticle {
  const children = childrenOf(entry);
  const child = (...names: readonly string[]): Element | undefined =>
    names.flatMap((name) => children.filter((one) => nameOf(one) === name))[0];
  const text = (...names: readonly string[]): string => textOfElement(source, child(...names));
  const body = bodies.flatMap((name) => children.filter((one) => one.name === name || nameOf(one) === name))[0];
  const title = child('title');
  const lines = body === undefined ? [] : contentLines(source, body, maxDepth);
  const first = lines[0] === undefined ? '' : textOf(lines[0].pieces);
  const head = title === undefined || first === text('title') ? [] : [elementLine(source, title, 'headline')];
  const authors = [text('creator') || textOfElement(source, elementNamed(child('author'), 'name')) || text('author')].filter(
    (name) => name !== '',
  );
  const outlet = textOfElement(source, elementNamed(child('source'), 'title')) || text('source') || channel;
  return {
    pieces: joinLines([...head, ...lines]),
    evidence: {
      ...dayIn(text('pubdate', 'published', 'date', 'updated')),
      ...(title !== undefined && { title: text('title') }),
      ...(outlet !== '' && { source: outlet }),
      ...(authors.length > 0 && { authors }),
    },
    ...(text('guid', 'id') !== '' && { name: text('guid', 'id') }),
  };
}
