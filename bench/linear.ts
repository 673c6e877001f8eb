/**
 * How the time of every rule grows with the length of adversarial texts. Run: npx tsx bench/linear.ts [longest, default 10000000]
 *
 * For each text, a quarter of the length and the whole: the growth is the time of the whole over four times that of the quarter, 1 where a
 * rule is linear. Printed are, for each rule, the worst growth among texts that take it over 50 ms, and the longest time in milliseconds.
 */
import { allRules } from '../src/clean/index.ts';
import { mixed, repeated, seeds } from '../tests/support/adversarial.ts';
import { seeded } from '../tests/support/noise.ts';

const longest = Number(process.argv[2] ?? 10_000_000);
const texts = new Map(seeds.map((seed) => [JSON.stringify(seed), (length: number) => repeated(seed, length)]));
texts.set('a mixture', (length) => mixed(length, seeded(1)));

const worst = new Map<string, { growth: number; growthOn: string; time: number; timeOn: string }>();
for (const [name, make] of texts) {
  const [quarter, whole] = [make(longest / 4), make(longest)];
  for (const rule of allRules) {
    const time = (text: string) => {
      const start = performance.now();
      rule.find(text, { report: () => undefined });
      return performance.now() - start;
    };
    const [short, long] = [time(quarter), time(whole)];
    const one = worst.get(rule.id) ?? { growth: 0, growthOn: '', time: 0, timeOn: '' };
    const growth = long / (4 * short);
    if (long > 50 && growth > one.growth) Object.assign(one, { growth, growthOn: name });
    if (long > one.time) Object.assign(one, { time: long, timeOn: name });
    worst.set(rule.id, one);
  }
}
console.log(`${longest} UTF-16 units\n\n| rule | worst growth | on | longest ms | on |\n|---|---|---|---|---|`);
for (const [rule, { growth, growthOn, time, timeOn }] of worst) {
  console.log(`| ${rule} | ${growth === 0 ? '' : growth.toFixed(2)} | ${growthOn} | ${time.toFixed(0)} | ${timeOn} |`);
}
