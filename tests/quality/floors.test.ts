/** The held-out half does not fall below its floors. `npm run quality` prints the whole picture. */
import { describe, expect, it } from 'vitest';
import { noiseDictionaries, noiseStyles } from '../support/noise.ts';
import { damages } from './damage.ts';
import floors from './floors.json' with { type: 'json' };
import { changedArticles, measureDamage, measureFurniture, measureMarks, measureNoise, readArticles } from './measure.ts';
import { f1Of, measureStructure, readLabelled } from './structure.ts';

const articles = readArticles('heldout');

describe('reading noise', () => {
  // Each style and dictionary, at a low and at a high rate: together as many groups as the whole run has at one.
  it.each([0.03, 0.185])('comes off at a rate of %d, and nothing else', (rate) => {
    const total = { articles: 0, exact: 0, groups: 0, left: 0, legitimate: 0, kept: 0 };
    for (const dictionary of noiseDictionaries) {
      for (const style of noiseStyles) {
        const figures = measureNoise(articles, { style, rate, dictionary, seed: 2 });
        for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += figures[key];
      }
    }
    expect(total.exact / total.articles).toBeGreaterThanOrEqual(floors.noise.exact);
    expect(1 - total.left / total.groups).toBeGreaterThanOrEqual(floors.noise.removed);
    expect(total.kept / total.legitimate).toBeGreaterThanOrEqual(floors.noise.kept);
  });

  it('is a share of the development half too', () => {
    const { exact, articles: noisy } = measureNoise(readArticles('development'), {
      style: 'ascii',
      rate: 0.185,
      dictionary: 'tiny-pinyin',
    });
    expect(exact / noisy).toBeGreaterThanOrEqual(floors.noise.exact);
  });
});

it('articles with nothing wrong come back as they are', () => {
  const changed = [...changedArticles(articles), ...changedArticles(readArticles('development'))];
  expect(changed.length).toBeLessThanOrEqual((1 - floors.unchanged) * articles.length);
});

it.each([...measureMarks(articles)])('%s is restored', (mark, f1) => {
  expect(f1).toBeGreaterThanOrEqual(floors.marks[mark as keyof typeof floors.marks]);
});

it('furniture goes and what only looks like it stays', () => {
  const figures = measureFurniture('heldout', articles);
  for (const [name, floor] of Object.entries(floors.furniture)) {
    expect(figures[name as keyof typeof figures], name).toBeGreaterThanOrEqual(floor);
  }
});

it.each(damages.map((damage) => [damage.rule, damage] as const))('%s mends its damage', (rule, damage) => {
  expect(measureDamage(articles, damage).exact).toBeGreaterThanOrEqual(floors.damage[rule as keyof typeof floors.damage]);
});

describe('structure', () => {
  const scores = measureStructure(readLabelled('heldout'));

  it('is found over all kinds, fields and roles', () => {
    const all = scores.find(({ label }) => label === 'all');
    expect(all?.expected).toBeGreaterThan(1000);
    expect(all === undefined ? 0 : f1Of(all)).toBeGreaterThanOrEqual(floors.structure.all);
  });

  it.each(scores.map((score) => [score.label, score] as const))('%s', (_, score) => {
    expect(f1Of(score)).toBeGreaterThanOrEqual(floors.structure.each);
  });
});
