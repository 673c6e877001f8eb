/** Lines of RTF while they are read: where text goes, and the pieces of an article that they become in the end. */
import type { BlockKind } from '../../structure/block.ts';
import type { Piece } from './format.ts';
import type { LineStyle } from './office-document.ts';
import { trimPieces } from './trim-pieces.ts';

export interface Draft {
  text: string;
  readonly start: number;
  end: number;
  readonly isVerbatim: boolean;
  /** The last unit of the text. */
  last: number;
}

export interface RtfLine {
  readonly drafts: readonly Draft[];
  readonly style: LineStyle | undefined;
}

/** Where text goes: the body, a footnote, a text box, a name in a table. */
export interface Sink {
  readonly lines: RtfLine[];
  /** Of the line that is being read. */
  drafts: Draft[];
  style: LineStyle | undefined;
  /** Is it not the first line of its paragraph? */
  isContinued: boolean;
  /** Text boxes that hang on the paragraph. */
  boxes: Sink[];
  /** Index of the line that a row of a table begins at. */
  row: number | undefined;
  /** Indices of the lines that its cells end before. */
  cells: number[];
}

export function newSink(): Sink {
  return { lines: [], drafts: [], style: undefined, isContinued: false, boxes: [], row: undefined, cells: [] };
}

/** Adds text to the line; what goes on where the last piece ended becomes one with it. Gives the piece. */
export function addText(sink: Sink, source: string, text: string, start: number, end: number, style?: LineStyle): Draft {
  const isVerbatim = source.slice(start, end) === text;
  const last = sink.drafts.at(-1);
  if (last === undefined) sink.style = style;
  const unit = text.charCodeAt(text.length - 1);
  const isPair = last !== undefined && (last.last & 0xfc00) === 0xd800 && (text.charCodeAt(0) & 0xfc00) === 0xdc00;
  if (last !== undefined && last.isVerbatim === isVerbatim && (last.end === start || isPair)) {
    last.text += text;
    last.end = end;
    last.last = unit;
    return last;
  }
  const draft = { text, start, end, isVerbatim, last: unit };
  sink.drafts.push(draft);
  return draft;
}

/** Ends the line, if there is one; `isWithin`: the paragraph goes on. What its style says is said of the first line. */
export function endLine(sink: Sink, isWithin = false): void {
  const drafts = trimPieces(sink.drafts);
  const isLine = drafts.length > 0;
  if (isLine) sink.lines.push({ drafts, style: sink.isContinued ? undefined : sink.style });
  sink.isContinued = isWithin && (isLine || sink.isContinued);
  sink.drafts = [];
  for (const box of sink.boxes.splice(0)) sink.lines.push(...linesIn(box));
}

export function endCell(sink: Sink): void {
  sink.row ??= sink.lines.length;
  endLine(sink);
  sink.cells.push(sink.lines.length);
}

/** Ends a row: one line if no cell holds more than one, else the cells one below the other, as layout by tables has them. */
export function endRow(sink: Sink): void {
  endLine(sink);
  const { row, cells } = sink;
  sink.row = undefined;
  sink.cells = [];
  if (row === undefined) return;
  const ends = [...cells, sink.lines.length];
  const columns = ends.map((end, index) => sink.lines.slice(ends[index - 1] ?? row, end));
  if (columns.some(({ length }) => length > 1)) return;
  // Empty cells keep their columns, but for those at the end.
  while (columns.at(-1)?.length === 0) columns.pop();
  const drafts = columns.flatMap((lines, index) => [...(index === 0 ? [] : [tab]), ...lines.flatMap((line) => line.drafts)]);
  const style = columns.length === 1 ? columns[0]?.[0]?.style : undefined;
  sink.lines.length = row;
  if (drafts.length > 0) sink.lines.push({ drafts, style });
}

/** Stands for the border between two cells. */
const tab: Draft = { text: '\t', start: -1, end: -1, isVerbatim: false, last: 9 };

/** All lines of a sink that is done with. */
export function linesIn(sink: Sink): readonly RtfLine[] {
  endLine(sink);
  return sink.lines;
}

/** All that a sink holds on one line. */
export function textIn(sink: Sink): string {
  return linesIn(sink)
    .map(({ drafts }) => drafts.map(({ text }) => text).join(''))
    .join(' ')
    .toWellFormed();
}

/** A headline stands among the first lines: below a kicker, a source and a date at most. */
const deepestHeadline = 4;

/** The pieces of an article. The first title or heading near the top is its headline, later headings are crossheads. */
export function piecesOf(lines: readonly RtfLine[]): Piece[] {
  const headline = lines.slice(0, deepestHeadline).findIndex(({ style }) => style === 'title' || style === 'heading1');
  const kindOf = (style: LineStyle | undefined, at: number): BlockKind | undefined => {
    if (at === headline) return 'headline';
    if (style === 'title') return undefined;
    if (style === 'heading1') return 'crosshead';
    if (style === 'crosshead') return at > Math.max(0, headline) ? 'crosshead' : undefined;
    return style === 'deck' && (headline === -1 || at < headline) ? undefined : style;
  };
  return lines.flatMap(({ drafts, style }, at): Piece[] => {
    const kind = kindOf(style, at);
    const pieces = drafts.map(({ text, start, end }, index): Piece => {
      const first = index === 0 && kind !== undefined ? { kind } : {};
      return start < 0 ? { text, ...first } : { text: text.toWellFormed(), start, end, ...first };
    });
    return at === 0 ? pieces : [{ text: '\n' }, ...pieces];
  });
}
