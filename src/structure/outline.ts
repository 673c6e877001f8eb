/** What each line of one article is. Fields tell themselves; then the title area is what is left above the body, and the body what is left of all. */
import type { Labelled, Part } from './block.ts';
import { type Neighbour, readBody } from './body.ts';
import { readNameAlone, readNameWithOffice, readSignature } from './byline.ts';
import { type FieldLine, readField } from './field-line.ts';
import { readInline } from './inline.ts';
import { readSource } from './source.ts';
import { readTag } from './tag.ts';
import { readTitleArea } from './title-area.ts';

/** A line with what its own form tells. */
export interface ReadLine {
  readonly text: string;
  readonly field: FieldLine | undefined;
  /** Parts of a line that is no field. */
  readonly inline: readonly Part[];
}

export interface Outlined {
  readonly label: Labelled;
  /** Offsets are into the line. */
  readonly nested: readonly Part[];
}

/** UTF-16 units of a summary that nothing says to be one. */
const longestSummary = 160;
/** Lines above the dateline that may sum an article up. */
const mostSummaries = 2;
const endsSentence = /[。！？][”’」』）)]*$/;
/** Lines from the end where a bare office or a name is a field. */
const tail = 6;
const summaryAbove: Labelled = { kind: 'summary', rule: 'summary/above-dateline', confidence: 0.85 };
const captionAbove: Labelled = { kind: 'caption', rule: 'caption/photo-story', confidence: 0.85 };
const body: Labelled = { kind: 'paragraph', rule: 'body', confidence: 0.95 };

export function readLines(lines: readonly string[]): ReadLine[] {
  return lines.map((text) => {
    const field = readField(text);
    return { text, field, inline: field === undefined ? readInline(text) : [] };
  });
}

/** The lines of one article, labelled. */
export function outline(read: readonly ReadLine[]): Outlined[] {
  const lines = read.map(({ text }) => text);
  const fields = read.map(
    ({ text, field }, index): FieldLine | undefined =>
      field ?? (index >= Math.max(1, read.length - tail) ? readSource(text, true) : undefined),
  );
  const { end, roles } = readTitleArea(lines, (index) => fields[index]);
  const first = roles.findIndex((role) => role !== undefined);
  const labels: (Outlined | undefined)[] = lines.map((line, index) => {
    const role = roles[index];
    if (role !== undefined) return { label: titled(role, line), nested: [] };
    const field = fields[index];
    if (field !== undefined) return { label: withoutNested(field), nested: field.nested ?? [] };
    const people = isNamePlace(index, first, end, fields)
      ? (readNameAlone(line, index === end) ?? readNameWithOffice(line) ?? (index > end ? readSignature(line) : undefined))
      : undefined;
    return people && { label: { kind: 'byline', rule: 'byline/name', confidence: 0.9, people }, nested: [] };
  });
  const inline = read.map((line, index) => (labels[index] === undefined ? line.inline : []));
  const isOfPictures = pictures.test(lines[first] ?? '');
  for (const index of summaries(lines, labels, inline)) labels[index] = { label: isOfPictures ? captionAbove : summaryAbove, nested: [] };
  const bodies = readBody(
    lines,
    labels.map((label): Neighbour => label?.label.kind ?? 'plain'),
  );
  return lines.map(
    (line, index) => labels[index] ?? whole(line, inline[index] ?? []) ?? { label: bodies[index] ?? body, nested: inline[index] ?? [] },
  );
}

function titled(role: 'kicker' | 'headline' | 'deck', line: string): Labelled {
  const tag = role === 'headline' ? readTag(line) : undefined;
  return { kind: role, rule: `title-area/${role}`, confidence: 0.9, ...(tag && { fields: [tag] }) };
}

function withoutNested({ nested: _, ...label }: FieldLine): Labelled {
  return label;
}

/** A dateline or a byline with a line to itself. */
function whole(line: string, inline: readonly Part[]): Outlined | undefined {
  const [part] = inline;
  if (inline.length !== 1 || part === undefined || part.end - part.start < line.trim().replace(/^[●■□◎◆]/u, '').length) return undefined;
  const { start: _, end: __, ...label } = part;
  return { label, nested: [] };
}

/** A name by itself is a byline below the titles, with the body below it, or at the end. */
function isNamePlace(index: number, first: number, end: number, fields: readonly unknown[]): boolean {
  if (first !== -1 && index >= end && index <= end + 1 && fields.length > index + 1) return true;
  return index > 0 && fields.slice(index + 1).every((field) => field !== undefined);
}

/** Sentences above the dateline of a photo story are its captions: 【图集】, （图片新闻）. */
const pictures = /^[（(【[〔](?:[^）)】\]〕]*[图圖]|影像)/;

/** Whole sentences between the titles and a paragraph that begins with a dateline sum the article up. */
function summaries(lines: readonly string[], labels: readonly (Outlined | undefined)[], inline: readonly (readonly Part[])[]): number[] {
  const found: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (labels[index] !== undefined) continue;
    if (inline[index]?.[0]?.kind === 'dateline') return found;
    const isOne = line.length <= longestSummary && endsSentence.test(line) && found.length < mostSummaries && inline[index]?.length === 0;
    if (!isOne) return [];
    found.push(index);
  }
  return [];
}
