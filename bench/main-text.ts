/**
 * The main text of web pages: this project's reader beside Readability and defuddle, on one set of pages in one run. Run:
 *
 *   npx tsx bench/main-text.ts                 the labelled Chinese pages of tests/quality/pages
 *   npx tsx bench/main-text.ts <folder> [id…]  a clone of scrapinghub/article-extraction-benchmark; with ids, what was missed and what was extra
 *
 * Scores are those of that benchmark: precision and recall of runs of four tokens, a mean over pages; a Han character is a token. Needs npm run build.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Readability } from '@mozilla/readability';
import { Defuddle } from 'defuddle/node';
import { parseHTML } from 'linkedom';
import { readHtml } from '../src/decode/formats/html.ts';
import { normalize } from '../src/normalize.ts';

interface Page {
  readonly id: string;
  readonly html: string;
  readonly text: string;
}

type Extractor = (html: string) => string | Promise<string>;

const extractors: Readonly<Record<string, Extractor>> = {
  copydesk: (html) => bodyOf(html).join('\n'),
  readability: (html) => new Readability(parseHTML(html).document).parse()?.textContent ?? '',
  defuddle: async (html) => {
    const { content } = await Defuddle(parseHTML(html).document, 'https://news.example/');
    return parseHTML(`<html><body>${content}</body></html>`).document.body.textContent ?? '';
  },
};

/** Kinds of blocks that are the text itself. */
const textKinds = new Set(['paragraph', 'crosshead', 'listItem', 'summary', 'editorsNote']);

/** Of a Chinese page what the whole pipeline calls text; else what the reader finds, without the headline and captions. */
function bodyOf(html: string): string[] {
  const { text, blocks, status } = normalize(Buffer.from(html), { scripts: [] });
  if (status === 'ok') {
    const lines = blocks.filter(({ kind, start }) => textKinds.has(kind) && (start === 0 || text[start - 1] === '\n'));
    return lines.map(({ start, end }) => text.slice(start, end));
  }
  const lines: { text: string; kind: string | undefined }[] = [];
  let isNew = true;
  for (const { text, kind } of readHtml({ text: html, maxDepth: 1000 }).articles.flatMap(({ pieces }) => pieces)) {
    const last = lines.at(-1);
    if (text === '\n') isNew = true;
    else if (isNew || last === undefined) lines.push({ text, kind });
    else last.text += text;
    isNew = text === '\n';
  }
  return lines.filter(({ kind }) => kind !== 'headline' && kind !== 'caption').map(({ text }) => text);
}

/** Runs of four tokens with their counts. */
function runsOf(text: string): Map<string, number> {
  const tokens = text.match(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}_])+/gu) ?? [];
  const runs = new Map<string, number>();
  for (let at = 0; at + Math.min(4, tokens.length) <= tokens.length && at < Math.max(1, tokens.length - 3); at++) {
    const run = tokens.slice(at, at + 4).join(' ');
    runs.set(run, (runs.get(run) ?? 0) + 1);
  }
  return runs;
}

function scoreOf(truth: string, text: string): { readonly precision: number | undefined; readonly recall: number } {
  const [wanted, found] = [runsOf(truth), runsOf(text)];
  let both = 0;
  for (const [run, count] of wanted) both += Math.min(count, found.get(run) ?? 0);
  const sum = (runs: Map<string, number>): number => [...runs.values()].reduce((total, count) => total + count, 0);
  return { precision: sum(found) === 0 ? undefined : both / sum(found), recall: sum(wanted) === 0 ? 1 : both / sum(wanted) };
}

function readPages(folder: string): Page[] {
  const isBenchmark = existsSync(join(folder, 'ground-truth.json'));
  const truth = JSON.parse(readFileSync(join(folder, isBenchmark ? 'ground-truth.json' : 'truth.json'), 'utf8')) as Record<
    string,
    { readonly articleBody?: string; readonly text?: string }
  >;
  return Object.entries(truth).map(([id, { articleBody, text }]) => ({
    id,
    html: isBenchmark
      ? gunzipSync(readFileSync(join(folder, 'html', `${id}.html.gz`))).toString()
      : readFileSync(join(folder, `${id}.html`), 'utf8'),
    text: articleBody ?? text ?? '',
  }));
}

async function measure(name: string, extract: Extractor, pages: readonly Page[], worst: number): Promise<void> {
  const scores: { id: string; precision: number | undefined; recall: number }[] = [];
  const start = performance.now();
  for (const { id, html, text } of pages) scores.push({ id, ...scoreOf(text, await Promise.resolve(extract(html)).catch(() => '')) });
  const time = (performance.now() - start) / pages.length;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const precision = mean(scores.flatMap((score) => score.precision ?? []));
  const recall = mean(scores.map((score) => score.recall));
  const f1 = (2 * precision * recall) / (precision + recall);
  console.log(`${name.padEnd(12)} F1 ${f1.toFixed(4)}  P ${precision.toFixed(4)}  R ${recall.toFixed(4)}  ${time.toFixed(1)} ms a page`);
  const sorted = scores.sort((a, b) => (a.precision ?? 0) + a.recall - (b.precision ?? 0) - b.recall);
  for (const { id, precision, recall } of sorted.slice(0, worst))
    console.log(`  ${id}  P ${(precision ?? 0).toFixed(2)}  R ${recall.toFixed(2)}`);
}

/** Lines that are on one side only. */
function show({ id, html, text }: Page): void {
  const runs = runsOf(text);
  const found = runsOf(bodyOf(html).join('\n'));
  const share = (line: string, other: Map<string, number>): number => {
    const own = [...runsOf(line).keys()];
    return own.length === 0 ? 1 : own.filter((run) => other.has(run)).length / own.length;
  };
  console.log(`# ${id}`);
  for (const line of bodyOf(html)) if (share(line, runs) < 0.5) console.log(`+ ${line.slice(0, 160)}`);
  for (const line of text.split('\n')) if (share(line, found) < 0.5) console.log(`- ${line.slice(0, 160)}`);
}

const [folder = new URL('../tests/quality/pages', import.meta.url).pathname, ...ids] = process.argv.slice(2);
const isListed = readdirSync(folder).length > 0;
const pages = isListed ? readPages(folder) : [];
const worst = Number(process.env.WORST ?? 0);
if (ids.length > 0) for (const page of pages.filter(({ id }) => ids.some((one) => id.startsWith(one)))) show(page);
else for (const [name, extract] of Object.entries(extractors)) await measure(name, extract, pages, name === 'copydesk' ? worst : 0);
