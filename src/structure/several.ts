/**
 * Several articles in one file: a page of briefs, a newspaper page, a wire dump. They are parted on strong evidence only: each begins with a
 * headline and a dateline, a byline or a line of its date, behind the end of the one before.
 */
import type { BlockKind } from './block.ts';
import type { ReadLine } from './outline.ts';
import { isTitleLine } from './title-area.ts';

export interface Parting {
  /** Index of the first line of each article; the first is 0. */
  readonly starts: readonly number[];
  /** Why the file is left whole though something speaks for several articles. */
  readonly doubt?: string;
}

const mostTitles = 4;
const mostFields = 5;
/** UTF-16 units; a shorter line without an end is no paragraph. */
const shortestParagraph = 24;
const sentence = /[。！？；：…”」』][）)】]*$/;
const rule = /^[*＊\-－—=＝_~◆■●☆★·.#\s]{3,}$/;
const closing: readonly BlockKind[] = ['credits', 'byline', 'endMark', 'source', 'notice'];
const opening: readonly BlockKind[] = [
  'published',
  'byline',
  'source',
  'caption',
  'originalHeadline',
  'summary',
  'editorsNote',
  'dateline',
];

interface Start {
  readonly at: number;
  /** What shows that an article begins: its dateline, byline or date; or that the one before ended as this one does. */
  readonly by: 'dateline' | 'published' | 'byline' | 'end';
  /** Does the line before it end an article? */
  readonly isBehindEnd: boolean;
}

export function partArticles(read: readonly ReadLine[]): Parting {
  const whole = { starts: [0] };
  // Two datelines, two bylines or two lines of a date at least: nearly every file is done with here.
  if (read.filter(mayOpen).length < 2) return whole;
  const starts: Start[] = [];
  for (let at = 0; at < read.length; at++) {
    const start = readStart(read, at);
    if (start === undefined) continue;
    starts.push(start.start);
    at = start.paragraph;
  }
  const [first, ...others] = starts;
  if (first === undefined || others.length === 0) return whole;
  // Below its own headline a dateline begins an article, whatever is above.
  const certain = others.filter((one) => one.isBehindEnd || one.by === 'dateline' || (one.by === first.by && one.by !== 'byline'));
  if (certain.length === others.length) return { starts: [0, ...others.map(({ at }) => at)] };
  const line = others.find((one) => !certain.includes(one))?.at ?? 0;
  const doubt = `review: line ${line + 1} looks like the start of another article, too little speaks for it; the file is left whole`;
  return { starts: [0], doubt };
}

function mayOpen({ field, inline }: ReadLine): boolean {
  return field?.kind === 'published' || field?.kind === 'byline' || field?.kind === 'endMark' || inline.length > 0;
}

function readStart(read: readonly ReadLine[], at: number): { readonly start: Start; readonly paragraph: number } | undefined {
  let next = at;
  const isPaged = read[next]?.field?.kind === 'published';
  if (isPaged) next++;
  let titles = 0;
  while (titles < mostTitles && isTitle(read[next], titles === 0)) {
    titles++;
    next++;
  }
  const kinds: BlockKind[] = [];
  for (let fields = 0; fields < mostFields; fields++, next++) {
    const kind = read[next]?.field?.kind ?? wholeKind(read[next]);
    if (kind === undefined || !opening.includes(kind)) break;
    kinds.push(kind);
  }
  const paragraph = read[next];
  if (paragraph === undefined || paragraph.field !== undefined) return undefined;
  if (paragraph.text.length < shortestParagraph && !sentence.test(paragraph.text)) return undefined;
  const isBehindEnd = at > 0 && ends(read[at - 1]);
  const begins = paragraph.inline[0];
  const isDateline = kinds.includes('dateline') || begins?.kind === 'dateline';
  // Without a headline only a wire's full dateline behind an end begins an article.
  if (titles === 0 && !(isDateline && isBehindEnd && begins?.fields?.some(({ name }) => name === 'date'))) return undefined;
  const isByline = kinds.includes('byline') || (begins?.kind === 'byline' && begins.start < 8);
  const by = isDateline
    ? 'dateline'
    : kinds.includes('published') || isPaged
      ? 'published'
      : isByline
        ? 'byline'
        : endsAlike(read, at, next);
  return by && { start: { at, by, isBehindEnd }, paragraph: next };
}

/** Does the article that would begin here end in a byline or an end mark, as the one before it does? */
function endsAlike(read: readonly ReadLine[], at: number, paragraph: number): 'end' | undefined {
  const before = at === 0 ? undefined : endOf(read[at - 1]);
  for (let below = paragraph; below < read.length; below++) {
    const end = endOf(read[below]);
    if (end !== undefined) return at === 0 || end === before ? 'end' : undefined;
  }
  return undefined;
}

/** How the line ends an article, if it does. */
function endOf(line: ReadLine | undefined): BlockKind | undefined {
  const kind = line?.field?.kind ?? line?.inline.find(({ start }) => start > 0)?.kind;
  return kind === 'byline' || kind === 'endMark' ? kind : undefined;
}

function isTitle(line: ReadLine | undefined, isFirst: boolean): boolean {
  return (
    line !== undefined && line.field === undefined && line.inline.length === 0 && isTitleLine(line.text, isFirst) && !rule.test(line.text)
  );
}

function wholeKind(line: ReadLine | undefined): BlockKind | undefined {
  const part = line?.inline[0];
  return part !== undefined && line !== undefined && part.end - part.start >= line.text.trim().length ? part.kind : undefined;
}

/** Does the line end an article: credits, a byline, an end mark, alone or behind its last sentence? */
function ends(line: ReadLine | undefined): boolean {
  if (line === undefined) return false;
  if (line.field !== undefined) return closing.includes(line.field.kind);
  return (
    rule.test(line.text) ||
    line.inline.some(({ kind, start }) => start > 0 && (kind === 'endMark' || kind === 'byline' || kind === 'source'))
  );
}
