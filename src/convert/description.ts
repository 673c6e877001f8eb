/**
 * Ideographic description sequences: ⿰氵青 describes one character by its parts, so OpenCC passes over the whole of it.
 *
 * As OpenCC reads them: an operator takes two operands (⿲ and ⿳ three), each a code point or again a sequence; an operand that
 * would run past the end counts as the lone operator; an operator whose operands do not all fit is no sequence.
 */

const FIRST_OPERATOR = 0x2ff0;
const LAST_OPERATOR = 0x2fff;

export function isDescriptionOperator(unit: number): boolean {
  return unit >= FIRST_OPERATOR && unit <= LAST_OPERATOR;
}

/**
 * For each operator in the text between two UTF-16 offsets that begins a sequence, the offset of the sequence's end.
 *
 * From back to front, so that the sequences inside a sequence are known when it needs them: read from the front, a text of nothing
 * but operators takes exponential time.
 */
export function descriptionEnds(text: string, start: number, end: number): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  for (let at = end - 1; at >= start; at--) {
    const unit = text.charCodeAt(at);
    if (!isDescriptionOperator(unit)) continue;
    let operands = unit === 0x2ff2 || unit === 0x2ff3 ? 3 : 2;
    let next = at + 1;
    for (; operands > 0 && next < end; operands--) next = ends.get(next) ?? next + codePointLength(text, next, end);
    if (operands === 0) ends.set(at, next);
  }
  return ends;
}

/** The length in code units (1 or 2) of the code point at `at`, in a text that ends at `end`. A lone surrogate is a code point. */
export function codePointLength(text: string, at: number, end: number): number {
  const unit = text.charCodeAt(at);
  if (unit < 0xd800 || unit > 0xdbff || at + 1 >= end) return 1;
  const next = text.charCodeAt(at + 1);
  return next >= 0xdc00 && next <= 0xdfff ? 2 : 1;
}
