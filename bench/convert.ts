/**
 * The converter beside opencc-js, simplecc-wasm, chinese-conv and the `opencc` command, in one run.
 * Run: npx tsx bench/convert.ts [file of Simplified text]
 *
 * Texts: sentences of the project's own articles (or of the file), shuffled into articles, and articles made of dictionary words.
 * Throughput is the median of interleaved rounds, in megabytes of UTF-8 of the source. A first conversion is timed in fresh
 * processes that alternate: from after the imports to the first converted sentence, and the life of the process less that of an
 * empty one. Memory is what a process takes more than an empty one, with every direction used once. This converter is measured as a
 * bundle, as it is shipped. Peers that are not installed are named and left out; so that rows can be compared, the share of
 * characters that each converts as opencc-js does is given.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { Converter } from 'opencc-js';
import { readDictionary } from '../scripts/build-dictionaries.ts';
import { lambdaOptions } from '../scripts/bundle-options.ts';
import type * as Engine from '../src/convert/opencc.ts';
import { type Script, scripts } from '../src/convert/scripts.ts';

type Convert = (text: string) => string;

interface Direction {
  readonly from: Script;
  readonly to: Script;
}

interface Peer {
  readonly name: string;
  readonly packageName: string;
  /** The files that a program would load, for the size. */
  readonly files: readonly string[];
  /** How a converter is made of the module, as JavaScript. */
  readonly make: { readonly s2tw: string; readonly tw2s: string };
}

const articleCharacters = 2_000;
const articles = 250;
const rounds = 7;
const warmUps = 2;
const starts = 9;
const sentence = '国家发展改革委今天发布消息，頭髮發現。';
const s2tw: Direction = { from: 'zh-Hans', to: 'zh-Hant-TW' };
const tw2s: Direction = { from: 'zh-Hant-TW', to: 'zh-Hans' };
const locales = { 'zh-Hans': 'cn', 'zh-Hant': 't', 'zh-Hant-TW': 'tw', 'zh-Hant-HK': 'hk' } as const;

const peers: readonly Peer[] = [
  {
    name: 'simplecc-wasm',
    packageName: 'simplecc-wasm',
    files: ['pkg/nodejs/simplecc_wasm.js', 'pkg/nodejs/simplecc_wasm_bg.wasm'],
    // It has no tw2s.
    make: { s2tw: "(text) => module.simplecc(text, 's2tw')", tw2s: "(text) => module.simplecc(text, 't2s')" },
  },
  {
    name: 'chinese-conv',
    packageName: 'chinese-conv',
    files: ['dist/index.js'],
    // It knows one Traditional.
    make: { s2tw: 'module.tify', tw2s: 'module.sify' },
  },
];

const folder = mkdtempSync(join(tmpdir(), 'copydesk-convert-'));
const root = fileURLToPath(new URL('..', import.meta.url));

try {
  const bundle = join(folder, 'ours.mjs');
  await bundleTo(bundle);
  const engine = (await import(pathToFileURL(bundle).href)) as typeof Engine;
  const installed = peers.filter(({ name, packageName }) => {
    const isInstalled = versionOf(packageName) !== undefined;
    if (!isInstalled) console.log(`${name} is not installed: left out`);
    return isInstalled;
  });
  const command = spawnSync('opencc', ['--version'], { encoding: 'utf8' });
  if (command.error !== undefined) console.log('the opencc command is not installed: left out');
  const commandVersion = command.error === undefined ? /Version: (\S+)/.exec(command.stdout)?.[1] : undefined;

  const named = ['opencc-js', ...installed.map(({ packageName }) => packageName)].map((name) => `${name} ${versionOf(name)}`);
  console.log(
    [`Node ${process.version}`, ...named, ...(commandVersion === undefined ? [] : [`opencc command ${commandVersion}`])].join(', '),
  );
  const natural = makeArticles(naturalSentences(engine, process.argv[2]));
  const words = makeWordArticles([...(await readDictionary('STPhrases')).keys()]);
  await compareThroughput(engine, installed, commandVersion, 'natural text', natural);
  await compareThroughput(engine, installed, commandVersion, 'dictionary words', words);
  compareAllDirections(engine, natural);
  compareStarts(bundle, installed, commandVersion);
  compareMemory(bundle, installed);
  compareSizes(bundle, installed);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function bundleTo(outfile: string): Promise<void> {
  await build({
    ...lambdaOptions,
    entryPoints: [join(root, 'src/convert/opencc.ts')],
    outfile,
  });
}

async function compareThroughput(
  engine: typeof Engine,
  installed: readonly Peer[],
  commandVersion: string | undefined,
  kind: string,
  simplified: readonly string[],
): Promise<void> {
  for (const [name, direction] of [['s2tw', s2tw] as const, ['tw2s', tw2s] as const]) {
    const { from, to } = direction;
    const texts = sources(engine, simplified, from);
    const subjects = new Map<string, Convert>([
      ['copydesk, text', (text) => engine.convertText(text, from, to)],
      ['copydesk, with edits', (text) => engine.convertScript(text, from, to).text],
      ['opencc-js', openccJs(direction)],
    ]);
    for (const peer of installed) {
      const module: unknown = await import(peer.packageName);
      // The expressions stand in this file.
      const convert: unknown = new Function('module', `return ${peer.make[name]}`)(module);
      if (typeof convert === 'function') subjects.set(peer.name, (text) => String(convert(text)));
    }
    const { speeds, results } = throughputs(subjects, texts);
    speeds.set('UTF-8 decode and encode', utf8Throughput(texts));
    if (commandVersion !== undefined) {
      const { speed, result } = commandThroughput(name, texts);
      speeds.set('opencc command', speed);
      results.set('opencc command', result);
    }
    const expected = results.get('opencc-js') ?? [];
    if (!sameTexts(results.get('copydesk, text'), expected) || !sameTexts(results.get('copydesk, with edits'), expected)) {
      throw new Error(`${name}: the results differ from opencc-js's`);
    }
    const base = speeds.get('opencc-js') ?? Number.NaN;
    console.log(`\n### ${name}, ${kind}\n`);
    printTable(
      ['', 'MB/s', 'times opencc-js', 'characters as opencc-js'],
      [...speeds].map(([subject, speed]) => [
        subject,
        speed.toFixed(1),
        (speed / base).toFixed(1),
        results.has(subject) ? `${(agreement(results.get(subject) ?? [], expected) * 100).toFixed(2)} %` : '',
      ]),
    );
  }
}

function compareAllDirections(engine: typeof Engine, simplified: readonly string[]): void {
  const rows: string[][] = [];
  for (const from of scripts) {
    for (const to of scripts) {
      if (from === to) continue;
      const texts = sources(engine, simplified, from);
      const subjects = new Map<string, Convert>([
        ['ours', (text) => engine.convertText(text, from, to)],
        ['edits', (text) => engine.convertScript(text, from, to).text],
        ['peer', openccJs({ from, to })],
      ]);
      const { speeds, results } = throughputs(subjects, texts);
      if (!sameTexts(results.get('ours'), results.get('peer') ?? [])) throw new Error(`${from} to ${to}: the results differ`);
      const [ours = 0, edits = 0, peer = 0] = speeds.values();
      rows.push(
        [`${from} → ${to}`, ours / peer, edits / peer, ours / utf8Throughput(texts)].map((cell) =>
          typeof cell === 'number' ? cell.toFixed(2) : cell,
        ),
      );
    }
  }
  console.log('\n### Every direction, natural text\n');
  printTable(['', 'text: times opencc-js', 'with edits: times opencc-js', 'text: times UTF-8 decode and encode'], rows);
}

function compareStarts(bundle: string, installed: readonly Peer[], commandVersion: string | undefined): void {
  const directions = [
    ['s2tw', s2tw],
    ['tw2s', tw2s],
    ['t2tw', { from: 'zh-Hant', to: 'zh-Hant-TW' }],
    ['tw2t', { from: 'zh-Hant-TW', to: 'zh-Hant' }],
  ] as const;
  for (const [name, { from, to }] of directions) {
    const programs = new Map([
      ['empty', ''],
      ['copydesk, text', program(bundle, `module.convertText(text, '${from}', '${to}')`)],
      ['copydesk, with edits', program(bundle, `module.convertScript(text, '${from}', '${to}').text`)],
      ['opencc-js', program(resolve('opencc-js'), `module.Converter({ from: '${locales[from]}', to: '${locales[to]}' })(text)`)],
    ]);
    if (name === 's2tw' || name === 'tw2s') {
      for (const peer of installed) programs.set(peer.name, program(resolve(peer.packageName), `(${peer.make[name]})(text)`));
    }
    const times = alternate(programs);
    const base = median(times.get('opencc-js')?.firsts ?? []);
    const empty = median(times.get('empty')?.walls ?? []);
    const rows = [...times].slice(1).map(([subject, { firsts, walls }]) => {
      const first = median(firsts);
      return [subject, first.toFixed(1), (base / first).toFixed(1), (median(walls) - empty).toFixed(0)];
    });
    if (commandVersion !== undefined && (name === 's2tw' || name === 'tw2s')) {
      rows.push(['opencc command, its whole life', '', '', commandWall(name, sentence).toFixed(0)]);
    }
    console.log(`\n### ${name}, first conversion in a fresh process\n`);
    printTable(['', 'ms after the imports', 'times faster than opencc-js', 'ms with loading, over an empty process'], rows);
  }
}

/** A program that times its first conversion. */
function program(module: string, expression: string): string {
  return `import * as module from ${JSON.stringify(pathToFileURL(module).href)};
const text = '${sentence}';
const start = performance.now();
const converted = ${expression};
console.log(performance.now() - start);
globalThis.kept = converted;
`;
}

function alternate(programs: ReadonlyMap<string, string>): Map<string, { firsts: number[]; walls: number[] }> {
  const times = new Map([...programs.keys()].map((name) => [name, { firsts: [] as number[], walls: [] as number[] }]));
  for (let round = 0; round < starts; round++) {
    for (const [name, source] of programs) {
      const file = join(folder, 'program.mjs');
      writeFileSync(file, source);
      const start = performance.now();
      const printed = execFileSync(process.execPath, [file], { encoding: 'utf8' });
      times.get(name)?.walls.push(performance.now() - start);
      times.get(name)?.firsts.push(Number(printed));
    }
  }
  return times;
}

function compareMemory(bundle: string, installed: readonly Peer[]): void {
  const pairs = scripts.flatMap((from) => scripts.filter((to) => to !== from).map((to) => [from, to] as const));
  const every = JSON.stringify(pairs);
  const localePairs = JSON.stringify(pairs.map(([from, to]) => [locales[from], locales[to]]).filter(([from, to]) => from !== to));
  const programs = new Map([
    ['an empty process', ''],
    ['copydesk, text', `for (const [from, to] of ${every}) kept.push(module.convertText(text, from, to));`],
    ['copydesk, with edits', `for (const [from, to] of ${every}) kept.push(module.convertScript(text, from, to));`],
    [
      'opencc-js',
      `for (const [from, to] of ${localePairs}) { const convert = module.Converter({ from, to }); kept.push(convert, convert(text)); }`,
    ],
    ...installed.map(({ name, make }) => [name, `kept.push((${make.s2tw})(text), (${make.tw2s})(text));`] as const),
  ]);
  const modules = new Map<string, string>([
    ['copydesk, text', bundle],
    ['copydesk, with edits', bundle],
    ['opencc-js', resolve('opencc-js')],
    ...installed.map(({ name, packageName }) => [name, resolve(packageName)] as const),
  ]);
  const measured = [...programs].map(([name, body]) => {
    const module = modules.get(name);
    const source = `${module === undefined ? '' : `import * as module from ${JSON.stringify(pathToFileURL(module).href)};`}
const text = '${sentence}';
const kept = [];
${body}
gc();
const { rss, heapUsed, external } = process.memoryUsage();
console.log([rss, heapUsed + external].join());
globalThis.kept = kept;`;
    const file = join(folder, 'memory.mjs');
    writeFileSync(file, source);
    const runs = Array.from({ length: 5 }, () =>
      execFileSync(process.execPath, ['--expose-gc', file], { encoding: 'utf8' }).split(',').map(Number),
    );
    return [name, median(runs.map(([rss = 0]) => rss)), median(runs.map(([, heap = 0]) => heap))] as const;
  });
  const [, emptyRss, emptyHeap] = measured[0] ?? ['', 0, 0];
  console.log('\n### Memory over an empty process, every direction used once\n');
  printTable(
    ['', 'resident, MB', 'heap and buffers, MB'],
    measured.slice(1).map(([name, rss, heap]) => [name, ((rss - emptyRss) / 1e6).toFixed(1), ((heap - emptyHeap) / 1e6).toFixed(1)]),
  );
}

function compareSizes(bundle: string, installed: readonly Peer[]): void {
  const row = (name: string, files: readonly string[]): string[] => {
    const contents = files.map((file) => readFileSync(file));
    const sum = (sizes: readonly number[]): string => (sizes.reduce((total, size) => total + size, 0) / 1000).toFixed(0);
    return [name, sum(contents.map(({ length }) => length)), sum(contents.map((each) => brotliCompressSync(each).length))];
  };
  console.log('\n### Size\n');
  printTable(
    ['', 'kB', 'kB in Brotli'],
    [
      row('copydesk, tables', [join(root, 'src/convert/dictionaries.generated.ts')]),
      row('copydesk, tables and code', [bundle]),
      row('opencc-js', [resolve('opencc-js')]),
      ...installed.map(({ name, packageName, files }) =>
        row(
          name,
          files.map((file) => join(root, 'node_modules', packageName, file)),
        ),
      ),
    ],
  );
}

function throughputs(
  subjects: ReadonlyMap<string, Convert>,
  texts: readonly string[],
): { speeds: Map<string, number>; results: Map<string, string[]> } {
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
  const times = new Map<string, number[]>([...subjects.keys()].map((name) => [name, []]));
  const results = new Map<string, string[]>();
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const [name, convert] of subjects) {
      const start = performance.now();
      const converted = texts.map(convert);
      const ms = performance.now() - start;
      results.set(name, converted);
      if (round >= warmUps) times.get(name)?.push(ms);
    }
  }
  return { speeds: new Map([...times].map(([name, each]) => [name, megabytes / (median(each) / 1000)])), results };
}

function utf8Throughput(texts: readonly string[]): number {
  const bytes = new Map(texts.map((text) => [text, Buffer.from(text)]));
  const decoder = new TextDecoder();
  const { speeds } = throughputs(new Map([['utf8', (text: string) => `${Buffer.from(decoder.decode(bytes.get(text))).length}`]]), texts);
  return speeds.get('utf8') ?? Number.NaN;
}

/** Of the command, the time for a sentence is taken off: that is its start. */
function commandThroughput(name: string, texts: readonly string[]): { speed: number; result: string[] } {
  const separator = '\n=\n';
  const all = texts.join(separator);
  const seconds = (commandWall(name, all) - commandWall(name, sentence)) / 1000;
  return { speed: Buffer.byteLength(all) / 1e6 / seconds, result: runCommand(name, all).split(separator) };
}

function commandWall(name: string, text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    runCommand(name, text);
    return performance.now() - start;
  });
  return median(times);
}

function runCommand(name: string, text: string): string {
  return execFileSync('opencc', ['-c', `${name}.json`], { input: text, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** A route between two variants is two configurations for opencc-js too; it reads standard Traditional as Taiwan's. */
function openccJs({ from, to }: Direction): Convert {
  if (from === 'zh-Hant' && to === 'zh-Hans') return Converter({ from: 'tw', to: 'cn' });
  if (!from.startsWith('zh-Hant-') || !to.startsWith('zh-Hant-')) return Converter({ from: locales[from], to: locales[to] });
  const toStandard = Converter({ from: locales[from], to: 't' });
  const fromStandard = Converter({ from: 't', to: locales[to] });
  return (text) => fromStandard(toStandard(text));
}

function sources(engine: typeof Engine, simplified: readonly string[], from: Script): readonly string[] {
  return simplified.map((text) => engine.convertText(text, 'zh-Hans', from));
}

/** The share of characters that are the same; a clause of another length counts as different altogether. */
function agreement(results: readonly string[], expected: readonly string[]): number {
  const clausesOf = (texts: readonly string[]): string[] => texts.flatMap((text) => text.split(/[，。、；：？！\n]/u));
  const clauses = clausesOf(results);
  let same = 0;
  let all = 0;
  clausesOf(expected).forEach((clause, index) => {
    const other = clauses[index] ?? '';
    all += clause.length;
    if (other.length !== clause.length) return;
    for (let at = 0; at < clause.length; at++) if (clause[at] === other[at]) same++;
  });
  return same / all;
}

function sameTexts(results: readonly string[] | undefined, expected: readonly string[]): boolean {
  return results !== undefined && results.length === expected.length && results.every((text, index) => text === expected[index]);
}

/** Simplified sentences: of the file, or of the project's articles, the Traditional ones converted. */
function naturalSentences(engine: typeof Engine, file: string | undefined): string[] {
  if (file !== undefined) return sentencesOf(readFileSync(file, 'utf8'));
  const read = (name: string): string => readFileSync(join(root, 'tests', name), 'utf8');
  const held: readonly { label: string; clean: string }[] = JSON.parse(read('cases/heldout-noise.json'));
  const simplified = [read('samples/hans-clean.txt'), ...held.filter(({ label }) => label.startsWith('hans')).map(({ clean }) => clean)];
  const traditional = [
    read('samples/hant-tw-clean.txt'),
    read('samples/hant-hk-clean.txt'),
    ...held.filter(({ label }) => label.startsWith('hant')).map(({ clean }) => clean),
  ];
  return sentencesOf([...simplified, ...traditional.map((text) => engine.convertText(text, 'zh-Hant-TW', 'zh-Hans'))].join('\n'));
}

function sentencesOf(text: string): string[] {
  return text.match(/[^。！？\n]+[。！？]?/gu)?.filter((each) => each.trim() !== '') ?? [];
}

/** Articles of sentences in an order that looks random and is the same every time. */
function makeArticles(sentences: readonly string[]): string[] {
  let state = 1;
  const pick = (): string => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return sentences[((mixed ^ (mixed >>> 14)) >>> 0) % sentences.length] ?? '';
  };
  return Array.from({ length: articles }, () => {
    let text = '';
    while (text.length < articleCharacters) text += pick();
    return text;
  });
}

/** Articles of words at fixed steps through the list, with a comma after each tenth. */
function makeWordArticles(words: readonly string[]): string[] {
  let next = 0;
  return Array.from({ length: articles }, () => {
    let text = '';
    for (let count = 1; text.length < articleCharacters; count++) {
      next = (next + 7_919) % words.length;
      text += (words[next] ?? '') + (count % 10 === 0 ? '，' : '');
    }
    return text;
  });
}

function versionOf(packageName: string): string | undefined {
  try {
    return /"version": "([^"]+)"/.exec(readFileSync(join(root, 'node_modules', packageName, 'package.json'), 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

function resolve(packageName: string): string {
  return fileURLToPath(import.meta.resolve(packageName));
}

function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, index) => Math.max(cell.length, 3, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  console.log([line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n'));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
