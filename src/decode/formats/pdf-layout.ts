/** From text that has its place on a page to paragraphs. */
import type { BlockKind } from '../../structure/block.ts';
import { isParallel } from '../../structure/title-area.ts';
import { characterAt, characterBefore, countHan, isCjkPunctuation, isHan } from '../../text/han.ts';
import { type Placed, placed } from './pdf-columns.ts';
import {
  chunksOf,
  endsSentence,
  type Flow,
  isAlike,
  type Line,
  linesOf,
  rowsOf,
  withoutFurniture,
  withoutReadings,
  withoutSpacing,
} from './pdf-lines.ts';

export interface Layout {
  readonly paragraphs: readonly { readonly text: string; readonly kind?: BlockKind | undefined }[];
  /** Running headers, footers and page numbers. */
  readonly furniture: readonly string[];
  /** Readings set above characters. */
  readonly readings: readonly string[];
}

interface Paragraph {
  text: string;
  readonly first: Placed;
  last: Placed;
  readonly size: number;
}

const endsClause = /[。！？!?…：:；;.」』”’）)】》]$/;

/** The paragraphs of a document in reading order. */
export function layOut(flows: readonly Flow[]): Layout {
  const pages = flows.map((flow) => rowsOf(chunksOf(flow)));
  const { rows, furniture } = withoutFurniture(pages);
  const readings: string[] = [];
  const lines = withoutSpacing(rows.map((page) => withoutReadings(linesOf(page), readings)));
  const size = bodySize(lines.flat());
  const paragraphs = rejoined(paragraphsOf(placed(lines, size), size), size);
  return { paragraphs: withKinds(paragraphs, size), furniture, readings };
}

/** The size that most characters have. */
function bodySize(lines: readonly Line[]): number {
  const counts = new Map<number, number>();
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 2) / 2;
    counts.set(rounded, (counts.get(rounded) ?? 0) + text.length);
  }
  let most = { size: 0, count: 0 };
  for (const [size, count] of counts) if (count > most.count) most = { size, count };
  return most.size;
}

function paragraphsOf(lines: readonly Placed[], body: number): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const one of lines) {
    const open = paragraphs.at(-1);
    if (open === undefined || isBreak(open.last, one, body)) {
      paragraphs.push({ text: one.line.text, first: one, last: one, size: one.line.size });
      continue;
    }
    open.text = joinedText(open, one, body);
    open.last = one;
  }
  return paragraphs;
}

/** Does the second line begin a paragraph? */
function isBreak(a: Placed, b: Placed, body: number): boolean {
  const [above, below] = [a.line, b.line];
  if (above.flow.direction !== below.flow.direction || !isAlike(above.size, below.size)) return true;
  const { size } = below;
  const isTogether = a.block === b.block;
  const gap = (below.base - above.base) / size;
  if (isTogether && !below.hasReading && gap > Math.max(a.pitch * 1.3, a.pitch + 0.25)) return true;
  if (size >= 1.2 * body && above.flow === below.flow && gap > 0 && gap < 2.2 && !endsSentence.test(above.text)) {
    // A headline is broken where its phrases end; what stands above and below it, where the line is full.
    return !isAlike(size, a.page.largest) && above.end - above.start < 0.85 * (a.page.end - a.page.start);
  }
  const [own, next] = [a.frame, b.frame];
  if (own === undefined || next === undefined) return true;
  const [indent, nextIndent] = [(above.start - own.start) / size, (below.start - next.start) / size];
  // Centred, or set to the right.
  if (Math.max(indent, nextIndent) > 3.2 && (indent < nextIndent - 0.5 || indent > nextIndent + 2.6)) return true;
  if (own.end - above.end > firstWidth(below) + 0.6 * size) return true;
  const isSetIn = nextIndent >= 1.2 && nextIndent - (indent > 3.2 ? indent : 0) > 0.5;
  // Below a mark of a list all lines of its text are set in.
  return isSetIn && (indent >= 1.2 || endsClause.test(above.text));
}

/** The width of what cannot be parted from the start of a line. */
function firstWidth({ text, start, end, size }: Line): number {
  const [first = ''] = /^[“‘「『（(《〈【〔]*(?:[!-~]+|.)[，。、：；！？”’」』）)》〉】〕…—,.:;!?]*/u.exec(text) ?? [];
  const advance = Math.min(Math.max(size, (end - start) / unitsOf(text)), 1.5 * size);
  return unitsOf(first) * advance;
}

/** In widths of a Chinese character. */
function unitsOf(text: string): number {
  let units = 0;
  for (const character of text) units += character >= '\u0250' ? 1 : /[A-Z@%&]/.test(character) ? 0.7 : 0.55;
  return Math.max(units, 0.55);
}

function joinedText({ text, last, first }: Paragraph, { line }: Placed, body: number): string {
  const before = characterBefore(text, text.length);
  const after = characterAt(line.text, 0);
  if (line.size >= 1.2 * body) {
    // Lines that are not full were broken on purpose.
    const isFull = last.line.end - last.line.start > 0.85 * (last.page.end - last.page.start);
    if (first === last && !isFull && isParallel(text, line.text)) return `${text} ${line.text}`;
  }
  if (/[A-Za-z][-‐\u00ad]$/.test(text) && /^[a-z]/.test(line.text)) return text.slice(0, -1) + line.text;
  if (/(?:https?:|www\.)[!-~]*$/.test(text) && /^[!-~]/.test(line.text)) return text + line.text;
  const isChinese = [before, after].some((character) => isHan(character) || isCjkPunctuation(character));
  return isChinese || /[-/—–]$/.test(text) ? text + line.text : `${text} ${line.text}`;
}

/** Paragraphs go on behind what stands in their way: a caption, a note at the foot of the page. */
function rejoined(paragraphs: readonly Paragraph[], body: number): Paragraph[] {
  const isBody = ({ size }: Paragraph): boolean => isAlike(size, body);
  const all = [...paragraphs];
  for (let at = 0; at < all.length; at++) {
    const open = all[at];
    if (open === undefined || !isBody(open) || endsClause.test(open.text)) continue;
    let next = at + 1;
    while (next < all.length && next - at <= 6 && !isBody(all[next] ?? open)) next++;
    const rest = all[next];
    if (next === at + 1 || rest === undefined || !isBody(rest) || rest.first.block === open.last.block) continue;
    if (isBreak(open.last, rest.first, body)) continue;
    open.text = joinedText(open, rest.first, body) + rest.text.slice(rest.first.line.text.length);
    open.last = rest.last;
    all.splice(next, 1);
    at--;
  }
  return all;
}

const longestCrosshead = 30;

const masthead = /^.{0,7}(?:[日晚早晨时時周快]报|[日晚早晨時週快]報|周刊|週刊|月刊)$/;

function withKinds(paragraphs: readonly Paragraph[], body: number): Layout['paragraphs'] {
  const top = paragraphs.filter(({ first, text }) => first.line.flow.page === 1 && !masthead.test(text));
  const largest = top.reduce<Paragraph | undefined>((most, one) => (most === undefined || one.size > most.size ? one : most), undefined);
  const isClear =
    largest !== undefined &&
    largest.size >= 1.25 * body &&
    countHan(largest.text) >= 4 &&
    top.every((one) => one === largest || !isAlike(one.size, largest.size, 0.9));
  const headline = isClear ? paragraphs.indexOf(largest) : -1;
  return paragraphs.map(({ text, size, first, last }, at) => {
    if (at === headline) return { text, kind: 'headline' };
    const isBetween = [paragraphs[at - 1], paragraphs[at + 1]].every(
      (one) => one !== undefined && isAlike(one.size, body) && one.text.length > 20,
    );
    const isLarger = size >= 1.08 * body && size <= 1.35 * body && largest !== undefined && size <= 0.8 * largest.size;
    const isCrosshead =
      isClear && at > headline && isBetween && isLarger && first === last && text.length <= longestCrosshead && !endsClause.test(text);
    return isCrosshead ? { text, kind: 'crosshead' } : { text };
  });
}
