/**
 * Cleaning takes time in proportion to the length of a text, whatever stands in it. At this length a rule that goes over the text for each
 * of its places takes hours: the test would not end. `npx tsx bench/linear.ts` gives the figures, up to 10 MB.
 */
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/index.ts';
import { undoLayers } from '../../src/text/edit.ts';
import { mixed, repeated, seeds } from '../support/adversarial.ts';
import { seeded } from '../support/noise.ts';

const length = 300_000;

describe('adversarial texts come to an end', () => {
  it.each(seeds.map((seed) => [seed]))('%j over and over', { timeout: 120_000 }, (seed) => {
    const text = repeated(seed, length);
    const { text: cleaned, layers } = clean(text);
    expect(undoLayers(cleaned, layers) === text).toBe(true);
  });

  it.each([1, 2, 3])('all kinds of them, %d', { timeout: 120_000 }, (seed) => {
    const text = mixed(length, seeded(seed));
    const { text: cleaned, layers } = clean(text);
    expect(undoLayers(cleaned, layers) === text).toBe(true);
  });
});
