/**
 * What finding the structure costs of the whole pipeline, in one process. Run: npx tsx bench/structure.ts
 *
 * Both are measured as a bundle, as they are shipped; the figures are medians of interleaved rounds. Texts: the development articles of
 * tests/quality, those labelled for structure too. The whole is bytes to a Result with two scripts and their ninjs documents.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { lambdaOptions } from '../scripts/bundle-options.ts';
import type { normalize as Normalize } from '../src/normalize.ts';
import type { dateStructure as DateStructure } from '../src/structure/dating.ts';
import type { findStructure as FindStructure } from '../src/structure/index.ts';
import { readArticles } from '../tests/quality/measure.ts';
import { readLabelled } from '../tests/quality/structure.ts';

const rounds = 9;
const warmUps = 5;
const raw = [...readArticles('development').map(({ text }) => text), ...readLabelled('development').map((file) => file.raw)];
const files = raw.map((text) => Buffer.from(text));

const folder = mkdtempSync(join(tmpdir(), 'copydesk-structure-'));
const entry = join(folder, 'entry.ts');
const from = (path: string) => JSON.stringify(fileURLToPath(new URL(`../src/${path}`, import.meta.url)));
writeFileSync(
  entry,
  `export { normalize } from ${from('normalize.ts')};\nexport { findStructure } from ${from('structure/index.ts')};\nexport { dateStructure } from ${from('structure/dating.ts')};\n`,
);
const outfile = join(folder, 'bundle.mjs');
await build({ ...lambdaOptions, entryPoints: [entry], outfile });
const { normalize, findStructure, dateStructure } = (await import(pathToFileURL(outfile).href)) as {
  normalize: typeof Normalize;
  findStructure: typeof FindStructure;
  dateStructure: typeof DateStructure;
};
rmSync(folder, { recursive: true, force: true });

const texts = files.map((bytes) => normalize(bytes).text);
const whole = () => {
  for (const bytes of files) normalize(bytes);
};
const structure = () => {
  for (const text of texts) dateStructure(text, findStructure(text));
};
const times = new Map([whole, structure].map((run) => [run, [] as number[]]));
for (let round = -warmUps; round < rounds; round++) {
  for (const [run, taken] of times) {
    const start = performance.now();
    for (let again = 0; again < 5; again++) run();
    if (round >= 0) taken.push((performance.now() - start) / 5 / files.length);
  }
}
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
const [all, part] = [whole, structure].map((run) => median(times.get(run) ?? []));
console.log(`${files.length} files: ${((all ?? 0) * 1000).toFixed(0)} microseconds a file, structure ${((part ?? 0) * 1000).toFixed(0)}`);
console.log(`structure takes ${(((part ?? 0) / (all ?? 1)) * 100).toFixed(1)} % of the pipeline's time`);
