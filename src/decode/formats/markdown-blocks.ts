/** Blocks of Markdown. Source: CommonMark 0.31.2, sections 4 and 5; tables by GitHub Flavored Markdown. Indented text is no code here. */
import type { Span } from '../../text/span.ts';
import { FormatError } from './format.ts';

export interface MarkdownBlock {
  readonly kind: 'heading' | 'text' | 'item' | 'row' | 'code';
  /** Of a heading. */
  readonly level?: number;
  /** What stands in each of its lines; of a row, its cells. */
  readonly parts: readonly Span[];
}

export interface Blocks {
  readonly blocks: readonly MarkdownBlock[];
  /** Labels that links may refer to, folded by {@link foldLabel}. */
  readonly labels: ReadonlySet<string>;
}

interface Open {
  kind: MarkdownBlock['kind'];
  readonly parts: Span[];
  readonly depth: number;
}

/** What is between the comments, scripts and style sheets of a text: they are filled with NULs, which stand for nothing. */
export function maskHtml(text: string): string {
  let masked = text;
  for (const [opening, closing] of [
    [/<!--/g, '-->'],
    [/<script\b/gi, '</script>'],
    [/<style\b/gi, '</style>'],
  ] as const) {
    if (!opening.test(masked)) continue;
    const parts: string[] = [];
    const folded = closing === '-->' ? masked : masked.toLowerCase();
    // Some characters are longer in lower case.
    const source = folded.length === masked.length ? folded : masked;
    let at = 0;
    opening.lastIndex = 0;
    for (let match = opening.exec(masked); match !== null; match = opening.exec(masked)) {
      const end = source.indexOf(closing, match.index + match[0].length);
      if (end === -1) break;
      parts.push(masked.slice(at, match.index), '\0'.repeat(end + closing.length - match.index));
      at = end + closing.length;
      opening.lastIndex = at;
    }
    masked = parts.join('') + masked.slice(at);
  }
  return masked;
}

export function foldLabel(label: string): string {
  return label.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

const rule = /^([-*_])[ \t]*(?:\1[ \t]*){2,}$/;
const delimiters = /^\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;
const definition = /^\[([^\][]{1,200})\]:[ \t]*(?:<[^<>]*>|\S+)[ \t]*(?:"[^"]*"|'[^']*'|\([^()]*\))?[ \t]*$/;
/** Columns of the longest line that a row of dashes below makes a heading. */
const longestHeading = 40;

/** @param masked see {@link maskHtml}. @throws {FormatError} `too-deep`. */
export function blocksOf(masked: string, from: number, maxDepth: number): Blocks {
  const blocks: MarkdownBlock[] = [];
  const labels = new Set<string>();
  let open: Open | undefined;
  let fence: string | undefined;
  let columns = 0;
  const close = (): void => {
    if (open !== undefined && open.parts.length > 0) blocks.push({ kind: open.kind, parts: open.parts });
    open = undefined;
    columns = 0;
  };
  const begin = (kind: Open['kind'], depth: number): Open => {
    close();
    open = { kind, parts: [], depth };
    return open;
  };
  for (const line of linesFrom(masked, from)) {
    const { start, end, depth, item } = containersOf(masked, line, maxDepth, open === undefined || open.kind === 'item');
    const text = masked.slice(start, end);
    if (fence !== undefined) {
      const isEnd = text.startsWith(fence) && text.slice(fence.length).replaceAll(fence.charAt(0), '').trim() === '';
      if (isEnd) fence = undefined;
      else if (text.trim() !== '') blocks.push({ kind: 'code', parts: [codeIn(masked, line, depth)] });
      continue;
    }
    if (item || (open !== undefined && depth > open.depth)) close();
    if (/^[\0 \t]*$/.test(text)) {
      close();
      continue;
    }
    const [fenced] = /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(text) ?? [];
    const [hashes] = /^#{1,6}(?=[ \t]|$)/.exec(text) ?? [];
    if (fenced !== undefined) {
      close();
      fence = fenced;
    } else if (hashes !== undefined) {
      close();
      const part = headingIn(masked, start + hashes.length, end);
      if (part.start < part.end) blocks.push({ kind: 'heading', level: hashes.length, parts: [part] });
    } else if (open !== undefined && isUnderlined(masked, open, text)) {
      blocks.push({ kind: 'heading', level: text.startsWith('=') ? 1 : 2, parts: open.parts });
      open = undefined;
    } else if (rule.test(text) && !item) close();
    else if (columns > 0) blocks.push({ kind: 'row', parts: cellsIn(masked, start, end) });
    else if (open?.kind === 'text' && text.includes('-') && delimiters.test(text) && isHeader(masked, open, text)) {
      const header = open.parts.pop();
      close();
      if (header !== undefined) blocks.push({ kind: 'row', parts: cellsIn(masked, header.start, header.end) });
      columns = cellsIn(text, 0, text.length).length;
    } else if (open === undefined && !item && isDefinition(text)) labels.add(foldLabel(definition.exec(text)?.[1] ?? ''));
    else (item || open === undefined ? begin(item ? 'item' : 'text', depth) : open).parts.push({ start, end: line.end });
  }
  close();
  return { blocks, labels };
}

function* linesFrom(text: string, from: number): Generator<Span> {
  const ends = /\r\n|\n|\r/g;
  ends.lastIndex = from;
  let start = from;
  for (let match = ends.exec(text); match !== null; match = ends.exec(text)) {
    yield { start, end: match.index };
    start = ends.lastIndex;
  }
  yield { start, end: text.length };
}

interface Contents extends Span {
  /** Block quotes that it stands in. */
  readonly depth: number;
  /** Does an item of a list begin there? */
  readonly item: boolean;
}

/** What stands behind the marks of quotes and lists. The number of an item is text. */
function containersOf(text: string, line: Span, maxDepth: number, mayGoOn: boolean): Contents {
  let end = line.end;
  while (end > line.start && /[\0 \t]/.test(text.charAt(end - 1))) end--;
  let start = line.start;
  let depth = 0;
  let item = false;
  for (let levels = 0; ; levels++) {
    if (levels > maxDepth)
      throw new FormatError('too-deep', `quotes and lists are nested more than ${maxDepth} deep; save the text without them`);
    while (start < end && /[\0 \t]/.test(text.charAt(start))) start++;
    const character = text.charAt(start);
    if (start < end && character === '>') {
      depth++;
      start++;
      continue;
    }
    const isBullet = /[-*+]/.test(character) && /[ \t]/.test(text.charAt(start + 1)) && start + 1 < end;
    if (isBullet && !text.endsWith(character, end) && !rule.test(text.slice(start, end))) {
      item = true;
      start += 2;
      continue;
    }
    const [, digits = ''] = /^(\d{1,9})[.)][ \t]+\S/.exec(text.slice(start, Math.min(end, start + 40))) ?? [];
    // Within a paragraph only a list that begins with 1 begins.
    if (digits !== '' && (mayGoOn || depth > 0 || item || digits === '1')) item = true;
    return { start, end, depth, item };
  }
}

/** A line of code: behind the marks of quotes, with its white space. */
function codeIn(text: string, { start, end }: Span, depth: number): Span {
  const [marks = ''] = depth === 0 ? [] : (/^(?:[ \t]*>[ \t]?)+/.exec(text.slice(start, end)) ?? []);
  return { start: start + marks.length, end };
}

/** The text of a heading, without the marks that may close it. */
function headingIn(text: string, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start < end && /[ \t]/.test(text.charAt(start))) start++;
  while (end > start && text.charAt(end - 1) === '#') end--;
  if (end === start) return { start, end };
  if (!/[ \t]/.test(text.charAt(end - 1))) return { start, end: to };
  while (end > start && /[ \t]/.test(text.charAt(end - 1))) end--;
  return { start, end };
}

/** Is the line a row of marks that makes a heading of the line above? Below a sentence, dashes part texts. */
function isUnderlined(text: string, { kind, parts }: Open, line: string): boolean {
  const [part] = parts;
  if (kind !== 'text' || part === undefined || parts.length > 1) return false;
  if (/^={2,}$/.test(line)) return true;
  return (
    /^-{3,}$/.test(line) &&
    part.end - part.start <= longestHeading &&
    !/[。！？；…：:.!?][”’」』）)]*\s*$/.test(text.slice(part.start, part.end))
  );
}

function isHeader(text: string, { parts }: Open, line: string): boolean {
  const header = parts.at(-1);
  if (header === undefined) return false;
  const cells = cellsIn(text, header.start, header.end).length;
  return text.slice(header.start, header.end).includes('|') && cells === cellsIn(line, 0, line.length).length;
}

/** Notes (`[^1]: …`) are text. */
function isDefinition(line: string): boolean {
  return line.startsWith('[') && !line.startsWith('[^') && definition.test(line);
}

function cellsIn(text: string, start: number, end: number): Span[] {
  const cells: Span[] = [];
  let from = text.charAt(start) === '|' ? start + 1 : start;
  for (let at = from; at < end; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (text.charAt(at) === '|') {
      cells.push({ start: from, end: at });
      from = at + 1;
    }
  }
  if (text.slice(from, end).trim() !== '') cells.push({ start: from, end });
  return cells;
}
