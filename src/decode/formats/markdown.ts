/** Markdown: its text without its marks. Sources: CommonMark 0.31.2; tables and struck-out text by GitHub Flavored Markdown. */
import type { BlockKind } from '../../structure/block.ts';
import { dayIn } from './day.ts';
import type { Field } from './field-names.ts';
import type { Evidence, Piece, Reader } from './format.ts';
import { blocksOf, maskHtml } from './markdown-blocks.ts';
import { type FrontMatter, frontMatterOf } from './markdown-front.ts';
import { linesOfBlock, type MarkdownLine } from './markdown-lines.ts';
import { joinLines, type PieceLine, textOf } from './pieces.ts';
import { trimPieces } from './trim-pieces.ts';

export { isMarkdown } from './markdown-signs.ts';

/** @throws {FormatError} `too-deep`. */
export const readMarkdown: Reader = ({ text, maxDepth }) => {
  const front = frontMatterOf(text);
  const masked = maskHtml(text);
  const { blocks, labels } = blocksOf(masked, front?.end ?? (text.startsWith('\ufeff') ? 1 : 0), maxDepth);
  const lines = withoutEchoes(blocks.flatMap((block) => linesOfBlock(masked, block, labels)));
  const pieces = joinLines(withHeadline(lines, trimPieces(front?.values.get('title')?.[0] ?? [])));
  return { articles: pieces.length === 0 ? [] : [{ pieces, evidence: evidenceOf(front) }], messages: [] };
};

/** Without captions that the next line says again. */
function withoutEchoes(lines: readonly MarkdownLine[]): MarkdownLine[] {
  return lines.filter(({ kind, pieces }, index) => {
    const next = lines[index + 1];
    return kind !== 'caption' || next === undefined || textOf(pieces) !== textOf(next.pieces);
  });
}

/** A headline stands among the first lines: below a kicker, a source and a date at most. */
const deepestHeadline = 5;

/** The lines with their kinds. The title of the front matter comes first if the body does not begin with it. */
function withHeadline(lines: readonly MarkdownLine[], title: readonly Piece[]): PieceLine[] {
  const top = lines.slice(0, deepestHeadline);
  const highest = lines.reduce((least, { level = 7 }) => Math.min(least, level), 7);
  const headline =
    title.length === 0
      ? top.findIndex(({ level }) => level !== undefined && level === highest)
      : top.findIndex(({ pieces }) => isAlike(textOf(pieces), textOf(title)));
  const kindOf = ({ kind, level }: MarkdownLine, at: number): BlockKind | undefined => {
    if (at === headline) return 'headline';
    return level === undefined ? kind : at > headline ? 'crosshead' : undefined;
  };
  const marked = lines.map((line, at): PieceLine => ({ pieces: line.pieces, kind: kindOf(line, at) }));
  return title.length === 0 || headline !== -1 ? marked : [{ pieces: title, kind: 'headline' }, ...marked];
}

/** Do they say the same, but for marks and a word before or behind: 快讯？ */
function isAlike(text: string, title: string): boolean {
  const [long = '', short = ''] = [text, title].map((one) => one.replaceAll(/[^\p{L}\p{N}]/gu, '')).sort((a, b) => b.length - a.length);
  if (short === '') return text.trim() === title.trim();
  return long.includes(short) && short.length >= long.length * 0.6;
}

function evidenceOf(front: FrontMatter | undefined): Evidence {
  const all = (field: Field): string[] => (front?.values.get(field) ?? []).map((pieces) => textOf(pieces).trim());
  const [title] = all('title');
  const [source] = all('source').filter((one) => !/^[a-z]+:\/\/|^www\./i.test(one));
  const authors = all('author')
    .flatMap((one) => one.split(/[、，,;；/|]+|(?<=^\p{Script=Han}{2,4}) +(?=\p{Script=Han}{2,4}$)/u))
    .map((one) => one.trim())
    .filter((one) => one !== '');
  const { published, time } = dayIn(all('date')[0] ?? '') ?? {};
  return {
    ...(published !== undefined && { published }),
    // Midnight is what programs write of a day without a time.
    ...(time !== undefined && time !== '00:00:00' && { time }),
    ...(title !== undefined && { title }),
    ...(source !== undefined && { source }),
    ...(authors.length > 0 && { authors: [...new Set(authors)] }),
  };
}
