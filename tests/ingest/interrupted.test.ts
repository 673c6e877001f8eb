import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IngestContext } from '../../src/ingest.ts';
import { folderStore } from '../../src/stores/folder.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import type { Store } from '../../src/stores/store.ts';
import { verify } from '../../src/verify.ts';
import { article, unwelcome } from '../support/articles.ts';
import { altered, intake } from '../support/intake.ts';
import { timelessTreeOf } from '../support/tree.ts';

let base = '';
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'copydesk-interrupted-'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

class Broken extends Error {}

/** The store whose k-th put and all after it throw: `before` it has written, or `after`, as when the answer is lost. */
function breakingAt(store: Store, k: number, moment: 'before' | 'after'): Store & { puts(): number } {
  let puts = 0;
  return {
    ...altered(store, {
      put: async (key, bytes, options) => {
        puts++;
        if (puts > k || (puts === k && moment === 'before')) throw new Broken();
        const done = await store.put(key, bytes, options);
        if (puts >= k) throw new Broken();
        return done;
      },
    }),
    puts: () => puts,
  };
}

let fresh = 0;
/** With the distance between the puts that are tried: a folder is slower, and memory has tried them all. */
const stores: readonly [string, () => Store, number][] = [
  ['memory', memoryStore, 1],
  ['folder', () => folderStore(join(base, `${++fresh}`)), 5],
];

type Step = readonly [key: string, bytes: Uint8Array, changes?: Partial<IngestContext>];

const steps: readonly Step[] = [
  ['a.txt', article(1)],
  ['b.txt', article(1)],
  ['bad.txt', unwelcome['not-chinese']],
  ['a.txt', article(2)],
  ['a.txt', article(2), { scripts: ['zh-Hant-TW'], formats: ['jsonld'] }],
];

describe.each(stores)('a %s store that breaks at any put', (_, create, step) => {
  /** All steps, each delivered until it succeeds, as a queue would; the k-th put breaks. */
  async function run(k: number, moment: 'before' | 'after'): Promise<{ store: Store; puts: number }> {
    const store = create();
    const breaking = breakingAt(store, k, moment);
    const inbox = altered(memoryStore(), {});
    // One time of modification for all, as the trees are to be equal.
    const fixed = altered(inbox, {
      get: async (key) => {
        const found = await inbox.get(key);
        return found && { ...found, lastModified: 1_772_000_000_000 };
      },
    });
    const broken = intake({ inbox: fixed, archive: breaking });
    const mended = intake({ inbox: fixed, archive: store });
    for (const [key, bytes, changes] of steps) {
      await inbox.put(key, bytes);
      try {
        await broken.take(key, changes);
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        // Puts that were under way at once with the one that broke have ended before the next delivery.
        await new Promise((resolve) => setTimeout(resolve, 5));
        await mended.take(key, changes);
      }
    }
    return { store, puts: breaking.puts() };
  }

  it.each(['before', 'after'] as const)('ends as an undisturbed run does, wherever it breaks (%s the write)', async (moment) => {
    const undisturbed = await run(Number.POSITIVE_INFINITY, moment);
    const expected = await timelessTreeOf(undisturbed.store);
    expect(undisturbed.puts).toBeGreaterThan(40);
    for (let k = 1; k <= undisturbed.puts; k += step) {
      const { store } = await run(k, moment);
      expect(await timelessTreeOf(store), `put ${k}`).toEqual(expected);
    }
    for await (const finding of verify(undisturbed.store)) expect.fail(JSON.stringify(finding));
  });

  it('leaves nothing broken for readers where it stops', async () => {
    for (let k = 1; ; k += step) {
      const store = create();
      const { inbox, take } = intake({ archive: breakingAt(store, k, 'before') });
      await inbox.put('a.txt', article(1));
      const done = await take('a.txt').then(
        () => true,
        () => false,
      );
      for await (const { kind, key, reason } of verify(store)) expect(kind, `put ${k}, ${key}: ${reason}`).toBe('unfinished');
      if (done) break;
    }
  });
});
