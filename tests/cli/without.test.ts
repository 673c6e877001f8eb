import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/archive.ts';
import { normalize, pureOpenCC } from '../../src/index.ts';
import type { Result } from '../../src/result.ts';
import { folderStore } from '../../src/stores/folder.ts';
import { sample } from '../support/articles.ts';
import { copydesk, jsonLines } from '../support/cli.ts';
import { folders } from '../support/folders.ts';
import { jsonAt, keysOf, textAt, treeOf } from '../support/tree.ts';

const folder = folders();
const text = sample('hans-noise').toString();
/** A Result as it is printed. */
const printed = (result: Result) => JSON.parse(JSON.stringify(result)) as Result;

describe('normalize --without', () => {
  const options = { name: 'hans-noise.txt' };

  it.each([
    [['--without', 'quotes'], ['quotes']],
    [
      ['--without', 'reading-noise, quotes'],
      ['reading-noise', 'quotes'],
    ],
    [
      ['--without', 'quotes', '--without', 'context/press-spelling,punctuation-width'],
      ['quotes', 'context/press-spelling', 'punctuation-width'],
    ],
    [['--without', ''], []],
  ])('turns rules off, as the library does: %j', async (args, without) => {
    const { code, stdout, stderr } = await copydesk(['normalize', 'tests/samples/hans-noise.txt', ...args]);
    expect([code, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual(printed(normalize(sample('hans-noise'), { ...options, without })));
  });

  it('leaves what naive conversion left', async () => {
    const { stdout } = await copydesk(['normalize', '--format', 'text', '--without', 'naive-conversion', 'tests/samples/seed.txt']);
    expect(stdout).toContain('領導干部');
    expect(stdout).not.toContain('領導幹部');
  });

  it('goes with --pure-opencc', async () => {
    const { stdout } = await copydesk(['normalize', 'tests/samples/hans-noise.txt', '--pure-opencc', '--without', 'reading-noise']);
    expect(JSON.parse(stdout)).toEqual(printed(normalize(sample('hans-noise'), { ...options, ...pureOpenCC, without: ['reading-noise'] })));
  });

  it.each(['1', '3'])('goes with --jsonl --jobs %s', async (jobs) => {
    const args = ['normalize', '--jsonl', '--jobs', jobs, '--without', 'reading-noise,quotes'];
    const { code, stdout } = await copydesk(args, { input: `${JSON.stringify({ id: '1', text })}\n`.repeat(3) });
    expect(code).toBe(0);
    const expected = printed(normalize(Buffer.from(text), { id: '1', without: ['reading-noise', 'quotes'] }));
    expect(jsonLines<Result>(stdout)).toEqual([expected, expected, expected]);
  });
});

describe('a rule that is none', () => {
  it.each([
    ['normalize', ['normalize', 'tests/samples/seed.txt']],
    ['normalize --jsonl', ['normalize', '--jsonl']],
    ['normalize --jsonl --jobs 3', ['normalize', '--jsonl', '--jobs', '3']],
    ['ingest', ['ingest', 'tests/samples', '--archive', 'x']],
  ])('is a usage error that names it and says what lists them: %s', async (_, args) => {
    const x = join(await folder(), 'x');
    const run = [...args.map((one) => (one === 'x' ? x : one)), '--without', 'quotes', '--without', 'line-wrap,qoutes'];
    const { code, stdout, stderr } = await copydesk(run);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('there is no rule "qoutes"; `copydesk rules` lists them');
    await expect(readFile(x)).rejects.toThrow(/ENOENT/);
  });
});

describe('ingest --without and --pure-opencc', () => {
  async function manifestsOf(archive: string): Promise<Manifest[]> {
    const store = folderStore(archive);
    const keys = (await keysOf(store, 'articles/')).filter((key) => key.endsWith('/manifest.json'));
    return Promise.all(keys.map((key) => jsonAt<Manifest>(store, key)));
  }

  const args = ['--without', 'quotes,naive-conversion', '--pure-opencc'];

  it('archive what normalize prints with the same options, say so in the manifests, and are whole', async () => {
    const archive = join(await folder(), 'archive');
    const { code, stdout } = await copydesk(['ingest', 'tests/samples', '--archive', archive, ...args]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^6 files: 6 archived in /)]);
    const store = folderStore(archive);
    for (const key of (await keysOf(store, 'articles/')).filter((one) => one.endsWith('/manifest.json'))) {
      const { options, source } = await jsonAt<Manifest>(store, key);
      expect(options).toEqual({ without: ['naive-conversion', 'quotes'], pureOpenCC: true });
      const { stdout: converted } = await copydesk(['normalize', `tests/samples/${source.key}`, '--script', 'zh-Hans', ...args]);
      expect(`${await textAt(store, key.replace('manifest.json', 'zh-Hans.txt'))}\n`).toBe(converted);
    }
    expect((await copydesk(['verify', archive])).stdout).toMatch(/^whole: 6 articles, .* 0 findings\n$/);
  });

  it('make the articles anew where the options are others, and do nothing where they are the same', async () => {
    const archive = join(await folder(), 'archive');
    const run = async (...more: readonly string[]) => {
      const { code, stdout } = await copydesk(['ingest', 'tests/samples', '--archive', archive, ...more]);
      expect(code).toBe(0);
      return /^6 files: (.*) in /.exec(stdout)?.[1];
    };
    expect(await run()).toBe('6 archived');
    const plain = await treeOf(folderStore(archive));
    expect((await manifestsOf(archive)).some((manifest) => 'options' in manifest)).toBe(false);
    expect(await run('--without', 'quotes', '--dry-run')).toBe('6 archived');
    expect(await treeOf(folderStore(archive))).toEqual(plain);
    expect(await run('--without', 'quotes', '--without', 'line-wrap')).toBe('6 archived');
    const made = await treeOf(folderStore(archive));
    expect(await run('--without', 'line-wrap,quotes')).toBe('0 archived, 6 duplicate');
    expect(await treeOf(folderStore(archive))).toEqual(made);
    expect(await run('--pure-opencc')).toBe('6 archived');
    expect((await manifestsOf(archive)).map(({ options }) => options)).toEqual(Array.from({ length: 6 }, () => ({ pureOpenCC: true })));
    expect(await run()).toBe('6 archived');
    const again = await treeOf(folderStore(archive));
    expect(Object.keys(again)).toEqual(Object.keys(plain));
    expect((await manifestsOf(archive)).some((manifest) => 'options' in manifest)).toBe(false);
    expect(again).toMatchObject(Object.fromEntries(Object.entries(plain).filter(([key]) => !key.endsWith('/manifest.json'))));
    expect((await copydesk(['verify', archive])).stdout).toMatch(/^whole: 6 articles, .* 0 findings\n$/);
  });
});

describe('COPYDESK_WITHOUT and COPYDESK_PURE_OPENCC', () => {
  const invoke = (archive: string, env: Readonly<Record<string, string>>) =>
    copydesk(['invoke', 'events/s3-put.json', '--archive', archive, '--inbox', 'tests/samples'], { env });

  it('are what the function archives with', async () => {
    const archive = join(await folder(), 'archive');
    expect((await invoke(archive, { COPYDESK_WITHOUT: 'naive-conversion', COPYDESK_PURE_OPENCC: 'true' })).code).toBe(0);
    const options = ['--without', 'naive-conversion', '--pure-opencc'];
    const { stdout } = await copydesk(['ingest', 'tests/samples/seed.txt', '--archive', archive, ...options]);
    expect(stdout).toMatch(/^1 file: 0 archived, 1 duplicate in /);
    expect((await invoke(archive, { COPYDESK_WITHOUT: '', COPYDESK_PURE_OPENCC: 'false' })).stderr).toContain('archived');
    expect((await copydesk(['ingest', 'tests/samples/seed.txt', '--archive', archive])).stdout).toMatch(/1 duplicate/);
  });

  it('are refused where they cannot be used', async () => {
    const { code, stdout } = await invoke(join(await folder(), 'archive'), { COPYDESK_WITHOUT: 'qoutes', COPYDESK_PURE_OPENCC: 'yes' });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ errorType: 'ConfigError', errorMessage: expect.stringContaining('COPYDESK_WITHOUT') });
    expect(stdout).toContain('COPYDESK_PURE_OPENCC');
  });
});
