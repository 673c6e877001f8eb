import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest, Pointer, Rejection } from '../../src/archive.ts';
import { reconstruct } from '../../src/reconstruct.ts';
import { folderStore } from '../../src/stores/folder.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import type { Store } from '../../src/stores/store.ts';
import { article, sample, unwelcome } from '../support/articles.ts';
import { altered, intake } from '../support/intake.ts';
import { jsonAt, keysOf, textAt, treeOf } from '../support/tree.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'copydesk-archive-'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

let fresh = 0;
const stores: readonly [string, () => Store][] = [
  ['memory', memoryStore],
  ['folder', () => folderStore(join(base, `${++fresh}`))],
];

describe.each(stores)('the archive in a %s store', (_, create) => {
  it('holds an article under exactly the keys of the contract', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    const raw = sample('seed');
    await inbox.put('来稿/seed.txt', raw);
    const outcome = await take('来稿/seed.txt');
    const sha = sha256(raw);
    const docId = sha.slice(0, 32);
    const pointer = sha256('来稿/seed.txt');
    expect(outcome).toMatchObject({ status: 'archived', docId, record: `articles/dt=undated/${docId}/manifest.json` });
    const folder = `articles/dt=undated/${docId}`;
    expect(await keysOf(archive)).toEqual(
      [
        `${folder}/ledger.json`,
        `${folder}/manifest.json`,
        `${folder}/source.txt`,
        `${folder}/zh-Hans.md`,
        `${folder}/zh-Hans.ninjs.json`,
        `${folder}/zh-Hans.txt`,
        `${folder}/zh-Hant.md`,
        `${folder}/zh-Hant.ninjs.json`,
        `${folder}/zh-Hant.txt`,
        `index/dt=undated/${docId}.jsonl`,
        `raw/${sha.slice(0, 2)}/${sha}`,
        `sources/${pointer.slice(0, 2)}/${pointer}.json`,
      ].sort(),
    );
  });

  it('holds every script and format that is asked for', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', sample('hant-tw-clean'));
    const { record = '' } = await take('a.txt', {
      scripts: ['zh-Hant-HK', 'zh-Hans', 'zh-Hant-TW', 'zh-Hant'],
      formats: ['jsonld', 'ninjs16', 'text', 'ninjs', 'markdown'],
    });
    const names = ['zh-Hans', 'zh-Hant', 'zh-Hant-TW', 'zh-Hant-HK'].flatMap((script) =>
      ['jsonld', 'ninjs16.json', 'txt', 'ninjs.json', 'md'].map((extension) => `${script}.${extension}`),
    );
    const folder = record.replace('manifest.json', '');
    expect((await keysOf(archive, folder)).map((key) => key.slice(folder.length))).toEqual(
      ['ledger.json', 'manifest.json', 'source.txt', ...names].sort(),
    );
  });

  it('keeps the raw bytes exactly, whatever they are', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    const raws = [
      sample('seed'),
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), sample('hans-clean')]),
      Buffer.from(`\ufeff${sample('hans-clean').toString()}`, 'utf16le'),
      Buffer.concat([sample('hans-clean'), Buffer.from([0xff, 0xe6, 0x96])]),
      ...Object.values(unwelcome),
    ];
    for (const [index, raw] of raws.entries()) {
      await inbox.put(`${index}`, raw);
      await take(`${index}`);
      const kept = await archive.get(`raw/${sha256(raw).slice(0, 2)}/${sha256(raw)}`);
      expect(Buffer.from(kept?.bytes ?? 'missing')).toEqual(raw);
    }
  });

  it('rebuilds the raw bytes from source.txt and ledger.json alone', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('seed.txt', sample('seed'));
    const { record = '' } = await take('seed.txt');
    const folder = record.replace('manifest.json', '');
    const { layers, source } = await jsonAt<{ layers: []; source: { charset: 'utf-8'; bom: boolean } }>(archive, `${folder}ledger.json`);
    const rebuilt = reconstruct(await textAt(archive, `${folder}source.txt`), layers, source);
    expect(Buffer.from(rebuilt)).toEqual(sample('seed'));
  });

  it('says in the manifest where the article came from and what its outputs are', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    const raw = sample('hans-noise');
    await inbox.put('新闻.txt', raw);
    const head = await inbox.head('新闻.txt');
    const { record = '' } = await take({ bucket: 'raw', key: '新闻.txt', sequencer: '00AB' });
    const manifest = await jsonAt<Manifest>(archive, record);
    expect(manifest).toEqual({
      docId: sha256(raw).slice(0, 32),
      pipelineVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      source: { key: 'raw/新闻.txt', sha256: sha256(raw), size: raw.length, etag: head?.etag, sequencer: '00AB' },
      raw: `raw/${sha256(raw).slice(0, 2)}/${sha256(raw)}`,
      scripts: ['zh-Hans', 'zh-Hant'],
      formats: ['ninjs', 'markdown', 'text'],
      outputs: expect.any(Array),
      messages: expect.any(Array),
      times: { modified: new Date(head?.lastModified ?? 0).toISOString(), archived: '2026-03-01T02:03:04.005Z' },
    });
    const folder = record.replace('manifest.json', '');
    const others = (await keysOf(archive, folder)).filter((key) => key !== record);
    expect(manifest.outputs.map(({ name }) => `${folder}${name}`).sort()).toEqual(others);
    for (const { name, sha256: hash, size } of manifest.outputs) {
      const found = await archive.get(`${folder}${name}`);
      expect(found?.size).toBe(size);
      expect(sha256(found?.bytes ?? '')).toBe(hash);
    }
  });

  it('says in the pointer which document the source key holds', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    const raw = sample('hans-clean');
    await inbox.put('新闻.txt', raw);
    const { docId, record } = await take('新闻.txt');
    const hash = sha256('新闻.txt');
    expect(await jsonAt<Pointer>(archive, `sources/${hash.slice(0, 2)}/${hash}.json`)).toMatchObject({
      source: { key: '新闻.txt', sha256: sha256(raw), size: raw.length },
      docId,
      status: 'archived',
      record,
    });
  });

  it('writes an index line of flat values', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('seed.txt', sample('seed'));
    const { docId } = await take('seed.txt');
    const text = await textAt(archive, `index/dt=undated/${docId}.jsonl`);
    expect(text).toMatch(/^\{[^\n]*\}\n$/);
    const line = JSON.parse(text) as Record<string, unknown>;
    expect(line).toMatchObject({ docId, article: `articles/dt=undated/${docId}/`, sha256: sha256(sample('seed')), bytes: 5033 });
    for (const value of Object.values(line)) {
      if (Array.isArray(value)) expect(value.every((one) => typeof one === 'string')).toBe(true);
      else expect(['string', 'number', 'boolean']).toContain(typeof value);
    }
  });

  it.each(Object.entries(unwelcome))('keeps a rejected file that is %s with the reason why', async (code, raw) => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('bad.txt', raw);
    const outcome = await take('bad.txt');
    const [sha, pointer] = [sha256(raw), sha256('bad.txt')];
    const day = new Date((await inbox.head('bad.txt'))?.lastModified ?? 0).toISOString().slice(0, 10);
    const record = `rejected/dt=${day}/${sha.slice(0, 32)}.json`;
    expect(outcome).toMatchObject({ status: 'rejected', record, reason: { code } });
    expect(await keysOf(archive)).toEqual([`raw/${sha.slice(0, 2)}/${sha}`, record, `sources/${pointer.slice(0, 2)}/${pointer}.json`]);
    const rejection = await jsonAt<Rejection>(archive, record);
    expect(rejection).toMatchObject({
      docId: sha.slice(0, 32),
      raw: `raw/${sha.slice(0, 2)}/${sha}`,
      source: { key: 'bad.txt', sha256: sha },
    });
    expect(rejection.reason).toEqual(outcome.reason);
    expect(rejection.retry).toContain('bad.txt');
    expect(await jsonAt(archive, `sources/${pointer.slice(0, 2)}/${pointer}.json`)).toMatchObject({ status: 'rejected', record });
  });

  it('rejects a file that is larger than the limit, and keeps it', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('big.txt', sample('seed'));
    expect(await take('big.txt', { maxBytes: 100 })).toMatchObject({ status: 'rejected', reason: { code: 'too-large' } });
    expect(await keysOf(archive, 'raw/')).toHaveLength(1);
    expect(await keysOf(archive, 'articles/')).toEqual([]);
  });

  it('takes names of every kind', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    const names = ['收件箱/2026年 春/“头条”.txt', 'emoji/😀👩‍👩‍👧.txt', 'plus+plus/a+b c.txt', '100%/%E4%B8%AD', ' edge '];
    for (const [index, name] of names.entries()) {
      await inbox.put(name, article(index));
      expect(await take(name)).toMatchObject({ status: 'archived' });
      const hash = sha256(name);
      expect(await jsonAt(archive, `sources/${hash.slice(0, 2)}/${hash}.json`)).toMatchObject({ source: { key: name } });
    }
  });

  it('is not touched by a dry run', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', sample('seed'));
    await inbox.put('b.txt', unwelcome.binary);
    expect(await take('a.txt', { dryRun: true })).toMatchObject({ status: 'archived' });
    expect(await take('b.txt', { dryRun: true })).toMatchObject({ status: 'rejected' });
    expect(await keysOf(archive)).toEqual([]);
    await take('a.txt');
    const before = await treeOf(archive);
    expect(await take('a.txt', { dryRun: true })).toMatchObject({ status: 'duplicate' });
    expect(await take('a.txt', { dryRun: true, scripts: ['zh-Hant-TW'] })).toMatchObject({ status: 'archived' });
    expect(await treeOf(archive)).toEqual(before);
  });
});

describe('the order of writing', () => {
  async function orderOf(raw: Uint8Array): Promise<string[]> {
    const order: string[] = [];
    const store = memoryStore();
    const archive = altered(store, {
      put: async (key, bytes, options) => {
        // A turn of the event loop each, so that what is not awaited shows.
        await new Promise((resolve) => setImmediate(resolve));
        const done = await store.put(key, bytes, options);
        order.push(key);
        return done;
      },
    });
    const { inbox, take } = intake({ archive });
    await inbox.put('a.txt', raw);
    await take('a.txt');
    return order;
  }

  it('puts the raw bytes first, then the outputs, the manifest, the index line, and the pointer last', async () => {
    const order = await orderOf(sample('seed'));
    const kinds = order.map((key) => (key.endsWith('manifest.json') ? 'manifest' : key.slice(0, key.indexOf('/'))));
    expect(kinds).toEqual(['raw', ...Array.from({ length: 8 }, () => 'articles'), 'manifest', 'index', 'sources']);
  });

  it('puts the raw bytes of a rejected file first, then the record, and the pointer last', async () => {
    const order = await orderOf(unwelcome.binary);
    expect(order.map((key) => key.slice(0, key.indexOf('/')))).toEqual(['raw', 'rejected', 'sources']);
  });
});
