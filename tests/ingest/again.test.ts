import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Manifest, type Pointer, pointerKey } from '../../src/archive.ts';
import type { ObjectRef, Outcome } from '../../src/delivery.ts';
import type { IngestContext } from '../../src/ingest.ts';
import { folderStore } from '../../src/stores/folder.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import type { Store } from '../../src/stores/store.ts';
import { type Finding, verify } from '../../src/verify.ts';
import { article, sample, unwelcome } from '../support/articles.ts';
import { altered, intake } from '../support/intake.ts';
import { jsonAt, keysOf, treeOf } from '../support/tree.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'copydesk-again-'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

/** The store, until the put with this number (from 0), which fails and ends the run as a kill would. */
function dyingAt(archive: Store, step: number): Store {
  let left = step;
  return altered(archive, {
    put: async (...args) => {
      if (left-- === 0) throw new Error('killed');
      return archive.put(...args);
    },
  });
}

let fresh = 0;
const stores: readonly [string, () => Store][] = [
  ['memory', memoryStore],
  ['folder', () => folderStore(join(base, `${++fresh}`))],
];

const statuses = (outcomes: readonly Outcome[]) => outcomes.map(({ status }) => status).sort();
const times = (count: number) => Array.from({ length: count }, (_, index) => index);
const manifestsOf = async (store: Store) => (await keysOf(store, 'articles/')).filter((key) => key.endsWith('/manifest.json'));

async function findingsOf(store: Store): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of verify(store)) findings.push(finding);
  return findings;
}

describe.each(stores)('delivered again, into a %s store', (_, create) => {
  it('changes nothing the second time', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', sample('seed'));
    expect((await take('a.txt')).status).toBe('archived');
    const before = await treeOf(archive);
    expect((await take('a.txt', { now: () => 0 })).status).toBe('duplicate');
    expect(await treeOf(archive)).toEqual(before);
  });

  it('ten times at once gives one manifest and the bytes of one run, archived once', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', sample('seed'));
    const outcomes = await Promise.all(times(10).map(() => take('a.txt')));
    expect(statuses(outcomes)).toEqual(['archived', ...times(9).map(() => 'duplicate')]);
    expect(await manifestsOf(archive)).toHaveLength(1);
    const once = intake({ inbox });
    await once.take('a.txt');
    expect(await treeOf(archive)).toEqual(await treeOf(once.archive));
    expect(await findingsOf(archive)).toEqual([]);
  });

  it('a run for more scripts that dies leaves the article unfinished, never broken, and the next run of either kind mends it', async () => {
    const wider = { scripts: ['zh-Hans', 'zh-Hant', 'zh-Hant-TW'] as const };
    for (const step of times(14)) {
      const { inbox, archive, take } = intake({ archive: create() });
      await inbox.put('a.txt', sample('seed'));
      await take('a.txt');
      const dying = dyingAt(archive, step);
      await take('a.txt', { ...wider, archive: dying }).catch(() => undefined);
      expect(
        (await findingsOf(archive)).filter(({ kind }) => kind === 'broken'),
        `killed at put ${step}`,
      ).toEqual([]);
      await take('a.txt');
      expect(await findingsOf(archive), `killed at put ${step}, run again`).toEqual([]);
      const [key = ''] = await manifestsOf(archive);
      expect((await jsonAt<Manifest>(archive, key)).pending).toBeUndefined();
    }
  });

  it('a run with other options that dies leaves the article unfinished, never broken, and the next run of either kind mends it', async () => {
    const other = { without: ['quotes', 'naive-conversion'], pureOpenCC: true };
    for (const step of times(14)) {
      for (const next of [{}, other]) {
        const { inbox, archive, take } = intake({ archive: create() });
        await inbox.put('a.txt', sample('seed'));
        await take('a.txt');
        const dying = dyingAt(archive, step);
        await take('a.txt', { ...other, archive: dying }).catch(() => undefined);
        const label = `killed at put ${step}`;
        expect(
          (await findingsOf(archive)).filter(({ kind }) => kind === 'broken'),
          label,
        ).toEqual([]);
        await take('a.txt', next);
        expect(await findingsOf(archive), `${label}, run again`).toEqual([]);
        const once = intake({ inbox });
        await once.take('a.txt', next);
        expect(await treeOf(archive), `${label}, run again`).toEqual(await treeOf(once.archive));
      }
    }
  });

  it('with other options is made anew, once, with all that was there, and says in its manifest with which', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', sample('seed'));
    await take('a.txt', { scripts: ['zh-Hans', 'zh-Hant-TW'] });
    const plain = await treeOf(archive);
    const { status, record = '' } = await take('a.txt', { without: ['quotes', 'naive-conversion', 'quotes'] });
    expect(status).toBe('archived');
    expect(await jsonAt<Manifest>(archive, record)).toMatchObject({
      options: { without: ['naive-conversion', 'quotes'] },
      scripts: ['zh-Hans', 'zh-Hant', 'zh-Hant-TW'],
    });
    expect(await findingsOf(archive)).toEqual([]);
    const made = await treeOf(archive);
    expect((await take('a.txt', { without: ['naive-conversion', 'quotes'] })).status).toBe('duplicate');
    expect((await take('a.txt', { without: ['naive-conversion', 'quotes'], scripts: ['zh-Hant-TW'] })).status).toBe('duplicate');
    await inbox.put('b.txt', sample('seed'));
    expect((await take('b.txt', { without: ['quotes', 'naive-conversion'] })).status).toBe('duplicate');
    const { [pointerKey('b.txt')]: _, ...same } = await treeOf(archive);
    expect(same).toEqual(made);
    for (const changes of [{ without: ['quotes'] }, { pureOpenCC: true }, { without: ['quotes'], pureOpenCC: true }, {}]) {
      expect((await take('a.txt', changes)).status).toBe('archived');
      expect((await take('a.txt', changes)).status).toBe('duplicate');
      expect(await findingsOf(archive)).toEqual([]);
    }
    const { options, pending } = await jsonAt<Manifest>(archive, record);
    expect([options, pending]).toEqual([undefined, undefined]);
    expect((await take('a.txt', { scripts: ['zh-Hans', 'zh-Hant-TW'] })).status).toBe('duplicate');
    const source = Object.keys(plain).find((key) => key.endsWith('/source.txt')) ?? '';
    expect((await treeOf(archive))[source]).toBe(plain[source]);
  });

  it('with different options at once ends with some of them, and whole', async () => {
    const options: readonly Partial<IngestContext>[] = [
      {},
      { without: ['quotes'] },
      { without: ['naive-conversion'] },
      { pureOpenCC: true },
    ];
    for (const isNew of [true, false]) {
      const { inbox, archive, take } = intake({ archive: create() });
      await inbox.put('a.txt', sample('seed'));
      if (!isNew) await take('a.txt');
      await Promise.all([...options, ...options].map((one) => take('a.txt', one)));
      expect(await findingsOf(archive)).toEqual([]);
      const outcomes = await Promise.all(options.map((one) => take('a.txt', { ...one, dryRun: true })));
      expect(statuses(outcomes)).toEqual(['archived', 'archived', 'archived', 'duplicate']);
    }
  });

  it('a rejected file is rejected as before with other options', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', unwelcome['not-chinese']);
    const first = await take('a.txt');
    const before = await treeOf(archive);
    expect(await take('a.txt', { without: ['quotes'], pureOpenCC: true })).toEqual(first);
    expect(await treeOf(archive)).toEqual(before);
  });

  it('a rejection keeps its record when the same bytes arrive under a second key', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', Buffer.from('no Chinese here'));
    const first = await take('a.txt');
    const before = await archive.get(first.record ?? '');
    await inbox.put('b.txt', Buffer.from('no Chinese here'));
    expect(await take('b.txt')).toMatchObject({ status: 'rejected', reason: { code: 'not-chinese' } });
    expect(await archive.get(first.record ?? '')).toEqual(before);
  });

  it('the same bytes under two source keys are one article with two pointers', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', sample('seed'));
    await inbox.put('b.txt', sample('seed'));
    const [first, second] = [await take('a.txt'), await take('b.txt')];
    expect([first.status, second.status]).toEqual(['archived', 'duplicate']);
    expect(second.record).toBe(first.record);
    expect(await keysOf(archive, 'raw/')).toHaveLength(1);
    expect(await manifestsOf(archive)).toHaveLength(1);
    for (const key of ['a.txt', 'b.txt']) {
      expect(await jsonAt<Pointer>(archive, pointerKey(key))).toMatchObject({ docId: first.docId, source: { key } });
    }
    expect((await jsonAt<Manifest>(archive, first.record ?? '')).source.key).toBe('a.txt');
  });

  it('the same bytes under ten source keys at once are one article, archived once', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await Promise.all(times(10).map((index) => inbox.put(`${index}.txt`, sample('seed'))));
    const outcomes = await Promise.all(times(10).map((index) => take(`${index}.txt`)));
    expect(statuses(outcomes)).toEqual(['archived', ...times(9).map(() => 'duplicate')]);
    expect(await keysOf(archive, 'sources/')).toHaveLength(10);
    expect(await findingsOf(archive)).toEqual([]);
  });

  it('a changed file under the same name is a new article; the pointer moves and the old article stays', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', article(1));
    const first = await take('a.txt');
    const before = await treeOf(archive);
    await inbox.put('a.txt', article(2));
    const second = await take('a.txt');
    expect(second.status).toBe('archived');
    expect(second.docId).not.toBe(first.docId);
    expect(await jsonAt<Pointer>(archive, pointerKey('a.txt'))).toMatchObject({ docId: second.docId, record: second.record });
    const { [pointerKey('a.txt')]: _, ...kept } = before;
    expect(await treeOf(archive)).toMatchObject(kept);
    expect(await findingsOf(archive)).toEqual([]);
  });

  it('a file of an inbox folder that is changed back points to the first article again', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    const docIds: (string | undefined)[] = [];
    for (const number of [1, 2, 1]) {
      await inbox.put('a.txt', article(number));
      docIds.push((await take('a.txt')).docId);
    }
    expect(docIds[2]).toBe(docIds[0]);
    expect(await jsonAt<Pointer>(archive, pointerKey('a.txt'))).toMatchObject({ docId: docIds[0] });
    expect(await manifestsOf(archive)).toHaveLength(2);
  });

  it('a rejected file is rejected again without a new record, and archived once it is mended', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', unwelcome['not-chinese']);
    const first = await take('a.txt');
    const before = await treeOf(archive);
    const second = await take('a.txt');
    expect(second).toMatchObject({ status: 'rejected', record: first.record, reason: first.reason });
    expect(await treeOf(archive)).toEqual(before);
    await inbox.put('a.txt', sample('seed'));
    const mended = await take('a.txt');
    expect(mended.status).toBe('archived');
    expect(await jsonAt<Pointer>(archive, pointerKey('a.txt'))).toMatchObject({ status: 'archived', docId: mended.docId });
    expect(await findingsOf(archive)).toEqual([]);
  });

  it('with more scripts and formats gives one manifest that lists them all, and orphans nothing', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', sample('seed'));
    await take('a.txt', { scripts: ['zh-Hans'], formats: ['text', 'jsonld'] });
    const more = await take('a.txt', { scripts: ['zh-Hant-TW'], formats: ['ninjs'] });
    expect(more.status).toBe('archived');
    const manifest = await jsonAt<Manifest>(archive, more.record ?? '');
    expect(manifest).toMatchObject({ scripts: ['zh-Hans', 'zh-Hant-TW'], formats: ['ninjs', 'text', 'jsonld'] });
    expect(manifest.outputs.map(({ name }) => name).sort()).toEqual(
      [
        'ledger.json',
        'source.txt',
        ...['zh-Hans', 'zh-Hant-TW'].flatMap((script) => [`${script}.jsonld`, `${script}.ninjs.json`, `${script}.txt`]),
      ].sort(),
    );
    expect(await findingsOf(archive)).toEqual([]);
    expect((await take('a.txt', { scripts: ['zh-Hans'], formats: ['text'] })).status).toBe('duplicate');
    expect((await take('a.txt', { scripts: ['zh-Hant-TW'], formats: ['jsonld'] })).status).toBe('duplicate');
  });

  it('with different scripts at once gives one manifest that lists them all', async () => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', sample('seed'));
    const wanted = ['zh-Hans', 'zh-Hant', 'zh-Hant-TW', 'zh-Hant-HK'] as const;
    await Promise.all(wanted.map((script) => take('a.txt', { scripts: [script], formats: ['text'] })));
    const [record = ''] = await manifestsOf(archive);
    expect((await jsonAt<Manifest>(archive, record)).scripts).toEqual(wanted);
    expect(await findingsOf(archive)).toEqual([]);
  });

  it('a slower run for fewer scripts does not spoil what a faster one for more has finished', async () => {
    const store = create();
    const fast = intake({ archive: store });
    let overtaken = false;
    const archive = altered(store, {
      put: async (key, bytes, options) => {
        if (!overtaken && key.endsWith('/ledger.json')) {
          overtaken = true;
          await fast.take('a.txt', { scripts: ['zh-Hans', 'zh-Hant'] });
        }
        return store.put(key, bytes, options);
      },
    });
    const slow = intake({ inbox: fast.inbox, archive });
    await fast.inbox.put('a.txt', sample('seed'));
    await slow.take('a.txt', { scripts: ['zh-Hant'] });
    expect(await findingsOf(store)).toEqual([]);
    const [record = ''] = await manifestsOf(store);
    expect((await jsonAt<Manifest>(store, record)).scripts).toEqual(['zh-Hans', 'zh-Hant']);
  });

  it.each(['', '{"docId": "', 'null'])('writes a manifest anew that is damaged: %j', async (left) => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', sample('seed'));
    const { record = '' } = await take('a.txt');
    const whole = await treeOf(archive);
    await archive.put(record, Buffer.from(left));
    expect((await take('a.txt')).status).toBe('archived');
    expect(await treeOf(archive)).toEqual(whole);
  });

  it.each(['', '{"source": {', 'null'])('writes a pointer anew that is damaged: %j', async (left) => {
    const { inbox, archive, take } = intake({ archive: create() });
    await inbox.put('a.txt', sample('seed'));
    const ref: ObjectRef = { bucket: 'raw', key: 'a.txt', sequencer: '0A' };
    await take(ref);
    const whole = await treeOf(archive);
    await archive.put(pointerKey('raw/a.txt'), Buffer.from(left));
    expect((await take(ref)).status).toBe('duplicate');
    expect(await treeOf(archive)).toEqual(whole);
  });
});

describe('out of order', () => {
  /** A bucket with versions: `v1` holds article 1, and so on. */
  function versionedIntake(archive: Store) {
    const inbox = altered(memoryStore(), {
      get: async (key, version) => {
        const number = Number(version?.versionId?.slice(1));
        const bytes = article(number);
        return { key, bytes, size: bytes.length, etag: `e${number}`, versionId: `v${number}`, lastModified: 1_772_000_000_000 };
      },
    });
    return intake({ inbox, archive });
  }

  const bucketKey = 'raw/a.txt';
  const version = (number: number, sequencer: string): ObjectRef => ({ bucket: 'raw', key: 'a.txt', versionId: `v${number}`, sequencer });
  /** Older to newer. Hex of different lengths, in both cases. */
  const sequencers = ['9f', '00A0', 'ff', '0100', '0000000AbC', 'aBd', '006B04F2EF1133AFB7'];

  describe.each(stores)('into a %s store', (_, create) => {
    it('the newest version stays current whichever comes last, and the older ones are archived', async () => {
      const { archive, take } = versionedIntake(create());
      const order = [2, 0, 5, 1, 6, 4, 3];
      let newest = -1;
      for (const number of order) {
        const outcome = await take(version(number, sequencers[number] ?? ''));
        expect(outcome.status).toBe(number > newest ? 'archived' : 'stale');
        newest = Math.max(newest, number);
        expect(await jsonAt<Pointer>(archive, pointerKey(bucketKey))).toMatchObject({
          source: { sequencer: sequencers[newest], versionId: `v${newest}` },
        });
        expect(await archive.head(outcome.record ?? '')).toBeDefined();
      }
      expect(await manifestsOf(archive)).toHaveLength(order.length);
      expect(await findingsOf(archive)).toEqual([]);
    });

    it('all at once the newest version ends current', async () => {
      const { archive, take } = versionedIntake(create());
      await Promise.all([...sequencers, ...sequencers].map((sequencer, index) => take(version(index % sequencers.length, sequencer))));
      expect(await jsonAt<Pointer>(archive, pointerKey(bucketKey))).toMatchObject({ source: { sequencer: sequencers.at(-1) } });
      expect(await manifestsOf(archive)).toHaveLength(sequencers.length);
      expect(await findingsOf(archive)).toEqual([]);
    });
  });

  it('a stale delivery that comes again changes nothing', async () => {
    const { archive, take } = versionedIntake(memoryStore());
    await take(version(2, 'B'));
    await take(version(1, 'A'));
    const before = await treeOf(archive);
    expect((await take(version(1, 'A'))).status).toBe('stale');
    expect(await treeOf(archive)).toEqual(before);
  });

  it('an older version that is refused does not take the pointer from a newer article', async () => {
    const { archive, take } = versionedIntake(memoryStore());
    await take(version(2, 'B'));
    expect((await take(version(1, 'A'), { maxBytes: 10 })).status).toBe('rejected');
    expect(await jsonAt<Pointer>(archive, pointerKey(bucketKey))).toMatchObject({ status: 'archived', source: { versionId: 'v2' } });
  });

  it('an object that is gone is stale, and says so', async () => {
    const { archive, take } = intake();
    expect(await take({ bucket: 'raw', key: '新闻.txt' })).toMatchObject({
      status: 'stale',
      reason: { code: 'gone', message: expect.stringContaining('raw/新闻.txt') },
    });
    expect(await keysOf(archive)).toEqual([]);
  });
});
