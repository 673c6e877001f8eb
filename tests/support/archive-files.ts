import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative, sep } from 'node:path';
import { defaultFormats } from '../../src/config.ts';
import { ingest } from '../../src/ingest.ts';
import { defaultMaxBytes, defaultScripts } from '../../src/options.ts';
import { folderStore } from '../../src/stores/folder.ts';

/** Every file below a folder by its key. */
export async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const read = entries.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [relative(folder, path).split(sep).join('/'), await readFile(path)] as const;
  });
  return new Map(await Promise.all(read));
}

/** What `ingest` leaves in an archive folder for one file of an inbox folder. */
export async function folderRun(file: string): Promise<Map<string, Buffer>> {
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-folder-'));
  try {
    await copyFile(file, join(folder, basename(file)));
    const archive = join(folder, 'archive');
    await ingest(
      { ref: { key: basename(file) } },
      {
        inbox: () => folderStore(folder),
        archive: folderStore(archive),
        scripts: defaultScripts,
        formats: defaultFormats,
        maxBytes: defaultMaxBytes,
        now: Date.now,
      },
    );
    return await filesOf(archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The files with all that must be the same wherever the raw file came from: pointers are left out, and of manifests and
 * rejections what says whence and when. As text, so that a difference can be read.
 */
export function comparable(files: ReadonlyMap<string, Buffer>): Record<string, string> {
  const kept = [...files].filter(([key]) => !key.startsWith('sources/'));
  return Object.fromEntries(
    kept.map(([key, bytes]) => [key, key.endsWith('/manifest.json') ? withoutOrigin(bytes) : bytes.toString('latin1')]).toSorted(),
  );
}

function withoutOrigin(bytes: Buffer): string {
  const {
    times: _,
    source,
    ...rest
  } = JSON.parse(bytes.toString()) as {
    readonly times: unknown;
    readonly source: { readonly sha256: string; readonly size: number };
  };
  return JSON.stringify({ ...rest, source: { sha256: source.sha256, size: source.size } }, null, 2);
}
