/** The folders that a file has in the archive: one, or of a file with several articles one for each and one for the file itself. Pure. */
import {
  articleFolder,
  indexLine,
  ledgerFile,
  ledgerName,
  type Manifest,
  manifestName,
  type OutputFile,
  partitionOf,
  sourceTextName,
} from './archive.ts';
import type { Script } from './convert/scripts.ts';
import { json } from './json.ts';
import { type Format, renditions } from './render/index.ts';
import type { Normalized, Result } from './result.ts';
import type { Article } from './structure/article.ts';
import { shiftPart } from './structure/block.ts';
import { sliceOf } from './text/span.ts';

export interface Folder {
  readonly docId: string;
  readonly partition: string;
  /** Every file but the manifest. */
  readonly files: (normalized: Normalized, formats: readonly Format[]) => OutputFile[];
  /** What its manifest says that those of other folders do not. */
  readonly says: (normalized: Normalized) => Pick<Manifest, 'messages' | 'articles' | 'partOf'>;
  /** Its line of the index; a file with several articles has none, they have theirs. */
  readonly line: ((normalized: Normalized) => string) | undefined;
}

/** The formats that a folder has: a file with several articles has its text alone, they have the rest. */
export function formatsOf(formats: readonly Format[], hasArticles: boolean): Format[] {
  return formats.filter((format) => !hasArticles || format === 'text');
}

/** In the order that they are written in: the articles before the file that they are of. None for a rejected file. */
export function foldersOf({ result, docId, parts }: Normalized): Folder[] {
  const partition = partitionOf(result);
  const hasArticles = parts.length > 0;
  const whole: Folder = {
    docId,
    partition,
    files: ({ source, scripts, result }, formats) => [
      ...texts(source, scripts, formatsOf(formats, hasArticles)),
      { name: ledgerName, bytes: Buffer.from(json(ledgerFile(result))), contentType: 'application/json' },
    ],
    says: ({ result }) => ({ messages: result.messages, ...(hasArticles && { articles: listed(result) }) }),
    line: hasArticles ? undefined : ({ result }) => indexLine(result, docId, partition),
  };
  const record = `${articleFolder(partition, docId)}${manifestName}`;
  const articles = result.articles.slice(0, parts.length).map(({ id, start, end }, index): Folder => {
    const partition = partitionOf({ articles: result.articles.slice(index, index + 1) });
    return {
      docId: id,
      partition,
      files: ({ parts }, formats) => texts(parts[index]?.source, parts[index]?.scripts ?? new Map(), formats),
      says: ({ result }) => ({ messages: resultOfPart(result, index).messages, partOf: { docId, record, start, end } }),
      line: ({ result }) => indexLine(resultOfPart(result, index), id, partition),
    };
  });
  return [...articles, whole];
}

function listed(result: Result): NonNullable<Manifest['articles']> {
  return result.articles.map((article) => {
    const folder = articleFolder(partitionOf({ articles: [article] }), article.id);
    return { docId: article.id, record: `${folder}${manifestName}`, start: article.start, end: article.end };
  });
}

function texts(source: Article | undefined, scripts: ReadonlyMap<Script, Article>, formats: readonly Format[]): OutputFile[] {
  if (source === undefined) return [];
  const perScript = [...scripts].flatMap(([script, article]) =>
    formats.map((format): OutputFile => {
      const { extension, contentType, render } = renditions[format];
      return { name: `${script}.${extension}`, bytes: Buffer.from(render(article)), contentType };
    }),
  );
  return [{ name: sourceTextName, bytes: Buffer.from(source.text), contentType: renditions.text.contentType }, ...perScript];
}

/** What a Result says of one of its articles, with offsets into the article. */
export function resultOfPart(result: Result, index: number): Result {
  const part = result.articles[index] ?? { id: '', start: 0, end: 0 };
  const isIn = ({ start = -1, end = -1 }) => start >= part.start && end <= part.end;
  const move = ({ start = 0, end = 0 }) => ({ start: start - part.start, end: end - part.start });
  const { date } = part;
  return {
    ...result,
    id: part.id,
    text: sliceOf(result.text, part),
    blocks: result.blocks.filter(isIn).map((block) => shiftPart(block, -part.start)),
    dates: result.dates.filter(isIn).map((note) => ({ ...note, ...move(note) })),
    articles: [{ id: part.id, ...move(part), ...(date && { date: date.start === undefined ? date : { ...date, ...move(date) } }) }],
    messages: result.messages.filter(isIn).map((message) => ({ ...message, ...move(message) })),
  };
}
