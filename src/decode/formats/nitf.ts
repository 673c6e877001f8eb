/** NITF: an article of a news agency. Source: IPTC, NITF 3.6. */
import type { Element } from 'domhandler';
import type { BlockKind } from '../../structure/block.ts';
import { dayIn } from './day.ts';
import { FormatError, type ReadArticle, type Reader } from './format.ts';
import { joinLines, type PieceLine } from './pieces.ts';
import { childrenOf, elementLine, elementNamed, elementsNamed, nameOf, parseXmlText, textOfElement } from './xml.ts';

export const readNitf: Reader = ({ text, maxDepth }) => {
  const root = elementNamed(parseXmlText(text, maxDepth), 'nitf');
  if (root === undefined) throw new FormatError('broken-format', 'the file has no nitf element; export the article anew');
  return { articles: [nitfArticle(text, root)], messages: [] };
};

/** The article of a `nitf` element, which may stand in another format. */
export function nitfArticle(source: string, root: Element): ReadArticle {
  const head = elementNamed(root, 'head');
  const body = elementNamed(root, 'body');
  const lines: PieceLine[] = [];
  const isInHead = new Set(childrenOf(elementNamed(body, 'body.head')));
  const walk = (element: Element, inHead: boolean): void => {
    const name = nameOf(element);
    if (unseen.has(name)) return;
    const kind = name === 'hl2' ? (inHead ? 'deck' : 'crosshead') : kinds[name];
    if (kind !== undefined || lineNames.has(name)) lines.push(elementLine(source, element, kind));
    else for (const child of childrenOf(element)) walk(child, inHead || isInHead.has(child));
  };
  if (body !== undefined) walk(body, false);
  const issued = elementNamed(head, 'date.issue') ?? elementNamed(head, 'date.release');
  const publication = elementNamed(head, 'pubdata')?.attribs;
  const outlet = publication?.name ?? textOfElement(source, elementNamed(body, 'distributor'));
  const title = textOfElement(source, elementNamed(head, 'title'));
  const authors = elementsNamed(elementNamed(body, 'byline'), 'person').map((person) => textOfElement(source, person));
  return {
    pieces: joinLines(lines),
    evidence: {
      ...dayIn(issued?.attribs.norm ?? publication?.['date.publication'] ?? ''),
      ...(title !== '' && { title }),
      ...(outlet !== '' && { source: outlet }),
      ...(authors.length > 0 && { authors }),
    },
  };
}

const kinds: Readonly<Record<string, BlockKind>> = {
  hl1: 'headline',
  byline: 'byline',
  abstract: 'summary',
  'media-caption': 'caption',
  li: 'listItem',
};
const lineNames = new Set(['p', 'dateline', 'note', 'tagline', 'tr', 'dt', 'dd', 'credit', 'media-producer', 'pre', 'fn']);
const unseen = new Set(['rights', 'media-object', 'media-metadata', 'media-reference', 'distributor', 'copyrite', 'bibliography']);
