import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { PreconditionFailedError } from '../../src/errors.ts';
import { KeyError } from '../../src/stores/key.ts';
import { holds, putOnce } from '../../src/stores/once.ts';
import type { Listed, Store } from '../../src/stores/store.ts';

export interface Contract {
  /** A store with nothing in it, of its own for each test. */
  create(): Store | Promise<Store>;
  /** Whether the store gives back the content type; a plain folder has no place for it. */
  readonly keepsContentType: boolean;
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const KEYS = [
  'a.txt',
  '收件箱/2026年 春/“习近平”讲话.txt',
  '繁體/臺灣（一）.txt',
  'emoji/😀👩‍👩‍👧.txt',
  'plus+plus/a+b c.txt',
  'percent/100%/%41/%E4%B8%AD.txt',
  "marks/!'()*&=;,$@~#?[].txt",
  ' leading and trailing ',
  'xml/<&>"\'.txt',
  'dots/.hidden/..name/name..',
];

/** What every store must do, whatever it is made of. */
export function storeContract(name: string, { create, keepsContentType }: Contract): void {
  describe(name, () => {
    it.each([
      ['text', encode('新华社北京电')],
      ['no bytes at all', new Uint8Array()],
      ['all byte values', Uint8Array.from({ length: 256 }, (_, index) => index)],
      ['1 MiB at random', new Uint8Array(randomBytes(1_048_576))],
    ])('gives back exactly the bytes: %s', async (_, bytes) => {
      const store = await create();
      const before = Date.now();
      const { etag } = await store.put('some/key', bytes);
      const found = await store.get('some/key');
      expect(found?.bytes).toBeInstanceOf(Uint8Array);
      expect(Buffer.compare(found?.bytes ?? encode('missing'), bytes)).toBe(0);
      expect(found).toMatchObject({ key: 'some/key', size: bytes.length, etag });
      // S3 counts in whole seconds.
      expect(found?.lastModified).toBeGreaterThan(before - 2_000);
      expect(found?.lastModified).toBeLessThan(Date.now() + 2_000);
      expect(await store.head('some/key')).toMatchObject({ key: 'some/key', size: bytes.length, etag, lastModified: found?.lastModified });
    });

    it('leaves the bytes it was given alone, and hands out its own', async () => {
      const store = await create();
      const bytes = encode('abc');
      await store.put('k', bytes);
      bytes[0] = 0;
      const found = await store.get('k');
      found?.bytes.fill(0);
      expect(await text(store, 'k')).toBe('abc');
    });

    it('keeps any key that is text', async () => {
      const store = await create();
      for (const key of KEYS) await store.put(key, encode(key), { ifNoneMatch: '*' });
      for (const key of KEYS) {
        expect(await text(store, key)).toBe(key);
        expect((await store.head(key))?.key).toBe(key);
      }
      expect(await keys(store, '')).toEqual(sorted(KEYS));
      for (const key of KEYS) expect(await keys(store, key)).toEqual([key]);
    });

    it('refuses a key that is empty or not text', async () => {
      const store = await create();
      for (const key of ['', 'half\ud83d.txt']) {
        await expect(store.put(key, encode('x'))).rejects.toThrow(KeyError);
        await expect(store.get(key)).rejects.toThrow(KeyError);
        await expect(store.head(key)).rejects.toThrow(KeyError);
        await expect(store.delete(key)).rejects.toThrow(KeyError);
      }
    });

    it('has undefined for what is missing, and nothing to list', async () => {
      const store = await create();
      expect(await store.get('none')).toBeUndefined();
      expect(await store.head('none/at/all')).toBeUndefined();
      expect(await keys(store, '')).toEqual([]);
      await store.put('folder/file', encode('x'));
      expect(await store.get('folder')).toBeUndefined();
      expect(await store.head('folder')).toBeUndefined();
      expect(await store.get('folder/file/below')).toBeUndefined();
    });

    it('knows the version null and no other, as a bucket without versioning does', async () => {
      const store = await create();
      await store.put('k', encode('x'));
      expect((await store.get('k', { versionId: 'null' }))?.bytes).toEqual(encode('x'));
      expect(await store.get('k', { versionId: 'L4kqtJlcpXroDTDmpUMLUo' })).toBeUndefined();
    });

    it(`${keepsContentType ? 'keeps' : 'drops'} the content type`, async () => {
      const store = await create();
      await store.put('k.md', encode('x'), { contentType: 'text/markdown; charset=utf-8' });
      const expected = keepsContentType ? 'text/markdown; charset=utf-8' : undefined;
      expect((await store.get('k.md'))?.contentType).toBe(expected);
      expect((await store.head('k.md'))?.contentType).toBe(expected);
    });

    it('overwrites as a whole: readers see one object or the other', async () => {
      const store = await create();
      const versions = [Buffer.alloc(200_000, 'a'), Buffer.alloc(300_000, 'b')] as const;
      await store.put('k', versions[0]);
      let writing = true;
      const writer = (async () => {
        for (let turn = 1; turn <= 10; turn++) await store.put('k', versions[turn % 2 === 0 ? 0 : 1]);
        writing = false;
      })();
      while (writing) {
        const found = await store.get('k');
        expect(versions.some((version) => found && Buffer.compare(version, found.bytes) === 0)).toBe(true);
        expect(found?.size).toBe(found?.bytes.length);
      }
      await writer;
    });

    it('deletes, and does not mind if there is nothing', async () => {
      const store = await create();
      await store.put('a/b', encode('x'));
      await store.delete('a/b');
      await store.delete('a/b');
      await store.delete('a');
      await store.delete('none');
      expect(await store.get('a/b')).toBeUndefined();
      await store.put('a/b', encode('y'), { ifNoneMatch: '*' });
      expect(await text(store, 'a/b')).toBe('y');
    });

    it('ifNoneMatch writes only where nothing is', async () => {
      const store = await create();
      await store.put('k', encode('first'), { ifNoneMatch: '*' });
      await expect(store.put('k', encode('second'), { ifNoneMatch: '*' })).rejects.toThrow(PreconditionFailedError);
      expect(await text(store, 'k')).toBe('first');
    });

    it('ifMatch writes only over the version it names', async () => {
      const store = await create();
      await expect(store.put('k', encode('x'), { ifMatch: '0'.repeat(32) })).rejects.toThrow(PreconditionFailedError);
      expect(await store.get('k')).toBeUndefined();
      const first = await store.put('k', encode('first'));
      const second = await store.put('k', encode('second'), { ifMatch: first.etag });
      expect(second.etag).not.toBe(first.etag);
      await expect(store.put('k', encode('third'), { ifMatch: first.etag })).rejects.toThrow(PreconditionFailedError);
      expect(await text(store, 'k')).toBe('second');
      await store.put('k', encode('fourth'), { ifMatch: (await store.head('k'))?.etag ?? '' });
      expect(await text(store, 'k')).toBe('fourth');
    });

    it('lets one of 20 writers win that all found nothing', async () => {
      const store = await create();
      const winners = await race(20, (writer) => store.put('new/k', encode(`writer ${writer}`), { ifNoneMatch: '*' }));
      expect(winners).toHaveLength(1);
      expect(await text(store, 'new/k')).toBe(`writer ${winners[0]}`);
    });

    it('lets one of 20 writers win that all found the same version', async () => {
      const store = await create();
      const { etag } = await store.put('k', encode('start'));
      const winners = await race(20, (writer) => store.put('k', encode(`writer ${writer}`), { ifMatch: etag }));
      expect(winners).toHaveLength(1);
      expect(await text(store, 'k')).toBe(`writer ${winners[0]}`);
    });

    it('loses no update of many that read, change and write under ifMatch', async () => {
      const store = await create();
      await store.put('sum', encode('0'));
      const add = async (): Promise<void> => {
        for (;;) {
          const found = await store.get('sum');
          const next = encode(String(Number(Buffer.from(found?.bytes ?? []).toString()) + 1));
          try {
            await store.put('sum', next, { ifMatch: found?.etag ?? '' });
            return;
          } catch (error) {
            if (!(error instanceof PreconditionFailedError)) throw error;
          }
        }
      };
      await Promise.all(Array.from({ length: 8 }, add));
      expect(await text(store, 'sum')).toBe('8');
    });

    it('lists what begins with the prefix, in the order of UTF-8 bytes', async () => {
      const store = await create();
      // In UTF-16 😀 (d83d…) comes before ﹏ (fe4f), in UTF-8 after; `-` comes before `/` and `0` after.
      const all = ['b', 'a/1', 'a/2/x', 'a/10', 'a-b', 'a0', 'Z', 'é', '中/文', '中文', '﹏', '😀', 'b.txt', 'a/2.txt', 'a/2-'];
      for (const key of all) if (key !== 'b') await store.put(key, encode(`at ${key}`));
      const listed = await heads(store, '');
      expect(listed.map(({ key }) => key)).toEqual(sorted(all.filter((key) => key !== 'b')));
      for (const found of listed) expect(await store.head(found.key)).toMatchObject({ size: found.size });
      expect(await keys(store, 'a')).toEqual(['a-b', 'a/1', 'a/10', 'a/2-', 'a/2.txt', 'a/2/x', 'a0']);
      expect(await keys(store, 'a/')).toEqual(['a/1', 'a/10', 'a/2-', 'a/2.txt', 'a/2/x']);
      expect(await keys(store, 'a/2')).toEqual(['a/2-', 'a/2.txt', 'a/2/x']);
      expect(await keys(store, '中')).toEqual(['中/文', '中文']);
      expect(await keys(store, 'none/')).toEqual([]);
      expect(await keys(store, 'a/1/')).toEqual([]);
    });

    it('tells equal bytes at the key from others when a conditional write is lost', async () => {
      const store = await create();
      expect(await putOnce(store, 'k', encode('same'))).toBe('written');
      expect(await putOnce(store, 'k', encode('same'))).toBe('present');
      await expect(putOnce(store, 'k', encode('other'))).rejects.toThrow(PreconditionFailedError);
      expect(await holds(store, 'k', encode('same'))).toBe(true);
      expect(await holds(store, 'none', encode(''))).toBe(false);
    });
  });
}

/** Lets all begin at once. @returns the numbers of those that did not lose; any error but a lost precondition is thrown. */
export async function race(count: number, work: (writer: number) => Promise<unknown>): Promise<number[]> {
  const winners: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async (_, writer) => {
      try {
        await work(writer);
        winners.push(writer);
      } catch (error) {
        if (!(error instanceof PreconditionFailedError)) throw error;
      }
    }),
  );
  return winners;
}

export async function heads(store: Store, prefix: string): Promise<Listed[]> {
  const found: Listed[] = [];
  for await (const head of store.list(prefix)) found.push(head);
  return found;
}

export async function keys(store: Store, prefix: string): Promise<string[]> {
  return (await heads(store, prefix)).map(({ key }) => key);
}

export async function text(store: Store, key: string): Promise<string | undefined> {
  const found = await store.get(key);
  return found && Buffer.from(found.bytes).toString();
}

function sorted(list: readonly string[]): string[] {
  return [...list].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
