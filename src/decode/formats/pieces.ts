/** What a reader found of a decoded text, as edits of that text: markup goes, what stood in another order or encoded comes in its place. */

import type { BlockKind } from '../../structure/block.ts';
import type { Edit } from '../../text/edit.ts';
import type { Piece } from './format.ts';

/** The pieces of a line, and what the markup says that it is. */
export interface PieceLine {
  readonly pieces: readonly Piece[];
  readonly kind?: BlockKind | undefined;
}

/** One line below the other; empty ones are left out. */
export function joinLines(lines: readonly PieceLine[]): Piece[] {
  return lines
    .filter(({ pieces }) => pieces.length > 0)
    .flatMap(({ pieces: [first, ...others], kind }, index): Piece[] => {
      if (first === undefined) return [];
      return [...(index === 0 ? [] : [{ text: '\n' }]), kind === undefined ? first : { ...first, kind }, ...others];
    });
}

/** The text that pieces make. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}

/** The edits that make the text of the pieces of `raw`. A piece that stands before one that came earlier is inserted, not moved. */
export function editsOf(raw: string, pieces: readonly Piece[]): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  let inserted = '';
  const flush = (end: number): void => {
    const removed = raw.slice(at, end);
    if (removed !== inserted) edits.push({ at, removed, inserted });
    inserted = '';
    at = end;
  };
  for (const { text, start, end } of pieces) {
    if (start === undefined || end === undefined || start < at || raw.slice(start, end) !== text) {
      inserted += text;
      continue;
    }
    // What stands as it is, is no edit; an edit lies between two of these.
    if (text === '') continue;
    flush(start);
    at = end;
  }
  flush(raw.length);
  return edits;
}

/** The pieces of a part of a text, with their places in the whole; `by` is where the part begins. */
export function movedBy(pieces: readonly Piece[], by: number): Piece[] {
  return pieces.map((piece) =>
    piece.start === undefined || piece.end === undefined ? piece : { ...piece, start: piece.start + by, end: piece.end + by },
  );
}
