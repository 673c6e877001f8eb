import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { folderStore } from '../../src/stores/folder.ts';
import { article, unwelcome } from '../support/articles.ts';
import { copydesk, start } from '../support/cli.ts';
import { folders } from '../support/folders.ts';
import { keysOf, timelessTreeOf } from '../support/tree.ts';

const folder = folders();

describe('ingest killed at any moment and run again', () => {
  it('ends with the archive of an undisturbed run, whole, and with nothing else in it', async () => {
    const inbox = await folder({
      ...Object.fromEntries(Array.from({ length: 60 }, (_, number) => [`${number % 7}版/${number}.txt`, article(number)])),
      'bad.txt': unwelcome.binary,
    });
    const [archive, undisturbed] = [join(await folder(), 'archive'), join(await folder(), 'archive')];
    const calm = await copydesk(['ingest', inbox, '--archive', undisturbed]);
    expect(calm.stdout).toMatch(/^61 files: 60 archived, 1 rejected/);

    // Each run is killed a bit farther on than the one before, and each at another moment of its writing.
    const store = folderStore(archive);
    let kills = 0;
    for (let files = 1; files < 60; files += 8) {
      const { child, ended } = start(['ingest', inbox, '--archive', archive, '--jobs', kills % 2 === 0 ? '4' : '1']);
      let over = false;
      void ended.then(() => {
        over = true;
      });
      while (!over && (await keysOf(store, 'raw/')).length < files) await sleep(1);
      await sleep((kills * 3) % 11);
      child.kill('SIGKILL');
      if ((await ended).signal === 'SIGKILL') kills++;
    }
    expect(kills).toBeGreaterThan(4);

    const last = await copydesk(['ingest', inbox, '--archive', archive]);
    expect(last.code).toBe(1);
    expect(await timelessTreeOf(folderStore(archive))).toEqual(await timelessTreeOf(folderStore(undisturbed)));
    expect((await readdir(archive)).sort()).toEqual(['articles', 'index', 'raw', 'rejected', 'sources']);
    expect(await copydesk(['verify', archive])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^whole: 60 articles.* 0 findings\n$/),
    });
  });
});
