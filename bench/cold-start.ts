/**
 * The Lambda's cold start: how long the bundle takes to load, beside the AWS SDK that is in it. Run: npm run build, then
 * npx tsx bench/cold-start.ts
 *
 * Each figure is the median time of `await import(…)` in fresh Node processes that alternate, so that what else the machine does
 * meets all alike. "SDK in a bundle" is what stores/s3.ts takes of the SDK, bundled as the Lambda is. The Lambda's time includes
 * reading its settings and making the client. Zipped is DEFLATE at its highest level, as a deployment package is at best.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { deflateSync } from 'node:zlib';
import { build } from 'esbuild';
import { lambdaOptions } from '../scripts/bundle-options.ts';

interface Subject {
  readonly name: string;
  readonly file: string;
}

const rounds = 15;
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'copydesk-cold-start-'));

try {
  // The bundle from before the measurement stays the same, whoever builds meanwhile.
  const lambda = { name: 'the Lambda', file: join(folder, 'handler.mjs') };
  writeFileSync(lambda.file, readFileSync(join(root, 'dist/lambda/handler.mjs')));
  const bundled = { name: 'SDK in a bundle', file: await bundleSdk() };
  const external = { name: 'SDK in node_modules', file: fileURLToPath(import.meta.resolve('@aws-sdk/client-s3')) };
  const nothing = { name: 'an empty module', file: join(folder, 'empty.mjs') };
  writeFileSync(nothing.file, '');
  compare([lambda, bundled, external, nothing]);
  for (const { name, file } of [lambda, bundled]) {
    const bytes = readFileSync(file);
    console.log(`${name.padEnd(20)} ${kilobytes(bytes.length)} raw, ${kilobytes(deflateSync(bytes, { level: 9 }).length)} zipped`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function bundleSdk(): Promise<string> {
  const taken = /import \{[^}]*\} from '@aws-sdk\/client-s3';/.exec(readFileSync(join(root, 'src/stores/s3.ts'), 'utf8'))?.[0];
  if (taken === undefined) throw new Error('src/stores/s3.ts imports nothing from the SDK');
  const outfile = join(folder, 'sdk.mjs');
  await build({
    ...lambdaOptions,
    stdin: { contents: taken.replace('import', 'export'), loader: 'ts', resolveDir: root },
    outfile,
  });
  return outfile;
}

function compare(subjects: readonly Subject[]): void {
  const times = new Map(subjects.map(({ file }): [string, number[]] => [file, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const { file } of subjects) {
      const time = importTime(file);
      // The first round fills the file system's cache.
      if (round > 0) times.get(file)?.push(time);
    }
  }
  const [base = Number.NaN] = subjects.map(({ file }) => median(times.get(file) ?? []));
  for (const { name, file } of subjects) {
    const time = median(times.get(file) ?? []);
    console.log(`${name.padEnd(20)} ${time.toFixed(1).padStart(6)} ms; the Lambda takes ${(base / time).toFixed(2)} times as long`);
  }
}

function importTime(file: string): number {
  const script = `const start = performance.now(); await import(${JSON.stringify(pathToFileURL(file).href)}); console.log(performance.now() - start);`;
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    COPYDESK_ARCHIVE: 's3://archive',
    POWERTOOLS_SERVICE_NAME: 'copydesk',
    POWERTOOLS_METRICS_NAMESPACE: 'Copydesk',
  };
  return Number(execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], { encoding: 'utf8', env }));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
