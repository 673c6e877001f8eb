/** The text of a mail as lines, each with the pieces that it is made of. */
import { isCjkPunctuation, isHan } from '../../text/han.ts';
import type { Piece } from './format.ts';

export interface MailLine {
  readonly text: string;
  readonly pieces: readonly Piece[];
}

/** A text with an offset in it. */
export interface Place {
  readonly text: string;
  readonly at: number;
}

/**
 * Where the line of a byte begins in the decoded text of a file: no charset of Chinese has a line feed within a character, so bytes and text
 * have the same lines. The bytes should be asked for in order.
 */
export function lineFinder(bytes: Uint8Array, text: string): (byte: number) => Place {
  let byteAt = 0;
  let at = 0;
  return (byte) => {
    if (byte < byteAt) [byteAt, at] = [0, 0];
    for (let feed = bytes.indexOf(0x0a, byteAt); feed !== -1 && feed < byte; feed = bytes.indexOf(0x0a, byteAt)) {
      byteAt = feed + 1;
      at = behindLine(text, at);
    }
    return { text, at };
  };
}

function behindLine(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed === -1 ? text.length : feed + 1;
}

/**
 * The lines of a part that is plain text; carriage returns before line feeds belong to the break.
 *
 * @param place where its first line stands in the file, if it stands there as it is.
 */
export function plainLines(text: string, place?: Place): MailLine[] {
  const lines: MailLine[] = [];
  let at = place?.at ?? 0;
  for (let start = 0; start <= text.length; ) {
    const next = text.indexOf('\n', start);
    const end = next === -1 ? text.length : next;
    let stop = end;
    while (stop > start && text[stop - 1] === '\r') stop--;
    const line = text.slice(start, stop);
    const isThere = place?.text.startsWith(line, at) && /^\r*(?:\n|$)/.test(place.text.slice(at + line.length, at + line.length + 9));
    lines.push({ text: line, pieces: line === '' ? [] : [isThere ? { text: line, start: at, end: at + line.length } : { text: line }] });
    if (place !== undefined) at = behindLine(place.text, at);
    start = end + 1;
  }
  return lines;
}

/**
 * Joins the lines of format=flowed: one that ends in a space goes on in the next, if both are quoted as deep. Source: RFC 3676, 4.
 *
 * @param deletesSpace DelSp=yes: the space was put there to break the line at. Between Chinese characters none was meant in any case.
 */
export function joinFlowed(lines: readonly MailLine[], deletesSpace: boolean): MailLine[] {
  const joined: MailLine[] = [];
  let open: MailLine[] = [];
  let openDepth = '';
  const close = (): void => {
    if (open.length > 0) joined.push({ text: open.map(({ text }) => text).join(''), pieces: open.flatMap(({ pieces }) => pieces) });
    open = [];
  };
  for (const line of lines) {
    const [depth = ''] = /^>*/.exec(line.text) ?? [];
    // A space may be put before a line that begins with a space, From or >.
    const own = sliceLine(line, line.text.startsWith(' ', depth.length) ? depth.length + 1 : depth.length);
    if (depth !== openDepth || own.text === '-- ') close();
    openDepth = depth;
    const last = open.pop();
    if (last === undefined) open.push(depth === '' ? own : line);
    else {
      const isChinese = isWide(last.text.at(-2)) && isWide(own.text.at(0));
      open.push(deletesSpace || isChinese ? sliceLine(last, 0, last.text.length - 1) : last, own);
    }
    if (!own.text.endsWith(' ') || own.text === '-- ') close();
  }
  close();
  return joined;
}

function isWide(character: string | undefined): boolean {
  return isHan(character) || isCjkPunctuation(character);
}

/** The lines that the pieces of another reader make; their places mean nothing in this file. */
export function linesOfPieces(pieces: readonly Piece[]): MailLine[] {
  const lines: MailLine[] = [];
  let open: Piece[] = [];
  const close = (): void => {
    lines.push({ text: open.map(({ text }) => text).join(''), pieces: open });
    open = [];
  };
  for (const piece of pieces) {
    for (const [index, text] of piece.text.split('\n').entries()) {
      if (index > 0) close();
      if (text !== '') open.push(piece.kind !== undefined && index === 0 ? { text, kind: piece.kind } : { text });
    }
  }
  close();
  return lines;
}

/** A part of a line. */
export function sliceLine({ text, pieces }: MailLine, from: number, to = text.length): MailLine {
  if (from === 0 && to === text.length) return { text, pieces };
  const kept: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const [start, end] = [Math.max(from - at, 0), Math.min(to - at, piece.text.length)];
    at += piece.text.length;
    if (start >= end) continue;
    const { start: place, end: _, ...others } = piece;
    const own = { ...others, text: piece.text.slice(start, end) };
    kept.push(place === undefined ? own : { ...own, start: place + start, end: place + end });
  }
  return { text: text.slice(from, to), pieces: kept };
}

/** Lines as the pieces of an article, without blank ones at either end. */
export function piecesOf(lines: readonly MailLine[]): Piece[] {
  return withoutBlankEnds(lines).flatMap(({ pieces }, index) => [...(index === 0 ? [] : [{ text: '\n' }]), ...pieces]);
}

export function withoutBlankEnds(lines: readonly MailLine[]): readonly MailLine[] {
  const first = lines.findIndex(({ text }) => text.trim() !== '');
  return first === -1 ? [] : lines.slice(first, lines.findLastIndex(({ text }) => text.trim() !== '') + 1);
}
