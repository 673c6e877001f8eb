/** A page as lines of visible text with their places in the source: what a reader sees, before it is told what of it is the article. */
import { type ChildNode, type Document, type Element, isTag, isText, type ParentNode } from 'domhandler';
import { decodeHTML } from 'entities';
import { parseDocument } from 'htmlparser2';
import { FormatError, type Piece } from './format.ts';

/** A line of the page: the text of a block element, or of a part of it between line breaks. */
export interface Line {
  readonly pieces: Piece[];
  readonly text: string;
  /** Innermost block element. */
  readonly element: Element | Document;
  /** UTF-16 units of the text that stand in links. */
  readonly linked: number;
}

export function parsePage(text: string): Document {
  return parseDocument(text, { withStartIndices: true, withEndIndices: true, decodeEntities: false });
}

const blocks = new Set(
  (
    'address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form frameset ' +
    'h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol option p pre section select summary table tbody td tfoot th thead tr ul'
  ).split(' '),
);
const unseen = new Set(
  'script style template noscript head iframe object embed svg canvas audio video map math textarea select option button input datalist noframes applet rt rp rtc'.split(
    ' ',
  ),
);

/** Elements that a page's own style sheets hide by a plain class, id or name: what traps for scrapers are made of. */
function hiddenBy(document: Document | Element): (element: Element) => boolean {
  const names = new Set<string>();
  for (const element of elementsOf(document)) {
    if (element.name !== 'style') continue;
    const css = element.children.map((child) => (isText(child) ? child.data : '')).join('');
    for (const { selectors, body } of cssRules(css)) {
      if (!isHiding(body)) continue;
      for (const selector of selectors.split(',')) {
        const name = selector.trim();
        if (/^(?:[a-z]*[.#][\w-]+|[a-z]+)$/i.test(name) && !blocks.has(name)) names.add(name.replace(/^[a-z]+(?=[.#])/i, ''));
      }
    }
  }
  const isShown = shownByScript(document);
  return (element) => {
    const { hidden, style = '', class: classes = '', id = '', 'aria-hidden': aria } = element.attribs;
    if (hidden !== undefined || aria === 'true') return true;
    if (style !== '' && isHiding(style)) return !isShown(element);
    if (names.size === 0) return false;
    return names.has(element.name) || names.has(`#${id}`) || classes.split(/\s+/).some((one) => names.has(`.${one}`));
  };
}

/** The rules of a style sheet, but for those within others: a sheet for printing or for narrow screens hides what the page shows. */
function* cssRules(css: string): Generator<{ readonly selectors: string; readonly body: string }> {
  const plain = css.replaceAll(/\/\*.*?(?:\*\/|$)/gs, '');
  let depth = 0;
  let start = 0;
  let selectors = '';
  for (const { 0: brace, index } of plain.matchAll(/[{}]/g)) {
    if (brace === '{') {
      if (depth++ === 0) selectors = plain.slice(start, index).trim();
    } else if (depth > 0 && --depth === 0 && !selectors.startsWith('@')) yield { selectors, body: plain.slice(start, index) };
    start = index + 1;
  }
}

/** What holds much of a page's text is shown by a script once it has loaded, as WeChat's articles are. */
function shownByScript(document: Document | Element): (element: Element) => boolean {
  let whole: number | undefined;
  return (element) => {
    whole ??= lettersIn(document);
    return lettersIn(element) > Math.max(100, whole * 0.3);
  };
}

/** UTF-16 units of text below a node, scripts and white space aside. */
function lettersIn(parent: ParentNode): number {
  let letters = 0;
  const stack: ChildNode[] = [...parent.children];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (isText(node)) letters += node.data.trim().length;
    else if (isTag(node) && !unseen.has(node.name)) for (const child of node.children) stack.push(child);
  }
  return letters;
}

function isHiding(style: string): boolean {
  return /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:!important\s*)?(?:;|$)|opacity\s*:\s*0(?:\.0+)?\s*(?:!important\s*)?(?:;|$)|(?:text-indent|left|top|margin-left)\s*:\s*-\d{4,}/i.test(
    style,
  );
}

export function* elementsOf(node: ParentNode): Generator<Element> {
  const stack: ChildNode[] = [...node.children].reverse();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    if (!isTag(next)) continue;
    yield next;
    for (let index = next.children.length - 1; index >= 0; index--) {
      const child = next.children[index];
      if (child !== undefined) stack.push(child);
    }
  }
}

/** The visible lines of a page. @throws {FormatError} `too-deep`. */
export function linesOf(source: string, document: Document | Element, maxDepth: number): Line[] {
  const isHidden = hiddenBy(document);
  const lines: Line[] = [];
  let pieces: Piece[] = [];
  let linked = 0;
  let element: Element | Document = document;
  const flush = (next: Element | Document): void => {
    const tidy = trimmed(pieces);
    if (tidy.length > 0) lines.push({ pieces: tidy, text: tidy.map(({ text }) => text).join(''), element, linked });
    pieces = [];
    linked = 0;
    element = next;
  };
  const walk = (node: ChildNode, depth: number, isLink: boolean, isPre: boolean): void => {
    if (depth > maxDepth)
      throw new FormatError('too-deep', `elements are nested more than ${maxDepth} deep; save the page as text and drop that`);
    if (isText(node)) {
      const start = node.startIndex ?? 0;
      const before = pieces.length;
      pieces.push(...textPieces(source, start, Math.min((node.endIndex ?? start - 1) + 1, source.length), isPre));
      if (isLink) linked += pieces.slice(before).reduce((sum, { text }) => sum + text.trim().length, 0);
      return;
    }
    if (!isTag(node) || unseen.has(node.name) || isHidden(node)) return;
    if (node.name === 'br') {
      flush(element);
      return;
    }
    const isBlock = blocks.has(node.name);
    const outer: Element | Document = element;
    if (isBlock) flush(node);
    for (const child of node.children) walk(child, depth + 1, isLink || node.name === 'a', isPre || node.name === 'pre');
    if (isBlock) flush(outer);
    else if (node.name === 'td' || node.name === 'th') pieces.push({ text: ' ' });
  };
  for (const child of document.children) walk(child, 0, false, false);
  flush(document);
  return lines;
}

/** A text node: references decoded, white space as HTML has it. */
export function textPieces(source: string, start: number, end: number, isPre: boolean): Piece[] {
  const pieces: Piece[] = [];
  const token = /&(?:#\d{1,8}|#[xX][\da-fA-F]{1,7}|[A-Za-z][A-Za-z\d]{1,31});?|[ \t\r\n\f]+/g;
  let at = start;
  for (const match of source.slice(start, end).matchAll(token)) {
    const from = start + match.index;
    const stop = from + match[0].length;
    const written = match[0];
    const text = written.startsWith('&')
      ? decodeHTML(written)
      : isPre
        ? written.replaceAll(/\r\n?/g, '\n')
        : spaceFor(source, from, stop, written);
    if (text === written) continue;
    if (from > at) pieces.push({ text: source.slice(at, from), start: at, end: from });
    if (text !== '') pieces.push({ text, start: from, end: stop });
    at = stop;
  }
  if (end > at) pieces.push({ text: source.slice(at, end), start: at, end });
  return pieces;
}

const han = /[\p{Script=Han}，。！？；：、“”‘’「」『』（）《》〈〉【】…—\u3000]/u;

/** A line break of the source between two Chinese characters is none. */
function spaceFor(source: string, start: number, end: number, written: string): string {
  if (written === ' ') return written;
  const isBreak = /[\r\n]/.test(written);
  return isBreak && han.test(source.slice(start - 1, start)) && han.test(source.slice(end, end + 1)) ? '' : ' ';
}

/** Without white space at the ends, and without a second space in a row. */
export function trimmed(pieces: readonly Piece[]): Piece[] {
  const kept: Piece[] = [];
  for (const piece of pieces) {
    const last = kept.at(-1)?.text ?? ' ';
    const own = / $/.test(last) ? without(piece, /^ +/) : piece;
    if (own.text !== '') kept.push(own);
  }
  for (let last = kept.pop(); last !== undefined; last = kept.pop()) {
    const own = without(last, /[ \u00a0\t\n]+$/);
    if (own.text === '') continue;
    kept.push(own);
    break;
  }
  return kept.some(({ text }) => text.trim() !== '') ? kept : [];
}

function without(piece: Piece, ends: RegExp): Piece {
  const text = piece.text.replace(ends, '');
  if (text === piece.text) return piece;
  if (piece.start === undefined || piece.end === undefined || piece.end - piece.start !== piece.text.length) return { ...piece, text };
  const start = ends.source.startsWith('^') ? piece.end - text.length : piece.start;
  return { ...piece, text, start, end: start + text.length };
}
