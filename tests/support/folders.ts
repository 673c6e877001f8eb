/** Folders for one test file, gone when it ends. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** Call it at the top of a test file: it gives a function that makes a new, empty folder each time. */
export function folders(): (files?: Readonly<Record<string, string | Uint8Array>>) => Promise<string> {
  let base = '';
  let count = 0;
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'copydesk-'));
  });
  afterAll(() => rm(base, { recursive: true, force: true }));
  return async (files = {}) => {
    const folder = join(base, `${++count}`);
    await mkdir(folder);
    await fill(folder, files);
    return folder;
  };
}

export async function fill(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}
