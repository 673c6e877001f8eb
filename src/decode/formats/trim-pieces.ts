/** Lines in pieces without the white space at their ends, every piece with its place. */
import { trimmed } from './office-document.ts';

interface Placed {
  readonly text: string;
  readonly start?: number;
  readonly end?: number;
}

/** Without spaces and tabs at the ends of the line; U+3000 and U+00A0 are text. None if nothing else is in it. */
export function trimPieces<T extends Placed>(pieces: readonly T[]): T[] {
  let from = 0;
  let to = pieces.length;
  while (from < to && trimmed(pieces[from]?.text ?? '') === '') from++;
  while (to > from && trimmed(pieces[to - 1]?.text ?? '') === '') to--;
  const kept = pieces.slice(from, to);
  if (kept.every(({ text }) => text.trim() === '')) return [];
  return kept.map((piece, index, { length }) => {
    if (index > 0 && index < length - 1) return piece;
    const inner = trimmed(piece.text);
    const begin = piece.text.indexOf(inner);
    const before = index > 0 ? 0 : begin;
    const after = index < length - 1 ? piece.text.length : begin + inner.length;
    const text = piece.text.slice(before, after);
    const { start, end } = piece;
    // Only of what stands as it is, a part has a place of its own.
    const isWhole = start === undefined || end === undefined || end - start !== piece.text.length;
    return isWhole ? { ...piece, text } : { ...piece, text, start: start + before, end: start + after };
  });
}
