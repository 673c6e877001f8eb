/** `copydesk ingest`: the main job on this machine. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SingleBar } from 'cli-progress';
import { pMapIterable } from 'p-map';
import type { Script } from '../convert/scripts.ts';
import { type Outcome, sourceKeyOf } from '../delivery.ts';
import { ConfigError } from '../errors.ts';
import { ingest } from '../ingest.ts';
import type { Format } from '../render/index.ts';
import { openStore, parseS3Address } from '../stores/open.ts';
import { print, say } from './output.ts';
import { deliveriesOf, openSources, type SourcedDelivery } from './sources.ts';
import { watchSources } from './watch.ts';

interface Options {
  readonly archive: string;
  readonly scripts: readonly Script[];
  readonly formats: readonly Format[];
  readonly without: readonly string[];
  readonly pureOpencc?: boolean;
  readonly reference?: string;
  readonly jobs: number;
  /** Bytes. */
  readonly maxBytes: number;
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly dryRun?: boolean;
}

const statuses = ['archived', 'duplicate', 'stale', 'rejected', 'failed'] as const satisfies readonly Outcome['status'][];

export async function ingestCommand(names: readonly string[], options: Options): Promise<void> {
  const started = performance.now();
  if (parseS3Address(options.archive) === undefined) refuseFile(options.archive);
  const archive = await openStore(options.archive);
  // A run that finds all done writes nothing, and would leave what an earlier one was killed over.
  if (!options.dryRun) await archive.settle?.();
  const sources = await openSources(names, options.archive);
  const stop = new AbortController();
  // The watch begins before the first pass, so that nothing falls between them.
  const drops = options.watch ? await watchSources(sources, stop.signal) : undefined;
  if (drops !== undefined) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

  let unlisted: unknown;
  async function* all(): AsyncGenerator<SourcedDelivery> {
    try {
      yield* deliveriesOf(sources);
    } catch (error) {
      // What was listed goes on; what could not be (a name that is not UTF-8, a bucket that is not there) is said and counted.
      unlisted = error;
    }
    if (drops === undefined) return;
    say(`watching ${names.join(', ')}; Ctrl-C ends it`);
    yield* drops.deliveries;
  }

  const { scripts, formats, without, pureOpencc = false, reference, maxBytes } = options;
  const context = {
    archive,
    scripts,
    formats,
    without,
    pureOpenCC: pureOpencc,
    maxBytes,
    now: Date.now,
    ...(reference !== undefined && { reference }),
  };
  async function take({ store, delivery }: SourcedDelivery): Promise<Outcome> {
    try {
      return await ingest(delivery, { ...context, inbox: () => store, dryRun: options.dryRun ?? false });
    } catch (error) {
      return { delivery, status: 'failed', error };
    }
  }

  const bar = await progressBar(sources, options);
  const counts = Object.fromEntries(statuses.map((status) => [status, 0])) as Record<Outcome['status'], number>;
  for await (const outcome of pMapIterable(all(), take, { concurrency: options.jobs, backpressure: options.jobs })) {
    counts[outcome.status]++;
    bar?.increment();
    await report(outcome, options.json ?? false);
  }
  bar?.stop();
  if (unlisted !== undefined) say(`not all could be listed: ${unlisted instanceof Error ? unlisted.message : unlisted}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const summary = summarize(counts, options.dryRun ? `${archive.url} (dry run, nothing written)` : archive.url, seconds);
  if (options.json) say(summary);
  else await print(`${summary}\n`);
  if (counts.rejected + counts.failed > 0 || unlisted !== undefined) process.exitCode = 1;
}

/** @throws {ConfigError} if the archive is a file, or lies below one. */
function refuseFile(archive: string): void {
  for (let path = resolve(archive); ; path = dirname(path)) {
    const found = existsSync(path) ? statSync(path) : undefined;
    if (found?.isDirectory() || path === dirname(path)) return;
    if (found !== undefined) throw new ConfigError(`--archive ${archive}: ${path} is a file; name a folder`);
  }
}

/** A bar only where somebody sees it; counting first costs a second listing. */
async function progressBar(sources: Parameters<typeof deliveriesOf>[0], { json, watch }: Options): Promise<SingleBar | undefined> {
  if (!process.stderr.isTTY || json || watch) return undefined;
  let total = 0;
  try {
    for await (const _ of deliveriesOf(sources)) total++;
  } catch {
    // What cannot be listed is said after the run.
  }
  const bar = new SingleBar({
    format: '{bar} {value}/{total} files, {eta_formatted} to go',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(total, 0);
  return bar;
}

async function report({ delivery, status, docId, record, reason, error }: Outcome, asJson: boolean): Promise<void> {
  const source = sourceKeyOf(delivery.ref);
  const failure = status === 'failed' ? { code: 'failed', message: error instanceof Error ? error.message : String(error) } : undefined;
  const why = reason ?? failure;
  if (asJson) await print(`${JSON.stringify({ source, status, docId, record, reason: why })}\n`);
  else if (why !== undefined) say(`${status}: ${source}: ${why.code}: ${why.message}`);
}

function summarize(counts: Record<Outcome['status'], number>, url: string, seconds: string): string {
  const total = statuses.reduce((sum, status) => sum + counts[status], 0);
  const parts = statuses.filter((status) => counts[status] > 0 || status === 'archived').map((status) => `${counts[status]} ${status}`);
  return `${total} ${total === 1 ? 'file' : 'files'}: ${parts.join(', ')} in ${seconds} s → ${url}`;
}
