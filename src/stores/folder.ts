import { createHash } from 'node:crypto';
import { type FileHandle, lstat, readdir, rename, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PreconditionFailedError } from '../errors.ts';
import { folderAt, locate, makeWay, namesOf, openToRead, WORKSPACE } from './folder-paths.ts';
import { codeOf, linkIfFree, workspaceAt } from './folder-workspace.ts';
import { KeyError } from './key.ts';
import type { Store, StoredHead } from './store.ts';

/**
 * A folder as a store. The folder is made when it is first written to; `.tmp` in it is there only during a write.
 *
 * - Files appear whole: they are written in `.tmp` and moved into place. A new key is linked, so of many that write it at
 *   once one wins; a key that exists is replaced under a lock, so conditional and plain writes never lose one another's
 *   changes. This holds between processes on one host, as long as all of them open the same root. What a killed process
 *   left in `.tmp` is removed by the next that writes; a lock of another host is waited for and, after 30 s, reported.
 * - Etags are the SHA-256 of the bytes in hex, so `head` reads the file. Content types are not kept. There are
 *   no versions but `null`, as in a bucket without versioning.
 * - A symbolic link to a file inside the root is read as that file; any other link below the root is as if absent, and a
 *   write never goes through one.
 * - Files are not flushed to the disk: a process may die at any moment, but a power cut may lose the last seconds.
 *
 * Every method throws a `KeyError` for a key that cannot be a path below the root, and `put` where another object stands
 * in the way (`a` and `a/b` cannot both be files).
 */
export function folderStore(root: string): Store {
  const url = resolve(root);
  const space = workspaceAt(join(url, WORKSPACE));

  async function head(key: string): Promise<StoredHead | undefined> {
    return reading(key, async (file) => {
      const hash = createHash('sha256');
      const chunk = Buffer.allocUnsafe(65_536);
      let size = 0;
      for (let count = 1; count > 0; size += count) {
        count = (await file.read(chunk, 0, chunk.length)).bytesRead;
        hash.update(chunk.subarray(0, count));
      }
      return { key, size, etag: hash.digest('hex'), lastModified: Math.trunc((await file.stat()).mtimeMs) };
    });
  }

  async function reading<T>(key: string, work: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
    const file = await naming(key, () => openToRead(url, key));
    try {
      return file && (await work(file));
    } finally {
      await file?.close();
    }
  }

  async function assertEtag(key: string, ifMatch: string): Promise<void> {
    const present = await head(key);
    if (present?.etag !== ifMatch) {
      throw new PreconditionFailedError(
        `${join(url, key)} is not at etag ${ifMatch}: ${present ? `it is at ${present.etag}` : 'it does not exist'}.`,
      );
    }
  }

  return {
    url,
    head,

    async get(key, version) {
      namesOf(url, key);
      if ((version?.versionId ?? 'null') !== 'null') return undefined;
      return reading(key, async (file) => {
        const { mtimeMs } = await file.stat();
        const bytes = new Uint8Array(await file.readFile());
        return { key, size: bytes.length, etag: sha256(bytes), lastModified: Math.trunc(mtimeMs), bytes };
      });
    },

    async put(key, bytes, { ifNoneMatch, ifMatch } = {}) {
      namesOf(url, key);
      if (ifMatch !== undefined) await assertEtag(key, ifMatch);
      await space.use(() =>
        space.withFile(bytes, (file) =>
          naming(key, async () => {
            const path = await makeWay(url, key);
            if (ifMatch === undefined && (await linkIfFree(file, path))) return;
            // Nothing is at a key that is only a folder: the link fails there, and so would the rename.
            if ((await lstat(path).catch(() => undefined))?.isDirectory()) throw inTheWay(key);
            if (ifNoneMatch === '*') throw new PreconditionFailedError(`${path} exists already.`);
            await space.locked(key, async () => {
              if (ifMatch !== undefined) await assertEtag(key, ifMatch);
              await rename(file, path);
            });
          }),
        ),
      );
      return { etag: sha256(bytes) };
    },

    settle: () => space.use(async () => {}),

    async *list(prefix) {
      const slash = prefix.lastIndexOf('/');
      const names = slash < 0 ? [] : namesOf(url, prefix.slice(0, slash));
      const folder = await folderAt(url, names);
      const nameless: string[] = [];
      if (folder) {
        for await (const key of keysIn(folder, prefix.slice(0, slash + 1), prefix.slice(slash + 1), nameless)) {
          const file = await naming(key, () => openToRead(url, key));
          if (!file) continue;
          const { size, mtimeMs } = await file.stat().finally(() => file.close());
          yield { key, size, lastModified: Math.trunc(mtimeMs) };
        }
      }
      if (nameless.length > 0) {
        throw new KeyError(
          `${nameless.length} name(s) in ${url} are not UTF-8 (perhaps GBK; convmv can rename them) and were passed over: ${nameless.slice(0, 5).join(', ')}`,
        );
      }
    },

    async delete(key) {
      const found = await naming(key, () => locate(url, key));
      if (!found) return;
      await space.use(() =>
        space.locked(key, async () => {
          await unlink(found.path).catch((error: unknown) => {
            // Gone meanwhile, or a folder (EISDIR on Linux, EPERM elsewhere), which is no object.
            if (!['ENOENT', 'ENOTDIR', 'EISDIR', 'EPERM'].includes(codeOf(error) ?? '')) throw error;
          });
        }),
      );
    },
  };
}

/**
 * The keys of all files below a folder, in order, holding the names of one folder per level at a time.
 * Names that are not UTF-8 have no key. They are gathered in `nameless`, so that the caller can go through all the others
 * first and complain then.
 */
async function* keysIn(folder: string, base: string, partial: string, nameless: string[]): AsyncGenerator<string> {
  const entries = (await readdir(folder, { withFileTypes: true, encoding: 'buffer' }).catch(noneIfGone))
    .filter((entry) => entry.isDirectory() || entry.isFile() || entry.isSymbolicLink())
    // A folder sorts as its keys do, with the slash: `a-b` comes before `a/b`, and `a0` after.
    .map((entry) => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
      order: entry.isDirectory() ? Buffer.concat([entry.name, SLASH]) : entry.name,
    }))
    .sort((a, b) => Buffer.compare(a.order, b.order));
  for (const { name: bytes, isFolder } of entries) {
    const name = bytes.toString();
    if (!name.startsWith(partial) || (base === '' && name === WORKSPACE)) continue;
    if (!bytes.equals(Buffer.from(name))) nameless.push(JSON.stringify(base + bytes.toString('latin1')));
    else if (isFolder) yield* keysIn(join(folder, name), `${base}${name}/`, '', nameless);
    else yield base + name;
  }
}

const SLASH = Buffer.from('/');

function noneIfGone(error: unknown): [] {
  if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
  throw error;
}

/** Says of which key the file system complains, where the key is at fault. */
async function naming<T>(key: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENAMETOOLONG') throw new KeyError(`The key ${JSON.stringify(key)} is too long for this file system.`, { cause: error });
    if (code === 'EISDIR' || code === 'ENOTDIR') throw inTheWay(key, error);
    throw error;
  }
}

function inTheWay(key: string, cause?: unknown): KeyError {
  return new KeyError(
    `The key ${JSON.stringify(key)} cannot be written: a file stands where it needs a folder, or a folder where it needs a file.`,
    {
      cause,
    },
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
