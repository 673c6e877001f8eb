/**
 * Quotation marks by region. OpenCC leaves them as they are; here they follow the script.
 *
 * Pairs are found first and depths counted over them, so that a stray mark counts for nothing. A quotation of letters that holds no
 * Han character is not touched: “Hello, world” keeps its marks in every style, “985” does not.
 */
import { apply, type Edit } from '../text/edit.ts';
import { characterAt, characterBefore } from '../text/han.ts';
import { lineSpans, type Span } from '../text/span.ts';
import type { Script } from './scripts.ts';

/** `curly`: “ ” outside and ‘ ’ inside, as GB/T 15834 has it. `corner`: 「 」 outside and 『 』 inside, as Taiwan and Hong Kong write. */
export type QuoteStyle = 'curly' | 'corner';

/** The marks that a script is written with. */
export function quoteStyleOf(script: Script): QuoteStyle {
  return script === 'zh-Hans' ? 'curly' : 'corner';
}

/**
 * The edits that write the quotations of a clean text in a style: outer marks at depth 1, inner ones at depth 2, and so on by turns.
 * Each replaces one code unit by one. Applied, they leave a text in which nothing more is found.
 *
 * - A quotation that runs on over paragraphs opens each of them with its mark and closes the last: every opener has the same depth.
 * - One left open at the end of its block goes on only if the next mark of its shape closes it, however far away, and counts as
 *   closed otherwise; it is written in the style either way.
 * - A closing mark without an opening one, an opening one inside a closed quotation of another shape, and a ‘ without a ’ stay.
 * - A ’ that stands as an apostrophe, and the marks of 5’10”, are no quotation marks.
 *
 * @param blocks The lines of the text if left out. A block inside another is passed over, and so is text outside of all.
 */
export function quoteEdits(text: string, to: QuoteStyle, blocks?: readonly Span[]): Edit[] {
  const paragraphs = findGlyphs(text, blocks === undefined ? lineSpans(text) : outermost(blocks));
  let { edits, settled } = restyle(text, to, paragraphs);
  if (edits.length === 0 || settled) return edits;
  // In a text that mixes styles a written mark may find a partner that was a stray before: go on until none does.
  let current = apply(text, edits);
  for (let round = 1; round < maxRounds; round++) {
    const { edits: further } = restyle(current, to, paragraphs);
    if (further.length === 0) return edits;
    current = apply(current, further);
    edits = editsBetween(text, current, [...edits, ...further]);
  }
  return [];
}

/** Articles need one or two rounds, heaps of random marks up to ten. A text that needs more keeps its marks. */
const maxRounds = 16;

/** The opening mark of each shape, followed by its closing mark. */
const glyphs = '“”‘’「」『』';

type Shape = 0 | 1 | 2 | 3;
const DOUBLE: Shape = 0;
const SINGLE: Shape = 1;

/** By style: the shape at odd depths, and at even ones. */
const shapes: Readonly<Record<QuoteStyle, readonly [Shape, Shape]>> = { curly: [DOUBLE, SINGLE], corner: [2, 3] };

interface Mark {
  /** UTF-16 offset in the text. */
  readonly at: number;
  readonly shape: Shape;
  readonly opens: boolean;
  /** The next mark of the same shape, in whichever block. */
  next: Mark | undefined;
  /** Of an opening mark: the one that closes it. */
  closer: Mark | undefined;
  /** Of an opening mark without a closer, where its quotation ends. A mark with neither is a stray. */
  end: number | undefined;
}

/** A block that is not blank, the offsets of the glyphs in it, and those of them that the round takes for quotation marks. */
interface Paragraph extends Span {
  readonly glyphs: readonly number[];
  marks: readonly Mark[];
}

function findGlyphs(text: string, bounds: readonly Span[]): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const { start, end } of bounds) {
    const found: number[] = [];
    for (let at = start, last = Math.min(end, text.length); at < last; at++) {
      const code = text.charCodeAt(at);
      if (code > 0x300f || code < 0x2018 || (code > 0x201d && code < 0x300c)) continue;
      if (glyphs.includes(text.charAt(at))) found.push(at);
    }
    if (found.length > 0 || !isBlank(text, start, end)) paragraphs.push({ start, end, glyphs: found, marks: [] });
  }
  return paragraphs;
}

/**
 * One round of {@link quoteEdits}. `settled` says that another would find nothing: every glyph is one of a pair within its block,
 * and those written cannot be taken for apostrophes and measures. Pairs that enclose one another are found again whatever their shapes.
 */
function restyle(text: string, to: QuoteStyle, paragraphs: readonly Paragraph[]): { edits: Edit[]; settled: boolean } {
  readMarks(text, paragraphs);
  let settled = pair(text, paragraphs);
  const edits: Edit[] = [];
  const write = (mark: Mark, depth: number): void => {
    const shape = shapes[to][depth % 2 === 1 ? 0 : 1];
    if (mark.shape === shape) return;
    edits.push({ at: mark.at, removed: text.charAt(mark.at), inserted: glyphs.charAt(shape * 2 + (mark.opens ? 0 : 1)) });
    if (to === 'curly' && !mark.opens && isNearWord(text, mark.at)) settled = false;
  };
  const holdsHan = finder(text, /\p{Script=Han}/gu);
  const holdsLetter = finder(text, /\p{L}/gu);
  const open: Mark[] = [];
  for (const { marks } of paragraphs) {
    for (const mark of marks) {
      if (mark.opens) {
        const end = mark.closer?.at ?? mark.end;
        if (end === undefined || (!holdsHan(mark.at, end) && holdsLetter(mark.at, end))) continue;
        // “甲，“乙”: what lacks a closing mark is not left open around another quotation of its own shape.
        const outer = open.at(-1);
        if (outer !== undefined && outer.closer === undefined && outer.shape === mark.shape) open.pop();
        open.push(mark);
        write(mark, open.length);
      } else if (open.at(-1)?.closer === mark) {
        write(mark, open.length);
        open.pop();
      }
    }
    while (open.length > 0 && open.at(-1)?.closer === undefined) open.pop();
  }
  return { edits, settled };
}

/** Leaves out apostrophes and measures. */
function readMarks(text: string, paragraphs: readonly Paragraph[]): void {
  const last: (Mark | undefined)[] = [undefined, undefined, undefined, undefined];
  for (const paragraph of paragraphs) {
    const marks: Mark[] = [];
    for (const at of paragraph.glyphs) {
      if (isApostrophe(text, at) || isInchMark(text, at)) continue;
      const index = glyphs.indexOf(text.charAt(at));
      const shape = (index >> 1) as Shape;
      const mark: Mark = { at, shape, opens: index % 2 === 0, next: undefined, closer: undefined, end: undefined };
      const previous = last[shape];
      if (previous !== undefined) previous.next = mark;
      last[shape] = mark;
      marks.push(mark);
    }
    paragraph.marks = marks;
  }
}

/** Finds the closer of each opening mark, or where its quotation ends without one. Is every glyph one of a pair within its block? */
function pair(text: string, paragraphs: readonly Paragraph[]): boolean {
  let whole = true;
  let carried: Mark | undefined;
  for (const [index, paragraph] of paragraphs.entries()) {
    const open: Mark[] = carried === undefined ? [] : [carried];
    const counts: Record<Shape, number> = [0, 0, 0, 0];
    if (carried !== undefined) counts[carried.shape]++;
    if (paragraph.marks.length < paragraph.glyphs.length) whole = false;
    for (const mark of paragraph.marks) {
      if (mark.opens) {
        open.push(mark);
        counts[mark.shape]++;
      } else if (!closes(text, mark, open, counts[mark.shape], paragraph.end)) {
        whole = false;
      } else {
        let opener = open.pop();
        // What is open inside, and of another shape, is a stray.
        for (; opener !== undefined && opener.shape !== mark.shape; opener = open.pop()) {
          counts[opener.shape]--;
          whole = false;
        }
        counts[mark.shape]--;
        if (opener !== undefined) opener.closer = mark;
      }
    }
    if (open.length > 0) whole = false;
    if (open[0] === carried) open.shift();
    else carried = undefined;
    const left = open.length === 0 ? undefined : leaveOpen(text, open, paragraph, paragraphs[index + 1]);
    if (carried === undefined && left !== undefined && isClosedBeyond(left, paragraph.end)) carried = left;
  }
  return whole;
}

/** Is the next mark of the shape, behind the block that ends here, a closing one? */
function isClosedBeyond(mark: Mark, blockEnd: number): boolean {
  let next = mark.next;
  while (next !== undefined && next.at < blockEnd) next = next.next;
  return next?.opens === false;
}

/** Is this closing mark the end of a quotation that stands open? `count` is how many of its shape do. */
function closes(text: string, mark: Mark, open: readonly Mark[], count: number, blockEnd: number): boolean {
  if (count === 0) return false;
  if (mark.shape === SINGLE && open.at(-1)?.shape !== SINGLE) return false;
  const next = mark.next !== undefined && mark.next.at < blockEnd ? mark.next : undefined;
  return count > 1 || next === undefined || next.opens || !isOutbid(text, mark, next);
}

/**
 * Of two closing marks for one quotation: does the second close it, and the first stand for something else? ‘唱the Beatles’的歌’,
 * “买了15”屏幕的电视”.
 */
function isOutbid(text: string, mark: Mark, next: Mark): boolean {
  if (mark.shape === DOUBLE) return /\d/.test(text.charAt(mark.at - 1)) && /\p{L}/u.test(characterAt(text, mark.at + 1) ?? '');
  if (mark.shape !== SINGLE) return false;
  return isDoubtful(text, mark.at) && (!isDoubtful(text, next.at) || /\s/.test(text.charAt(mark.at + 1)));
}

/** May the ’ be an elision: the Beatles’, ’99? */
function isDoubtful(text: string, at: number): boolean {
  return isAlphabetic(characterBefore(text, at)) || /^\d\d(?!\d)/.test(text.slice(at + 1, at + 4));
}

/**
 * Sets the end of the quotations that stand open at the end of a paragraph, outermost first in `open`, and gives the one that may
 * close later. A ‘ is taken for a quotation only where the next paragraph opens again with the marks around it and with it (“‘);
 * so are other inner marks.
 */
function leaveOpen(text: string, open: readonly Mark[], paragraph: Paragraph, next: Paragraph | undefined): Mark | undefined {
  const outer = open.find(({ shape }) => shape !== SINGLE);
  const reopened = next === undefined ? 0 : countReopened(text, open, next);
  for (const [index, mark] of open.entries()) {
    if (mark.shape === outer?.shape || (reopened > 1 && index < reopened)) mark.end = paragraph.end;
  }
  return open.findLast(({ shape }) => shape === outer?.shape);
}

/** With how many of the open marks, from the outermost on, a paragraph begins. */
function countReopened(text: string, open: readonly Mark[], { start, marks }: Paragraph): number {
  const first = marks[0];
  if (first === undefined || !isBlank(text, start, first.at)) return 0;
  const other = open.findIndex(({ shape }, index) => {
    const again = marks[index];
    return again?.opens !== true || again.shape !== shape || again.at !== first.at + index;
  });
  return other === -1 ? open.length : other;
}

/**
 * Is this a ’ that no quotation can end with: between letters or digits (don’t, O’Brien, Xi’an, 5’10), before them where a word
 * begins (’90s, rock ’n), or behind such an n?
 */
function isApostrophe(text: string, at: number): boolean {
  if (text.charAt(at) !== '’') return false;
  const before = characterBefore(text, at);
  if (isAlphabetic(characterAt(text, at + 1))) return before === undefined || isAlphabetic(before) || /[\s([（《“「『]/.test(before);
  return /’n$/i.test(text.slice(Math.max(0, at - 2), at)) && isApostrophe(text, at - 2);
}

/** Is this the ” of 5’10”? */
function isInchMark(text: string, at: number): boolean {
  return (
    text.charAt(at) === '”' && /\d/.test(text.charAt(at - 1)) && /\d ?['’′] ?\d\d?(?:\.\d)?$/.test(text.slice(Math.max(0, at - 8), at))
  );
}

/** May a ’ or ” at this place be taken for something else than a quotation mark? Says yes too often. */
function isNearWord(text: string, at: number): boolean {
  return /[\dn.]/i.test(text.charAt(at - 1)) || /\s/.test(text.charAt(at + 1)) || isAlphabetic(characterAt(text, at + 1));
}

function isAlphabetic(character: string | undefined): boolean {
  return character !== undefined && /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}]/u.test(character);
}

function isBlank(text: string, start: number, end: number): boolean {
  return text.slice(start, end).trim() === '';
}

/** A test for a Han character between two offsets. Asked from left to right it reads the text once. */
function finder(text: string, pattern: RegExp): (start: number, end: number) => boolean {
  let found = -1;
  return (start, end) => {
    if (found < start) {
      pattern.lastIndex = start;
      found = pattern.exec(text)?.index ?? text.length;
    }
    return found < end;
  };
}

/** The blocks that lie in no other, in order. */
function outermost(blocks: readonly Span[]): Span[] {
  const kept: Span[] = [];
  let end = 0;
  for (const block of [...blocks].sort((one, other) => one.start - other.start || other.end - one.end)) {
    if (block.start < end) continue;
    kept.push(block);
    end = block.end;
  }
  return kept;
}

/** The edits from a text to another of the same length that differs only at the offsets of `touched`. */
function editsBetween(text: string, changed: string, touched: readonly Edit[]): Edit[] {
  const offsets = [...new Set(touched.map(({ at }) => at))].sort((one, other) => one - other);
  return offsets.filter((at) => text[at] !== changed[at]).map((at) => ({ at, removed: text.charAt(at), inserted: changed.charAt(at) }));
}
