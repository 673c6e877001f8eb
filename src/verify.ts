/** Audits an archive: every manifest against the bytes, every ledger replayed both ways, every record against what it names. */
import {
  articlesPrefix,
  indexKey,
  type LedgerFile,
  ledgerName,
  type Manifest,
  manifestName,
  type Pointer,
  pointerKey,
  type Rejection,
  rawKey,
  sha256Hex,
  sourceTextName,
} from './archive.ts';
import { reconstruct } from './reconstruct.ts';
import type { Store } from './stores/store.ts';
import { applyLayers, undoLayers } from './text/edit.ts';

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
    yield* verifyRecord<Rejection>(store, key, async function* (rejection) {
      named.add(rejection.raw);
      if ((await store.head(rejection.raw)) === undefined) yield broken(key, `its raw bytes ${rejection.raw} are missing`);
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
    yield* verifyRecord<Pointer>(store, key, async function* (pointer) {
      if (pointerKey(pointer.source.key) !== key) yield broken(key, `it speaks of ${pointer.source.key}, which belongs to another key`);
      if ((await store.head(pointer.record)) === undefined) yield broken(key, `it points to ${pointer.record}, which is missing`);
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
    const prefix = key.slice(0, key.lastIndexOf('/') + 1);
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
  yield* verifyRecord<Manifest>(store, `${prefix}${manifestName}`, async function* (manifest) {
    named.add(manifest.raw);
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
    if (!prefix.endsWith(`/${manifest.docId}/`)) yield broken(prefix, `the manifest is of ${manifest.docId}`);
    const raw = (await store.get(manifest.raw))?.bytes;
    if (raw === undefined) yield broken(prefix, `its raw bytes ${manifest.raw} are missing`);
    else yield* verifyLedger(prefix, manifest, texts, raw);
    const partition = prefix.split('/')[1]?.slice('dt='.length) ?? '';
    const index = indexKey(partition, manifest.docId);
    if ((await store.head(index)) === undefined) yield { kind: 'unfinished', key: prefix, reason: `its index line ${index} is missing` };
  });
}

/** Raw bytes to clean text and back, clean text to each script and back. */
async function* verifyLedger(
  prefix: string,
  manifest: Manifest,
  texts: ReadonlyMap<string, string>,
  raw: Uint8Array,
): AsyncGenerator<Finding> {
  const source = texts.get(sourceTextName);
  const ledgerText = texts.get(ledgerName);
  if (source === undefined || ledgerText === undefined) return;
  try {
    const ledger = JSON.parse(ledgerText) as LedgerFile;
    const rebuilt = reconstruct(source, ledger.layers, ledger.source);
    if (Buffer.compare(rebuilt, raw) !== 0) yield broken(prefix, 'the clean text and the ledger do not give the raw bytes');
    const trunk = ledger.layers.filter(({ stage }) => stage !== 'convert');
    if (applyLayers(undoLayers(source, trunk), trunk) !== source) yield broken(prefix, 'the ledger does not give the clean text again');
    for (const script of manifest.scripts) {
      const branch = ledger.layers.filter((layer) => layer.script === script);
      const converted = applyLayers(source, branch);
      const written = texts.get(`${script}.txt`);
      if (written !== undefined && written !== converted) yield broken(`${prefix}${script}.txt`, 'the ledger does not give it');
      if (undoLayers(converted, branch) !== source) yield broken(prefix, `the convert layers of ${script} cannot be undone`);
    }
  } catch (error) {
    yield broken(`${prefix}${ledgerName}`, error instanceof Error ? error.message : String(error));
  }
}

async function* verifyRecord<T>(store: Store, key: string, check: (record: T) => AsyncGenerator<Finding>): AsyncGenerator<Finding> {
  const found = await store.get(key);
  if (found === undefined) return;
  let record: T;
  try {
    record = JSON.parse(new TextDecoder().decode(found.bytes)) as T;
  } catch {
    yield broken(key, 'it is not JSON');
    return;
  }
  yield* check(record);
}

function broken(key: string, reason: string): Finding {
  return { kind: 'broken', key, reason };
}
