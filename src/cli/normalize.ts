/** `copydesk normalize`: pure, no store. */
import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { pMapIterable } from 'p-map';
import { ledgerFile } from '../archive.ts';
import { type BulkLine, type BulkOptions, normalizeLine } from '../bulk.ts';
import { pureOpenCC } from '../convert/index.ts';
import { isScript, type Script } from '../convert/scripts.ts';
import { ConfigError } from '../errors.ts';
import { json } from '../json.ts';
import { normalizeArticle } from '../normalize.ts';
import { type Format, renditions } from '../render/index.ts';
import type { Normalized } from '../result.ts';
import type { Article } from '../structure/article.ts';
import { dayOfKey, type GivenDates } from '../structure/given-dates.ts';
import { print, say } from './output.ts';

interface Options {
  readonly format?: Format | 'ledger';
  readonly script?: Script | 'source';
  readonly scripts: readonly Script[];
  readonly without: readonly string[];
  readonly pureOpencc?: boolean;
  readonly reference?: string;
  readonly jsonl?: boolean;
  readonly jobs: number;
}

export async function normalizeCommand(file: string, options: Options): Promise<void> {
  if (options.jsonl) return bulk(file, options);
  const bytes = file === '-' ? await buffer(process.stdin) : await readFile(file).catch(explain(file));
  const { script } = options;
  const scripts = script !== undefined && isScript(script) ? [...options.scripts, script] : options.scripts;
  const normalized = normalizeArticle(bytes, {
    ...chosen(options),
    scripts,
    ...givenIn(file, options),
    ...(file !== '-' && { name: basename(file) }),
  });
  const { result } = normalized;
  if (result.reason !== undefined) {
    say(`${file}: rejected, ${result.reason.code}: ${result.reason.message}`);
    process.exitCode = 1;
  }
  if (options.format === 'ledger') return print(json(ledgerFile(result)));
  if (options.format === undefined && script === undefined) return print(json(result));
  if (result.reason === undefined) await print(rendered(pick(normalized, script), options.format ?? 'text'));
}

/** The day that the options or the path give. */
function givenIn(file: string, { reference = dayOfKey(file) }: Options): GivenDates {
  return reference === undefined ? {} : { reference };
}

/** The options of the pipeline. */
function chosen({ pureOpencc, without, scripts, reference }: Options): BulkOptions {
  return { ...(pureOpencc && pureOpenCC), without, scripts, ...(reference !== undefined && { reference }) };
}

function pick(normalized: Normalized, script: Options['script']): Article {
  const article = script === undefined || script === 'source' ? normalized.source : normalized.scripts.get(script);
  if (article === undefined) throw new ConfigError(`there is no ${script} of this file`);
  return article;
}

function rendered(article: Article, format: Format): string {
  const text = renditions[format].render(article);
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** One Result line for each input line, in input order; as many lines are held as there are threads to work on them, and a few. */
async function bulk(file: string, options: Options): Promise<void> {
  const lines = linesOf(file === '-' ? process.stdin : await openFile(file));
  for await (const { json, rejected } of options.jobs === 1 ? resultsOf(lines, options) : resultsInThreads(lines, options)) {
    if (rejected) process.exitCode = 1;
    await print(`${json}\n`);
  }
}

async function* resultsOf(lines: AsyncIterable<Uint8Array>, options: Options): AsyncGenerator<BulkLine> {
  for await (const line of lines) yield normalizeLine(line, chosen(options));
}

async function* resultsInThreads(lines: AsyncIterable<Uint8Array>, options: Options): AsyncGenerator<BulkLine> {
  const { jobs } = options;
  const { Piscina } = await import('piscina');
  // Bundled, this file is a chunk in dist/chunks.
  const filename = fileURLToPath(new URL('../cli/bulk-worker.js', import.meta.url));
  const pool = new Piscina({ filename, name: 'work', maxThreads: jobs, minThreads: jobs });
  try {
    const work = (line: Uint8Array): Promise<BulkLine> => pool.run({ line, options: chosen(options) });
    yield* pMapIterable(lines, work, { concurrency: jobs * 2, backpressure: jobs * 4 });
  } finally {
    await pool.destroy();
  }
}

async function openFile(file: string): Promise<AsyncIterable<Uint8Array>> {
  const opened = await open(file).catch(explain(file));
  if ((await opened.stat()).isDirectory()) throw new ConfigError(`${file} is a folder`);
  return opened.createReadStream();
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** Lines as bytes, since one may not be UTF-8. Not readline, which gathers lines ahead, ends them at a lone CR too, and decodes. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array[] = [];
  let isFirst = true;
  const finish = (): Uint8Array => {
    let line = Buffer.concat(begun);
    begun = [];
    // Windows tools begin a file with a byte order mark, and that is no JSON.
    if (isFirst && line.subarray(0, 3).equals(byteOrderMark)) line = line.subarray(3);
    isFirst = false;
    return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
  };
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      begun.push(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
  }
  if (begun.length > 0) yield finish();
}

function explain(file: string): (error: Error) => never {
  return (error) => {
    throw new ConfigError(`${file} cannot be read: ${error.message}`);
  };
}
