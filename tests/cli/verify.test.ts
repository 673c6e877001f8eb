import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderStore } from '../../src/stores/folder.ts';
import type { Finding } from '../../src/verify.ts';
import { article, unwelcome } from '../support/articles.ts';
import { copydesk, jsonLines } from '../support/cli.ts';
import { folders } from '../support/folders.ts';
import { keysOf } from '../support/tree.ts';

const folder = folders();

async function archiveOf(): Promise<string> {
  const place = await folder({ 'in/a.txt': article(1), 'in/b.txt': article(2), 'in/bad.txt': unwelcome.empty });
  await copydesk(['ingest', join(place, 'in'), '--archive', join(place, 'archive')]);
  return join(place, 'archive');
}

describe('verify', () => {
  it('calls a good archive whole, and exits with 0', async () => {
    expect(await copydesk(['verify', await archiveOf()])).toMatchObject({
      code: 0,
      stdout: 'whole: 2 articles, 3 raw files, 3 sources, 1 rejected; 0 findings\n',
      stderr: '',
    });
  });

  it('names what is broken on stderr, and exits with 1', async () => {
    const archive = await archiveOf();
    const [key = ''] = (await keysOf(folderStore(archive), 'articles/')).filter((one) => one.endsWith('.md'));
    await appendFile(join(archive, key), 'x');
    const { code, stdout, stderr } = await copydesk(['verify', archive]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^broken: .*; 1 findings\n$/);
    expect(stderr).toBe(`broken: ${key}: its bytes are not those of the manifest\n`);
  });

  it('calls what an interrupted run has left unfinished, and exits with 0; ingest ends it', async () => {
    const archive = await archiveOf();
    const [key = ''] = (await keysOf(folderStore(archive), 'articles/')).filter((one) => one.endsWith('/manifest.json'));
    await rm(join(archive, key));
    await rm(join(archive, 'sources'), { recursive: true });
    await rm(join(archive, 'index'), { recursive: true });
    const { code, stdout, stderr } = await copydesk(['verify', archive]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^whole: .* unfinished \(ingest again\)\n$/);
    expect(stderr).toMatch(/^unfinished: articles\//);
    await copydesk(['ingest', join(archive, '../in'), '--archive', archive]);
    expect((await copydesk(['verify', archive])).stdout).toMatch(/^whole: 2 articles, 3 raw files, 3 sources, 1 rejected; 0 findings\n$/);
  });

  it('with --json prints one finding a line and the summary last, and nothing on stderr', async () => {
    const archive = await archiveOf();
    const [key = ''] = await keysOf(folderStore(archive), 'raw/');
    await rm(join(archive, key));
    const { code, stdout, stderr } = await copydesk(['verify', archive, '--json']);
    expect([code, stderr]).toEqual([1, '']);
    const lines = jsonLines<Finding | Record<string, unknown>>(stdout);
    expect(lines.at(-1)).toEqual({ verdict: 'broken', articles: 2, raw: 2, sources: 3, rejected: 1, broken: 1, unfinished: 0 });
    expect(lines.slice(0, -1)).toEqual([{ kind: 'broken', key: expect.any(String), reason: expect.stringContaining(key) }]);
  });
});
