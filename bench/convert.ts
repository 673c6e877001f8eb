/**
 * The converter beside opencc-js, in one process, over text made of dictionary words. Run: npx tsx bench/convert.ts
 *
 * A converter's start-up is timed in a process of its own, from after the imports to the first converted sentence. Throughput is the
 * median of interleaved runs; MB are megabytes of UTF-8. This converter also records its edits, opencc-js does not.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Converter } from 'opencc-js';
import { readDictionary } from '../scripts/build-dictionaries.ts';
import { convertScript } from '../src/convert/opencc.ts';
import type { Script } from '../src/convert/scripts.ts';

interface Direction {
  readonly name: string;
  readonly from: Script;
  readonly to: Script;
  readonly peer: { readonly from: string; readonly to: string };
}

const s2tw: Direction = { name: 's2tw', from: 'zh-Hans', to: 'zh-Hant-TW', peer: { from: 'cn', to: 'tw' } };
const tw2s: Direction = { name: 'tw2s', from: 'zh-Hant-TW', to: 'zh-Hans', peer: { from: 'tw', to: 'cn' } };
const articleCharacters = 2_000;
const articles = 100;
const rounds = 7;
const starts = 5;

const [mode, who, name] = process.argv.slice(2);
if (mode === 'start') console.log(timeStart(name === 'tw2s' ? tw2s : s2tw, who === 'peer'));
else await compare();

async function compare(): Promise<void> {
  const simplified = makeTexts([...(await readDictionary('STPhrases')).keys()]);
  for (const direction of [s2tw, tw2s]) {
    const ours = median(startsOf('ours', direction));
    const theirs = median(startsOf('peer', direction));
    console.log(
      `${direction.name} start-up    ${ours.toFixed(1)} ms, opencc-js ${theirs.toFixed(1)} ms: ${(theirs / ours).toFixed(1)} times faster`,
    );
  }
  const texts = { s2tw: simplified, tw2s: simplified.map((text) => convertScript(text, 'zh-Hans', 'zh-Hant-TW').text) };
  for (const direction of [s2tw, tw2s]) compareThroughput(direction, direction.name === 's2tw' ? texts.s2tw : texts.tw2s);
}

function compareThroughput({ name, from, to, peer }: Direction, texts: readonly string[]): void {
  const peerConvert = Converter(peer);
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds + 2; round++) {
    const mine = time(() => texts.map((text) => convertScript(text, from, to).text));
    const other = time(() => texts.map((text) => peerConvert(text)));
    if (mine.result.some((text, index) => text !== other.result[index])) throw new Error(`${name}: the results differ`);
    // The first two rounds warm up.
    if (round < 2) continue;
    ours.push(megabytes / (mine.ms / 1000));
    theirs.push(megabytes / (other.ms / 1000));
  }
  const ratio = median(ours) / median(theirs);
  console.log(
    `${name} throughput  ${median(ours).toFixed(1)} MB/s with edits, opencc-js ${median(theirs).toFixed(1)} MB/s without: ${ratio.toFixed(1)} times faster`,
  );
}

function startsOf(which: 'ours' | 'peer', { name }: Direction): number[] {
  const run = (): number =>
    Number(
      execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), 'start', which, name], { encoding: 'utf8' }),
    );
  return Array.from({ length: starts }, run);
}

function timeStart({ from, to, peer }: Direction, isPeer: boolean): number {
  return time(() => (isPeer ? Converter(peer)('发现發現') : convertScript('发现發現', from, to).text)).ms;
}

function time<T>(work: () => T): { ms: number; result: T } {
  const start = performance.now();
  const result = work();
  return { ms: performance.now() - start, result };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}

/** Articles of words at fixed steps through the list, so that every run has the same ones, with a comma after each tenth. */
function makeTexts(words: readonly string[]): string[] {
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
