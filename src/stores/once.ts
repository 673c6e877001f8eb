import { PreconditionFailedError } from '../errors.ts';
import type { PutOptions, Store } from './store.ts';

/** Whether the object at the key has exactly these bytes. */
export async function holds(store: Store, key: string, bytes: Uint8Array): Promise<boolean> {
  const found = await store.get(key);
  return found !== undefined && Buffer.compare(found.bytes, bytes) === 0;
}

/**
 * Writes an object that never changes once it is there. Equal bytes found at the key count as success.
 *
 * They must: when the answer to a PUT is lost on the way, the client sends it again and meets its own object (412),
 * so a lost precondition alone does not say that somebody else was there.
 *
 * @returns `written`, or `present` when the same bytes were there already (ours or another's: it cannot be told).
 * @throws {PreconditionFailedError} if other bytes are at the key.
 */
export async function putOnce(
  store: Store,
  key: string,
  bytes: Uint8Array,
  options: Pick<PutOptions, 'contentType'> = {},
): Promise<'written' | 'present'> {
  try {
    await store.put(key, bytes, { ...options, ifNoneMatch: '*' });
    return 'written';
  } catch (error) {
    if (error instanceof PreconditionFailedError && (await holds(store, key, bytes))) return 'present';
    throw error;
  }
}
