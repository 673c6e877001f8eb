/** An article of named fields, as a row of a table or an object of JSON has them. */

import { dayIn } from './day.ts';
import type { Field } from './field-names.ts';
import type { Evidence, Piece, ReadArticle } from './format.ts';
import { kindOf } from './html.ts';
import { linesOf, parsePage } from './html-page.ts';
import { joinLines, type PieceLine, textOf } from './pieces.ts';

/** The value of a field, in pieces. */
export type Fields = ReadonlyMap<Field, readonly Piece[]>;

/** None if there is no text. */
export function articleOfFields(fields: Fields, maxDepth: number, name?: string): ReadArticle[] {
  const body = linesOfValue(fields.get('text') ?? [], maxDepth);
  if (body.length === 0) return [];
  const first = textOf(body[0]?.pieces ?? []);
  const head: PieceLine[] = [];
  for (const [field, kind] of [
    ['kicker', 'kicker'],
    ['title', 'headline'],
    ['deck', 'deck'],
  ] as const) {
    const line = oneLine(fields.get(field) ?? []);
    // Some write the title into the text too.
    if (textOf(line) !== first) head.push({ pieces: line, kind });
  }
  const value = (field: Field): string => textOf(fields.get(field) ?? []).trim();
  const authors = value('author')
    .split(/[\s、，,;；/|]+/)
    .filter((author) => author !== '');
  const evidence: Evidence = {
    ...dayIn(value('date')),
    ...(value('title') !== '' && { title: value('title') }),
    ...(value('source') !== '' && { source: value('source') }),
    ...(authors.length > 0 && { authors }),
  };
  return [{ pieces: joinLines([...head, ...body]), evidence, ...(name !== undefined && { name }) }];
}

/** A value in its lines; of HTML, those of the page. */
function linesOfValue(pieces: readonly Piece[], maxDepth: number): PieceLine[] {
  const text = textOf(pieces);
  if (/<(?:p|br|div|span|h\d|table|img|strong|section)\b[^<>]*>/i.test(text)) {
    return linesOf(text, parsePage(text), maxDepth).map((line) => ({
      pieces: line.pieces.map((piece) => ({ text: piece.text })),
      kind: kindOf(line),
    }));
  }
  const lines: Piece[][] = [[]];
  for (const piece of pieces) {
    let at = 0;
    for (const part of piece.text.split(/(\r\n|\r|\n)/)) {
      const isBreak = part === '\n' || part.startsWith('\r');
      if (isBreak) lines.push([]);
      else if (part !== '') lines.at(-1)?.push(partOf(piece, at, part));
      at += part.length;
    }
  }
  return lines.filter((line) => textOf(line).trim() !== '').map((line) => ({ pieces: line }));
}

/** A part of a piece that stands as it is keeps its place. */
function partOf(piece: Piece, at: number, text: string): Piece {
  if (text === piece.text) return piece;
  if (piece.start === undefined || piece.end === undefined || piece.end - piece.start !== piece.text.length) return { text };
  return { text, start: piece.start + at, end: piece.start + at + text.length };
}

function oneLine(pieces: readonly Piece[]): Piece[] {
  const text = textOf(pieces);
  if (text.trim() === '') return [];
  return /[\r\n]/.test(text) || text !== text.trim() ? [{ text: text.trim().replaceAll(/\s*[\r\n]\s*/g, ' ') }] : [...pieces];
}
