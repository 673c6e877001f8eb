/** Stretches of a text, as UTF-16 offsets. */

export interface Span {
  /** UTF-16 offset of the first code unit. */
  readonly start: number;
  /** UTF-16 offset behind the last code unit. */
  readonly end: number;
}

export function sliceOf(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** The lines of a text, without their `\n`. An empty text has one empty line. */
export function lineSpans(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (;;) {
    const end = text.indexOf('\n', start);
    if (end === -1) break;
    spans.push({ start, end });
    start = end + 1;
  }
  spans.push({ start, end: text.length });
  return spans;
}
