/**
 * Damages the files of tests/formats at random and normalises them: none may crash, take over two seconds or 512 MB, or lose a byte that the
 * ledger promises. Run: npm run build, then npx tsx scripts/fuzz-formats.ts [count] [seed]. Prints the seed; exits with 1 on a finding, which
 * is written to the system's folder for temporary files.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { normalize } from '../src/normalize.ts';
import { reconstruct } from '../src/reconstruct.ts';
import { mutate, sequence } from '../tests/support/mutate.ts';

const folder = new URL('../tests/formats/', import.meta.url).pathname;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => join(folder, name))
  .filter((path) => statSync(path).isFile())
  .map((path) => ({ path, bytes: readFileSync(path) }));
const count = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const random = sequence(seed);
console.log(`${count} inputs of ${files.length} files, seed ${seed}`);
const outcomes = new Map<string, number>();
let findings = 0;
let longest = 0;
let largest = 0;
for (let index = 0; index < count; index++) {
  const file = files[Math.floor(random() * files.length)];
  if (file === undefined) break;
  const input = mutate(file.bytes, random);
  const start = performance.now();
  let problem: string | undefined;
  let outcome = '';
  try {
    const { text, ledger, source, reason, status } = normalize(input, { scripts: [] });
    outcome = reason?.code ?? status;
    if (reason?.code === 'timed-out') problem = 'timed out';
    if (status === 'ok' && source.lossless && !input.equals(reconstruct(text, ledger.layers, source))) problem = 'lost bytes';
  } catch (error) {
    problem = `threw ${String(error)}`;
  }
  const time = performance.now() - start;
  longest = Math.max(longest, time);
  largest = Math.max(largest, process.memoryUsage.rss());
  if (time > 2000) problem ??= `took ${Math.round(time)} ms`;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  if (problem === undefined) continue;
  findings++;
  const saved = join(tmpdir(), `fuzz-${seed}-${index}`);
  writeFileSync(saved, input);
  console.log(`${file.path}: ${problem}; ${saved}`);
}
console.log(`longest ${Math.round(longest)} ms, largest ${Math.round(largest / 2 ** 20)} MB`);
console.log([...outcomes].map(([code, times]) => `${code} ${times}`).join(', '));
console.log(`${findings} findings`);
process.exitCode = findings > 0 || largest > 512 * 2 ** 20 ? 1 : 0;
