/** What every bundle of this project is made with, so that benchmarks bundle what they compare alike. */
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

/** For Node, as ESM. */
export const bundleOptions: BuildOptions = {
  absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // The default escapes Han text and doubles the bundle.
  charset: 'utf8',
  logLevel: 'warning',
};

/** As the Lambda: one minified file with all its packages. */
export const lambdaOptions: BuildOptions = {
  ...bundleOptions,
  minify: true,
  legalComments: 'none',
  // Some packages of the bundle are CommonJS and call require for Node's own modules.
  banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
};
