/** Records: objects that hold JSON, read with their etag and written on a condition. */
import { PreconditionFailedError } from '../errors.ts';
import { json } from '../json.ts';
import type { Store } from './store.ts';

export interface StoredRecord<T> {
  /** Undefined for what is no JSON object. */
  readonly value: T | undefined;
  readonly etag: string;
}

/** Writers that may race for one key before one of them gives up. */
export const attempts = 50;

/** Writes where nothing is, or over the version that was read. Answers the new etag, undefined if somebody else was faster. */
export async function putConditionally(archive: Store, key: string, value: unknown, etag: string | undefined): Promise<string | undefined> {
  const condition = etag === undefined ? ({ ifNoneMatch: '*' } as const) : { ifMatch: etag };
  try {
    return (await archive.put(key, Buffer.from(json(value)), { contentType: 'application/json', ...condition })).etag;
  } catch (error) {
    if (error instanceof PreconditionFailedError) return undefined;
    throw error;
  }
}

/** A record of the archive. A file that is no JSON, cut short by a power failure, has no value: it is written again. */
export async function readJson<T>(archive: Store, key: string): Promise<StoredRecord<T> | undefined> {
  const found = await archive.get(key);
  if (found === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(found.bytes));
    return { value: typeof value === 'object' && value !== null ? (value as T) : undefined, etag: found.etag };
  } catch {
    return { value: undefined, etag: found.etag };
  }
}
