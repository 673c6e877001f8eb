/** The READMEs are true: their commands run as a reader would type them, and print what is quoted; both languages say the same. */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settingNames } from '../src/config.ts';

interface Fence {
  readonly language: string;
  readonly body: string;
}

/** A block of commands or of code, and the block of its output where the README quotes it. */
interface Example {
  readonly name: string;
  readonly language: 'sh' | 'js';
  readonly body: string;
  readonly quoted?: string;
}

const checkout = fileURLToPath(new URL('..', import.meta.url));
const names = ['README.md', 'README.zh.md'] as const;
const readmes = Object.fromEntries(names.map((name) => [name, readFileSync(join(checkout, name), 'utf8')])) as Record<
  (typeof names)[number],
  string
>;
const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { readonly scripts: Record<string, string> };
const english = examplesOf(readmes['README.md']);

/** A folder with what the commands need of the checkout, and an `npx` that runs the build: the real one would ask the registry here. */
let folder: string;

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'copydesk-readme-')));
  for (const name of ['tests', 'events']) symlinkSync(join(checkout, name), join(folder, name));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(checkout, join(folder, 'node_modules', 'copydesk'));
  mkdirSync(join(folder, 'bin'));
  const npx = join(folder, 'bin', 'npx');
  const cli = join(checkout, 'dist', 'cli', 'copydesk.js');
  writeFileSync(npx, `#!/bin/sh\ntest "$1" = copydesk || exit 127\nshift\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(npx, 0o755);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the examples, one after the other', () => {
  it.each(english.map((example) => [example.name, example] as const))('%s', async (_, { language, body, quoted }) => {
    const printed = language === 'js' ? await runScript(body) : await runCommands(body);
    if (quoted !== undefined) expect(comparable(printed)).toMatch(patternOf(quoted));
  });

  it('are those that a reader needs first', () => {
    expect(english.slice(0, 2).map(({ body }) => body.trim())).toEqual([
      'npm ci && npx copydesk ingest tests/samples --archive archive',
      'npm ci && npm test',
    ]);
    expect(english.filter(({ language }) => language === 'js')).toHaveLength(1);
  });

  it('show what was printed: another output does not match', () => {
    expect('6 files: 5 archived in N s').not.toMatch(patternOf('6 files: 6 archived in 0.1 s\n'));
    expect('a x b\n').toMatch(patternOf('a […] b\n'));
    expect('a x\ny b\n').not.toMatch(patternOf('a […] b\n'));
    expect('a\nx\ny\nb\n').toMatch(patternOf('a\n[…]\nb\n'));
  });
});

describe('both languages', () => {
  it('have the same commands, code and output', () => {
    expect(examplesOf(readmes['README.zh.md'])).toEqual(english);
  });

  it.each(names)('%s names every command and every setting, and no other', async (name) => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(checkout, 'dist', 'cli', 'copydesk.js'), '--help']);
    const commands = [...stdout.matchAll(/^ {2}(\w+) \[options\]/gm)].map((match) => match[1]);
    const named = [...readmes[name].matchAll(/^\| `(\w+) [^`]*` +\|/gm)].map((match) => match[1]);
    expect([...new Set(named)].toSorted()).toEqual(commands.toSorted());
    const settings = [...readmes[name].matchAll(/COPYDESK_\w+/g)].map(([setting]) => setting);
    expect([...new Set(settings)].toSorted()).toEqual(settingNames.toSorted());
  });

  it.each(names)('%s links and points to files that exist', (name) => {
    const links = [...readmes[name].matchAll(/\]\(([^):#]+)\)/g)].map((match) => match[1] ?? '');
    const paths = [...readmes[name].matchAll(/`((?:src|tests|events|infra|docs)\/[\w./-]*)`/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(3);
    expect(paths.length).toBeGreaterThan(5);
    expect([...links, ...paths].filter((path) => !existsSync(join(checkout, path)))).toEqual([]);
  });
});

function fencesOf(markdown: string): Fence[] {
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', body = '']) => ({ language, body }));
}

/** @throws if a block of output stands behind something that prints nothing. */
function examplesOf(markdown: string): Example[] {
  const fences = fencesOf(markdown);
  return fences.flatMap(({ language, body }, index): Example[] => {
    const next = fences[index + 1];
    if (language === 'text' && !/^(?:sh|js)$/.test(fences[index - 1]?.language ?? '')) throw new Error(`this is no output: ${body}`);
    if (language !== 'sh' && language !== 'js') return [];
    const name = language === 'js' ? 'the library' : body.trim();
    return [{ name, language, body, ...(next?.language === 'text' && { quoted: next.body }) }];
  });
}

async function runCommands(body: string): Promise<string> {
  let printed = '';
  for (const line of body.trim().split('\n')) {
    const command = withoutInstalling(line);
    if (command === undefined) continue;
    printed += await run('sh', ['-c', command]);
  }
  return printed;
}

/** The line without what would install, or run these tests again. Those must exist. */
function withoutInstalling(line: string): string | undefined {
  const [first = '', rest] = line.split(/ && (.*)/);
  if (first !== 'npm ci') return line;
  expect(existsSync(join(checkout, 'package-lock.json'))).toBe(true);
  // `npm ci` builds.
  expect(scripts.prepare).toBe('npm run build');
  if (rest === 'npm test') {
    expect(scripts.test).toMatch(/vitest run/);
    return undefined;
  }
  expect(rest).toMatch(/^npx copydesk /);
  return rest;
}

async function runScript(body: string): Promise<string> {
  writeFileSync(join(folder, 'example.mjs'), body);
  return run(process.execPath, ['example.mjs']);
}

/** What is printed to stdout. Rejects unless the exit code is 0. */
async function run(file: string, args: readonly string[]): Promise<string> {
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('COPYDESK_')));
  const env = { ...own, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` };
  return (await promisify(execFile)(file, args, { cwd: folder, env })).stdout;
}

/** Output with its durations and its folder as the README writes them. */
function comparable(text: string): string {
  return text.replaceAll(folder, '/path/to/copydesk').replace(/\b\d+\.\d s\b/g, 'N s');
}

/** Quoted output as a pattern: `[…]` stands for any part of a line, on a line by itself for any lines. */
function patternOf(quoted: string): RegExp {
  const source = quoted
    .replace(/\b\d+\.\d s\b/g, 'N s')
    .split(/(?<=\n)(\[…\])(?=\n)|\[…\]/)
    // The group is undefined where the mark stands inside a line.
    .map((part) => (part === undefined ? '[^\\n]*' : part === '[…]' ? '[^]*' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`);
}
