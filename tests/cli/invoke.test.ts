import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderStore } from '../../src/stores/folder.ts';
import { sample } from '../support/articles.ts';
import { copydesk, root } from '../support/cli.ts';
import { folders } from '../support/folders.ts';
import { keysOf } from '../support/tree.ts';

const folder = folders();
const event = 'events/s3-put.json';

describe('invoke', () => {
  it('archives what the event names, and answers in JSON on stdout alone', async () => {
    const archive = join(await folder(), 'archive');
    const { code, stdout, stderr } = await copydesk(['invoke', event, '--archive', archive, '--inbox', 'tests/samples']);
    expect([code, stdout]).toEqual([0, 'null\n']);
    expect(stderr).toContain('archived');
    expect(Buffer.from((await folderStore(archive).get((await keysOf(folderStore(archive), 'raw/'))[0] ?? ''))?.bytes ?? [])).toEqual(
      sample('seed'),
    );
    expect(await copydesk(['verify', archive])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whole: 1 articles/) });
  });

  it('takes the settings from the environment, and changes nothing the second time', async () => {
    const archive = join(await folder(), 'archive');
    const env = { COPYDESK_ARCHIVE: archive, COPYDESK_INBOX: 'tests/samples', COPYDESK_SCRIPTS: 'zh-Hant-TW', COPYDESK_FORMATS: 'text' };
    expect((await copydesk(['invoke', event], { env })).code).toBe(0);
    const second = await copydesk(['invoke', event], { env });
    expect(second.stderr).toContain('duplicate');
    const keys = await keysOf(folderStore(archive), 'articles/');
    expect(keys.map((key) => key.slice(key.lastIndexOf('/') + 1))).toEqual([
      'ledger.json',
      'manifest.json',
      'source.txt',
      'zh-Hant-TW.txt',
    ]);
  });

  it('works from any folder', async () => {
    const place = await folder();
    await cp(join(root, event), join(place, 'event.json'));
    await cp(join(root, 'tests/samples'), join(place, 'in'), { recursive: true });
    const { code, stdout } = await copydesk(['invoke', 'event.json', '--archive', 'archive', '--inbox', 'in'], { cwd: place });
    expect([code, stdout]).toEqual([0, 'null\n']);
    expect(await keysOf(folderStore(join(place, 'archive')), 'sources/')).toHaveLength(1);
  });

  it('answers a batch with the items that failed', async () => {
    const { code, stdout } = await copydesk([
      'invoke',
      'events/sqs-s3.json',
      '--archive',
      join(await folder(), 'archive'),
      '--inbox',
      'tests/samples',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ batchItemFailures: [] });
  });

  it('prints what the handler throws as Lambda tells it, and exits with 1', async () => {
    const place = await folder({ 'event.json': '{"no":"event"}', archive: 'a file' });
    const unknown = await copydesk(['invoke', join(place, 'event.json'), '--archive', join(place, 'x')]);
    expect(unknown.code).toBe(1);
    expect(JSON.parse(unknown.stdout)).toEqual({ errorType: 'EnvelopeError', errorMessage: expect.stringContaining('no known trigger') });
    const broken = await copydesk(['invoke', event, '--archive', join(place, 'archive'), '--inbox', 'tests/samples']);
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({ errorMessage: expect.any(String) });
  });
});
