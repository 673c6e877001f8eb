import { createHash } from 'node:crypto';
import { PreconditionFailedError } from '../errors.ts';
import { assertKey, compareKeys } from './key.ts';
import type { Store, StoredHead, StoredObject } from './store.ts';

/**
 * A store in this process's memory, for tests and dry runs. It keeps content types and no versions: like a bucket
 * without versioning it has the version `null` alone. Bytes are copied on the way in and out.
 */
export function memoryStore(): Store {
  const objects = new Map<string, StoredObject>();

  return {
    url: 'memory:',

    async get(key, version) {
      assertKey(key);
      const found = objects.get(key);
      if (!found || (version?.versionId ?? 'null') !== 'null') return undefined;
      return { ...found, bytes: found.bytes.slice() };
    },

    async head(key) {
      assertKey(key);
      const found = objects.get(key);
      return found && headOf(found);
    },

    async put(key, bytes, options = {}) {
      assertKey(key);
      const present = objects.get(key);
      if (options.ifNoneMatch === '*' && present) throw new PreconditionFailedError(`${key} exists already.`);
      if (options.ifMatch !== undefined && options.ifMatch !== present?.etag) {
        throw new PreconditionFailedError(
          `${key} is not at etag ${options.ifMatch}: ${present ? `it is at ${present.etag}` : 'it does not exist'}.`,
        );
      }
      const etag = createHash('sha256').update(bytes).digest('hex');
      const { contentType } = options;
      objects.set(key, {
        key,
        size: bytes.length,
        etag,
        lastModified: Date.now(),
        ...(contentType !== undefined && { contentType }),
        bytes: Uint8Array.from(bytes),
      });
      return { etag };
    },

    async *list(prefix) {
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix)).sort(compareKeys);
      for (const key of keys) {
        const found = objects.get(key);
        if (found) yield { key, size: found.bytes.length, lastModified: found.lastModified };
      }
    },

    async delete(key) {
      assertKey(key);
      objects.delete(key);
    },
  };
}

function headOf({ bytes: _, ...head }: StoredObject): StoredHead {
  return head;
}
