/** One delivery, from where it was dropped to the archive. The only file that knows both I/O and the pure pipeline. */
import {
  articleFolder,
  indexKey,
  indexLine,
  type Manifest,
  manifestName,
  type OutputRecord,
  outputFiles,
  type Pointer,
  partitionOf,
  pointerKey,
  type Rejection,
  rawKey,
  rejectionKey,
  type SourceRecord,
  sha256Hex,
} from './archive.ts';
import type { Script } from './convert/scripts.ts';
import { type Delivery, type ObjectRef, type Outcome, sourceKeyOf } from './delivery.ts';
import { PreconditionFailedError } from './errors.ts';
import { normalizeArticle } from './normalize.ts';
import { inOrder } from './options.ts';
import { pipelineVersion } from './pipeline-version.ts';
import { formats as allFormats, type Format, json } from './render/index.ts';
import type { Normalized } from './result.ts';
import { putOnce } from './stores/once.ts';
import type { Store, StoredObject } from './stores/store.ts';

export interface IngestContext {
  /** The store that holds the deliveries' bucket or inbox. */
  readonly inbox: (ref: ObjectRef) => Store | Promise<Store>;
  readonly archive: Store;
  readonly scripts: readonly Script[];
  readonly formats: readonly Format[];
  /** Bytes. */
  readonly maxBytes: number;
  /** Milliseconds since the epoch; only for the manifest's `times`. */
  readonly now: () => number;
  /** Read and normalise, write nothing. */
  readonly dryRun?: boolean;
}

interface Kept {
  readonly status: 'archived' | 'duplicate' | 'rejected';
  readonly record: string;
  readonly reason?: { readonly code: string; readonly message: string };
}

/**
 * Archives what a delivery names. Deliver it twice, at once or out of order: the archive ends the same.
 *
 * Written in this order, so that a run killed anywhere and begun again converges: the raw bytes, the outputs, the
 * manifest (from here on the article exists), the index line, and last the source key's pointer, whose presence says
 * that all before it was done.
 *
 * @throws what the stores throw: infrastructure that is broken is the caller's to retry.
 */
export async function ingest(delivery: Delivery, context: IngestContext): Promise<Outcome> {
  const { ref } = delivery;
  const inbox = await context.inbox(ref);
  const object = await inbox.get(ref.key, ref.versionId === undefined ? {} : { versionId: ref.versionId });
  if (object === undefined) {
    return {
      delivery,
      status: 'stale',
      reason: { code: 'gone', message: `${sourceKeyOf(ref)} was removed or replaced before it was read` },
    };
  }
  const source = describe(ref, object);
  const docId = source.sha256.slice(0, 32);
  const known = await readPointer(context.archive, source.key);
  const kept = (await alreadyKept(known?.pointer, docId, context)) ?? (await keep(object, source, context));
  const moved = context.dryRun || (await movePointer(context.archive, known, pointerTo(kept, docId, source), ref.bucket !== undefined));
  const status = !moved && kept.status !== 'rejected' ? 'stale' : kept.status;
  return { delivery, status, docId, record: kept.record, ...(kept.reason && { reason: kept.reason }) };
}

type DescribedSource = SourceRecord & { readonly modified: string };

function describe(ref: ObjectRef, object: StoredObject): DescribedSource {
  const versionId = object.versionId ?? ref.versionId;
  return {
    key: sourceKeyOf(ref),
    sha256: sha256Hex(object.bytes),
    size: object.bytes.length,
    etag: object.etag,
    ...(versionId !== undefined && { versionId }),
    ...(ref.sequencer !== undefined && { sequencer: ref.sequencer }),
    modified: new Date(object.lastModified).toISOString(),
  };
}

/** What an earlier run did with the same bytes under the same key, if all of it is there: then nothing is done again. */
async function alreadyKept(pointer: Pointer | undefined, docId: string, context: IngestContext): Promise<Kept | undefined> {
  if (pointer?.docId !== docId || pointer.pipelineVersion !== pipelineVersion) return undefined;
  if (pointer.status === 'rejected') {
    const rejection = await readJson<Rejection>(context.archive, pointer.record);
    return rejection?.value && { status: 'rejected', record: pointer.record, reason: rejection.value.reason };
  }
  const manifest = await readJson<Manifest>(context.archive, pointer.record);
  return covers(manifest?.value, context) ? { status: 'duplicate', record: pointer.record } : undefined;
}

async function keep(object: StoredObject, source: DescribedSource, context: IngestContext): Promise<Kept> {
  const { scripts, maxBytes } = context;
  const normalized = normalizeArticle(object.bytes, { scripts, maxBytes });
  if (!context.dryRun) await putOnce(context.archive, rawKey(source.sha256), object.bytes, { contentType: 'application/octet-stream' });
  return normalized.result.reason === undefined
    ? keepArticle(object, normalized, source, context)
    : keepRejection(normalized, normalized.result.reason, source, context);
}

async function keepArticle(object: StoredObject, first: Normalized, source: DescribedSource, context: IngestContext): Promise<Kept> {
  const { archive } = context;
  const partition = partitionOf(first.result);
  const folder = articleFolder(partition, first.docId);
  const record = `${folder}${manifestName}`;
  let written: readonly OutputRecord[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    const present = await readJson<Manifest>(archive, record);
    // A ledger that was written here for fewer scripts than the winner's, after the winner's, has to be made good.
    const complete = covers(present?.value, context) && lists(present?.value, written);
    if (context.dryRun) return { status: complete ? 'duplicate' : 'archived', record };
    if (!complete) {
      // Outputs that an earlier run made for other scripts or formats are made again with these, so that one manifest covers all.
      const scripts = inOrder([...context.scripts, ...(present?.value?.scripts ?? [])]);
      const formats = allFormats.filter((format) => context.formats.includes(format) || present?.value?.formats.includes(format));
      const normalized = present === undefined ? first : normalizeArticle(object.bytes, { scripts, maxBytes: context.maxBytes });
      const files = outputFiles(normalized, formats);
      await Promise.all(files.map(({ name, bytes, contentType }) => archive.put(`${folder}${name}`, bytes, { contentType })));
      written = files.map(({ name, bytes, contentType }) => ({ name, sha256: sha256Hex(bytes), size: bytes.length, contentType }));
      const { modified, ...origin } = source;
      const manifest: Manifest = {
        docId: first.docId,
        pipelineVersion,
        source: origin,
        raw: rawKey(source.sha256),
        scripts,
        formats,
        outputs: written,
        messages: normalized.result.messages,
        times: { modified, archived: new Date(context.now()).toISOString() },
      };
      // Lost to another writer: look again, its manifest may cover what is wanted here.
      if (!(await putConditionally(archive, record, manifest, present?.etag))) continue;
    }
    await archive.put(indexKey(partition, first.docId), Buffer.from(indexLine(first, partition)), { contentType: 'application/x-ndjson' });
    return { status: complete ? 'duplicate' : 'archived', record };
  }
  throw new PreconditionFailedError(`${record} was written by others ${attempts} times in a row; deliver it again`);
}

async function keepRejection(
  normalized: Normalized,
  reason: Rejection['reason'],
  source: DescribedSource,
  context: IngestContext,
): Promise<Kept> {
  const record = rejectionKey(source.modified, normalized.docId);
  const rejection: Rejection = {
    docId: normalized.docId,
    pipelineVersion,
    reason: { code: reason.code, message: reason.message },
    source,
    raw: rawKey(source.sha256),
    retry: `mend ${source.key} and drop it again, or ingest it again with a newer version of Copydesk: its bytes are at ${rawKey(source.sha256)}`,
    messages: normalized.result.messages,
  };
  if (!context.dryRun) await context.archive.put(record, Buffer.from(json(rejection)), { contentType: 'application/json' });
  return { status: 'rejected', record, reason: rejection.reason };
}

/** Writers that may race for one key before one of them gives up. */
const attempts = 50;

interface KnownPointer {
  readonly pointer: Pointer | undefined;
  readonly etag: string;
}

function pointerTo(kept: Kept, docId: string, source: DescribedSource): Pointer {
  return { source, docId, status: kept.status === 'rejected' ? 'rejected' : 'archived', record: kept.record, pipelineVersion };
}

async function readPointer(archive: Store, sourceKey: string): Promise<KnownPointer | undefined> {
  const found = await readJson<Pointer>(archive, pointerKey(sourceKey));
  return found && { pointer: found.value, etag: found.etag };
}

/**
 * Points the source key at what it holds now.
 *
 * @param ordered deliveries of a bucket come in any order, so an older one must not win; an inbox folder holds what it holds.
 * @returns false if the source key holds something newer.
 */
async function movePointer(archive: Store, known: KnownPointer | undefined, next: Pointer, ordered: boolean): Promise<boolean> {
  let current = known;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (current?.pointer !== undefined && ordered && isNewer(current.pointer, next)) return false;
    if (current?.pointer !== undefined && saysNoMore(next, current.pointer)) return true;
    if (await putConditionally(archive, pointerKey(next.source.key), next, current?.etag)) return true;
    current = await readPointer(archive, next.source.key);
  }
  throw new PreconditionFailedError(`${pointerKey(next.source.key)} was written by others ${attempts} times in a row; deliver it again`);
}

/** Does the pointer say what is known already, or the same without the sequencer, which some events lack? */
function saysNoMore(next: Pointer, known: Pointer): boolean {
  const { sequencer, ...rest } = known.source;
  const source = next.source.sequencer === undefined && sequencer !== undefined ? rest : known.source;
  return JSON.stringify({ ...known, source }) === JSON.stringify(next);
}

/** By sequencer where both have one (hex; the shorter is padded on the left, as S3 documents), else by time of modification. */
function isNewer(a: Pointer, b: Pointer): boolean {
  const [left, right] = [a.source.sequencer, b.source.sequencer];
  if (left === undefined || right === undefined) return a.source.modified > b.source.modified;
  const width = Math.max(left.length, right.length);
  return left.toUpperCase().padStart(width, '0') > right.toUpperCase().padStart(width, '0');
}

/** Does the manifest list every output that is wanted now, made by this pipeline? */
function covers(manifest: Manifest | undefined, { scripts, formats }: IngestContext): boolean {
  return (
    manifest?.pipelineVersion === pipelineVersion &&
    scripts.every((script) => manifest.scripts.includes(script)) &&
    formats.every((format) => manifest.formats.includes(format))
  );
}

function lists(manifest: Manifest | undefined, outputs: readonly OutputRecord[]): boolean {
  const known = new Map(manifest?.outputs.map(({ name, sha256 }) => [name, sha256]));
  return outputs.every(({ name, sha256 }) => known.get(name) === sha256);
}

/** Writes where nothing is, or over the version that was read. False if somebody else was faster. */
async function putConditionally(archive: Store, key: string, value: unknown, etag: string | undefined): Promise<boolean> {
  const condition = etag === undefined ? ({ ifNoneMatch: '*' } as const) : { ifMatch: etag };
  try {
    await archive.put(key, Buffer.from(json(value)), { contentType: 'application/json', ...condition });
    return true;
  } catch (error) {
    if (error instanceof PreconditionFailedError) return false;
    throw error;
  }
}

/** A record of the archive. A file that is no JSON, cut short by a power failure, has no value: it is written again. */
async function readJson<T>(archive: Store, key: string): Promise<{ readonly value: T | undefined; readonly etag: string } | undefined> {
  const found = await archive.get(key);
  if (found === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(found.bytes));
    return { value: typeof value === 'object' && value !== null ? (value as T) : undefined, etag: found.etag };
  } catch {
    return { value: undefined, etag: found.etag };
  }
}
