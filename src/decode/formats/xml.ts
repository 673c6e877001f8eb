/** What the readers of XML formats share: elements by their local names, and their text as lines with their places in the source. */
import { type ChildNode, type Document, type Element, isCDATA, isTag, isText, type ParentNode } from 'domhandler';
import { decodeHTML } from 'entities';
import { parseDocument } from 'htmlparser2';
import type { BlockKind } from '../../structure/block.ts';
import { FormatError, type Piece } from './format.ts';
import { kindOf } from './html.ts';
import { linesOf, parsePage, textPieces, trimmed } from './html-page.ts';
import { movedBy, type PieceLine } from './pieces.ts';

/** Parses without expanding entities that the file declares. @throws {FormatError} `too-deep`. */
export function parseXmlText(text: string, maxDepth: number): Document {
  const document = parseDocument(text, { xmlMode: true, withStartIndices: true, withEndIndices: true, decodeEntities: false });
  let level: readonly ChildNode[] = document.children;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) throw new FormatError('too-deep', `elements are nested more than ${maxDepth} deep; drop the text of the article`);
    level = level.flatMap((node) => (isTag(node) || isCDATA(node) ? node.children : []));
  }
  return document;
}

/** A name without its prefix, in lower case. */
export function nameOf({ name }: Element): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

export function childrenOf(parent: ParentNode | undefined): Element[] {
  return parent === undefined ? [] : parent.children.filter(isTag);
}

/** Elements of a local name below a node, in document order; not those within one of them. */
export function elementsNamed(parent: ParentNode | undefined, ...names: readonly string[]): Element[] {
  return childrenOf(parent).flatMap((child) => (names.includes(nameOf(child)) ? [child] : elementsNamed(child, ...names)));
}

/** The first element of a local name below a node. */
export function elementNamed(parent: ParentNode | undefined, ...names: readonly string[]): Element | undefined {
  return elementsNamed(parent, ...names)[0];
}

/** The text of an element on one line, decoded; '' of none. */
export function textOfElement(source: string, element: Element | undefined): string {
  return element === undefined
    ? ''
    : elementPieces(source, element)
        .map(({ text }) => text)
        .join('')
        .trim();
}

/** The text of an element as one line. */
export function elementLine(source: string, element: Element, kind?: BlockKind): PieceLine {
  return { pieces: trimmed(elementPieces(source, element)), kind };
}

function elementPieces(source: string, parent: ParentNode): Piece[] {
  return parent.children.flatMap((node): Piece[] => {
    if (isText(node)) return textPieces(source, node.startIndex ?? 0, (node.endIndex ?? -1) + 1, false);
    if (isTag(node)) return elementPieces(source, node);
    if (!isCDATA(node)) return [];
    const [inner, start] = cdata(source, node);
    return [{ text: inner, start, end: start + inner.length }];
  });
}

/** The content of an element as the lines of a page: elements in place, a CDATA section with HTML, HTML that is escaped, or plain lines. */
export function contentLines(source: string, element: Element, maxDepth: number): PieceLine[] {
  if (childrenOf(element).length > 0) return pageLines(source, element, maxDepth);
  const section = element.children.find(isCDATA);
  if (section !== undefined) {
    const [inner, start] = cdata(source, section);
    const lines = hasTags(inner) ? pageLines(inner, parsePage(inner), maxDepth) : plainLines(inner, 0, inner.length);
    return lines.map(({ pieces, kind }) => ({ pieces: movedBy(pieces, start), kind }));
  }
  const [first, last] = [element.children[0], element.children.at(-1)];
  const [start, end] = [first?.startIndex ?? 0, (last?.endIndex ?? -1) + 1];
  const written = source.slice(start, end);
  if (!/&lt;|&#(?:60|x3c);/i.test(written)) return plainLines(source, start, end);
  const inner = decodeHTML(written);
  if (!hasTags(inner)) return plainLines(source, start, end);
  const lines = pageLines(inner, parsePage(inner), maxDepth);
  return lines.map(({ pieces, kind }) => ({ pieces: pieces.map(({ text }) => ({ text })), kind }));
}

function pageLines(source: string, parent: Document | Element, maxDepth: number): PieceLine[] {
  return linesOf(source, parent, maxDepth).map((line) => ({ pieces: line.pieces, kind: kindOf(line) }));
}

/** Lines of plain text between two offsets. */
function plainLines(source: string, start: number, end: number): PieceLine[] {
  const lines: PieceLine[] = [];
  let at = start;
  for (const line of source.slice(start, end).split('\n')) {
    lines.push({ pieces: trimmed(textPieces(source, at, at + line.length, false)) });
    at += line.length + 1;
  }
  return lines.filter(({ pieces }) => pieces.length > 0);
}

function hasTags(text: string): boolean {
  return /<\/?[a-z][a-z\d]*\b[^<>]*>/i.test(text);
}

/** The text of a CDATA section and where it begins. */
function cdata(source: string, node: ChildNode): [inner: string, start: number] {
  const start = (node.startIndex ?? 0) + '<![CDATA['.length;
  const end = (node.endIndex ?? -1) + 1;
  return [source.slice(start, end).replace(/\]\]>$/, ''), start];
}
