import { execFileSync, spawn } from 'node:child_process';
import { link, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderStore } from '../../src/stores/folder.ts';
import { KeyError } from '../../src/stores/key.ts';
import { self } from '../../src/stores/owner.ts';
import { heads, keys, race, storeContract, text } from './contract.ts';

let base = '';
let fresh = 0;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'folder-store-'));
});
afterAll(() => rm(base, { recursive: true, force: true }));

const freshRoot = (): string => join(base, `root-${++fresh}`, '档案');
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);

storeContract('folder', { create: () => folderStore(freshRoot()), keepsContentType: false });

describe('folder, beyond the contract', () => {
  it('touches nothing when it only reads, not even to make the folder', async () => {
    const root = freshRoot();
    const store = folderStore(root);
    await store.get('k');
    await keys(store, '');
    await store.delete('k');
    await expect(readdir(root)).rejects.toThrow(/ENOENT/);
  });

  it('leaves nothing but the files behind', async () => {
    const root = freshRoot();
    const store = folderStore(root);
    await Promise.all(Array.from({ length: 50 }, (_, turn) => store.put(`k${turn % 5}`, bytes(`${turn}`))));
    await store.delete('k0');
    await expect(store.put('k1', bytes('x'), { ifNoneMatch: '*' })).rejects.toThrow();
    expect((await readdir(root)).sort()).toEqual(['k1', 'k2', 'k3', 'k4']);
  });

  it.each([
    ['absolute', '/etc/passwd'],
    ['an empty name', 'a//b'],
    ['a slash at the end', 'a/'],
    ['.', '.'],
    ['..', '..'],
    ['../x', '../x'],
    ['a/../../x', 'a/../../x'],
    ['a/./b', 'a/./b'],
    ['a NUL', 'nul\0'],
    ["the store's own folder", '.tmp/x'],
    ['a name of 256 bytes', 'x'.repeat(256)],
    ['a name of 262 bytes in 90 characters', `${'文'.repeat(86)}.txt`],
    ['a path of 6001 bytes', `${'d/'.repeat(3000)}x`],
  ])('refuses a key that cannot be a path below the root: %s', async (_, key) => {
    const store = folderStore(freshRoot());
    await expect(store.put(key, bytes('x'))).rejects.toThrow(KeyError);
    await expect(store.get(key)).rejects.toThrow(KeyError);
    await expect(store.head(key)).rejects.toThrow(KeyError);
    await expect(store.delete(key)).rejects.toThrow(KeyError);
  });

  it('refuses to list what lies outside', async () => {
    await expect(keys(folderStore(freshRoot()), '../')).rejects.toThrow(KeyError);
    await expect(keys(folderStore(freshRoot()), '/')).rejects.toThrow(KeyError);
  });

  it('says so when a file stands where a folder must be, or a folder where a file must', async () => {
    const store = folderStore(freshRoot());
    await store.put('file', bytes('x'));
    await store.put('folder/file', bytes('x'));
    await expect(store.put('file/below', bytes('x'))).rejects.toThrow(KeyError);
    await expect(store.put('folder', bytes('x'))).rejects.toThrow(KeyError);
    await expect(store.put('folder', bytes('x'), { ifNoneMatch: '*' })).rejects.toThrow(KeyError);
    expect(await keys(store, '')).toEqual(['file', 'folder/file']);
  });

  it('reads a link to a file inside, and takes every other link for absent', async () => {
    const root = freshRoot();
    const store = folderStore(root);
    await store.put('real/file', bytes('inside'));
    await writeFile(join(root, '../secret'), 'outside');
    await symlink('real/file', join(root, 'good'));
    await symlink('../secret', join(root, 'out'));
    await symlink('..', join(root, 'up'));
    await symlink('real', join(root, 'folder'));
    await symlink('.', join(root, 'real/loop'));
    await symlink('nowhere', join(root, 'dangling'));
    expect(await keys(store, '')).toEqual(['good', 'real/file']);
    expect(await text(store, 'good')).toBe('inside');
    for (const key of ['out', 'up/secret', 'folder/file', 'real/loop/file', 'dangling']) {
      expect(await store.get(key)).toBeUndefined();
      expect(await store.head(key)).toBeUndefined();
    }
    expect(await keys(store, 'up/')).toEqual([]);
    for (const key of ['up/new', 'folder/new', 'dangling/new']) await expect(store.put(key, bytes('x'))).rejects.toThrow(KeyError);
    await store.put('out', bytes('replaced'));
    expect(await text(store, 'out')).toBe('replaced');
    expect(await readFile(join(root, '../secret'), 'utf8')).toBe('outside');
    await expect(readdir(join(root, '..'))).resolves.toHaveLength(2);
  });

  it.skipIf(process.platform === 'win32')('does not wait for a pipe to be written to', async () => {
    const root = freshRoot();
    await mkdir(root, { recursive: true });
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'pipe')]);
    const store = folderStore(root);
    expect(await store.get('pipe')).toBeUndefined();
    expect(await keys(store, '')).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('lists all it can before it complains of names that are not UTF-8', async () => {
    const root = freshRoot();
    const store = folderStore(root);
    await store.put('a', bytes('x'));
    await store.put('z', bytes('x'));
    // 新闻.txt in GBK, as an old archive program unpacks it.
    await writeFile(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xd0, 0xc2, 0xce, 0xc5]), Buffer.from('.txt')]), 'x');
    const seen: string[] = [];
    await expect(async () => {
      for await (const { key } of store.list('')) seen.push(key);
    }).rejects.toThrow(/1 name.*not UTF-8/);
    expect(seen).toEqual(['a', 'z']);
  });

  it('never lists or reads what another process is still writing', async () => {
    const root = freshRoot();
    const store = folderStore(root);
    await store.put('k', bytes('x'));
    await mkdir(join(root, '.tmp'));
    await writeFile(join(root, '.tmp', 'elsewhere-1-0.0'), 'half');
    expect(await keys(store, '')).toEqual(['k']);
    expect(await keys(store, '.t')).toEqual([]);
  });
});

describe('folder, several processes', () => {
  it('lets one of two processes win each key', async () => {
    const root = freshRoot();
    const script = `
      for (let turn = 0; turn < 200; turn++) {
        try { await store.put('k/' + turn, Buffer.from(name), { ifNoneMatch: '*' }); console.log(turn); } catch (error) { if (error.name !== 'PreconditionFailedError') throw error; }
      }`;
    const [first, second] = await Promise.all([run(root, 'first', script), run(root, 'second', script)]);
    expect([...first, ...second].map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, turn) => turn));
    const store = folderStore(root);
    for (const turn of first) expect(await text(store, `k/${turn}`)).toBe('first');
    for (const turn of second) expect(await text(store, `k/${turn}`)).toBe('second');
    expect(await readdir(root)).toEqual(['k']);
  });

  it('loses no update of processes that count together', async () => {
    const root = freshRoot();
    const store = folderStore(root);
    await store.put('sum', bytes('0'));
    const script = `
      for (let turn = 0; turn < 40; ) {
        const { bytes, etag } = await store.get('sum');
        try { await store.put('sum', Buffer.from(String(Number(Buffer.from(bytes)) + 1)), { ifMatch: etag }); turn++; } catch (error) { if (error.name !== 'PreconditionFailedError') throw error; }
      }`;
    await Promise.all([run(root, 'first', script), run(root, 'second', script)]);
    expect(await text(store, 'sum')).toBe('80');
    expect(await readdir(root)).toEqual(['sum']);
  });

  it('shows no part of a file after SIGKILL, and ends as if nothing had happened when run again', async () => {
    const root = freshRoot();
    const whole = Buffer.alloc(3_000_000, '新闻');
    const script = `
      const whole = Buffer.alloc(3_000_000, '新闻');
      console.log('ready');
      for (let turn = 0; ; turn = (turn + 1) % 20) await Promise.all([store.put('a/' + turn, whole), store.put('b/' + turn, whole)]);`;
    for (const delay of [5, 20, 45, 80]) {
      await killed(root, script, delay);
      const names = await readdir(root);
      if (!names.includes('a')) continue;
      for (const { key, size } of await heads(folderStore(root), '')) {
        expect({ key, size }).toEqual({ key, size: whole.length });
        expect(Buffer.compare((await folderStore(root).get(key))?.bytes ?? bytes(''), whole)).toBe(0);
      }
    }
    const again = folderStore(root);
    for (let turn = 0; turn < 20; turn++) for (const folder of ['a', 'b']) await again.put(`${folder}/${turn}`, whole);
    expect((await readdir(root)).sort()).toEqual(['a', 'b']);
    expect(await keys(again, '')).toHaveLength(40);
  });

  it('takes over the lock of a dead process, once', async () => {
    const root = freshRoot();
    const store = folderStore(root);
    const { etag } = await store.put('k', bytes('start'));
    // The child dies inside the lock, which it holds while it reads the pipe that nobody writes to.
    const script = `
      const { workspaceAt } = await import(${JSON.stringify(new URL('../../src/stores/folder-workspace.ts', import.meta.url).href)});
      const space = workspaceAt(root + '/.tmp');
      await space.locked('k', async () => { console.log('ready'); await new Promise((resolve) => setTimeout(resolve, 60_000)); });`;
    await killed(root, script, 0);
    expect(await readdir(join(root, '.tmp'))).toEqual([expect.stringMatching(/^lock-/)]);
    const others = [folderStore(root), folderStore(root), folderStore(root)];
    const winners = await race(12, (writer) => (others[writer % 3] ?? store).put('k', bytes(`${writer}`), { ifMatch: etag }));
    expect(winners).toHaveLength(1);
    expect(await text(store, 'k')).toBe(`${winners[0]}`);
    expect(await readdir(root)).toEqual(['k']);
  });

  it('waits for the lock of a living process', async () => {
    const root = freshRoot();
    const store = folderStore(root);
    await store.put('k', bytes('start'));
    const script = `
      const { workspaceAt } = await import(${JSON.stringify(new URL('../../src/stores/folder-workspace.ts', import.meta.url).href)});
      const space = workspaceAt(root + '/.tmp');
      await space.use(() => space.locked('k', async () => { console.log('ready'); await new Promise((resolve) => setTimeout(resolve, 300)); }));`;
    const child = start(root, 'holder', script);
    await child.ready;
    let done = false;
    const writing = store.put('k', bytes('after')).then(() => {
      done = true;
    });
    await sleep(100);
    expect(done).toBe(false);
    await writing;
    await child.ended;
    expect(await text(store, 'k')).toBe('after');
  });

  it('removes what the dead have left, and nothing of the living', async () => {
    const root = freshRoot();
    const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    const namespace = self.birth.split('.')[0];
    await mkdir(join(root, '.tmp'), { recursive: true });
    const at = (name: string): string => join(root, '.tmp', name);
    const gone = [
      `${hostname()}-${dead}-${self.birth}.0`,
      'other-host-7-1.2.3',
      ...(namespace ? [`${hostname()}-${process.pid}-${namespace}.1.0`] : []),
    ];
    const kept = ['other-host-8-1.2.3', `${hostname()}-${process.pid}-${self.birth}.999999`];
    for (const name of [...gone, ...kept]) await writeFile(at(name), 'half');
    const longAgo = new Date(Date.now() - 2 * 3_600_000);
    await utimes(at('other-host-7-1.2.3'), longAgo, longAgo);
    await link(at(gone[0] ?? ''), join(root, 'linked before it died'));
    await folderStore(root).put('k', bytes('x'));
    expect((await readdir(join(root, '.tmp'))).sort()).toEqual(kept.sort());
    expect(await keys(folderStore(root), '')).toEqual(['k', 'linked before it died']);
  });

  it('settles without a write, and makes no folder for it', async () => {
    const root = freshRoot();
    const dead = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }).trim();
    await mkdir(join(root, '.tmp'), { recursive: true });
    await writeFile(join(root, '.tmp', `${hostname()}-${dead}-${self.birth}.0`), 'half');
    await folderStore(root).settle?.();
    expect(await readdir(root)).toEqual([]);
    await folderStore(join(root, 'none')).settle?.();
    expect(await readdir(root)).toEqual([]);
  });
});

/** A process that runs the script with `store`, `root` and `name`; `ready` is its first line, `ended` has all of them. */
function start(root: string, name: string, script: string) {
  const source = `
    const { folderStore } = await import(${JSON.stringify(new URL('../../src/stores/folder.ts', import.meta.url).href)});
    const root = ${JSON.stringify(root)};
    const name = ${JSON.stringify(name)};
    const store = folderStore(root);
    ${script}`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', source], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      resolve();
    });
  });
  const ended = new Promise<string[]>((resolve, reject) => {
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve(output.split('\n').filter((line) => line !== ''));
      else reject(new Error(errors));
    });
  });
  return { child, ready, ended };
}

function run(root: string, name: string, script: string): Promise<string[]> {
  return start(root, name, script).ended;
}

/** Kills the process `delay` milliseconds after its first line. */
async function killed(root: string, script: string, delay: number): Promise<void> {
  const { child, ready, ended } = start(root, 'victim', script);
  await Promise.race([ready, ended]);
  await sleep(delay);
  child.kill('SIGKILL');
  await ended;
}
