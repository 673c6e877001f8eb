import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderStore } from '../../src/stores/folder.ts';
import { article, unwelcome } from '../support/articles.ts';
import { copydesk, start } from '../support/cli.ts';
import { folders } from '../support/folders.ts';
import { keysOf, timelessTreeOf } from '../support/tree.ts';

const folder = folders();
const files = 60;

describe('ingest killed at any moment and run again', () => {
  it('ends with the archive of an undisturbed run, whole, and with nothing else in it', async () => {
    const inbox = await folder({
      ...Object.fromEntries(Array.from({ length: files }, (_, number) => [`${number % 7}版/${number}.txt`, article(number)])),
      'bad.txt': unwelcome.binary,
    });
    const [archive, undisturbed] = [join(await folder(), 'archive'), join(await folder(), 'archive')];
    const calm = await copydesk(['ingest', inbox, '--archive', undisturbed]);
    expect(calm.stdout).toMatch(/^61 files: 60 archived, 1 rejected/);

    // The delay grows, so that each run comes a bit farther than the one before.
    let kills = 0;
    const reached: number[] = [];
    for (let delay = 0; kills < 25; delay += 9) {
      const { child, ended } = start(['ingest', inbox, '--archive', archive, '--jobs', kills % 2 === 0 ? '4' : '1']);
      const store = folderStore(archive);
      if (kills === 0) await until(async () => (await keysOf(store, 'raw/')).length > 0);
      else await new Promise((resolve) => setTimeout(resolve, 60 + delay));
      child.kill('SIGKILL');
      const { signal } = await ended;
      if (signal === null) break;
      kills++;
      reached.push((await keysOf(store, 'sources/')).length);
    }
    expect(kills).toBeGreaterThan(5);
    expect(reached.some((count) => count > 0 && count < files)).toBe(true);

    const last = await copydesk(['ingest', inbox, '--archive', archive]);
    expect(last.code).toBe(1);
    expect(await timelessTreeOf(folderStore(archive))).toEqual(await timelessTreeOf(folderStore(undisturbed)));
    expect((await readdir(archive)).sort()).toEqual(['articles', 'index', 'raw', 'rejected', 'sources']);
    expect(await copydesk(['verify', archive])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whole: 60 articles.* 0 findings\n$/) });
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
}
