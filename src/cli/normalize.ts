/** `copydesk normalize`: pure, no store. */
import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { pMapIterable } from 'p-map';
import { ledgerFile } from '../archive.ts';
import { normalizeLine } from '../bulk.ts';
import { isScript, type Script } from '../convert/scripts.ts';
import { ConfigError } from '../errors.ts';
import { normalizeArticle } from '../normalize.ts';
import { type Format, json, renditions } from '../render/index.ts';
import type { Normalized } from '../result.ts';
import type { Article } from '../structure/article.ts';
import { print, say } from './output.ts';

interface Options {
  readonly format?: Format | 'ledger';
  readonly script?: Script | 'source';
  readonly scripts: readonly Script[];
  readonly jsonl?: boolean;
  readonly jobs: number;
}

export async function normalizeCommand(file: string, options: Options): Promise<void> {
  if (options.jsonl) return bulk(file, options);
  const bytes = file === '-' ? await buffer(process.stdin) : await readFile(file).catch(explain(file));
  const { script } = options;
  const scripts = script !== undefined && isScript(script) ? [...options.scripts, script] : options.scripts;
  const normalized = normalizeArticle(bytes, { scripts, ...(file !== '-' && { name: basename(file) }) });
  const { result } = normalized;
  if (result.reason !== undefined) {
    say(`${file}: rejected, ${result.reason.code}: ${result.reason.message}`);
    process.exitCode = 1;
  }
  if (options.format === 'ledger') return print(json(ledgerFile(result)));
  if (options.format === undefined && script === undefined) return print(json(result));
  if (result.reason === undefined) await print(rendered(pick(normalized, script), options.format ?? 'text'));
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
async function bulk(file: string, { jobs, scripts }: Options): Promise<void> {
  const lines = linesOf(file === '-' ? process.stdin : await openFile(file));
  if (jobs === 1) {
    for await (const line of lines) await print(`${normalizeLine(line, { scripts })}\n`);
    return;
  }
  const { Piscina } = await import('piscina');
  // Bundled, this file is a chunk in dist/chunks.
  const filename = fileURLToPath(new URL('../cli/bulk-worker.js', import.meta.url));
  const pool = new Piscina({ filename, name: 'work', maxThreads: jobs, minThreads: jobs });
  try {
    const results = pMapIterable(lines, (line): Promise<string> => pool.run({ line, scripts }), {
      concurrency: jobs * 2,
      backpressure: jobs * 4,
    });
    for await (const result of results) await print(`${result}\n`);
  } finally {
    await pool.destroy();
  }
}

async function openFile(file: string): Promise<AsyncIterable<Uint8Array>> {
  const opened = await open(file).catch(explain(file));
  if ((await opened.stat()).isDirectory()) throw new ConfigError(`${file} is a folder`);
  return opened.createReadStream();
}

/** Not readline, which gathers a thousand lines ahead, ends lines at a lone CR too, and loses the stream's errors. */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  // It also takes the byte order mark away that Windows tools begin a file with, and that is no JSON.
  const decoder = new TextDecoder();
  let begun: string[] = [];
  for await (const chunk of input) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    begun.push(first);
    for (const other of others) {
      yield withoutReturn(begun.join(''));
      begun = [other];
    }
  }
  const last = begun.join('') + decoder.decode();
  if (last !== '') yield withoutReturn(last);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

function explain(file: string): (error: Error) => never {
  return (error) => {
    throw new ConfigError(`${file} cannot be read: ${error.message}`);
  };
}
