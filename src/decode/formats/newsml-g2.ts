/** NewsML-G2: the news items of a message, whose text stands in line as HTML, NITF or plain text. Source: IPTC, NewsML-G2 2.x. */
import type { Element } from 'domhandler';
import type { Message } from '../../message.ts';
import type { BlockKind } from '../../structure/block.ts';
import { dayIn } from './day.ts';
import type { ReadArticle, Reader } from './format.ts';
import { nitfArticle } from './nitf.ts';
import { joinLines, type PieceLine, textOf } from './pieces.ts';
import { contentLines, elementLine, elementNamed, elementsNamed, parseXmlText, textOfElement } from './xml.ts';

export const readNewsml: Reader = ({ text, maxDepth }) => {
  const document = parseXmlText(text, maxDepth);
  const items = elementsNamed(document, 'newsitem');
  const articles = items.flatMap((item) => articleOf(text, item, maxDepth));
  const others = items.length - articles.length + elementsNamed(document, 'packageitem').length;
  const messages: Message[] =
    others === 0
      ? []
      : [{ rule: 'newsml-g2', severity: 'info', reason: `${others} items have no text in line (pictures, packages); left out` }];
  return { articles, messages };
};

function articleOf(source: string, item: Element, maxDepth: number): ReadArticle[] {
  const meta = elementNamed(item, 'contentmeta');
  const content = elementNamed(item, 'contentset');
  const nitf = elementNamed(content, 'nitf');
  const inLine = elementNamed(content, 'inlinexml', 'inlinedata');
  const body: ReadArticle = nitf
    ? nitfArticle(source, nitf)
    : {
        pieces: joinLines(inLine === undefined ? [] : contentLines(source, elementNamed(inLine, 'body') ?? inLine, maxDepth)),
        evidence: {},
      };
  const written = textOf(body.pieces);
  if (written.trim() === '') return [];
  const head: PieceLine[] = [];
  for (const [name, kind] of heads) {
    for (const element of elementsNamed(meta, name)) {
      const line = elementLine(source, element, roleOf(element) ?? kind);
      // Items repeat in their text what their metadata hold.
      if (!written.includes(textOf(line.pieces))) head.push(line);
    }
  }
  const provider = elementNamed(item, 'provider');
  const outlet = textOfElement(source, elementNamed(provider, 'name')) || provider?.attribs.literal || '';
  const created = elementNamed(meta, 'contentcreated') ?? elementNamed(item, 'firstcreated', 'versioncreated');
  const title = textOfElement(source, elementNamed(meta, 'headline'));
  const authors = elementsNamed(meta, 'creator')
    .map((creator) => textOfElement(source, elementNamed(creator, 'name')))
    .filter((name) => name !== '');
  const evidence = {
    ...body.evidence,
    ...dayIn(textOfElement(source, created)),
    ...(title !== '' && { title }),
    ...(outlet !== '' && { source: outlet }),
    ...(authors.length > 0 && { authors }),
  };
  const guid = item.attribs.guid;
  return [{ pieces: joinLines([...head, { pieces: body.pieces }]), evidence, ...(guid !== undefined && { name: guid }) }];
}

const heads: readonly (readonly [name: string, kind: BlockKind])[] = [
  ['headline', 'headline'],
  ['by', 'byline'],
];

/** Headlines of other roles: hldrole:subHeadline. */
function roleOf({ attribs: { role = '' } }: Element): BlockKind | undefined {
  return /sub/i.test(role) ? 'deck' : undefined;
}
