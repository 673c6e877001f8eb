/** Builds dist/: generated tables, the command line, the library with its types, and the Lambda as one minified ESM file. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { writeDictionaries } from './build-dictionaries.ts';
import { writeReadings } from './build-readings.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The default escapes Han text and doubles the bundle.
  charset: 'utf8',
  logLevel: 'warning',
};

await writeDictionaries();
writeReadings();
rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });

await Promise.all([
  build({
    ...shared,
    entryPoints: {
      'cli/copydesk': 'src/cli/copydesk.ts',
      'cli/invoke-child': 'src/cli/invoke-child.ts',
      'cli/bulk-worker': 'src/cli/bulk-worker.ts',
      index: 'src/index.ts',
    },
    outdir: 'dist',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    packages: 'external',
    sourcemap: true,
  }),
  build({
    ...shared,
    entryPoints: ['src/handler.ts'],
    outfile: 'dist/lambda/handler.mjs',
    minify: true,
    legalComments: 'none',
    // Some packages of the bundle are CommonJS and call require for Node's own modules.
    banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
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
