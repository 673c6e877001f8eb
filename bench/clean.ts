/**
 * The clean stage beside opencc-js converting the same text, in one process. Run: npx tsx bench/clean.ts
 *
 * Cleaning is measured as a bundle, as it is shipped. MB are megabytes of UTF-8; the figures are medians of interleaved rounds. Texts: the development articles of tests/quality as they
 * are, and with a reading behind a good part of their characters, as the seed has it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { Converter } from 'opencc-js';
import { lambdaOptions } from '../scripts/bundle-options.ts';
import type * as Cleaning from '../src/clean/index.ts';
import { readArticles } from '../tests/quality/measure.ts';
import { addNoise, seeded } from '../tests/support/noise.ts';

const rounds = 9;
const warmUps = 3;
const articles = readArticles('development')
  .filter(({ isAnnotated }) => !isAnnotated)
  .map(({ text }) => text);
/** What newspapers' pages and magazines have: several articles in one file. */
const pages = Array.from({ length: 6 }, (_, page) => articles.slice(page * 5, page * 5 + 5).join('\n'));
const noisy = articles.map((text, index) => addNoise(text, { style: 'ascii', rate: 0.185, random: seeded(index) }).text);

const folder = mkdtempSync(join(tmpdir(), 'copydesk-clean-'));
const bundle = join(folder, 'clean.mjs');
await build({ ...lambdaOptions, entryPoints: [fileURLToPath(new URL('../src/clean/index.ts', import.meta.url))], outfile: bundle });
const { clean } = (await import(pathToFileURL(bundle).href)) as typeof Cleaning;
rmSync(folder, { recursive: true, force: true });

const runners: readonly (readonly [string, (text: string) => unknown])[] = [
  ['clean', (text) => clean(text)],
  ['opencc-js to Taiwan', Converter({ from: 'cn', to: 'tw' })],
  ['opencc-js from Taiwan', Converter({ from: 'tw', to: 'cn' })],
];

for (const [name, texts] of [
  ['articles as they are', articles],
  ['five articles in one', pages],
  ['articles full of readings', noisy],
] as const) {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const speeds = runners.map((): number[] => []);
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const [index, [, run]] of runners.entries()) {
      const repeats = 40;
      const start = performance.now();
      for (let repeat = 0; repeat < repeats; repeat++) for (const text of texts) run(text);
      if (round >= warmUps) speeds[index]?.push((bytes * repeats) / (performance.now() - start) / 1000);
    }
  }
  const own = median(speeds[0] ?? []);
  console.log(`\n${name}, ${(bytes / 1000).toFixed(0)} kB`);
  for (const [index, [runner]] of runners.entries()) {
    const speed = median(speeds[index] ?? []);
    console.log(`${runner.padEnd(24)} ${speed.toFixed(1).padStart(6)} MB/s, clean is ${(own / speed).toFixed(2)} times as fast`);
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
