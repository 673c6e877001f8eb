/** Audits an archive: every manifest against the bytes, every ledger replayed both ways, every record against what it names. */
import * as v from 'valibot';
import {
  articlesPrefix,
  indexKey,
  indexLine,
  type LedgerFile,
  ledgerName,
  manifestName,
  pointerKey,
  rawKey,
  sha256Hex,
  sourceTextName,
} from './archive.ts';
import { isScript, type Script } from './convert/scripts.ts';
import { decode } from './decode/index.ts';
import { formatsOf } from './folders.ts';
import { pipelineVersion } from './pipeline-version.ts';
import { reconstruct } from './reconstruct.ts';
import { type Format, isFormat, renditions } from './render/index.ts';
import type { Store } from './stores/store.ts';
import { applyLayers, undoLayers } from './text/edit.ts';
import { verifyPart } from './verify-part.ts';

/** What is relied on of each record. The patterns keep a damaged record from leading to a key that no store takes. */
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const docId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}(?:-\d+)?$/));
const manifestKey = v.pipe(v.string(), v.regex(/^articles\/dt=[\w-]+\/[0-9a-f]{32}(?:-\d+)?\/manifest\.json$/));
const source = v.looseObject({ key: v.string(), sha256: hash, size: v.number() });
const manifestShape = v.looseObject({
  docId,
  pipelineVersion: v.string(),
  source,
  raw: v.string(),
  scripts: v.array(v.custom<Script>((value) => typeof value === 'string' && isScript(value))),
  formats: v.array(v.custom<Format>((value) => typeof value === 'string' && isFormat(value))),
  options: v.optional(v.looseObject({ without: v.optional(v.array(v.string())), pureOpenCC: v.optional(v.boolean()) })),
  pending: v.optional(v.looseObject({})),
  outputs: v.array(v.looseObject({ name: v.pipe(v.string(), v.regex(/^[\w-]+(?:\.[\w-]+)+$/)), sha256: hash, size: v.number() })),
  messages: v.array(v.unknown()),
  articles: v.optional(v.array(v.looseObject({ docId, record: manifestKey }))),
  partOf: v.optional(v.looseObject({ docId, record: manifestKey, start: v.number(), end: v.number() })),
});
type ManifestShape = v.InferOutput<typeof manifestShape>;
const rejectionShape = v.looseObject({ docId, source, raw: v.string(), reason: v.object({ code: v.string(), message: v.string() }) });
const pointerShape = v.looseObject({ docId, source, status: v.picklist(['archived', 'rejected']), record: v.string() });

export interface Finding {
  /**
   * `broken`: something that is promised does not hold. `unfinished`: what a run that was cut short leaves, invisible to
   * readers; ingesting again ends it.
   */
  readonly kind: 'broken' | 'unfinished';
  readonly key: string;
  readonly reason: string;
}

export interface Audit {
  readonly articles: number;
  readonly raw: number;
  readonly sources: number;
  readonly rejected: number;
}

/**
 * Reads a whole archive, an article at a time, and yields what is wrong with it; returns how much it read.
 * It holds the SHA-256 of every raw file, some hundred bytes each, and nothing else of the archive in memory.
 */
export async function* verify(store: Store): AsyncGenerator<Finding, Audit> {
  const counts = { articles: 0, raw: 0, sources: 0, rejected: 0 };
  const named = new Set<string>();
  for await (const folder of articleFolders(store)) {
    counts.articles++;
    yield* verifyArticle(store, folder, named);
  }
  for await (const { key } of store.list('rejected/')) {
    counts.rejected++;
    yield* verifyRecord(store, key, rejectionShape, async function* (rejection) {
      yield* verifyIdentity(key, rejection);
      if (!key.endsWith(`/${rejection.docId}.json`)) yield broken(key, `it is of ${rejection.docId}`);
      const raw = rawKey(rejection.source.sha256);
      named.add(raw);
      if ((await store.head(raw)) === undefined) yield broken(key, `its raw bytes ${raw} are missing`);
    });
  }
  for await (const { key } of store.list('raw/')) {
    counts.raw++;
    const bytes = (await store.get(key))?.bytes;
    if (bytes !== undefined && rawKey(sha256Hex(bytes)) !== key) yield broken(key, 'its bytes do not have the SHA-256 that it is named by');
    if (!named.has(key)) yield { kind: 'unfinished', key, reason: 'no article and no rejection names it' };
  }
  for await (const { key } of store.list('sources/')) {
    counts.sources++;
    yield* verifyRecord(store, key, pointerShape, async function* (pointer) {
      yield* verifyIdentity(key, pointer);
      if (pointerKey(pointer.source.key) !== key) yield broken(key, `it speaks of ${pointer.source.key}, which belongs to another key`);
      const [, folder, named] = pointer.record.match(/^(articles|rejected)\/dt=[\w-]+\/([0-9a-f]{32})(?:\.json|\/manifest\.json)$/) ?? [];
      if (named !== pointer.docId || folder !== (pointer.status === 'archived' ? 'articles' : 'rejected')) {
        yield broken(key, `${pointer.record} is no record of ${pointer.docId}, which it says is ${pointer.status}`);
      } else if ((await store.head(pointer.record)) === undefined) yield broken(key, `it points to ${pointer.record}, which is missing`);
    });
  }
  for await (const { key } of store.list('index/')) {
    const [, partition = '', docId = ''] = key.match(/^index\/(dt=[^/]+)\/([^/]+)\.jsonl$/) ?? [];
    const manifest = `${articlesPrefix}${partition}/${docId}/${manifestName}`;
    if ((await store.head(manifest)) === undefined) yield broken(key, `its article ${manifest} is missing`);
  }
  return counts;
}

interface Folder {
  readonly prefix: string;
  readonly names: readonly string[];
}

/** The articles' folders with the names of the files in them. The listing is sorted, so a folder's files come together. */
async function* articleFolders(store: Store): AsyncGenerator<Folder> {
  let current: { prefix: string; names: string[] } | undefined;
  for await (const { key } of store.list(articlesPrefix)) {
    const prefix = key.match(/^articles\/[^/]+\/[^/]+\//)?.[0] ?? key.slice(0, key.lastIndexOf('/') + 1);
    if (current !== undefined && current.prefix !== prefix) yield current;
    if (current?.prefix !== prefix) current = { prefix, names: [] };
    current.names.push(key.slice(prefix.length));
  }
  if (current !== undefined) yield current;
}

async function* verifyArticle(store: Store, { prefix, names }: Folder, named: Set<string>): AsyncGenerator<Finding> {
  if (!names.includes(manifestName)) {
    yield { kind: 'unfinished', key: prefix, reason: `it has no ${manifestName}` };
    return;
  }
  const key = `${prefix}${manifestName}`;
  yield* verifyRecord(store, key, manifestShape, async function* (manifest) {
    const rawName = rawKey(manifest.source.sha256);
    named.add(rawName);
    yield* verifyIdentity(key, manifest);
    if (!prefix.endsWith(`/${manifest.docId}/`)) yield broken(prefix, `the manifest is of ${manifest.docId}`);
    if (manifest.pending !== undefined) {
      yield { kind: 'unfinished', key: prefix, reason: 'it was being made again for other scripts, formats or options' };
      return;
    }
    const due = outputNames(manifest);
    if (due.join() !== manifest.outputs.map(({ name }) => name).join()) yield broken(key, `its outputs are not ${due.join(', ')}`);
    const texts = new Map<string, string>();
    for (const { name, sha256, size } of manifest.outputs) {
      const bytes = (await store.get(`${prefix}${name}`))?.bytes;
      if (bytes === undefined) yield broken(`${prefix}${name}`, 'the manifest lists it, and it is missing');
      else if (bytes.length !== size || sha256Hex(bytes) !== sha256)
        yield broken(`${prefix}${name}`, 'its bytes are not those of the manifest');
      else texts.set(name, new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
    }
    const listed = new Set([manifestName, ...manifest.outputs.map(({ name }) => name)]);
    for (const name of names) if (!listed.has(name)) yield broken(`${prefix}${name}`, 'the manifest does not list it');
    const raw = (await store.get(rawName))?.bytes;
    if (raw === undefined) yield broken(prefix, `its raw bytes ${rawName} are missing`);
    else if (raw.length !== manifest.source.size) yield broken(key, `its raw bytes are ${raw.length}, not ${manifest.source.size}`);
    const { partOf, articles = [] } = manifest;
    if (partOf !== undefined) {
      yield* verifyPart(store, prefix, { ...manifest, partOf }, texts);
      return;
    }
    for (const { record } of articles) {
      if ((await store.head(record)) === undefined) yield broken(key, `its article ${record} is missing`);
    }
    const text = texts.get(sourceTextName);
    const ledger = texts.get(ledgerName);
    if (raw !== undefined && text !== undefined && ledger !== undefined)
      yield* verifyLedger(store, prefix, manifest, { text, ledger, texts, raw });
  });
}

/** The names of a folder's files, in their order. */
function outputNames({ scripts, formats, articles, partOf }: ManifestShape): string[] {
  const own = formatsOf(formats, articles !== undefined);
  const perScript = scripts.flatMap((script) => own.map((format) => `${script}.${renditions[format].extension}`));
  return [sourceTextName, ...perScript, ...(partOf === undefined ? [ledgerName] : [])];
}

/** Of a format whose ledger begins at the extracted text: does the raw file give that text? Another version may have extracted another. */
function isExtracted(text: Uint8Array, raw: Uint8Array, version: string): boolean {
  return version !== pipelineVersion || Buffer.compare(text, Buffer.from(decode(raw, { maxBytes: raw.length }).text)) === 0;
}

interface ArticleBytes {
  readonly text: string;
  readonly ledger: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly raw: Uint8Array;
}

/** Raw bytes to clean text and back, clean text to each script and back. */
async function* verifyLedger(
  store: Store,
  prefix: string,
  manifest: ManifestShape,
  { text, ledger: ledgerText, texts, raw }: ArticleBytes,
): AsyncGenerator<Finding> {
  const findings: Finding[] = [];
  let line = '';
  const partition = prefix.split('/')[1]?.slice('dt='.length) ?? '';
  try {
    const ledger = JSON.parse(ledgerText) as LedgerFile;
    const rebuilt = reconstruct(text, ledger.layers, ledger.source);
    const broke = ledger.source.lossless ? Buffer.compare(rebuilt, raw) !== 0 : !isExtracted(rebuilt, raw, manifest.pipelineVersion);
    if (broke) findings.push(broken(prefix, 'the clean text and the ledger do not give the raw bytes'));
    if (ledger.source.sha256 !== manifest.source.sha256) findings.push(broken(prefix, 'the ledger and the manifest are of other bytes'));
    if (JSON.stringify(ledger.messages) !== JSON.stringify(manifest.messages)) {
      findings.push(broken(`${prefix}${manifestName}`, "its messages are not the ledger's"));
    }
    const trunk = ledger.layers.filter(({ stage }) => stage !== 'convert');
    if (applyLayers(undoLayers(text, trunk), trunk) !== text) {
      findings.push(broken(prefix, 'the ledger does not give the clean text again'));
    }
    for (const script of manifest.scripts) {
      const branch = ledger.layers.filter((layer) => layer.script === script);
      const converted = applyLayers(text, branch);
      const written = texts.get(`${script}.txt`);
      if (written !== undefined && written !== converted) findings.push(broken(`${prefix}${script}.txt`, 'the ledger does not give it'));
      if (undoLayers(converted, branch) !== text) findings.push(broken(prefix, `the convert layers of ${script} cannot be undone`));
    }
    const { layers, ...rest } = ledger;
    line = indexLine({ ...rest, text, ledger: { layers } }, manifest.docId, partition);
  } catch (error) {
    findings.push(broken(`${prefix}${ledgerName}`, error instanceof Error ? error.message : String(error)));
  }
  yield* findings;
  if (findings.length > 0 || manifest.articles !== undefined) return;
  const key = indexKey(partition, manifest.docId);
  const index = (await store.get(key))?.bytes;
  if (index === undefined) yield { kind: 'unfinished', key: prefix, reason: `its index line ${key} is missing` };
  // Another version may have written its lines in another way.
  else if (manifest.pipelineVersion === pipelineVersion && Buffer.compare(index, Buffer.from(line)) !== 0) {
    yield broken(key, 'its line is not that of the article');
  }
}

/** Do the record's names for the bytes agree? */
function* verifyIdentity(key: string, record: { docId: string; raw?: string; source: { sha256: string } }): Generator<Finding> {
  const { sha256 } = record.source;
  if (!sha256.startsWith(record.docId.slice(0, 32))) yield broken(key, `its docId ${record.docId} is not of its SHA-256 ${sha256}`);
  if (record.raw !== undefined && record.raw !== rawKey(sha256)) yield broken(key, `its raw bytes cannot be at ${record.raw}`);
}

async function* verifyRecord<T extends v.GenericSchema>(
  store: Store,
  key: string,
  shape: T,
  check: (record: v.InferOutput<T>) => AsyncGenerator<Finding>,
): AsyncGenerator<Finding> {
  const found = await store.get(key);
  if (found === undefined) return;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(found.bytes));
  } catch {
    yield broken(key, 'it is not JSON');
    return;
  }
  const parsed = v.safeParse(shape, value);
  if (!parsed.success) {
    yield broken(key, `it is no such record: ${[...new Set(parsed.issues.map((issue) => v.getDotPath(issue) ?? 'all of it'))].join(', ')}`);
    return;
  }
  yield* check(parsed.output);
}

function broken(key: string, reason: string): Finding {
  return { kind: 'broken', key, reason };
}
