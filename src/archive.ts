/** The archive's layout: which key holds what, and the records that stand there as JSON. Pure. */
import { createHash } from 'node:crypto';
import type { Script } from './convert/scripts.ts';
import type { Message } from './message.ts';
import type { Format } from './render/index.ts';
import type { Result } from './result.ts';
import type { GivenDates } from './structure/given-dates.ts';
import { sliceOf } from './text/span.ts';

/** Where a raw file was found, in the words of the manifest. */
export interface SourceRecord {
  /** `bucket/key`, or the path in an inbox folder. */
  readonly key: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly etag: string;
  readonly versionId?: string;
  /** S3's order of writes to one key, hex. */
  readonly sequencer?: string;
}

export interface OutputRecord {
  /** File name in the article's folder. */
  readonly name: string;
  /** Hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly contentType: string;
}

/** What an article was made with where that is not the default. */
export interface MakingOptions {
  /** Ids of the rules that were turned off, in the order that they run in. */
  readonly without?: readonly string[];
  /** Converted as OpenCC does. */
  readonly pureOpenCC?: true;
  /** `YYYY-MM-DD`: the day of publication that metadata beside the file gave. */
  readonly published?: string;
}

/** `manifest.json`, written last: an article's folder without it does not exist for readers. */
export interface Manifest {
  readonly docId: string;
  readonly pipelineVersion: string;
  readonly source: SourceRecord;
  readonly raw: string;
  readonly scripts: readonly Script[];
  readonly formats: readonly Format[];
  /** Absent where all of them are the default. */
  readonly options?: MakingOptions;
  readonly outputs: readonly OutputRecord[];
  /** While the article is made again for these: the outputs may be the old ones or the new, until the manifest is written anew. */
  readonly pending?: { readonly scripts: readonly Script[]; readonly formats: readonly Format[] };
  readonly messages: readonly Message[];
  /** Of a file with several articles: their manifests, and their places in `source.txt` (UTF-16 offsets). */
  readonly articles?: readonly { readonly docId: string; readonly record: string; readonly start: number; readonly end: number }[];
  /** Of one of them: the manifest of the file, which has the ledger, and its own place in that file's `source.txt`. */
  readonly partOf?: { readonly docId: string; readonly record: string; readonly start: number; readonly end: number };
  /** RFC 3339, UTC: when the source was last modified, and when the article was archived. */
  readonly times: { readonly modified: string; readonly archived: string };
}

/** `sources/…`: which document a source key holds now. */
export interface Pointer {
  readonly source: SourceRecord & { readonly modified: string };
  readonly docId: string;
  readonly status: 'archived' | 'rejected';
  /** The key of the manifest, or of the rejection. */
  readonly record: string;
  readonly pipelineVersion: string;
  /** Days that an option or metadata gave, so that others make the article anew. */
  readonly given?: GivenDates;
}

/** `rejected/…`: why, where the raw bytes are, how to try again. */
export interface Rejection {
  readonly docId: string;
  readonly pipelineVersion: string;
  readonly reason: { readonly code: string; readonly message: string };
  readonly source: SourceRecord & { readonly modified: string };
  readonly raw: string;
  readonly retry: string;
  readonly messages: readonly Message[];
}

/** `ledger.json`: with `source.txt` it gives the raw bytes back. */
export type LedgerFile = Pick<Result, 'pipelineVersion' | 'source' | 'script' | 'blocks' | 'dates' | 'articles' | 'messages'> &
  Result['ledger'];

export interface OutputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

export const articlesPrefix = 'articles/';
export const manifestName = 'manifest.json';
export const ledgerName = 'ledger.json';
export const sourceTextName = 'source.txt';

/** `dt=` of an article: its day, or `undated`; of a file with several articles the day that they share. */
export function partitionOf({ articles }: Pick<Result, 'articles'>): string {
  const days = new Set(articles.map(({ date }) => (date?.precision === 'day' ? date.iso : undefined)));
  const [day] = days;
  return days.size === 1 && day !== undefined ? day : 'undated';
}

export function articleFolder(partition: string, docId: string): string {
  return `${articlesPrefix}dt=${partition}/${docId}/`;
}

export function rawKey(sha256: string): string {
  return `raw/${sha256.slice(0, 2)}/${sha256}`;
}

export function pointerKey(sourceKey: string): string {
  const hash = sha256Hex(Buffer.from(sourceKey));
  return `sources/${hash.slice(0, 2)}/${hash}.json`;
}

/** @param modified RFC 3339: the day that the source was last modified, so that a second delivery finds the same key. */
export function rejectionKey(modified: string, docId: string): string {
  return `rejected/dt=${modified.slice(0, 10)}/${docId}.json`;
}

export function indexKey(partition: string, docId: string): string {
  return `index/dt=${partition}/${docId}.jsonl`;
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function ledgerFile(result: Result): LedgerFile {
  const {
    pipelineVersion,
    source: { name: _, ...source },
    script,
    blocks,
    dates,
    articles,
    messages,
    ledger,
  } = result;
  return { pipelineVersion, source, script, layers: ledger.layers, blocks, dates, articles, messages };
}

/** What a line of the index is made of. */
type IndexedResult = Omit<LedgerFile, 'layers'> & Pick<Result, 'text' | 'ledger'>;

/** One line of `index/`, for Athena, DuckDB and OpenSearch: flat, each value a string, number, boolean or list of strings. */
export function indexLine(result: IndexedResult, docId: string, partition: string): string {
  const texts = (kind: string) => result.blocks.filter((block) => block.kind === kind).map((block) => sliceOf(result.text, block));
  const line = {
    docId,
    article: articleFolder(partition, docId),
    headline: texts('headline').join('\n') || (result.text.split('\n')[0] ?? ''),
    date: partition,
    kicker: texts('kicker'),
    deck: texts('deck'),
    script: result.script.detected,
    repaired: result.script.repaired,
    characters: [...result.text].length,
    edits: result.ledger.layers.filter(({ stage }) => stage !== 'convert').reduce((sum, { edits }) => sum + edits.length, 0),
    warnings: result.messages.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule),
    sha256: result.source.sha256,
    bytes: result.source.bytes,
    charset: result.source.charset,
    pipelineVersion: result.pipelineVersion,
  };
  return `${JSON.stringify(line)}\n`;
}
