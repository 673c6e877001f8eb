/** A line that is a field of the article by its own form, wherever it stands: date, source, byline, credits, note, notice, caption. */
import type { Labelled, Part } from './block.ts';
import { readByline } from './byline.ts';
import { readCaption } from './caption.ts';
import { readCredits } from './credits.ts';
import { isEndMark, readNote } from './note.ts';
import { readNotice } from './notice.ts';
import { readPublished, readSource } from './source.ts';

export interface FieldLine extends Labelled {
  /** Blocks inside the line; offsets are into it. */
  readonly nested?: readonly Part[];
}

/** UTF-16 units; nothing longer is a field. */
const longest = 400;

/** What the line is; undefined for a title, a crosshead or body text. `isTail`: it stands at the end, where a bare office is a source. */
export function readField(line: string, isTail = false): FieldLine | undefined {
  if (line.length > longest) return undefined;
  const note = readNote(line);
  if (note !== undefined) return note;
  if (isEndMark(line)) return { kind: 'endMark', rule: 'end-mark/line', confidence: 0.98 };
  const published = readPublished(line);
  if (published !== undefined) return { ...published.labelled, ...(published.nested.length > 0 && { nested: published.nested }) };
  const source = readSource(line, isTail);
  if (source !== undefined) return source;
  const credits = readCredits(line);
  if (credits !== undefined) return { kind: 'credits', rule: 'credits/roles', confidence: 0.97, ...some(credits) };
  const byline = readByline(line);
  if (byline !== undefined) return { kind: 'byline', rule: 'byline/line', confidence: 0.95, ...some(byline) };
  const notice = readNotice(line);
  if (notice !== undefined) return { kind: 'notice', ...notice };
  return readCaption(line);
}

function some<T>(people: readonly T[]): { readonly people?: readonly T[] } {
  return people.length > 0 ? { people } : {};
}
