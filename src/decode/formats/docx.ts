/**
 * Word documents: the text as Word shows and prints it with all changes accepted. Source: ECMA-376-1, 17 (WordprocessingML), and
 * ECMA-376-3, 10 (alternate content).
 */
import type { Element, ParentNode } from 'domhandler';
import { FormatError, type Reader } from './format.ts';
import {
  articlesOf,
  attribute,
  childOf,
  elementsIn,
  type LineStyle,
  localName,
  type OfficeLine,
  parseXml,
  rowLines,
  splitLines,
  styleNamed,
  textIn,
  titleIn,
  trimmed,
  unwrapped,
} from './office-document.ts';
import { unzip } from './unzip.ts';

const parts = {
  document: 'word/document.xml',
  styles: 'word/styles.xml',
  footnotes: 'word/footnotes.xml',
  endnotes: 'word/endnotes.xml',
  core: 'docProps/core.xml',
};

export const readDocx: Reader = ({ bytes, maxUnpacked, maxDepth }) => {
  const names = Object.values(parts);
  const files = unzip(bytes, { maxUnpacked, only: (name) => names.includes(name) });
  const parsed = (part: string): Element | undefined => {
    const file = files.get(part);
    return file && parseXml(file, part, maxDepth);
  };
  const document = parsed(parts.document);
  const body = document && childOf(document, 'body');
  if (body === undefined) throw new FormatError('broken-format', 'the Word document has no body; save it anew as .docx or as text');
  const reading: Reading = { styles: readStyles(parsed(parts.styles)), notes: new Map() };
  const lines = blockLines(body, reading);
  const stored = new Map<string, Element>();
  for (const part of [parts.footnotes, parts.endnotes]) {
    for (const note of elementsIn(parsed(part))) stored.set(`${localName(note)} ${attribute(note, 'id')}`, note);
  }
  // Notes that a note refers to come in while it is read.
  for (const [key, number] of reading.notes) {
    const note = stored.get(key);
    const [first, ...others] = note === undefined ? [] : blockLines(note, reading);
    if (first !== undefined) lines.push({ text: `[${number}] ${first.text}` }, ...others);
  }
  return { articles: articlesOf(lines, titleIn(parsed(parts.core))), messages: [] };
};

interface Style {
  readonly name: string;
  readonly parent: string | undefined;
  readonly properties: Element | undefined;
  readonly isHidden: boolean | undefined;
}

interface Reading {
  readonly styles: ReadonlyMap<string, Style>;
  /** The numbers of notes by their type and id, in the order of their marks. */
  readonly notes: Map<string, number>;
}

function readStyles(root: Element | undefined): Map<string, Style> {
  const styles = new Map<string, Style>();
  for (const element of elementsIn(root)) {
    const id = attribute(element, 'styleId');
    if (id === undefined) continue;
    const properties = childOf(element, 'pPr');
    styles.set(id, {
      name: valueIn(element, 'name') ?? id,
      parent: valueIn(element, 'basedOn'),
      properties,
      isHidden: isVanished(element),
    });
  }
  return styles;
}

function valueIn(parent: ParentNode | undefined, name: string): string | undefined {
  const element = parent && childOf(parent, name);
  return element && attribute(element, 'val');
}

const longestChain = 20;

/** A style and those that it is based on. */
function* chainOf(id: string | undefined, styles: ReadonlyMap<string, Style>): Generator<Style> {
  let next = id;
  for (let count = 0; next !== undefined && count < longestChain; count++) {
    const style: Style | undefined = styles.get(next);
    if (style === undefined) return;
    yield style;
    next = style.parent;
  }
}

/** Do the properties of a run hide it? Undefined if they do not say. */
function isVanished(holder: Element): boolean | undefined {
  const properties = childOf(holder, 'rPr');
  const vanish = properties && childOf(properties, 'vanish');
  return vanish && !/^(?:0|false|off)$/.test(attribute(vanish, 'val') ?? '');
}

function styleOf(properties: Element | undefined, { styles }: Reading): LineStyle | undefined {
  const chain = [...chainOf(valueIn(properties, 'pStyle'), styles)];
  const named = chain.map(({ name }) => styleNamed(name)).find((style) => style !== undefined);
  if (named !== undefined) return named;
  const holders = [properties, ...chain.map((style) => style.properties)];
  const level = Number(holders.map((holder) => valueIn(holder, 'outlineLvl')).find((value) => value !== undefined) ?? Number.NaN);
  // 9 is the level of plain text.
  if (level >= 0 && level < 9) return level === 0 ? 'heading1' : 'crosshead';
  const numbering = holders.map((holder) => holder && childOf(holder, 'numPr')).find((holder) => holder !== undefined);
  const list = valueIn(numbering, 'numId');
  return list !== undefined && list !== '0' ? 'listItem' : undefined;
}

/** Never text: properties, what changes took away, codes of fields. */
const unseen = new Set('pPr rPr tblPr trPr tcPr sdtPr sectPr del moveFrom delText instrText delInstrText rt Fallback'.split(' '));

/** The paragraphs and tables in an element. */
function blockLines(parent: Element, reading: Reading): OfficeLine[] {
  const lines: OfficeLine[] = [];
  let joined = '';
  const walk = (element: Element): void => {
    const name = localName(element);
    if (unseen.has(name)) return;
    if (name === 'tbl') {
      lines.push(...tableLines(element, reading));
      return;
    }
    if (name !== 'p') {
      for (const child of alternative(element)) walk(child);
      return;
    }
    const properties = childOf(element, 'pPr');
    const { text, boxes } = inlineText(element, valueIn(properties, 'pStyle'), reading);
    joined += text;
    // A deleted mark of a paragraph: the next one goes on.
    const mark = properties && childOf(properties, 'rPr');
    if (mark === undefined || (childOf(mark, 'del') ?? childOf(mark, 'moveFrom')) === undefined) {
      lines.push(...splitLines(joined, styleOf(properties, reading)));
      joined = '';
    }
    lines.push(...boxes);
  };
  for (const child of elementsIn(parent)) walk(child);
  return [...lines, ...splitLines(joined)];
}

/** Of the ways in which a thing is stored, the first; the others repeat it for older programs. */
function alternative(element: Element): Element[] {
  if (localName(element) !== 'AlternateContent') return elementsIn(element);
  const chosen = childOf(element, 'Choice') ?? childOf(element, 'Fallback');
  return elementsIn(chosen);
}

function tableLines(table: Element, reading: Reading): OfficeLine[] {
  const lines: OfficeLine[] = [];
  const walk = (parent: Element, name: 'tr' | 'tc', see: (element: Element) => void): void => {
    for (const element of elementsIn(parent)) {
      if (localName(element) === name) see(element);
      else if (!unseen.has(localName(element))) walk(element, name, see);
    }
  };
  const isDeleted = (element: Element, properties: string, mark: string): boolean => {
    const holder = childOf(element, properties);
    return holder !== undefined && childOf(holder, mark) !== undefined;
  };
  walk(table, 'tr', (row) => {
    if (isDeleted(row, 'trPr', 'del')) return;
    const cells: OfficeLine[][] = [];
    walk(row, 'tc', (cell) => {
      if (!isDeleted(cell, 'tcPr', 'cellDel')) cells.push(blockLines(cell, reading));
    });
    lines.push(...rowLines(cells));
  });
  return lines;
}

const characters: Readonly<Record<string, string>> = { tab: '\t', ptab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-' };

/** The text of a paragraph, and the lines of the text boxes that hang on it. */
function inlineText(
  paragraph: Element,
  style: string | undefined,
  reading: Reading,
): { readonly text: string; readonly boxes: OfficeLine[] } {
  const texts: string[] = [];
  const boxes: OfficeLine[] = [];
  const hiddenBy = (id: string | undefined): boolean | undefined =>
    [...chainOf(id, reading.styles)].find(({ isHidden }) => isHidden !== undefined)?.isHidden;
  const isHiddenStyle = hiddenBy(style) ?? false;
  const walk = (element: Element): void => {
    const name = localName(element);
    if (unseen.has(name)) return;
    if (name === 'r') {
      const properties = childOf(element, 'rPr');
      if (isVanished(element) ?? hiddenBy(valueIn(properties, 'rStyle')) ?? isHiddenStyle) return;
    } else if (name === 't') {
      const text = unwrapped(textIn(element));
      texts.push(element.attribs['xml:space'] === 'preserve' ? text : trimmed(text));
    } else if (name === 'txbxContent') {
      boxes.push(...blockLines(element, reading));
      return;
    } else if (name === 'footnoteReference' || name === 'endnoteReference') {
      const key = `${name.replace('Reference', '')} ${attribute(element, 'id')}`;
      const number = reading.notes.get(key) ?? reading.notes.size + 1;
      reading.notes.set(key, number);
      texts.push(`[${number}]`);
    } else if (name === 'ruby') {
      const of = (part: string): string => {
        const holder = childOf(element, part);
        return holder === undefined ? '' : inlineText(holder, style, reading).text;
      };
      texts.push(`<ruby>${of('rubyBase')}<rt>${of('rt')}</rt></ruby>`);
      return;
    } else if (name === 'sym') {
      const code = Number.parseInt(attribute(element, 'char') ?? '', 16);
      // Private use: a picture in a font of symbols.
      if (code >= 0x20 && code <= 0xffff && !(code >= 0xd800 && code < 0xf900)) texts.push(String.fromCharCode(code));
    }
    texts.push(characters[name] ?? '');
    for (const child of alternative(element)) walk(child);
  };
  for (const child of elementsIn(paragraph)) walk(child);
  return { text: texts.join(''), boxes };
}
