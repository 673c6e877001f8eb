/** Words, as Intl.Segmenter cuts them with the dictionary of ICU that the runtime carries. A clause at a time, where asked. */

export interface WordBounds {
  /** UTF-16 offsets of the clause. */
  readonly start: number;
  readonly end: number;
  /** Offsets at which a word begins or ends. */
  readonly at: ReadonlySet<number>;
}

let segmenter: Intl.Segmenter | undefined;

const clauseEnd = /[，。；：！？、…—“”‘’「」『』《》（）()\n,.;:!?]/;

/** The word bounds of the clause around `at`, as offsets of the source. */
export function wordBounds(source: string, at: number): WordBounds {
  let start = at;
  while (start > 0 && !clauseEnd.test(source[start - 1] ?? '')) start--;
  let end = at;
  while (end < source.length && !clauseEnd.test(source[end] ?? '')) end++;
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  const offsets = new Set<number>([end]);
  for (const { index } of segmenter.segment(source.slice(start, end))) offsets.add(start + index);
  return { start, end, at: offsets };
}

/** Does the match cut a word in two, and hold a bound of words inside? A match inside one word or of whole words is sound. */
export function straddles(start: number, end: number, bounds: ReadonlySet<number>): boolean {
  if (bounds.has(start) && bounds.has(end)) return false;
  for (let inside = start + 1; inside < end; inside++) if (bounds.has(inside)) return true;
  return false;
}
