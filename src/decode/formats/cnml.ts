/**
 * CNML: the articles of a Chinese agency. Source: GB/T 20092, the elements whose names say what they hold; controlled terms, relations and
 * signatures are left out.
 */
import type { Element } from 'domhandler';
import type { BlockKind } from '../../structure/block.ts';
import { dayIn } from './day.ts';
import type { ReadArticle, Reader } from './format.ts';
import { joinLines, type PieceLine, textOf } from './pieces.ts';
import { contentLines, elementLine, elementNamed, elementsNamed, parseXmlText, textOfElement } from './xml.ts';

export const readCnml: Reader = ({ text, maxDepth }) => {
  const root = elementNamed(parseXmlText(text, maxDepth), 'cnml');
  const items = elementsNamed(root, 'item', 'newsitem');
  const articles = (items.length === 0 && root !== undefined ? [root] : items).map((item) => articleOf(text, item, maxDepth));
  return { articles: articles.filter(({ pieces }) => pieces.length > 0), messages: [] };
};

const heads: readonly (readonly [kind: BlockKind, ...names: readonly string[]])[] = [
  ['kicker', 'leadline', 'overline', 'introtitle'],
  ['headline', 'headline', 'title'],
  ['deck', 'subheadline', 'subheadlines', 'subtitle'],
  ['byline', 'byline'],
];

function articleOf(source: string, item: Element, maxDepth: number): ReadArticle {
  const bodies = elementsNamed(item, 'datacontent', 'textcontent', 'content', 'text').filter((one) => textOfElement(source, one) !== '');
  const body = bodies.flatMap((one) => contentLines(source, one, maxDepth));
  const written = new Set(body.map(({ pieces }) => textOf(pieces)));
  const head = heads.flatMap(([kind, ...names]): PieceLine[] => {
    const element = elementNamed(item, ...names);
    if (element === undefined) return [];
    const line = elementLine(source, element, kind);
    return written.has(textOf(line.pieces)) ? [] : [line];
  });
  const text = (...names: readonly string[]): string => textOfElement(source, elementNamed(item, ...names));
  const title = text('headline', 'title');
  const outlet = text('provider', 'source', 'publisher');
  const authors = elementsNamed(item, 'author', 'creator')
    .map((one) => textOfElement(source, elementNamed(one, 'name') ?? one))
    .filter((name) => name !== '');
  return {
    pieces: joinLines([...head, ...body]),
    evidence: {
      ...dayIn(text('publishtime', 'publicationtime', 'releasetime', 'firstcreatedtime', 'createdtime', 'datecreated', 'publishdate')),
      ...(title !== '' && { title }),
      ...(outlet !== '' && { source: outlet }),
      ...(authors.length > 0 && { authors }),
    },
  };
}
