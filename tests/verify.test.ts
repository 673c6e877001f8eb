import { describe, expect, it } from 'vitest';
import { indexKey, type Manifest, type Pointer, pointerKey, rawKey, sha256Hex } from '../src/archive.ts';
import { memoryStore } from '../src/stores/memory.ts';
import type { Store } from '../src/stores/store.ts';
import { type Audit, type Finding, verify } from '../src/verify.ts';
import { article, sample, unwelcome } from './support/articles.ts';
import { intake } from './support/intake.ts';
import { jsonAt, keysOf, textAt } from './support/tree.ts';

async function audit(store: Store): Promise<{ findings: Finding[]; counts: Audit }> {
  const findings: Finding[] = [];
  const steps = verify(store);
  for (let step = await steps.next(); ; step = await steps.next()) {
    if (step.done) return { findings, counts: step.value };
    findings.push(step.value);
  }
}

/** Two articles, of which the second has all formats, and a rejected file. */
async function goodArchive() {
  const { inbox, archive, take } = intake();
  await inbox.put('seed.txt', sample('seed'));
  await inbox.put('b.txt', article(1));
  await inbox.put('bad.txt', unwelcome['not-chinese']);
  const { record = '', docId = '' } = await take('seed.txt', {
    scripts: ['zh-Hans', 'zh-Hant', 'zh-Hant-TW', 'zh-Hant-HK'],
    formats: ['ninjs', 'markdown', 'text', 'jsonld', 'ninjs16'],
  });
  const other = await take('b.txt');
  const rejected = await take('bad.txt');
  return {
    store: archive,
    folder: record.replace('manifest.json', ''),
    record,
    docId,
    other: { record: other.record ?? '', docId: other.docId ?? '' },
    rejection: rejected.record ?? '',
  };
}

async function edit(store: Store, key: string, change: (text: string) => string): Promise<void> {
  const before = await textAt(store, key);
  expect(change(before), `nothing to change in ${key}`).not.toBe(before);
  await store.put(key, Buffer.from(change(before)));
}

/** Writes an output of an article and lists the new bytes in its manifest, so that only the meaning is wrong. */
async function forge(store: Store, folder: string, name: string, change: (text: string) => string): Promise<void> {
  await edit(store, `${folder}${name}`, change);
  const bytes = Buffer.from(await textAt(store, `${folder}${name}`));
  const manifest = await jsonAt<Manifest>(store, `${folder}manifest.json`);
  const outputs = manifest.outputs.map((one) => (one.name === name ? { ...one, sha256: sha256Hex(bytes), size: bytes.length } : one));
  await store.put(`${folder}manifest.json`, Buffer.from(JSON.stringify({ ...manifest, outputs })));
}

const broken = (findings: readonly Finding[]) => [...new Set(findings.filter(({ kind }) => kind === 'broken').map(({ key }) => key))];

describe('verify', () => {
  it('finds nothing in a good archive, and counts what it read', async () => {
    const { store } = await goodArchive();
    expect(await audit(store)).toEqual({ findings: [], counts: { articles: 2, raw: 3, sources: 3, rejected: 1 } });
  });

  it('finds nothing in an empty archive', async () => {
    expect(await audit(memoryStore())).toEqual({ findings: [], counts: { articles: 0, raw: 0, sources: 0, rejected: 0 } });
  });

  it('finds a flipped bit in every output, in every raw file and in every index line', async () => {
    const { store, record, other } = await goodArchive();
    const keys = (await keysOf(store)).filter((key) => /^(?:articles|raw|index)\//.test(key) && key !== record && key !== other.record);
    expect(keys.length).toBeGreaterThan(30);
    for (const key of keys) {
      const whole = (await store.get(key))?.bytes ?? new Uint8Array();
      for (const at of [0, whole.length >> 1, whole.length - 1]) {
        const flipped = Uint8Array.from(whole);
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        await store.put(key, flipped);
        const keysFound = broken((await audit(store)).findings);
        expect(keysFound.length, `byte ${at} of ${key}`).toBeGreaterThan(0);
        expect(keysFound.some((found) => key.startsWith(found) || found === key)).toBe(true);
      }
      await store.put(key, whole);
    }
    expect((await audit(store)).findings).toEqual([]);
  });

  it('finds every output that is missing', async () => {
    const { store, folder, record } = await goodArchive();
    for (const key of (await keysOf(store, folder)).filter((one) => one !== record)) {
      const whole = (await store.get(key))?.bytes ?? new Uint8Array();
      await store.delete(key);
      expect((await audit(store)).findings).toContainEqual({ kind: 'broken', key, reason: 'the manifest lists it, and it is missing' });
      await store.put(key, whole);
    }
  });

  it.each(['notes.txt', 'zh-Hans.pdf', 'sub/zh-Hans.txt'])('finds a file that does not belong to the article: %s', async (name) => {
    const { store, folder } = await goodArchive();
    await store.put(`${folder}${name}`, Buffer.from('x'));
    const { findings } = await audit(store);
    expect(findings).toEqual([{ kind: 'broken', key: `${folder}${name}`, reason: 'the manifest does not list it' }]);
  });

  it('finds raw bytes that are missing, of an article and of a rejected file', async () => {
    const { store, folder, rejection } = await goodArchive();
    await store.delete(rawKey(sha256Hex(sample('seed'))));
    await store.delete(rawKey(sha256Hex(unwelcome['not-chinese'])));
    expect(broken((await audit(store)).findings)).toEqual([folder, rejection]);
  });

  it('finds raw bytes that nothing names, as unfinished', async () => {
    const { store } = await goodArchive();
    const key = rawKey(sha256Hex(article(9)));
    await store.put(key, article(9));
    expect((await audit(store)).findings).toEqual([{ kind: 'unfinished', key, reason: 'no article and no rejection names it' }]);
  });

  it('finds a folder without a manifest, as unfinished, with all that hangs on it', async () => {
    const { store, record, folder } = await goodArchive();
    await store.delete(record);
    await store.delete(pointerKey('seed.txt'));
    await store.delete(indexKey('undated', folder.split('/')[2] ?? ''));
    const { findings } = await audit(store);
    expect(findings.map(({ kind, key }) => [kind, key])).toEqual([
      ['unfinished', folder],
      ['unfinished', rawKey(sha256Hex(sample('seed')))],
    ]);
  });

  it('finds an article without its index line, as unfinished', async () => {
    const { store, folder, docId } = await goodArchive();
    await store.delete(indexKey('undated', docId));
    expect((await audit(store)).findings).toEqual([{ kind: 'unfinished', key: folder, reason: expect.stringContaining('index/') }]);
  });

  it('finds an index line without its article', async () => {
    const { store, other } = await goodArchive();
    const stray = indexKey('2026-01-01', other.docId);
    await store.put(stray, Buffer.from('{}\n'));
    expect(broken((await audit(store)).findings)).toEqual([stray]);
  });

  it.each<[string, (pointer: Pointer, other: { record: string; docId: string }) => unknown]>([
    ['to a record that is not there', (pointer) => ({ ...pointer, record: pointer.record.replace('undated', '2026-01-01') })],
    ['to another article', (pointer, { record }) => ({ ...pointer, record })],
    ['with another docId', (pointer, { docId }) => ({ ...pointer, docId })],
    ['to another article, with its docId', (pointer, other) => ({ ...pointer, ...other })],
    ['of another SHA-256', (pointer) => ({ ...pointer, source: { ...pointer.source, sha256: sha256Hex(article(1)) } })],
    ['of another source key', (pointer) => ({ ...pointer, source: { ...pointer.source, key: 'b.txt' } })],
    ['with another status', (pointer) => ({ ...pointer, status: 'rejected' })],
    ['out of the archive', (pointer) => ({ ...pointer, record: '../../etc/passwd' })],
    ['without a record', ({ record: _, ...pointer }) => pointer],
    ['that is null', () => null],
    ['that is empty', () => ({})],
    ['that is a list', () => []],
  ])('finds a pointer %s', async (_, change) => {
    const { store, other } = await goodArchive();
    const key = pointerKey('seed.txt');
    await store.put(key, Buffer.from(JSON.stringify(change(await jsonAt<Pointer>(store, key), other))));
    expect(broken((await audit(store)).findings)).toEqual([key]);
  });

  it.each<[string, (manifest: Manifest) => unknown]>([
    ['of another document', (manifest) => ({ ...manifest, docId: sha256Hex(article(1)).slice(0, 32) })],
    ['of another SHA-256', (manifest) => ({ ...manifest, source: { ...manifest.source, sha256: sha256Hex(article(1)) } })],
    ['of another size', (manifest) => ({ ...manifest, source: { ...manifest.source, size: 1 } })],
    ['with other raw bytes', (manifest) => ({ ...manifest, raw: rawKey(sha256Hex(article(1))) })],
    ['without an output that is there', (manifest) => ({ ...manifest, outputs: manifest.outputs.slice(1) })],
    ['without outputs', (manifest) => ({ ...manifest, outputs: [] })],
    ['with a script more', (manifest) => ({ ...manifest, scripts: manifest.scripts.slice(1) })],
    ['with a format less', (manifest) => ({ ...manifest, formats: manifest.formats.slice(1) })],
    ['with another message', (manifest) => ({ ...manifest, messages: [{ rule: 'x', severity: 'error', reason: 'x' }] })],
    ['with options that are none', (manifest) => ({ ...manifest, options: { without: 'quotes' } })],
    [
      'with an output outside its folder',
      (manifest) => ({ ...manifest, outputs: [...manifest.outputs, { ...manifest.outputs[0], name: '../x.txt' }] }),
    ],
    ['that is null', () => null],
    ['that is empty', () => ({})],
    ['that is a list', () => []],
  ])('finds a manifest %s', async (_, change) => {
    const { store, record } = await goodArchive();
    await store.put(record, Buffer.from(JSON.stringify(change(await jsonAt<Manifest>(store, record)))));
    expect(broken((await audit(store)).findings)).not.toEqual([]);
  });

  it('finds every record that is cut short', async () => {
    const { store } = await goodArchive();
    const keys = (await keysOf(store)).filter((key) => /^(?:sources|rejected)\/|\/manifest\.json$/.test(key));
    expect(keys).toHaveLength(6);
    for (const key of keys) {
      const whole = (await store.get(key))?.bytes ?? new Uint8Array();
      for (const length of [0, 1, whole.length >> 1, whole.length - 3]) {
        await store.put(key, whole.slice(0, length));
        expect(broken((await audit(store)).findings)).toContain(key);
      }
      await store.put(key, whole);
    }
  });

  it.each<[string, string, (text: string) => string]>([
    ['an edit that removed something else', 'ledger.json', (text) => text.replace('"removed": "(che)"', '"removed": "(cha)"')],
    ['an edit in another place', 'ledger.json', (text) => text.replace(/"at": 1(\d+)/, '"at": 9$1')],
    ['layers that are missing', 'ledger.json', (text) => JSON.stringify({ ...(JSON.parse(text) as object), layers: [] })],
    ['no layers at all', 'ledger.json', () => '{}'],
    ['what is no JSON', 'ledger.json', (text) => text.slice(0, -9)],
    ['another charset', 'ledger.json', (text) => text.replace('"utf-8"', '"latin1"')],
    ['other source bytes', 'ledger.json', (text) => text.replace(/"sha256": "../, '"sha256": "00')],
    ['a clean text with a character more', 'source.txt', (text) => `${text}。`],
    ['a converted text with another character', 'zh-Hans.txt', (text) => `${text.slice(0, -1)}了`],
  ])('finds a ledger that does not hold though every hash does: %s', async (_, name, change) => {
    const { store, folder } = await goodArchive();
    await forge(store, folder, name, change);
    expect(broken((await audit(store)).findings)).not.toEqual([]);
  });

  it('finds a rejection of other bytes', async () => {
    const { store, rejection } = await goodArchive();
    await edit(store, rejection, (text) => text.replace(/"docId": "../, '"docId": "00'));
    expect(broken((await audit(store)).findings)).toContain(rejection);
  });

  it('goes on after what it finds, to the end', async () => {
    const { store, record, rejection } = await goodArchive();
    await store.put(record, Buffer.from('{}'));
    await store.put(rejection, Buffer.from('null'));
    await store.put(pointerKey('b.txt'), Buffer.from('['));
    expect(broken((await audit(store)).findings)).toEqual([record, rejection, pointerKey('b.txt')]);
  });
});
