/** Lines as a program that wraps text at a fixed width leaves them: how wide they are, what they begin and end with. */
import { readByline } from '../structure/byline.ts';
import { readCredits } from '../structure/credits.ts';

/** A line that is not empty. */
export interface Line {
  /** Without the white on both sides. */
  readonly text: string;
  /** UTF-16 offsets of the text without the white on both sides. */
  readonly start: number;
  readonly end: number;
  /** UTF-16 units, with the white on both sides. */
  readonly raw: number;
  /** Columns of white before it. */
  readonly indent: number;
  readonly isAfterGap: boolean;
  /** White stands behind it. */
  readonly isPadded: boolean;
  /** Sizes: Han are two columns wide, Latin one. */
  readonly columns: number;
  readonly characters: number;
  /** Columns of marks that some programs take for one column wide, others for two: “ ” — …. */
  readonly doubtful: number;
  /** Credits, a byline, a row of a table, a list of names, a line of dashes: no part of a paragraph. */
  readonly standsAlone: boolean;
  /** The form of its number or label, if it may be an item of a list, a question, an answer. */
  readonly item: string | undefined;
  /** What may not be parted at its start: opening marks, a character or a Latin word, marks that may not begin a line. */
  readonly word: { readonly columns: number; readonly characters: number };
  /** Is that an address, or does an address stand in the line? These are as long as they are. */
  readonly isAddress: boolean;
  /** A mark that may not begin a line begins it. */
  readonly isSliced: boolean;
  readonly startsLatin: boolean;
  readonly endsLatin: boolean;
  readonly endsSentence: boolean;
  readonly endsParagraph: boolean;
  /** Is it as long as a wrapped line, and ends no sentence? */
  readonly tells: boolean;
}

export interface Region {
  readonly lines: readonly Line[];
  readonly startsFile: boolean;
}

export type Size = 'columns' | 'characters';

/** UTF-16 units of the longest line that a wrapped text may hold; what is longer parts two regions. */
const longest = 120;
/** UTF-16 units. Shorter lines are the ends of paragraphs, or no prose. */
const shortest = 8;
/** The widest line that ends no paragraph, in Han and in columns, with marks that hang behind its end. */
const mostHan = 50;
const mostColumns = 120;
/** UTF-16 units of a line that tells of a width. */
const telling = 9;

const endsSentence = /[。！？!?…][”’」』）)]*$/;
const endsParagraph = /[。！？!?…；;：:”’」』）)】]$/;
/** 1. · （一） · 一、 · ① · ● · 问： · 1 王文. A number goes on in 3.5 and 15日. */
const items: readonly (readonly [form: string, pattern: RegExp])[] = [
  ['1.', /^[0-9０-９]{1,3}[.．、)）](?![0-9])/],
  ['1', /^[0-9０-９]{1,3}[ \u3000]/],
  ['(1)', /^[（(【〔](?:[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})[)）】〕](?![项項款条條点點])/],
  ['一、', /^[一二三四五六七八九十]{1,3}、/],
  ['•', /^[①-⑳●○◆◇■□▲▼△★※•·*]/],
  ['问：', /^(?:问|答|問|记者|記者|主持人|[QA])[ \u3000]?[:：]/],
];
const mayBeItem = /^[0-9０-９（(【〔一二三四五六七八九十①-⑳●○◆◇■□▲▼△★※•·*问答問记記主QA]/;
/** Cells of a table: white inside that no sentence goes before. */
const isRow = /[^\s。！？；”」](?:\t|[ \u3000\u00a0]{2,})/;
const isNames = /^(?:\p{Script=Han}{1,4}[ \u3000]){3,}\p{Script=Han}{0,4}$/u;
const mayBeByline = /记者|記者|通讯员|通訊員|特派員|[／/]/;
const mayBeCredits = /[:：]/;
const letter = /[\p{L}\p{N}]/u;

const opening = '“‘「『《〈（【〔([';
const closing = '。，、；：？！”’」』》〉）】〕…—·%‰℃,.;:?!)]';
const neverFirst = '，。、；：？！';
const wordMark = /[0-9A-Za-z\u00c0-\u024f%‰℃$€£@#&_+=~'’/\\.,:?-]/;
const address = /:\/\/|@|^[（(]?www\./;
const latinEnd = /[0-9A-Za-z\u00c0-\u024f][.,;:!?)'"%&\]]*$/;
const latinStart = /^[('"$&[]*[0-9A-Za-z\u00c0-\u024f]/;
/** The stretches of the text that a cheap look cannot tell from wrapped ones: three lines in a row, and three that end no sentence. */
export function regionsOf(text: string): Region[] {
  const regions: Region[] = [];
  let from = 0;
  let run = 0;
  let inRun = 0;
  let inRegion = 0;
  let hasRun = false;
  for (let at = 0; at <= text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline;
    const length = end - at;
    const isLong = length > longest;
    if (length > 0) run++;
    if (!isLong && length >= telling && isOpen(text, at, end)) {
      inRun++;
      inRegion++;
    }
    hasRun ||= !isLong && run >= 3 && inRun >= 2;
    if (isLong || newline === -1) {
      if (hasRun && inRegion >= 3) regions.push({ lines: readLines(text, from, isLong ? at : end), startsFile: from === 0 });
      from = end + 1;
      hasRun = false;
      inRegion = 0;
    }
    if (isLong || length < shortest) run = inRun = 0;
    at = end + 1;
  }
  return regions;
}

/** Ends no sentence, and is no wider than a wrapped line. */
function isOpen(text: string, at: number, end: number): boolean {
  if ('。！？；：'.includes(text.charAt(end - 1))) return false;
  return end - at <= mostHan || sizesOf(text.slice(at, end).trim()).columns <= mostColumns;
}

function readLines(text: string, from: number, to: number): Line[] {
  const lines: Line[] = [];
  let isAfterGap = false;
  for (let at = from; at < to; ) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline === -1 ? text.length : newline;
    const line = text.slice(at, lineEnd);
    const trimmed = line.trim();
    const start = at + line.length - line.trimStart().length;
    if (trimmed !== '')
      lines.push(
        lineOf({
          text: trimmed,
          start,
          end: start + trimmed.length,
          raw: line.length,
          indent: indentOf(line),
          isAfterGap,
          isPadded: line.length > line.trimEnd().length,
        }),
      );
    isAfterGap = trimmed === '';
    at = lineEnd + 1;
  }
  return lines;
}

function indentOf(line: string): number {
  let columns = 0;
  for (let at = 0; line.charAt(at).trim() === '' && at < line.length; at++)
    columns += line[at] === '\t' ? 8 : line[at] === '\u3000' ? 2 : 1;
  return columns;
}

type Place = Pick<Line, 'text' | 'start' | 'end' | 'raw' | 'indent' | 'isAfterGap' | 'isPadded'>;

function lineOf({ text, start, end, raw, indent, isAfterGap, isPadded }: Place): Line {
  const sizes = sizesOf(text);
  const isSentence = endsSentence.test(text.slice(-8));
  const isEnd = endsParagraph.test(text.slice(-1));
  const isCredits = mayBeCredits.test(text) && readCredits(text) !== undefined;
  const isByline = mayBeByline.test(text) && readByline(text) !== undefined;
  return {
    text,
    start,
    end,
    raw,
    indent,
    isAfterGap,
    isPadded,
    columns: sizes.columns,
    characters: sizes.characters,
    doubtful: sizes.doubtful,
    standsAlone: isRow.test(text) || isNames.test(text) || (text.length > 2 && !letter.test(text)) || isCredits || isByline,
    item: mayBeItem.test(text) ? items.find(([, pattern]) => pattern.test(text))?.[0] : undefined,
    word: sizesOf(text.slice(0, wordEnd(text))),
    isAddress: address.test(text),
    isSliced: neverFirst.includes(text.charAt(0)),
    startsLatin: latinStart.test(text),
    endsLatin: latinEnd.test(text),
    endsSentence: isSentence,
    tells: text.length >= telling && sizes.columns <= mostColumns && !isSentence && !'；：'.includes(text.charAt(text.length - 1)),
    endsParagraph: isEnd,
  };
}

function wordEnd(text: string): number {
  let end = 0;
  while (end < text.length && opening.includes(text.charAt(end))) end++;
  const word = end;
  while (wordMark.test(text.charAt(end))) end++;
  if (end === word) end++;
  while (end < text.length && closing.includes(text.charAt(end))) end++;
  return end;
}

function sizesOf(text: string): Pick<Line, 'columns' | 'characters' | 'doubtful'> {
  let columns = 0;
  let characters = 0;
  let doubtful = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0xdc00 && code <= 0xdfff) continue;
    const isDoubtful = code === 0xb7 || (code >= 0x2000 && code < 0x2e80);
    const isWide = code >= 0x2e80 && !(code >= 0xff61 && code <= 0xffdc);
    characters++;
    columns += isDoubtful || isWide ? 2 : 1;
    if (isDoubtful) doubtful++;
  }
  return { columns, characters, doubtful };
}

/** The regions that are left when lines of a region are joined: as {@link regionsOf} finds them in the text with the joins. */
export function rejoined(region: Region, joins: readonly { readonly below: Line; readonly inserted: string }[]): Region[] {
  const above = new Map(joins.map((join) => [join.below, join.inserted]));
  const merged: Place[] = [];
  for (const line of region.lines) {
    const inserted = above.get(line);
    const last = inserted === undefined ? undefined : merged.pop();
    if (inserted === undefined || last === undefined) merged.push(line);
    else
      merged.push({
        ...last,
        isPadded: line.isPadded,
        text: last.text + inserted + line.text,
        end: line.end,
        raw: last.raw + inserted.length + line.raw,
      });
  }
  const regions: Region[] = [];
  let from = 0;
  for (let index = 0; index <= merged.length; index++) {
    const line = merged[index];
    if (line !== undefined && line.raw <= longest) continue;
    if (index - from >= 3) regions.push({ lines: merged.slice(from, index).map(lineOf), startsFile: region.startsFile && from === 0 });
    from = index + 1;
  }
  return regions;
}
