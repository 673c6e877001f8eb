/** What is dropped into folders from now on. chokidar, since the platforms' own watchers differ in what they tell. */
import { on } from 'node:events';
import { relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';
import { ConfigError } from '../errors.ts';
import { isDelivered, type Source, type SourcedDelivery } from './sources.ts';

export interface Drops {
  /** Ends when the signal aborts. */
  readonly deliveries: AsyncGenerator<SourcedDelivery>;
}

/** Milliseconds that a file's size must stand still before it is read: uploads over a network share come in pieces. */
const settled = 400;

/**
 * Begins to watch at once, and holds what comes until it is asked for.
 *
 * @throws {ConfigError} for a bucket or a single file.
 */
export async function watchSources(sources: readonly Source[], signal: AbortSignal): Promise<Drops> {
  const unwatchable = sources.find(({ bucket, only }) => bucket !== undefined || only !== undefined);
  if (unwatchable !== undefined) {
    throw new ConfigError(`--watch works on folders, ${unwatchable.name} is none; for a bucket, deploy the function in infra/`);
  }
  const roots = sources.map((source) => ({ source, root: resolve(source.store.url) }));
  const watcher = watch(
    roots.map(({ root }) => root),
    { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: settled, pollInterval: 100 } },
  );
  const changes = on(watcher, 'all', { signal });
  await new Promise<void>((ready) => watcher.once('ready', () => ready()));
  return { deliveries: drops(watcher, roots, changes) };
}

async function* drops(
  watcher: ReturnType<typeof watch>,
  roots: readonly { source: Source; root: string }[],
  changes: AsyncIterable<unknown[]>,
): AsyncGenerator<SourcedDelivery> {
  try {
    for await (const [event, path] of changes) {
      if ((event !== 'add' && event !== 'change') || typeof path !== 'string') continue;
      for (const { source, root } of roots) {
        const key = relative(root, path).split(sep).join('/');
        if (key.startsWith('../') || !isDelivered(source, key)) continue;
        yield { store: source.store, delivery: { ref: { key } } };
        break;
      }
    }
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error;
  } finally {
    await watcher.close();
  }
}
