import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { folderStore } from '../../src/stores/folder.ts';
import { self } from '../../src/stores/owner.ts';
import { article, sample, samples, unwelcome } from '../support/articles.ts';
import { copydesk, jsonLines, type Run, root, start } from '../support/cli.ts';
import { fill, folders } from '../support/folders.ts';
import { keysOf, treeOf } from '../support/tree.ts';

interface Line {
  readonly source: string;
  readonly status: string;
  readonly docId?: string;
  readonly record?: string;
  readonly reason?: { readonly code: string; readonly message: string };
}

const folder = folders();

const oddNames = ['收件箱/2026年 春/“头条”.txt', 'emoji 😀/👩‍👩‍👧.txt', 'plus+plus/a+b c.txt', "100%/%41 '&$#?.txt"];

async function mixedInbox(): Promise<string> {
  const inbox = await folder({
    ...Object.fromEntries(samples.map((name) => [`${name}.txt`, sample(name)])),
    ...Object.fromEntries(oddNames.map((name, index) => [name, article(index)])),
    'empty.txt': unwelcome.empty,
    'picture.txt': unwelcome.binary,
    'english.txt': unwelcome['not-chinese'],
  });
  return inbox;
}

const allNames = [...samples.map((name) => `${name}.txt`), ...oddNames, 'empty.txt', 'picture.txt', 'english.txt'].sort();

describe('ingest of a folder with good and bad files', () => {
  let inbox = '';
  let archive = '';
  let first: Run;
  beforeAll(async () => {
    [inbox, archive] = [await mixedInbox(), join(await folder(), 'archive')];
    first = await copydesk(['ingest', inbox, '--archive', archive]);
  });

  it('does all the good ones and exits with 1 for the bad ones', async () => {
    expect(first.code).toBe(1);
    const store = folderStore(archive);
    expect((await keysOf(store, 'articles/')).filter((key) => key.endsWith('/manifest.json'))).toHaveLength(10);
    expect(await keysOf(store, 'rejected/')).toHaveLength(3);
    expect(await keysOf(store, 'sources/')).toHaveLength(13);
  });

  it('prints a summary, and nothing else, on stdout', () => {
    expect(first.stdout).toMatch(/^13 files: 10 archived, 3 rejected in \d+\.\d s → .+\n$/);
    expect(first.stdout).toContain(archive);
  });

  it('says on stderr why each bad file was rejected, and nothing of the good ones', () => {
    const lines = first.stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.find((line) => line.includes('empty.txt'))).toMatch(/^rejected: empty\.txt: empty: /);
    expect(lines.find((line) => line.includes('picture.txt'))).toMatch(/^rejected: picture\.txt: binary: /);
    expect(lines.find((line) => line.includes('english.txt'))).toMatch(/^rejected: english\.txt: not-chinese: /);
  });

  it('is whole, and a second run finds duplicates and rejects again, changing nothing', async () => {
    expect(await copydesk(['verify', archive])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whole: 10 articles/) });
    const before = await treeOf(folderStore(archive));
    const second = await copydesk(['ingest', inbox, '--archive', archive]);
    expect(second.code).toBe(1);
    expect(second.stdout).toMatch(/^13 files: 0 archived, 10 duplicate, 3 rejected in /);
    expect(await treeOf(folderStore(archive))).toEqual(before);
    expect((await readdir(archive)).sort()).toEqual(['articles', 'index', 'raw', 'rejected', 'sources']);
  });

  it('with --json prints one line a file on stdout, and the summary on stderr', async () => {
    const other = join(await folder(), 'archive');
    const { code, stdout, stderr } = await copydesk(['ingest', inbox, '--archive', other, '--json']);
    expect(code).toBe(1);
    const lines = jsonLines<Line>(stdout);
    expect(lines.map(({ source }) => source).sort()).toEqual(allNames);
    for (const { source, status, docId, record, reason } of lines) {
      const bad = ['empty.txt', 'picture.txt', 'english.txt'].includes(source);
      expect(status).toBe(bad ? 'rejected' : 'archived');
      expect(docId).toMatch(/^[0-9a-f]{32}$/);
      expect(await folderStore(other).head(record ?? '')).toBeDefined();
      expect(reason).toEqual(bad ? { code: expect.any(String), message: expect.any(String) } : undefined);
    }
    expect(stderr).toMatch(/^13 files: 10 archived, 3 rejected/m);
  });

  it('with --dry-run says what it would do and leaves no archive', async () => {
    const other = join(await folder(), 'archive');
    const { code, stdout } = await copydesk(['ingest', inbox, '--archive', other, '--dry-run']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^13 files: 10 archived, 3 rejected in .*dry run, nothing written/);
    await expect(readdir(other)).rejects.toThrow(/ENOENT/);
  });

  it.each(['1', '16'])('gives the same archive with --jobs %s', async (jobs) => {
    const other = join(await folder(), 'archive');
    expect((await copydesk(['ingest', inbox, '--archive', other, '--jobs', jobs])).code).toBe(1);
    expect(await keysOf(folderStore(other))).toEqual(await keysOf(folderStore(archive)));
  });
});

describe('ingest', () => {
  it('exits with 0 where all is well', async () => {
    const archive = join(await folder(), 'archive');
    const { code, stdout, stderr } = await copydesk(['ingest', 'tests/samples', '--archive', archive]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^6 files: 6 archived in /);
  });

  it('takes files and folders together, and makes what --scripts and --formats ask for', async () => {
    const archive = join(await folder(), 'archive');
    const other = await folder({ 'b.txt': article(1) });
    const args = ['--scripts', 'zh-Hant-TW,zh-Hant-HK', '--formats', 'jsonld, ninjs16'];
    const { code } = await copydesk(['ingest', 'tests/samples/seed.txt', other, '--archive', archive, ...args]);
    expect(code).toBe(0);
    const names = (await keysOf(folderStore(archive), 'articles/')).map((key) => key.slice(key.lastIndexOf('/') + 1));
    expect([...new Set(names)].sort()).toEqual([
      'ledger.json',
      'manifest.json',
      'source.txt',
      'zh-Hant-HK.jsonld',
      'zh-Hant-HK.ninjs16.json',
      'zh-Hant-TW.jsonld',
      'zh-Hant-TW.ninjs16.json',
    ]);
    expect(names.filter((name) => name === 'manifest.json')).toHaveLength(2);
  });

  it('does not take its own archive for a source when it lies in the inbox', async () => {
    const inbox = await folder({ 'a.txt': article(1), 'archive-b.txt': article(2) });
    const archive = join(inbox, 'archive');
    expect((await copydesk(['ingest', inbox, '--archive', archive])).stdout).toMatch(/^2 files: 2 archived in /);
    const before = await treeOf(folderStore(archive));
    expect((await copydesk(['ingest', inbox, '--archive', archive])).stdout).toMatch(/^2 files: 0 archived, 2 duplicate in /);
    expect(await treeOf(folderStore(archive))).toEqual(before);
  });

  it('leaves hidden files and folders out', async () => {
    const inbox = await folder({ 'a.txt': article(1), '.DS_Store': 'x', '.git/config': 'x', '子/.~lock.a.txt#': 'x', '.tmp/x': 'x' });
    const { code, stdout } = await copydesk(['ingest', inbox, '--archive', join(await folder(), 'archive')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 file: 1 archived in /);
  });

  it('takes a file that is named by a symbolic link', async () => {
    const inbox = await folder();
    await symlink(join(root, 'tests/samples/seed.txt'), join(inbox, 'link.txt'));
    const { code, stdout } = await copydesk(['ingest', join(inbox, 'link.txt'), '--archive', join(inbox, 'archive')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 file: 1 archived in /);
  });

  it('takes an inbox that is named by a symbolic link', async () => {
    const inbox = await folder({ 'in/a.txt': article(1) });
    await symlink(join(inbox, 'in'), join(inbox, 'link'));
    const { code, stdout } = await copydesk(['ingest', join(inbox, 'link'), '--archive', join(inbox, 'archive')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1 file: 1 archived in /);
  });

  it('does the rest, says so and exits with 1 where a name is not UTF-8', async () => {
    const inbox = await folder({ 'a.txt': article(1), 'z.txt': article(2) });
    await writeFile(Buffer.concat([Buffer.from(`${inbox}/`), Buffer.from([0xd0, 0xc2, 0xce, 0xc5]), Buffer.from('.txt')]), article(3));
    const { code, stdout, stderr } = await copydesk(['ingest', inbox, '--archive', join(await folder(), 'archive')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^2 files: 2 archived in /);
    expect(stderr).toMatch(/not UTF-8/);
  });

  it('clears away what a killed run left, though all else was done', async () => {
    const base = await folder({ 'in/a.txt': article(1) });
    const run = () => copydesk(['ingest', join(base, 'in'), '--archive', join(base, 'archive')]);
    await run();
    const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    await mkdir(join(base, 'archive', '.tmp'));
    await writeFile(join(base, 'archive', '.tmp', `${hostname()}-${dead}-${self.birth}.0`), 'half');
    expect((await run()).stdout).toMatch(/1 duplicate/);
    expect(await readdir(join(base, 'archive'))).not.toContain('.tmp');
  });

  it('refuses a file as the archive, and what lies below one', async () => {
    const inbox = await folder({ 'in/a.txt': article(1), archive: 'a file' });
    for (const archive of [join(inbox, 'archive'), join(inbox, 'archive', 'below')]) {
      const { code, stderr } = await copydesk(['ingest', join(inbox, 'in'), '--archive', archive]);
      expect([code, stderr]).toEqual([2, expect.stringContaining('is a file; name a folder')]);
    }
  });

  it('takes an empty folder', async () => {
    const { code, stdout } = await copydesk(['ingest', await folder(), '--archive', join(await folder(), 'archive')]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^0 files: 0 archived in /);
  });
});

describe('ingest --watch', () => {
  it('takes what is there and what is dropped later, and ends with the summary on SIGTERM', async () => {
    const inbox = await folder({ 'a.txt': article(1) });
    const archive = join(inbox, 'archive');
    const { child, ended, says } = start(['ingest', inbox, '--archive', archive, '--watch', '--json']);
    await says('watching');
    await fill(inbox, { '晚报/b.txt': article(2), '.hidden.txt': article(3) });
    await says('b.txt');
    await fill(inbox, { 'a.txt': article(4) });
    await fill(inbox, { 'bad.txt': unwelcome.empty });
    await says('bad.txt');
    await says('a.txt","status":"archived"', 2);
    child.kill('SIGTERM');
    const { code, signal, stdout, stderr } = await ended;
    expect([code, signal]).toEqual([1, null]);
    expect(
      jsonLines<Line>(stdout)
        .map(({ source, status }) => `${source} ${status}`)
        .sort(),
    ).toEqual(['a.txt archived', 'a.txt archived', 'bad.txt rejected', '晚报/b.txt archived']);
    expect(stderr).toMatch(/^4 files: 3 archived, 1 rejected in /m);
    expect((await copydesk(['verify', archive])).code).toBe(0);
    expect(readdirSync(archive)).not.toContain('.tmp');
  });

  it('exits with 0 on SIGINT where all was well', async () => {
    const inbox = await folder({ 'a.txt': article(1) });
    const { child, ended, says } = start(['ingest', inbox, '--archive', join(await folder(), 'archive'), '--watch']);
    await says('watching');
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 0, signal: null, stdout: expect.stringMatching(/^1 file: 1 archived in /) });
  });
});
