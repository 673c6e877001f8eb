/** OpenDocument texts, with all changes accepted. Source: OASIS OpenDocument 1.3, part 3, 3 to 7 and 19. */
import { type Element, isTag, isText } from 'domhandler';
import { FormatError, type Reader } from './format.ts';
import {
  articlesOf,
  childOf,
  elementsIn,
  type LineStyle,
  type OfficeLine,
  parseXml,
  rowLines,
  splitLines,
  styleNamed,
  textIn,
  titleIn,
  unwrapped,
} from './office-document.ts';
import { unzip } from './unzip.ts';

const parts = { content: 'content.xml', styles: 'styles.xml', meta: 'meta.xml', manifest: 'META-INF/manifest.xml' };

export const readOdt: Reader = ({ bytes, maxUnpacked, maxDepth }) => {
  const names = Object.values(parts);
  const files = unzip(bytes, { maxUnpacked, only: (name) => names.includes(name) });
  // What is encrypted is no XML; the manifest tells.
  const manifest = files.get(parts.manifest);
  if (manifest !== undefined && Buffer.from(manifest).includes('encryption-data')) {
    throw new FormatError('encrypted', 'the OpenDocument file has a password; save it without one');
  }
  const parsed = (part: string): Element | undefined => {
    const file = files.get(part);
    return file && parseXml(file, part, maxDepth);
  };
  const content = parsed(parts.content);
  const body = content && childOf(content, 'body');
  const text = body && childOf(body, 'text');
  if (content === undefined || text === undefined) {
    throw new FormatError('broken-format', 'the OpenDocument file has no text in its content.xml; save it anew as .odt or as text');
  }
  const reading: Reading = { styles: readStyles([parsed(parts.styles), content]), notes: [] };
  const lines = blockLines(text, reading);
  for (const { mark, body } of reading.notes) {
    const [first, ...others] = blockLines(body, reading);
    if (first !== undefined) lines.push({ ...first, text: `${mark} ${first.text}` }, ...others);
  }
  return { articles: articlesOf(lines, titleIn(parsed(parts.meta))), messages: [] };
};

interface Style {
  readonly names: readonly string[];
  readonly parent: string | undefined;
  readonly isHidden: boolean | undefined;
}

interface Reading {
  /** By family and name. */
  readonly styles: ReadonlyMap<string, Style>;
  /** Notes in the order of their marks. */
  readonly notes: { readonly mark: string; readonly body: Element }[];
}

function readStyles(roots: readonly (Element | undefined)[]): Map<string, Style> {
  const styles = new Map<string, Style>();
  for (const holder of roots.flatMap((root) => elementsIn(root))) {
    for (const element of elementsIn(holder)) {
      const {
        'style:name': name,
        'style:display-name': shown,
        'style:family': family,
        'style:parent-style-name': parent,
      } = element.attribs;
      if (name === undefined) continue;
      const properties = childOf(element, 'text-properties');
      const display = properties?.attribs['text:display'];
      // _20_ is a space.
      const names = [shown ?? '', name.replaceAll('_20_', ' ')];
      styles.set(`${family} ${name}`, { names, parent, isHidden: display === undefined ? undefined : display === 'none' });
    }
  }
  return styles;
}

const longestChain = 20;

/** The styles of an element, its own first. */
function chainOf(element: Element, family: 'paragraph' | 'text', { styles }: Reading): Style[] {
  const chain: Style[] = [];
  let name = element.attribs['text:style-name'];
  while (name !== undefined && chain.length < longestChain) {
    const style = styles.get(`${family} ${name}`);
    if (style === undefined) break;
    chain.push(style);
    name = style.parent;
  }
  return chain;
}

function isHidden(chain: readonly Style[]): boolean | undefined {
  return chain.find((style) => style.isHidden !== undefined)?.isHidden;
}

function styleOf(element: Element, chain: readonly Style[], inList: boolean): LineStyle | undefined {
  const own = styleNamed((element.attribs['text:style-name'] ?? '').replaceAll('_20_', ' '));
  const named = own ?? chain.flatMap(({ names }) => names.map(styleNamed)).find((style) => style !== undefined);
  if (named !== undefined) return named;
  if (element.name === 'text:h') return (element.attribs['text:outline-level'] ?? '1') === '1' ? 'heading1' : 'crosshead';
  return inList ? 'listItem' : undefined;
}

/** Never text of the article. A deletion that is not yet accepted stands in text:tracked-changes. */
const unseen = new Set(
  (
    'text:tracked-changes office:annotation office:annotation-end office:forms office:event-listeners svg:title svg:desc text:script ' +
    'text:variable-decls text:sequence-decls text:user-field-decls text:dde-connection-decls text:table-of-content table:covered-table-cell ' +
    'text:note-citation text:ruby-text table:shapes text:hidden-text'
  ).split(' '),
);

/** The paragraphs, lists and tables in an element. */
function blockLines(parent: Element, reading: Reading): OfficeLine[] {
  const lines: OfficeLine[] = [];
  const walk = (element: Element, inList: boolean): void => {
    const { name } = element;
    if (unseen.has(name) || (name === 'text:section' && element.attribs['text:display'] === 'none')) return;
    if (name === 'table:table') {
      lines.push(...tableLines(element, reading));
    } else if (name === 'text:p' || name === 'text:h') {
      const chain = chainOf(element, 'paragraph', reading);
      if (isHidden(chain)) return;
      const { text, boxes } = inlineText(element, reading);
      lines.push(...splitLines(text, styleOf(element, chain, inList)), ...boxes);
    } else {
      for (const child of elementsIn(element)) walk(child, inList || name === 'text:list');
    }
  };
  for (const child of elementsIn(parent)) walk(child, false);
  return lines;
}

function tableLines(table: Element, reading: Reading): OfficeLine[] {
  const lines: OfficeLine[] = [];
  const walk = (parent: Element): void => {
    for (const element of elementsIn(parent)) {
      if (element.name === 'table:table-row') {
        lines.push(...rowLines(elementsIn(element).map((cell) => (unseen.has(cell.name) ? [] : blockLines(cell, reading)))));
      } else if (!unseen.has(element.name)) walk(element);
    }
  };
  walk(table);
  return lines;
}

/** Spaces that one element may stand for; more are no text. */
const mostSpaces = 1000;

/** The text of a paragraph, and the lines of the frames that hang on it. */
function inlineText(paragraph: Element, reading: Reading): { readonly text: string; readonly boxes: OfficeLine[] } {
  const texts: string[] = [];
  // The last character so far.
  let last = '';
  const add = (text: string): void => {
    if (text === '') return;
    texts.push(text);
    last = text.slice(-1);
  };
  const boxes: OfficeLine[] = [];
  let isParagraphHidden = false;
  const walk = (element: Element): void => {
    for (const node of element.children) {
      // White space of the source is one space, and none behind another (6.1.2).
      if (isText(node)) {
        const own = unwrapped(node.data).replaceAll(/[ \t\r\n]+/g, ' ');
        add(own.startsWith(' ') && /^[ \t\n]?$/.test(last) ? own.slice(1) : own);
      } else if (isTag(node)) see(node);
    }
  };
  const see = (element: Element): void => {
    const { name, attribs } = element;
    if (unseen.has(name)) return;
    if (name === 'text:s') add(' '.repeat(Math.min(mostSpaces, Math.max(1, Number.parseInt(attribs['text:c'] ?? '1', 10) || 1))));
    else if (name === 'text:tab') add('\t');
    else if (name === 'text:line-break') add('\n');
    else if (name === 'text:hidden-paragraph') isParagraphHidden ||= attribs['text:is-hidden'] === 'true';
    else if (name === 'text:note') seeNote(element);
    else if (name === 'text:ruby') {
      add('<ruby>');
      for (const part of elementsIn(element)) {
        if (part.name === 'text:ruby-base') walk(part);
        else if (part.name === 'text:ruby-text') add(`<rt>${unwrapped(textIn(part))}</rt>`);
      }
      add('</ruby>');
    } else if (name === 'draw:frame') {
      // Of the ways in which a frame is stored, the first; the others repeat it.
      const [first] = elementsIn(element).filter((child) => child.name.startsWith('draw:') || child.name === 'table:table');
      if (first !== undefined) boxes.push(...(first.name === 'table:table' ? tableLines(first, reading) : blockLines(first, reading)));
    } else if (/^(?:draw|dr3d):/.test(name)) boxes.push(...blockLines(element, reading));
    else if (name !== 'text:span' || !isHidden(chainOf(element, 'text', reading))) walk(element);
  };
  const seeNote = (element: Element): void => {
    const citation = childOf(element, 'note-citation');
    const body = childOf(element, 'note-body');
    if (body === undefined) return;
    const mark = `[${(citation && textIn(citation).trim()) || reading.notes.length + 1}]`;
    reading.notes.push({ mark, body });
    add(mark);
  };
  walk(paragraph);
  return isParagraphHidden ? { text: '', boxes } : { text: texts.join(''), boxes };
}
