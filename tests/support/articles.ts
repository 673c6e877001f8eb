/** Raw files for tests: the project's own samples, and as many different articles as are needed. */
import { readFileSync } from 'node:fs';

export const samples = ['hans-clean', 'hans-noise', 'hant-hk-clean', 'hant-naive', 'hant-tw-clean', 'seed'] as const;

export function sample(name: (typeof samples)[number]): Buffer {
  return readFileSync(new URL(`../samples/${name}.txt`, import.meta.url));
}

/** An article like no other: a sample under a first line of its own. */
export function article(number: number): Buffer {
  return Buffer.concat([Buffer.from(`山城云岭新闻第${number}号\n`), sample(samples[number % samples.length] ?? 'seed')]);
}

/** What cannot be taken, by the code that says why. */
export const unwelcome = {
  empty: Buffer.alloc(0),
  binary: Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'),
  'not-chinese': Buffer.from('The council met on Monday and put the matter off again.\n'),
} as const;
