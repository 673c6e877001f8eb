/** One delivery, from where it was dropped to the archive. The only file that knows both I/O and the pure pipeline. */
import {
  articleFolder,
  indexKey,
  type MakingOptions,
  type Manifest,
  manifestName,
  type OutputRecord,
  type Pointer,
  type Rejection,
  rawKey,
  rejectionKey,
  type SourceRecord,
  sha256Hex,
} from './archive.ts';
import { pureOpenCC } from './convert/index.ts';
import type { Script } from './convert/scripts.ts';
import { covers, lists, union, type Wanted } from './covers.ts';
import { type Delivery, type ObjectRef, type Outcome, sourceKeyOf } from './delivery.ts';
import { PreconditionFailedError } from './errors.ts';
import { type Folder, foldersOf } from './folders.ts';
import { normalizeArticle } from './normalize.ts';
import { pipelineVersion } from './pipeline-version.ts';
import { movePointer, readPointer } from './pointer.ts';
import type { Format } from './render/index.ts';
import type { Normalized } from './result.ts';
import { inRuleOrder } from './rules.ts';
import { putOnce } from './stores/once.ts';
import { attempts, putConditionally, readJson, type StoredRecord } from './stores/record.ts';
import type { Store, StoredObject } from './stores/store.ts';
import { dayOfKey, type GivenDates, isDay } from './structure/given-dates.ts';

export interface IngestContext {
  /** The store that holds the deliveries' bucket or inbox. */
  readonly inbox: (ref: ObjectRef) => Store | Promise<Store>;
  readonly archive: Store;
  readonly scripts: readonly Script[];
  readonly formats: readonly Format[];
  /** Ids of rules to turn off. Default: none. */
  readonly without?: readonly string[];
  /** Convert as OpenCC does. Default: false. */
  readonly pureOpenCC?: boolean;
  /** `YYYY-MM-DD`: a day near to the articles, where neither metadata nor the key has one. Default: none. */
  readonly reference?: string;
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
 * that all before it was done. An article that is made again has its index line written before its manifest.
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
  const making: Making = { ...context, given: givenBeside(object, context), near: dayOfKey(ref.key) };
  const kept = (await alreadyKept(known?.value, docId, making)) ?? (await keep(object, source, making));
  const moved =
    context.dryRun || (await movePointer(context.archive, known, pointerTo(kept, docId, source, making), ref.bucket !== undefined));
  const status = !moved && kept.status !== 'rejected' ? 'stale' : kept.status;
  return { delivery, status, docId, record: kept.record, ...(kept.reason && { reason: kept.reason }) };
}

/** An {@link IngestContext} for one file. */
interface Making extends IngestContext {
  /** Days that metadata or an option gave. */
  readonly given: GivenDates;
  /** `YYYY-MM-DD`: the day in the key. */
  readonly near: string | undefined;
}

/** Metadata `published` and `reference-date` of the object, the latter before the option. What is no day counts as none. */
function givenBeside({ metadata = {} }: StoredObject, context: IngestContext): GivenDates {
  const { published = '', 'reference-date': beside = '' } = metadata;
  const reference = isDay(beside) ? beside : context.reference;
  return { ...(isDay(published) && { published }), ...(reference !== undefined && { reference }) };
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
async function alreadyKept(pointer: Pointer | undefined, docId: string, context: Making): Promise<Kept | undefined> {
  if (pointer?.docId !== docId || pointer.pipelineVersion !== pipelineVersion) return undefined;
  if (JSON.stringify(pointer.given ?? {}) !== JSON.stringify(context.given)) return undefined;
  if (pointer.status === 'rejected') {
    const rejection = await readJson<Rejection>(context.archive, pointer.record);
    return rejection?.value && { status: 'rejected', record: pointer.record, reason: rejection.value.reason };
  }
  const manifest = await readJson<Manifest>(context.archive, pointer.record);
  return covers(manifest?.value, context, optionsOf(context)) ? { status: 'duplicate', record: pointer.record } : undefined;
}

async function keep(object: StoredObject, source: DescribedSource, context: Making): Promise<Kept> {
  const normalized = normalizeFor(context.scripts, object, context);
  if (!context.dryRun) await putOnce(context.archive, rawKey(source.sha256), object.bytes, { contentType: 'application/octet-stream' });
  return normalized.result.reason === undefined
    ? keepArticles(object, normalized, source, context)
    : keepRejection(normalized, normalized.result.reason, source, context);
}

function normalizeFor(
  scripts: readonly Script[],
  { bytes, contentType }: StoredObject,
  { maxBytes, without = [], given, near, ...context }: Making,
): Normalized {
  const dates = near === undefined ? given : { reference: near, ...given };
  const declared = contentType === undefined ? {} : { contentType };
  return normalizeArticle(bytes, { ...(context.pureOpenCC && pureOpenCC), ...dates, ...declared, scripts, without, maxBytes });
}

/** Keeps every article of the file, and last the file. */
async function keepArticles(object: StoredObject, first: Normalized, source: DescribedSource, context: Making): Promise<Kept> {
  let kept: Kept | undefined;
  for (const folder of foldersOf(first)) kept = await keepFolder(folder, object, first, source, context);
  if (kept === undefined) throw new Error(`${source.key} has no article`);
  return kept;
}

async function keepFolder(
  folder: Folder,
  object: StoredObject,
  first: Normalized,
  source: DescribedSource,
  context: Making,
): Promise<Kept> {
  const { archive } = context;
  const { docId, partition, line } = folder;
  const place = articleFolder(partition, docId);
  const record = `${place}${manifestName}`;
  const options = optionsOf(context);
  const putIndexLine = async () => {
    if (line === undefined) return;
    await archive.put(indexKey(partition, docId), Buffer.from(line(first)), { contentType: 'application/x-ndjson' });
  };
  let written: readonly OutputRecord[] = [];
  for (let attempt = 0; attempt < attempts; attempt++) {
    const present = await readJson<Manifest>(archive, record);
    // A ledger that was written here for fewer scripts than the winner's, after the winner's, has to be made good.
    const complete = covers(present?.value, context, options) && lists(present?.value, written);
    if (context.dryRun) return { status: complete ? 'duplicate' : 'archived', record };
    if (!complete) {
      const wanted = union(context, present?.value, present?.value?.pending);
      const etag = await announce(archive, record, present, wanted);
      if (etag === 'lost') continue;
      const normalized = present === undefined ? first : normalizeFor(wanted.scripts, object, context);
      const files = folder.files(normalized, wanted.formats);
      await Promise.all(files.map(({ name, bytes, contentType }) => archive.put(`${place}${name}`, bytes, { contentType })));
      written = files.map(({ name, bytes, contentType }) => ({ name, sha256: sha256Hex(bytes), size: bytes.length, contentType }));
      const { modified, ...origin } = source;
      const manifest: Manifest = {
        docId,
        pipelineVersion,
        source: origin,
        raw: rawKey(source.sha256),
        ...wanted,
        ...(options !== undefined && { options }),
        outputs: written,
        ...folder.says(normalized),
        times: { modified, archived: new Date(context.now()).toISOString() },
      };
      // Of an article that exists the line changes under the mark, as the outputs do. Of a new one it would lead to nothing yet.
      if (present !== undefined) await putIndexLine();
      // Lost to another writer: look again, its manifest may cover what is wanted here.
      if ((await putConditionally(archive, record, manifest, etag)) === undefined) continue;
    }
    if (complete || present === undefined) await putIndexLine();
    return { status: complete ? 'duplicate' : 'archived', record };
  }
  throw new PreconditionFailedError(`${record} was written by others ${attempts} times in a row; deliver it again`);
}

/** The options as the manifest has them, in one form whatever order they were given in. */
function optionsOf({ without = [], given: { published }, ...context }: Making): MakingOptions | undefined {
  const off = inRuleOrder(without);
  if (off.length === 0 && !context.pureOpenCC && published === undefined) return undefined;
  return {
    ...(off.length > 0 && { without: off }),
    ...(context.pureOpenCC && { pureOpenCC: true }),
    ...(published !== undefined && { published }),
  };
}

/**
 * Marks an article that exists as being made again, before any output of it changes: a run that dies then leaves it
 * unfinished, not broken. A mark that says the same already is left, so that two writers do not undo each other's.
 *
 * @returns the etag that the new manifest has to replace, undefined for a new article, or `lost` to another writer.
 */
async function announce(
  archive: Store,
  record: string,
  present: StoredRecord<Manifest> | undefined,
  pending: Wanted,
): Promise<string | undefined | 'lost'> {
  if (present?.value === undefined) return present?.etag;
  if (JSON.stringify(present.value.pending) === JSON.stringify(pending)) return present.etag;
  return (await putConditionally(archive, record, { ...present.value, pending }, present.etag)) ?? 'lost';
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
  if (!context.dryRun) {
    // The same bytes under another key were rejected before: the record stays as it is, whoever came first.
    const present = await readJson<Rejection>(context.archive, record);
    if (present?.value?.pipelineVersion !== pipelineVersion) await putConditionally(context.archive, record, rejection, present?.etag);
  }
  return { status: 'rejected', record, reason: rejection.reason };
}

function pointerTo(kept: Kept, docId: string, source: DescribedSource, { given }: Making): Pointer {
  const status = kept.status === 'rejected' ? 'rejected' : 'archived';
  return { source, docId, status, record: kept.record, pipelineVersion, ...(Object.keys(given).length > 0 && { given }) };
}
