/** Builds dist/: generated tables, the command line, the library with its types, and the Lambda as one minified ESM file. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { writeCharsets } from './build-charsets.ts';
import { writeDictionaries } from './build-dictionaries.ts';
import { writeIdeographs } from './build-ideographs.ts';
import { writeReadings } from './build-readings.ts';
import { bundleOptions, lambdaOptions } from './bundle-options.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

await writeDictionaries();
writeReadings();
writeIdeographs();
writeCharsets();
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });

await Promise.all([
  build({
    ...bundleOptions,
    entryPoints: {
      'cli/copydesk': 'src/cli/copydesk.ts',
      'cli/invoke-child': 'src/cli/invoke-child.ts',
      'cli/bulk-worker': 'src/cli/bulk-worker.ts',
      'reader-thread': 'src/decode/formats/reader-thread.ts',
      index: 'src/index.ts',
    },
    outdir: 'dist',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    packages: 'external',
    sourcemap: true,
  }),
  build({
    ...lambdaOptions,
    entryPoints: { handler: 'src/handler.ts', 'reader-thread': 'src/decode/formats/reader-thread.ts' },
    outdir: 'dist/lambda',
    outExtension: { '.js': '.mjs' },
  }),
]);

const tsc = spawnSync(
  process.execPath,
  [fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url)), '-p', 'tsconfig.build.json'],
  {
    cwd: root,
    stdio: 'inherit',
  },
);
process.exitCode = tsc.status ?? 1;
