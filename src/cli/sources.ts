/** What `copydesk ingest` is given: files, folders and buckets, as deliveries. */
import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { Delivery } from '../delivery.ts';
import { ConfigError } from '../errors.ts';
import { folderStore } from '../stores/folder.ts';
import { openBucket, parseS3Address } from '../stores/open.ts';
import type { Store } from '../stores/store.ts';

export interface Source {
  /** As the user named it. */
  readonly name: string;
  readonly store: Store;
  /** Undefined for an inbox folder. */
  readonly bucket?: string;
  /** Only keys that begin with this are delivered. */
  readonly prefix: string;
  /** The one key that is delivered, where a file was named. */
  readonly only?: string;
  /** Keys that begin with this are the archive's own. */
  readonly except?: string;
}

/** A delivery and the store that holds it. */
export interface SourcedDelivery {
  readonly delivery: Delivery;
  readonly store: Store;
}

/** @throws {ConfigError} if a file or folder does not exist, or if the archive and a source are the same place. */
export function openSources(names: readonly string[], archive: string): Promise<Source[]> {
  return Promise.all(
    names.map(async (name) => {
      const address = parseS3Address(name);
      return address === undefined ? openPath(name, archive) : openPrefix(name, address, archive);
    }),
  );
}

function openPath(name: string, archive: string): Source {
  const stat = statSync(name, { throwIfNoEntry: false });
  if (stat === undefined) throw new ConfigError(`${name} does not exist`);
  if (!stat.isDirectory()) {
    // A folder store follows no link out of its folder; one that the user named is meant.
    const file = realpathSync(name);
    return { name, store: folderStore(dirname(file)), prefix: '', only: basename(file) };
  }
  if (parseS3Address(archive) !== undefined) return { name, store: folderStore(name), prefix: '' };
  const inside = relative(realpathSync(name), real(archive)).split(sep).join('/');
  if (inside === '') throw new ConfigError(`${name} is the archive itself; name another folder with --archive`);
  return { name, store: folderStore(name), prefix: '', ...(!inside.startsWith('..') && { except: `${inside}/` }) };
}

async function openPrefix(name: string, { bucket, prefix }: { bucket: string; prefix: string }, archive: string): Promise<Source> {
  const source = { name, store: await openBucket({ bucket, prefix: '' }), bucket, prefix };
  const target = parseS3Address(archive);
  if (target?.bucket !== bucket) return source;
  if (target.prefix === prefix) throw new ConfigError(`${name} is the archive itself; name another prefix with --archive`);
  return target.prefix === '' ? source : { ...source, except: `${target.prefix}/` };
}

/** The real path of a place that may not exist yet. */
function real(path: string): string {
  const absolute = resolve(path);
  const found = statSync(absolute, { throwIfNoEntry: false });
  if (found !== undefined) return realpathSync(absolute);
  const parent = dirname(absolute);
  return parent === absolute ? absolute : resolve(real(parent), basename(absolute));
}

/** Names that systems and tools leave in folders (.DS_Store, .git): not files that anybody dropped. */
function isHidden(key: string): boolean {
  return key.split('/').some((name) => name.startsWith('.'));
}

/** Is the key one that the source delivers? */
export function isDelivered({ bucket, except }: Source, key: string): boolean {
  if (except !== undefined && key.startsWith(except)) return false;
  // "Folders" that the S3 console makes are empty objects whose key ends with a slash.
  return bucket === undefined ? !isHidden(key) : !key.endsWith('/');
}

/** All that the sources hold now, in order. */
export async function* deliveriesOf(sources: readonly Source[]): AsyncGenerator<SourcedDelivery> {
  for (const source of sources) {
    const { store, bucket, prefix, only } = source;
    if (only !== undefined) {
      yield { store, delivery: { ref: { key: only } } };
      continue;
    }
    for await (const { key, size } of store.list(prefix)) {
      if (!isDelivered(source, key)) continue;
      yield { store, delivery: { ref: { key, size, ...(bucket !== undefined && { bucket }) } } };
    }
  }
}
