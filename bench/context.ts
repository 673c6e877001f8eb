/**
 * The whole conversion of an article, OpenCC's steps with the contextual rules and the quotation marks, beside opencc-js alone in one
 * process. Run: npx tsx bench/context.ts
 *
 * MB are megabytes of UTF-8; the figures are medians of interleaved rounds. The articles come again and again, which suits the caches.
 */
import { readFileSync } from 'node:fs';
import { Converter } from 'opencc-js';
import { convert, convertText, pureOpenCC } from '../src/convert/index.ts';

const articles: string[] = JSON.parse(readFileSync(new URL('../tests/cases/heldout-noise.json', import.meta.url), 'utf8'))
  .filter(({ label }: { label: string }) => label.startsWith('hans'))
  .map(({ clean }: { clean: string }) => clean);
const repeats = 150;
const rounds = 9;

const peer = Converter({ from: 'cn', to: 'tw' });
const runners: readonly (readonly [string, (text: string) => string])[] = [
  ['opencc-js', peer],
  ['OpenCC, text', (text) => convertText(text, 'zh-Hans', 'zh-Hant-TW', pureOpenCC)],
  ['with context, text', (text) => convertText(text, 'zh-Hans', 'zh-Hant-TW', { quotes: { 'zh-Hant-TW': 'keep' } })],
  ['context, quotes, text', (text) => convertText(text, 'zh-Hans', 'zh-Hant-TW')],
  ['OpenCC, with edits', (text) => convert(text, [], 'zh-Hans', 'zh-Hant-TW', pureOpenCC).text],
  ['context, with edits', (text) => convert(text, [], 'zh-Hans', 'zh-Hant-TW', { quotes: { 'zh-Hant-TW': 'keep' } }).text],
  ['context, quotes, edits', (text) => convert(text, [], 'zh-Hans', 'zh-Hant-TW').text],
];

const speeds = runners.map((): number[] => []);
for (let round = 0; round < rounds + 3; round++) {
  for (const [index, [, run]] of runners.entries()) {
    const speed = measure(run);
    // The first rounds warm up.
    if (round >= 3) speeds[index]?.push(speed);
  }
}
const base = median(speeds[0] ?? []);
for (const [index, [name]] of runners.entries()) {
  const speed = median(speeds[index] ?? []);
  console.log(`${name.padEnd(24)} ${speed.toFixed(1).padStart(6)} MB/s  ${(speed / base).toFixed(1)} times opencc-js`);
}

function measure(run: (text: string) => string): number {
  const start = performance.now();
  let bytes = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const article of articles) {
      run(article);
      bytes += Buffer.byteLength(article);
    }
  }
  return bytes / 1000 / (performance.now() - start);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
