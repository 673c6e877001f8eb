/** What Word, OpenDocument and Excel files share: their XML, and how lines and styles become an article. */
import { type ChildNode, DomHandler, type Element, isTag, isText, type ParentNode } from 'domhandler';
import { Parser } from 'htmlparser2';
import type { BlockKind } from '../../structure/block.ts';
import { type Evidence, FormatError, type Piece, type ReadArticle } from './format.ts';

/** What its style makes of a paragraph. Of headings the place in the document decides which of them is the headline. */
export type LineStyle = 'kicker' | 'title' | 'heading1' | 'crosshead' | 'deck' | 'caption' | 'listItem';

export interface OfficeLine {
  readonly text: string;
  readonly style?: LineStyle | undefined;
}

/** The root element of a part of an office file. Entities that it declares are not expanded. @throws {FormatError} `too-deep`, `broken-format`. */
export function parseXml(bytes: Uint8Array, part: string, maxDepth: number): Element {
  const dom = new DomHandler(undefined, { xmlMode: true });
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (++depth > maxDepth) throw new FormatError('too-deep', `${part} has more than ${maxDepth} levels of elements; save it as text`);
        dom.onopentag(name, attributes);
      },
      onclosetag: () => {
        depth--;
        dom.onclosetag();
      },
      ontext: (text) => dom.ontext(text),
    },
    { xmlMode: true },
  );
  parser.end(decodeXml(bytes));
  const root = dom.root.children.find(isTag);
  if (root === undefined) throw new FormatError('broken-format', `${part} holds no XML; save the document anew or as text`);
  return root;
}

/** XML of office files is UTF-8, or UTF-16 with a byte order mark. */
export function decodeXml(bytes: Uint8Array): string {
  const charset = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(charset).decode(bytes);
}

/** A name without its prefix, which a writer may choose. */
export function localName({ name }: Element): string {
  return name.slice(name.indexOf(':') + 1);
}

export function elementsIn(parent: ParentNode | undefined): Element[] {
  return parent === undefined ? [] : parent.children.filter(isTag);
}

export function childOf(parent: ParentNode, name: string): Element | undefined {
  return elementsIn(parent).find((child) => localName(child) === name);
}

export function attribute({ attribs }: Element, name: string): string | undefined {
  for (const [key, value] of Object.entries(attribs)) if (key.slice(key.indexOf(':') + 1) === name) return value;
  return undefined;
}

/** All text below a node. */
export function textIn(node: ChildNode): string {
  if (isText(node)) return node.data;
  return isTag(node) ? node.children.map(textIn).join('') : '';
}

/** The title in a document's properties, of Word or of OpenDocument. */
export function titleIn(properties: Element | undefined): Evidence {
  const holder = properties && (childOf(properties, 'meta') ?? properties);
  const element = holder && childOf(holder, 'title');
  const title = element && unwrapped(textIn(element)).trim();
  return title ? { title } : {};
}

const han = /[\p{Script=Han}，。！？；：、“”‘’「」『』（）《》〈〉【】…—\u3000]/u;

/** The text of an element without the line breaks of its source: between two Chinese characters they are nothing, else a space. */
export function unwrapped(text: string): string {
  return text.replaceAll(/[ \t\r\n]+/g, (space: string, at: number) => {
    if (!/[\r\n]/.test(space)) return space;
    return han.test(text.charAt(at - 1)) && han.test(text.charAt(at + space.length)) ? '' : ' ';
  });
}

/** The lines of a paragraph, without those that are empty and without white space at their ends. */
export function splitLines(text: string, style?: LineStyle): OfficeLine[] {
  const lines = text.split('\n').map(trimmed);
  return lines.filter((line) => line.trim() !== '').map((line, index) => ({ text: line, style: index === 0 ? style : undefined }));
}

/** Without white space at the ends; U+3000 and U+00A0 are text. */
export function trimmed(line: string): string {
  let start = 0;
  let end = line.length;
  while (start < end && /[ \t\r]/.test(line.charAt(start))) start++;
  while (end > start && /[ \t\r]/.test(line.charAt(end - 1))) end--;
  return line.slice(start, end);
}

/** The lines of a row: one of its cells if each holds one paragraph, else the cells one below the other, as layout by tables has them. */
export function rowLines(cells: readonly (readonly OfficeLine[])[]): OfficeLine[] {
  const filled = cells.filter((cell) => cell.length > 0);
  if (filled.length < 2 || filled.some((cell) => cell.length > 1)) return filled.flat();
  return [{ text: filled.flatMap((cell) => cell.map(({ text }) => text)).join('\t') }];
}

/** A headline stands among the first lines: below a kicker at most. */
const deepestHeadline = 3;

/** The article of a document; none if it is empty. */
export function articlesOf(lines: readonly OfficeLine[], evidence: Evidence): ReadArticle[] {
  const pieces: Piece[] = [];
  let hasHeadline = false;
  const kindOf = (style: LineStyle | undefined, at: number): BlockKind | undefined => {
    const isTop = !hasHeadline && at < deepestHeadline;
    if (style === 'title') return isTop ? 'headline' : undefined;
    if (style === 'heading1') return at === 0 ? 'headline' : isTop ? undefined : 'crosshead';
    if (style === 'crosshead') return isTop ? undefined : 'crosshead';
    return style === 'deck' && !hasHeadline ? undefined : style;
  };
  for (const [at, { text, style }] of lines.entries()) {
    const kind = kindOf(style, at);
    if (kind === 'headline') hasHeadline = true;
    if (at > 0) pieces.push({ text: '\n' });
    pieces.push(kind === undefined ? { text } : { text, kind });
  }
  return pieces.length === 0 ? [] : [{ pieces, evidence }];
}

const styleNames: readonly (readonly [RegExp, LineStyle])[] = [
  [/^(?:title|标题|標題|大标题|大標題|主标题|主標題)$/, 'title'],
  [/^(?:subtitle|副标题|副標題)$/, 'deck'],
  [/^(?:heading|标题|標題)1$/, 'heading1'],
  [/^(?:(?:heading|标题|標題)[2-9]|小标题|小標題)$/, 'crosshead'],
  [/^(?:caption|题注|題注|图注|圖註|標號)$/, 'caption'],
];

/** What a style's name says, in English, as Word and LibreOffice store it, or in Chinese. */
export function styleNamed(name: string): LineStyle | undefined {
  const plain = name.toLowerCase().replaceAll(/[\s_]/g, '');
  return styleNames.find(([pattern]) => pattern.test(plain))?.[1];
}
