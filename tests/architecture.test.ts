import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Source {
  readonly text: string;
  /** Comments, types, strings and regular expressions taken out. */
  readonly code: string;
  /** Files of src by their path, packages and Node's modules by their name; those of types alone as well. */
  readonly imports: readonly string[];
}

const sources = new Map<string, Source>();

beforeAll(async () => {
  const paths = readdirSync(new URL('../src', import.meta.url), { recursive: true, encoding: 'utf8' })
    .map((path) => posix.join('src', path.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.ts'));
  for (const path of paths) {
    const text = readFileSync(posix.join(root, path), 'utf8');
    sources.set(path, { text, code: await codeOf(text), imports: importsOf(path, text) });
  }
});

function importsOf(path: string, text: string): string[] {
  const statements = text.matchAll(/^(?:import|export)\s(?:[^;'"]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm);
  return [...statements].map(([, named, dynamic]) => {
    const target = named ?? dynamic ?? '';
    return target.startsWith('.') ? posix.join(posix.dirname(path), target) : target;
  });
}

async function codeOf(text: string): Promise<string> {
  const { code } = await transform(text, { loader: 'ts', legalComments: 'none', target: 'node20' });
  return code.replaceAll(
    /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|(?<=[(,=:[!&|?{};]\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//g,
    '""',
  );
}

function source(path: string): Source {
  const found = sources.get(path);
  if (found === undefined) throw new Error(`${path} is imported, and is not there`);
  return found;
}

/** The file and all that it imports, and what they import. */
function reachedFrom(path: string, seen = new Set<string>()): Set<string> {
  seen.add(path);
  for (const target of source(path).imports) {
    if (target.startsWith('src/') && !seen.has(target)) reachedFrom(target, seen);
  }
  return seen;
}

function filesThat(holds: (source: Source, path: string) => boolean): string[] {
  return [...sources].filter(([path, one]) => holds(one, path)).map(([path]) => path);
}

describe('the pure pipeline: src/normalize.ts and all that it reaches', () => {
  it('is more than one file, and the parts of the sentence are in it', () => {
    const reached = reachedFrom('src/normalize.ts');
    for (const part of ['clean', 'decode', 'structure', 'convert']) expect(reached).toContain(`src/${part}/index.ts`);
  });

  it('imports nothing from outside but node:crypto, the thread that reads formats aside, and nothing that does I/O', () => {
    const reached = [...reachedFrom('src/normalize.ts')];
    const outside = (paths: readonly string[]) =>
      paths.flatMap((path) => source(path).imports).filter((target) => !target.startsWith('src/'));
    const thread = 'src/decode/formats/thread.ts';
    expect([...new Set(outside(reached.filter((path) => path !== thread)))]).toEqual(['node:crypto']);
    expect(outside([thread])).toEqual(['node:fs', 'node:worker_threads']);
    const doers = /^src\/(stores|envelopes|cli)\/|^src\/(ingest|handler|config|bulk|verify|index)\.ts$/;
    expect(reached.filter((path) => doers.test(path))).toEqual([]);
  });

  it('takes a hash from node:crypto, and no randomness', () => {
    const taken = [...reachedFrom('src/normalize.ts')].flatMap((path) =>
      [...source(path).text.matchAll(/import ([^;]*?) from 'node:crypto'/g)].map(([, names]) => names),
    );
    expect([...new Set(taken)]).toEqual(['{ createHash }']);
  });

  it('uses no clock, chance, process or console', () => {
    const impure =
      /\b(Date\.now|new Date\(\)|Math\.random|process|console|performance|crypto|fetch|globalThis|require|setTimeout|setInterval|setImmediate|queueMicrotask)(?!\w)/;
    const found = [...reachedFrom('src/normalize.ts')].flatMap((path) => {
      const match = impure.exec(source(path).code);
      return match === null ? [] : [`${path}: ${match[0]}`];
    });
    expect(found).toEqual([]);
  });

  it('is a sentence: normalize.ts has fewer than 40 lines of code', () => {
    const lines = source('src/normalize.ts')
      .text.replaceAll(/\/\*.*?\*\//gs, '')
      .split('\n')
      .filter((line) => !/^\s*(\/\/.*)?$/.test(line));
    expect(lines.length).toBeLessThan(40);
  });
});

describe('the files of src', () => {
  it('never know stores and the pipeline at once, but for src/ingest.ts', () => {
    const normalize = 'src/normalize.ts';
    const both = filesThat(({ imports }) => imports.includes(normalize) && imports.some((target) => target.startsWith('src/stores/')));
    expect(both).toEqual(['src/ingest.ts']);
  });

  it('know the AWS SDK in one place, which is loaded when it is needed', () => {
    expect(filesThat(({ imports }) => imports.some((target) => target.startsWith('@aws-sdk/')))).toEqual(['src/stores/s3.ts']);
    const importers = filesThat(({ imports }) => imports.includes('src/stores/s3.ts'));
    expect(importers).toEqual(['src/stores/open.ts']);
    expect(source('src/stores/open.ts').text).not.toMatch(/^import .* from '\.\/s3\.ts'/m);
  });

  it('read events in envelopes only, and those read nothing else', () => {
    const envelopes = filesThat((_, path) => path.startsWith('src/envelopes/'));
    expect(envelopes.length).toBeGreaterThan(2);
    for (const path of envelopes) {
      const targets = source(path).imports.filter((target) => target.startsWith('src/') && !target.startsWith('src/envelopes/'));
      for (const target of targets) expect(['src/delivery.ts', 'src/errors.ts'], path).toContain(target);
    }
    const importers = filesThat(
      ({ imports }, path) => !path.startsWith('src/envelopes/') && imports.some((target) => target.startsWith('src/envelopes/')),
    );
    expect(importers).toEqual(['src/handler.ts']);
  });

  it('import one another without a cycle, types aside', () => {
    const cycles = [...sources.keys()].filter((path) => runtimeImports(path).some((target) => reachesAtRuntime(target, path, new Set())));
    expect(cycles).toEqual([]);
  });

  it('are all there that is imported, and are reached from an entry', () => {
    const entries = [
      'src/index.ts',
      'src/handler.ts',
      'src/cli/copydesk.ts',
      'src/cli/invoke-child.ts',
      'src/cli/bulk-worker.ts',
      'src/decode/formats/reader-thread.ts',
    ];
    const reached = new Set(entries.flatMap((entry) => [...reachedFrom(entry)]));
    expect([...sources.keys()].filter((path) => !reached.has(path))).toEqual(['src/stores/memory.ts']);
  });

  it('have at most 300 lines, but for generated tables', () => {
    expect(filesThat(({ text }, path) => !path.endsWith('.generated.ts') && text.split('\n').length - 1 > 300)).toEqual([]);
  });

  it('are named for what is in them', () => {
    const nameless = /^(utils?|types?|common|helpers?|misc|shared|lib)(\.ts)?$/i;
    expect(filesThat((_, path) => path.split('/').some((name) => nameless.test(name)))).toEqual([]);
  });

  it('use no default export and no any', () => {
    expect(filesThat(({ text }) => /^export default\b/m.test(text))).toEqual([]);
    expect(filesThat(({ text }) => /(:|\bas|<) any\b/.test(text))).toEqual([]);
  });
});

/** Imports that are there when the program runs: not those of types. */
function runtimeImports(path: string): string[] {
  const text = source(path)
    .text.replaceAll(/^(?:import|export) type [^;]*;/gm, '')
    .replaceAll(/^import \{(?:\s*type \w+,?)+\s*\} from [^;]*;/gm, '');
  return importsOf(path, text).filter((target) => target.startsWith('src/'));
}

function reachesAtRuntime(path: string, wanted: string, seen: Set<string>): boolean {
  if (path === wanted) return true;
  if (seen.has(path)) return false;
  seen.add(path);
  return runtimeImports(path).some((target) => reachesAtRuntime(target, wanted, seen));
}
