/** From lines of furniture to edits. */
import type { Edit } from '../../text/edit.ts';
import { type Span, sliceOf } from '../../text/span.ts';
import type { FurnitureKind } from './line.ts';
import { findFurniture } from './walk.ts';

/** Removes the lines of a kind, each with its newline: the one behind it or, where nothing is kept behind it, the one before it. */
export function removeFurniture(text: string, kind: FurnitureKind): Edit[] {
  return removeLines(
    text,
    findFurniture(text).filter((line) => line.kind === kind),
  );
}

/** Edits that remove whole lines, given in order without their newlines. */
function removeLines(text: string, lines: readonly Span[]): Edit[] {
  let tail = text.length;
  let inTail = lines.length;
  while (lines[inTail - 1]?.end === tail && tail > 0) tail = (lines[--inTail]?.start ?? 0) - 1;
  return lines.map((line, index) =>
    index < inTail || line.start === 0
      ? { at: line.start, removed: text.slice(line.start, line.end + 1), inserted: '' }
      : { at: line.start - 1, removed: `\n${sliceOf(text, line)}`, inserted: '' },
  );
}
