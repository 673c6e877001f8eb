import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/index.ts';
import { readCases } from '../support/cases.ts';

describe('in the wild', () => {
  it.each(readCases('in-the-wild').map((one) => [one.label, one] as const))('%s', (_, { original, expected }) => {
    expect(clean(original).text).toBe(expected);
    expect(clean(expected).text).toBe(expected);
  });
});

describe('negative: comes through unchanged', () => {
  it.each(readCases('negative').map((one) => [one.label, one] as const))('%s', (_, { original, expected }) => {
    expect(original).toBe(expected);
    expect(clean(original).text).toBe(expected);
  });
});

describe('known failures', () => {
  it('still fail, or belong to the other cases by now', () => {
    const mended = readCases('known-failures').filter(({ original, expected }) => clean(original).text === expected);
    expect(mended.map(({ label }) => label)).toEqual([]);
  });
});
