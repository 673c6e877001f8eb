import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { codeOf } from './folder-workspace.ts';
import { assertKey, KeyError } from './key.ts';

/** The folder that a folder store keeps for itself, directly under its root. */
export const WORKSPACE = '.tmp';
/** Bytes of a name: the limit of every common file system. Those with a lower one answer ENAMETOOLONG. */
const NAME_LIMIT = 255;
/** Bytes of a whole path (PATH_MAX of Linux, without its NUL). Checked first: making folders until the system refuses would leave them behind. */
const PATH_LIMIT = 4095;
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO', 'EISDIR']);

/**
 * The names on the way to a key's file.
 *
 * @throws {KeyError} if the key could lead out of the root, or no file can have such a name.
 */
export function namesOf(root: string, key: string): string[] {
  assertKey(key);
  if (Buffer.byteLength(join(root, 'x')) - 1 + Buffer.byteLength(key) > PATH_LIMIT) {
    throw new KeyError(
      `The key ${JSON.stringify(`${key.slice(0, 100)}…`)} cannot be kept in a folder: its path is longer than ${PATH_LIMIT} bytes.`,
    );
  }
  const names = key.split('/');
  const fault =
    names.map(faultOf).find((found) => found !== undefined) ?? (names[0] === WORKSPACE ? `${WORKSPACE} is the store's own` : undefined);
  if (fault) throw new KeyError(`The key ${JSON.stringify(key)} cannot be kept in a folder: ${fault}.`);
  return names;
}

function faultOf(name: string): string | undefined {
  if (name === '') return 'a name between its slashes is empty';
  if (name === '.' || name === '..') return `"${name}" is not a name`;
  if (name.includes('\0')) return 'a name holds a NUL';
  if (process.platform === 'win32' && /[\\:]/.test(name)) return 'a name holds a backslash or a colon';
  if (Buffer.byteLength(name) > NAME_LIMIT) return `a name is longer than ${NAME_LIMIT} bytes`;
  return undefined;
}

/** @returns undefined if the folder does not exist or is reached through a symbolic link below the root. */
export async function folderAt(root: string, names: readonly string[]): Promise<string | undefined> {
  const real = await realpathIfThere(root);
  const folder = real && join(real, ...names);
  return folder && (await realpathIfThere(folder)) === folder ? folder : undefined;
}

/**
 * Where the key's file is, following no link but a last one that ends inside the root: links to folders may go in circles,
 * and a link that leads out would make the rest of the disk part of the store.
 */
export async function locate(root: string, key: string): Promise<{ path: string; real: string } | undefined> {
  const names = namesOf(root, key);
  const top = await realpathIfThere(root);
  if (!top) return undefined;
  const path = join(top, ...names);
  const real = await realpathIfThere(path);
  if (!real) return undefined;
  if (real === path) return { path, real };
  const inside = real.startsWith(top + sep) && !real.startsWith(join(top, WORKSPACE) + sep);
  return inside && (await realpathIfThere(dirname(path))) === dirname(path) ? { path, real } : undefined;
}

/** Opens the key's file to read; the caller closes it. Folders, pipes and devices are as if absent. */
export async function openToRead(root: string, key: string): Promise<FileHandle | undefined> {
  const found = await locate(root, key);
  if (!found) return undefined;
  let file: FileHandle | undefined;
  try {
    // Without O_NONBLOCK a pipe would hold us until somebody writes to it. Windows knows neither flag.
    file = await open(found.real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    if ((await file.stat()).isFile()) return file;
  } catch (error) {
    if (!ABSENT.has(codeOf(error) ?? '')) throw error;
  }
  await file?.close();
  return undefined;
}

/**
 * Where to put the key's file; makes the folders on the way.
 *
 * @throws {KeyError} if a symbolic link is in the way.
 */
export async function makeWay(root: string, key: string): Promise<string> {
  const names = namesOf(root, key);
  const top = await realpath(root);
  const path = join(top, ...names);
  await makeFolder(dirname(path), key);
  return path;
}

async function makeFolder(folder: string, key: string): Promise<void> {
  for (const made of [false, true]) {
    const real = await realpath(folder).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    });
    if (real === folder) return;
    // Still nothing after mkdir: a link that leads nowhere.
    if (real !== undefined || made) throw new KeyError(`The key ${JSON.stringify(key)} cannot be written: ${folder} is a symbolic link.`);
    await makeFolder(dirname(folder), key);
    await mkdir(folder).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error;
    });
  }
}

async function realpathIfThere(path: string): Promise<string | undefined> {
  return realpath(path).catch((error: unknown) => {
    if (ABSENT.has(codeOf(error) ?? '')) return undefined;
    throw error;
  });
}
