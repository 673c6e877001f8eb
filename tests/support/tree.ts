/** Everything that a store holds, to compare archives by. */
import type { Store } from '../../src/stores/store.ts';

/** Key to bytes, as text of one character a byte. */
export type Tree = Readonly<Record<string, string>>;

export async function treeOf(store: Store): Promise<Tree> {
  const tree: Record<string, string> = {};
  for await (const { key } of store.list('')) tree[key] = Buffer.from((await store.get(key))?.bytes ?? []).toString('latin1');
  return tree;
}

/** The same without the one thing that may differ between two runs: when a manifest was written. */
export async function timelessTreeOf(store: Store): Promise<Tree> {
  const tree = Object.entries(await treeOf(store));
  return Object.fromEntries(
    tree.map(([key, bytes]) => [key, key.endsWith('/manifest.json') ? bytes.replace(/"archived": "[^"]*"/, '"archived": "…"') : bytes]),
  );
}

export async function keysOf(store: Store, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

export async function jsonAt<T>(store: Store, key: string): Promise<T> {
  return JSON.parse(await textAt(store, key)) as T;
}

export async function textAt(store: Store, key: string): Promise<string> {
  const found = await store.get(key);
  if (found === undefined) throw new Error(`nothing is at ${key}`);
  return Buffer.from(found.bytes).toString('utf8');
}
