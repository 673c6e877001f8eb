/** Audits one of several articles of a file against the file: its texts are stretches of the file's, line for line. */
import { indexKey, indexLine, type LedgerFile, ledgerName, sourceTextName } from './archive.ts';
import { resultOfPart } from './folders.ts';
import { pipelineVersion } from './pipeline-version.ts';
import type { Store } from './stores/store.ts';
import { lineSpans } from './text/span.ts';

export interface PartRecord {
  readonly docId: string;
  readonly pipelineVersion: string;
  readonly scripts: readonly string[];
  readonly partOf: { readonly docId: string; readonly record: string; readonly start: number; readonly end: number };
}

export interface PartFinding {
  readonly kind: 'broken' | 'unfinished';
  readonly key: string;
  readonly reason: string;
}

/** @param texts the article's own files, by name. */
export async function* verifyPart(
  store: Store,
  prefix: string,
  { docId, scripts, partOf, pipelineVersion: version }: PartRecord,
  texts: ReadonlyMap<string, string>,
): AsyncGenerator<PartFinding> {
  const broken = (key: string, reason: string): PartFinding => ({ kind: 'broken', key, reason });
  if (!docId.startsWith(`${partOf.docId}-`)) yield broken(prefix, `it says that it is of ${partOf.docId}`);
  const home = partOf.record.slice(0, partOf.record.lastIndexOf('/') + 1);
  const read = async (name: string) => {
    const bytes = (await store.get(`${home}${name}`))?.bytes;
    return bytes === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  };
  const whole = await read(sourceTextName);
  const ledger = await read(ledgerName);
  if (whole === undefined || ledger === undefined || (await store.head(partOf.record)) === undefined) {
    yield { kind: 'unfinished', key: prefix, reason: `the file that it is of, ${partOf.record}, is missing` };
    return;
  }
  if (whole.slice(partOf.start, partOf.end) !== texts.get(sourceTextName)) yield broken(prefix, `its text is not that of ${partOf.record}`);
  const lines = lineSpans(whole);
  const from = lines.findIndex(({ start }) => start === partOf.start);
  const to = lines.findIndex(({ end }) => end === partOf.end);
  for (const script of scripts) {
    const name = `${script}.txt`;
    const all = await read(name);
    const own = texts.get(name);
    if (
      all !== undefined &&
      own !== undefined &&
      all
        .split('\n')
        .slice(from, to + 1)
        .join('\n') !== own
    ) {
      yield broken(`${prefix}${name}`, `it is not that of ${partOf.record}`);
    }
  }
  const partition = prefix.split('/')[1]?.slice('dt='.length) ?? '';
  const key = indexKey(partition, docId);
  const index = (await store.get(key))?.bytes;
  if (index === undefined) yield { kind: 'unfinished', key: prefix, reason: `its index line ${key} is missing` };
  else if (version === pipelineVersion) {
    const { layers, ...rest } = JSON.parse(ledger) as LedgerFile;
    const at = rest.articles.findIndex(({ id }) => id === docId);
    const result = resultOfPart({ ...rest, id: partOf.docId, status: 'ok', text: whole, scripts: {}, ledger: { layers } }, at);
    if (Buffer.compare(index, Buffer.from(indexLine(result, docId, partition))) !== 0)
      yield broken(key, 'its line is not that of the article');
  }
}
