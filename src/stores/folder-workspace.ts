import { createHash } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rmdir, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '../errors.ts';
import { isGone, type Owner, self } from './owner.ts';

/** Milliseconds that a writer waits for a lock. Locks are held for one rename; what lasts longer is on another host, or stuck. */
const LOCK_PATIENCE = 30_000;
/** Milliseconds after which what an owner that cannot be asked has left counts as left behind. Its files live for milliseconds. */
const ABANDONED = 3_600_000;

/** The `.tmp` folder of a folder store: where files are written before they appear, and where locks lie. */
export interface Workspace {
  /** Runs a piece of writing inside the workspace; leaves nothing behind, not even the folder, once all of it has ended. */
  use<T>(work: () => Promise<T>): Promise<T>;
  /** Writes the bytes to a temporary file of this process, hands its path over, and removes it afterwards if it is still there. */
  withFile<T>(bytes: Uint8Array, work: (path: string) => Promise<T>): Promise<T>;
  /** Runs the work while nobody else, in this process or another, holds the lock of this name. */
  locked<T>(name: string, work: () => Promise<T>): Promise<T>;
}

let counter = 0;

export function workspaceAt(folder: string): Workspace {
  let users = 0;
  let swept: Promise<void> | undefined;

  async function use<T>(work: () => Promise<T>): Promise<T> {
    users++;
    try {
      swept ??= sweep();
      await swept;
      return await work();
    } finally {
      users--;
      if (users === 0) await rmdir(folder).catch(() => undefined);
    }
  }

  async function withFile<T>(bytes: Uint8Array, work: (path: string) => Promise<T>): Promise<T> {
    const path = await write(bytes);
    try {
      return await work(path);
    } finally {
      await unlinkIfThere(path);
    }
  }

  async function write(bytes: Uint8Array): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const path = join(folder, `${self.host}-${self.pid}-${self.birth}.${counter++}`);
      try {
        return await writeNew(path, bytes);
      } catch (error) {
        // Another thread of this process has the name.
        if (codeOf(error) === 'EEXIST') continue;
        if (codeOf(error) !== 'ENOENT' || attempt > 100) throw error;
        // The folder is not there yet, or another process has just tidied it away; it may do so again while mkdir looks at what it made.
        await mkdir(folder, { recursive: true }).catch((failure: unknown) => {
          if (codeOf(failure) !== 'ENOENT') throw failure;
        });
      }
    }
  }

  async function locked<T>(name: string, work: () => Promise<T>): Promise<T> {
    const path = await acquire(`lock-${digest(name)}`);
    try {
      return await work();
    } finally {
      await unlinkIfThere(path);
    }
  }

  /**
   * A lock is linked into place with its owner already inside, so no moment shows a lock without one.
   * The lock of a dead owner is removed only under a second lock named after its exact content, which is never written
   * twice: two that find it dead cannot both remove it, nor can the slower one remove the lock of a new owner.
   */
  async function acquire(name: string): Promise<string> {
    const path = join(folder, name);
    const note = `${JSON.stringify({ ...self, nonce: crypto.randomUUID() })}\n`;
    const deadline = Date.now() + LOCK_PATIENCE;
    return withFile(Buffer.from(note), async (file) => {
      while (!(await linkIfFree(file, path))) {
        const content = await readIfThere(path);
        if (content === undefined || (await breakIfDead(name, content))) continue;
        if (Date.now() > deadline)
          throw new Error(`${path} has been locked for too long by ${content.trim()}. If that process is gone, remove the file.`);
        await sleep(1 + Math.random() * 9);
      }
      return path;
    });
  }

  async function breakIfDead(name: string, content: string): Promise<boolean> {
    const owner = parseNote(content);
    if (!owner || !(await isLeft(owner, join(folder, name)))) return false;
    const guard = await acquire(`break-${digest(content)}`);
    try {
      const path = join(folder, name);
      if ((await readIfThere(path)) === content) await unlinkIfThere(path);
    } finally {
      await unlinkIfThere(guard);
    }
    return true;
  }

  /** Removes what processes that died on this host have left. */
  async function sweep(): Promise<void> {
    const names = await readdir(folder).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
    for (const name of names) {
      if (/^(lock|break)-[0-9a-f]+$/.test(name)) {
        const content = await readIfThere(join(folder, name));
        if (content !== undefined) await breakIfDead(name, content);
        continue;
      }
      const [, host, pid, birth] = /^(.*)-(\d+)-(.*)\.\d+$/s.exec(name) ?? [];
      if (host === undefined || pid === undefined || birth === undefined) continue;
      const path = join(folder, name);
      if (await isLeft({ host, pid: Number(pid), birth }, path)) await unlinkIfThere(path);
    }
  }

  return { use, withFile, locked };
}

/**
 * @returns false if something is at the place already; whatever is there stays.
 * @throws {ConfigError} where the file system has no hard links.
 */
export async function linkIfFree(file: string, place: string): Promise<boolean> {
  try {
    await link(file, place);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'EOPNOTSUPP' || code === 'ENOSYS') {
      throw new ConfigError(`The file system of ${place} has no hard links, without which a folder store cannot write safely.`, {
        cause: error,
      });
    }
    throw error;
  }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

async function writeNew(path: string, bytes: Uint8Array): Promise<string> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    return path;
  } catch (error) {
    await unlinkIfThere(path);
    throw error;
  } finally {
    await file.close();
  }
}

async function isLeft(owner: Owner, path: string): Promise<boolean> {
  const gone = isGone(owner);
  if (gone !== undefined) return gone;
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED;
}

async function unlinkIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
}

function parseNote(content: string): Owner | undefined {
  try {
    const { host, pid, birth } = JSON.parse(content) as Partial<Owner>;
    return typeof host === 'string' && typeof pid === 'number' && typeof birth === 'string' ? { host, pid, birth } : undefined;
  } catch {
    return undefined;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
