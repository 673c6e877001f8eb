/** What a reader found of a decoded text, as edits of that text: markup goes, what stood in another order or encoded comes in its place. */
import type { Edit } from '../../text/edit.ts';
import type { Piece } from './format.ts';

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
