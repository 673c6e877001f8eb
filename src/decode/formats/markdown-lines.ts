/** Blocks of Markdown as lines of an article, every piece with its place in the source. */
import type { BlockKind } from '../../structure/block.ts';
import { characterAt, characterBefore, countHan, isCjkPunctuation, isHan } from '../../text/han.ts';
import type { Span } from '../../text/span.ts';
import type { Piece } from './format.ts';
import type { MarkdownBlock } from './markdown-blocks.ts';
import { type Inline, inlinesOf, lineBreak } from './markdown-inline.ts';
import { trimPieces } from './trim-pieces.ts';

export interface MarkdownLine {
  readonly pieces: readonly Piece[];
  readonly kind?: BlockKind;
  /** Of a heading. */
  readonly level?: number;
}

/** @param masked see `maskHtml`. @param labels that links may refer to. */
export function linesOfBlock(masked: string, block: MarkdownBlock, labels: ReadonlySet<string>): MarkdownLine[] {
  if (block.kind === 'code') {
    return block.parts.map(({ start, end }) => ({ pieces: [{ text: masked.slice(start, end).replaceAll('\0', ' '), start, end }] }));
  }
  if (block.kind === 'row') return linesOfRow(masked, block.parts, labels);
  const lines = linesOfParts(masked, block.parts, labels);
  const [first, ...others] = lines;
  if (first === undefined || first.kind !== undefined) return lines;
  if (block.kind === 'item') return [{ ...first, kind: 'listItem' }, ...others];
  return block.level === undefined ? lines : [{ ...first, level: block.level }, ...others];
}

/** A row of a table: its cells parted by tabs, those at the end that are empty left out. */
function linesOfRow(masked: string, cells: readonly Span[], labels: ReadonlySet<string>): MarkdownLine[] {
  const read = cells.map((cell) => linesOfParts(masked, [cell], labels));
  const captions = read.flatMap((lines) => lines.filter(({ kind }) => kind === 'caption'));
  const texts = read.map((lines) => lines.filter(({ kind }) => kind !== 'caption').flatMap(({ pieces }) => pieces));
  while (texts.at(-1)?.length === 0) texts.pop();
  const pieces = texts.flatMap((cell, index) => [...(index === 0 ? [] : [{ text: '\t' }]), ...cell]);
  return [...(pieces.length === 0 ? [] : [{ pieces }]), ...captions];
}

/** The text of a block, and where in the source its units stand; behind them, where it ends. */
interface Source {
  readonly text: string;
  readonly places: readonly number[];
}

function sourceOf(masked: string, parts: readonly Span[]): Source {
  const texts: string[] = [];
  const places: number[] = [];
  const contents = parts.map((part) => contentOf(masked, part));
  const joins = joinsOf(contents.map(({ start, end }) => masked.slice(start, end)));
  for (const [index, { start, end, isBroken }] of contents.entries()) {
    texts.push(masked.slice(start, end));
    for (let at = start; at < end; at++) places.push(at);
    if (index === contents.length - 1) places.push(end);
    else {
      texts.push(isBroken || !joins[index] ? lineBreak : '\n');
      places.push(end);
    }
  }
  return { text: texts.join(''), places };
}

/** A line without the white space behind it, and without the mark of a break at its end: a backslash or two spaces. */
function contentOf(masked: string, { start, end }: Span): Span & { readonly isBroken: boolean } {
  let to = end;
  while (to > start && /[\0 \t]/.test(masked.charAt(to - 1))) to--;
  const isSpaced = masked.slice(to, end).includes('  ');
  let slashes = 0;
  while (slashes < to - start && masked.charAt(to - 1 - slashes) === '\\') slashes++;
  const isEscaped = slashes % 2 === 1;
  return { start, end: isEscaped ? to - 1 : to, isBroken: isEscaped || isSpaced };
}

const sentenceEnd = /[。！？!?…：:；;][”’」』）)】*_~]*$/;
const pictureLine = /^\[?!\[[^\][]{0,500}\]\([^()]{0,2000}\)(?:\]\([^()]{0,2000}\))?$/;
const inSentence = /[，。！？；,!?;]/;
const labelled = /^[*_【[]{0,3}\p{Script=Han}{2,6}[ \u3000]*[:：｜|／/][ \u3000]*\S|^[*_]{0,3}(?:19|20)\d{2}[-./年]\d{1,2}/u;
const ownLine =
  /^(?:\u3000|[-*+—][ \t]|\d{1,3}[.、．)）](?!\d)|[（(][\d一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[①-⑳●○◆◇■□▲△★※•·]|\[?!\[)/;

/**
 * Which lines of a paragraph go on in the next one. Markdown joins all; but many who write Chinese end a paragraph by one line break only, and
 * lines of source and author too. A line that was wrapped ends within a sentence nearly always.
 */
function joinsOf(lines: readonly string[]): boolean[] {
  const endAll = lines.every((line) => sentenceEnd.test(line) || pictureLine.test(line));
  return lines.map((line, index) => {
    const next = lines[index + 1] ?? '';
    if (endAll || ownLine.test(next) || pictureLine.test(line)) return false;
    const isAside = [line, next].every((one) => one.length <= 40 && !inSentence.test(one) && countHan(one) <= 30);
    return !(isAside && (labelled.test(line) || labelled.test(next)));
  });
}

function linesOfParts(masked: string, parts: readonly Span[], labels: ReadonlySet<string>): MarkdownLine[] {
  const { text, places } = sourceOf(masked, parts);
  const lines: MarkdownLine[] = [];
  let pieces: Piece[] = [];
  let begins: Omit<MarkdownLine, 'pieces'> = {};
  /** Captions of pictures that stand within a line come below it. */
  let captions: MarkdownLine[] = [];
  let soft: number | undefined;
  const placeOf = (unit: number): number => places[unit] ?? 0;
  const add = (own: string, from: number, to: number): void => {
    if (own === '') return;
    const before = pieces.at(-1)?.text ?? '';
    if (soft !== undefined && before !== '' && !(isChinese(characterBefore(before, before.length)) && isChinese(characterAt(own, 0)))) {
      pieces.push({ text: ' ', start: placeOf(soft), end: placeOf(soft + 1) });
    }
    soft = undefined;
    append(pieces, masked, { text: own, start: placeOf(from), end: placeOf(to - 1) + 1 });
  };
  const flush = (): void => {
    const own = trimPieces(pieces);
    if (own.length > 0) lines.push({ pieces: own, ...begins });
    for (const caption of captions) lines.push(caption);
    pieces = [];
    captions = [];
    begins = {};
    soft = undefined;
  };
  const see = (nodes: readonly Inline[]): void => {
    for (const node of nodes) {
      if (node.type === 'text') add(node.text ?? text.slice(node.from, node.to), node.from, node.to);
      else if (node.type === 'break') {
        if (node.isSoft) soft = node.from;
        else flush();
      } else if (node.type === 'picture') picture(node.alt);
      else if (node.tag.does === 'break') {
        flush();
        const { begins: kind } = node.tag;
        if (kind !== undefined) begins = typeof kind === 'number' ? { level: kind } : { kind };
      } else if (node.tag.does === 'tab') append(pieces, masked, { text: '\t', start: placeOf(node.from), end: placeOf(node.to - 1) + 1 });
      else if (node.tag.does === 'stay') add(text.slice(node.from, node.to), node.from, node.to);
      else if (node.tag.alt !== undefined) picture([{ type: 'text', ...node.tag.alt }]);
    }
  };
  const picture = (alt: readonly Inline[]): void => {
    const outer = { pieces, begins, soft, captions };
    pieces = [];
    soft = undefined;
    captions = [];
    see(alt.map((node) => (node.type === 'break' ? { ...node, isSoft: true } : node)));
    const own = trimPieces(pieces);
    const inner = captions;
    ({ pieces, begins, soft, captions } = outer);
    const caption: MarkdownLine[] = isCaption(own) ? [{ pieces: own, kind: 'caption' }, ...inner] : inner;
    if (pieces.some((piece) => piece.text.trim() !== '')) captions.push(...caption);
    else {
      lines.push(...caption);
      pieces = [];
    }
  };
  see(inlinesOf(text, labels));
  flush();
  return lines;
}

/** Adds a piece; what goes on where the last one ended is one with it, if both stand as they are. */
function append(pieces: Piece[], masked: string, piece: Piece & Span): void {
  const last = pieces.at(-1);
  if (last?.start !== undefined && last.end === piece.start && isVerbatim(masked, last) && isVerbatim(masked, piece)) {
    pieces[pieces.length - 1] = { text: masked.slice(last.start, piece.end), start: last.start, end: piece.end };
  } else pieces.push(piece);
}

/** Of what does not stand as it is, only a space for a line break is as long as what it stands for. */
function isVerbatim(masked: string, { text, start = 0, end = 0 }: Piece): boolean {
  return end - start === text.length && masked.charAt(end - 1) === text.charAt(text.length - 1);
}

/** What programs put in place of a picture's text: a name of a file, the word itself. */
const noCaption =
  /^(?:[^\s]{0,100}\.(?:jpe?g|png|gif|webp|bmp|svg|heic)|images?|img|photo|picture|图片|圖片|图像|图|圖|插图|配图|\d{1,4})$/i;

function isCaption(pieces: readonly Piece[]): boolean {
  return (
    pieces.length > 0 &&
    !noCaption.test(
      pieces
        .map(({ text }) => text)
        .join('')
        .trim(),
    )
  );
}

function isChinese(character: string | undefined): boolean {
  return isHan(character) || isCjkPunctuation(character);
}
