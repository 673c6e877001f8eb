/** Front matter of Markdown: the lines of YAML that Hugo, Jekyll and Obsidian know. Source: YAML 1.2.2, as far as it is used there. */
import { isCjkPunctuation, isHan } from '../../text/han.ts';
import { type Field, fieldOf } from './field-names.ts';
import type { Piece } from './format.ts';
import { textOf } from './pieces.ts';

export interface FrontMatter {
  /** UTF-16 offset of the text behind it. */
  readonly end: number;
  /** What keys of an article hold; a list has several. */
  readonly values: ReadonlyMap<Field, readonly (readonly Piece[])[]>;
}

interface Line {
  readonly start: number;
  readonly end: number;
}

const key = /^([\p{L}_][\p{L}\p{N}_ -]{0,40}):(?=[ \t]|$)/u;
const otherKeys = /^(?:tags|categories|category|keywords|description|layout|slug|lang|标签|標籤|分类|分類)$/i;
const mostLines = 300;

/** Undefined if the text does not begin with lines of YAML that a key of an article is in. */
export function frontMatterOf(text: string): FrontMatter | undefined {
  const [opening] = /^\ufeff?---[ \t]*(?:\r\n|\n|\r)/.exec(text) ?? [];
  if (opening === undefined) return undefined;
  const lines: Line[] = [];
  const ends = /\r\n|\n|\r|$/g;
  ends.lastIndex = opening.length;
  for (let start = opening.length; lines.length < mostLines; start = ends.lastIndex) {
    const match = ends.exec(text);
    if (match === null) return undefined;
    const line = text.slice(start, match.index);
    if (/^(?:---|\.\.\.)[ \t]*$/.test(line)) {
      const values = valuesOf(text, lines);
      return values && { end: match.index + match[0].length, values };
    }
    if (match[0] === '' || (!/^(?:[ \t]*$|[ \t]*#|[ \t]+\S|- )/.test(line) && !key.test(line))) return undefined;
    lines.push({ start, end: match.index });
  }
  return undefined;
}

function valuesOf(text: string, lines: readonly Line[]): FrontMatter['values'] | undefined {
  const values = new Map<Field, readonly (readonly Piece[])[]>();
  let isKnown = false;
  for (const [index, { start, end }] of lines.entries()) {
    const [matched, name = ''] = key.exec(text.slice(start, end)) ?? [];
    if (matched === undefined) continue;
    const field = fieldOf(name);
    isKnown ||= field !== undefined || otherKeys.test(name);
    if (field === undefined || values.has(field)) continue;
    const next = lines.findIndex((line, at) => at > index && !/^[ \t-]/.test(text.slice(line.start, line.end)));
    const below = lines.slice(index + 1, next === -1 ? lines.length : next);
    const found = valuesIn(text, { start: start + matched.length, end }, below).filter((pieces) => textOf(pieces).trim() !== '');
    if (found.length > 0) values.set(field, found);
  }
  return isKnown ? values : undefined;
}

/** The scalars that stand behind a key, or below it. */
function valuesIn(text: string, line: Line, below: readonly Line[]): Piece[][] {
  const { start, end } = shrunk(text, line);
  const first = text.charAt(start);
  if (first === '[') return flowIn(text, start + 1, end);
  if (/^[>|][-+\d]*$/.test(text.slice(start, end))) return [folded(text, below)];
  if (start < end && first !== '#') return [scalarAt(text, start, end).pieces];
  return below.flatMap((one) => {
    const [mark] = /^[ \t]*-[ \t]+(?:name:[ \t]+)?/.exec(text.slice(one.start, one.end)) ?? [];
    if (mark === undefined) return [];
    const item = shrunk(text, { start: one.start + mark.length, end: one.end });
    return [scalarAt(text, item.start, item.end).pieces];
  });
}

function shrunk(text: string, { start, end }: Line): Line {
  let from = start;
  let to = end;
  while (from < to && /[ \t]/.test(text.charAt(from))) from++;
  while (to > from && /[ \t]/.test(text.charAt(to - 1))) to--;
  return { start: from, end: to };
}

/** Lines of a block scalar as one. */
function folded(text: string, lines: readonly Line[]): Piece[] {
  const pieces: Piece[] = [];
  for (const line of lines) {
    const { start, end } = shrunk(text, line);
    if (start === end) continue;
    const before = pieces.at(-1)?.text.at(-1);
    if (before !== undefined && !(isChinese(before) && isChinese(text.charAt(start)))) pieces.push({ text: ' ' });
    pieces.push({ text: text.slice(start, end), start, end });
  }
  return pieces;
}

function isChinese(character: string): boolean {
  return isHan(character) || isCjkPunctuation(character);
}

/** A list in brackets. */
function flowIn(text: string, start: number, end: number): Piece[][] {
  const items: Piece[][] = [];
  for (let at = start; at < end; ) {
    while (at < end && /[ \t,]/.test(text.charAt(at))) at++;
    if (at >= end || text.charAt(at) === ']') break;
    const isQuoted = /["']/.test(text.charAt(at));
    let stop = at;
    while (stop < end && !/[,\]]/.test(text.charAt(stop))) stop++;
    const item = isQuoted ? scalarAt(text, at, end) : scalarAt(text, at, shrunk(text, { start: at, end: stop }).end);
    items.push(item.pieces);
    at = Math.max(at + 1, isQuoted ? item.end : stop);
  }
  return items;
}

const escapes: Readonly<Record<string, string>> = { n: ' ', t: ' ', r: ' ', _: '\u00a0', N: ' ', L: ' ', P: ' ' };

/** A scalar in quotation marks or without, and where it ends. */
function scalarAt(text: string, start: number, end: number): { readonly pieces: Piece[]; readonly end: number } {
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'") {
    const comment = text.slice(start, end).search(/[ \t]#/);
    const stop = comment === -1 ? end : shrunk(text, { start, end: start + comment }).end;
    const value = text.slice(start, stop);
    return { pieces: /^(?:~|null|)$/.test(value) ? [] : [{ text: value, start, end: stop }], end };
  }
  const pieces: Piece[] = [];
  let from = start + 1;
  let at = from;
  const keep = (stop: number): void => {
    if (stop > from) pieces.push({ text: text.slice(from, stop), start: from, end: stop });
  };
  while (at < end) {
    const character = text.charAt(at);
    if (character === quote && quote === "'" && text.charAt(at + 1) === quote) {
      keep(at);
      from = at + 1;
      at += 2;
    } else if (character === quote) {
      keep(at);
      return { pieces, end: at + 1 };
    } else if (character === '\\' && quote === '"' && at + 1 < end) {
      keep(at);
      const [code, ...digits] = /^(?:x([\dA-Fa-f]{2})|u([\dA-Fa-f]{4})|U(0[\dA-Fa-f]{7}))/.exec(text.slice(at + 1, at + 10)) ?? [];
      const point = Number.parseInt(digits.find((one) => one !== undefined) ?? '', 16);
      const length = 1 + (code?.length ?? 1);
      const replaced = point <= 0x10ffff ? String.fromCodePoint(point) : escapes[text.charAt(at + 1)];
      if (replaced !== undefined) pieces.push({ text: replaced, start: at, end: at + length });
      from = replaced === undefined ? at + 1 : at + length;
      at += replaced === undefined ? 2 : length;
    } else at++;
  }
  // Without its closing mark: as far as it goes.
  keep(end);
  return { pieces, end };
}
