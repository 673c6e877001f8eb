import { describe, expect, it } from 'vitest';
import { runRules } from '../../src/clean/rule.ts';
import { cleaningRules } from '../../src/clean/rules/index.ts';
import { naiveConversion } from '../../src/convert/repair.ts';

describe.each([...cleaningRules, naiveConversion].map((rule) => [rule.id, rule] as const))('%s', (_, rule) => {
  const run = (text: string) => runRules(text, 'clean', [rule]).text;

  it.each(rule.examples.map(({ raw, clean }) => [raw, clean]))('mends %j', (raw, clean) => {
    expect(run(raw)).toBe(clean);
    expect(run(clean)).toBe(clean);
  });

  it.each(rule.keeps.map((text) => [text]))('keeps %j', (text) => {
    expect(run(text)).toBe(text);
  });

  it('says why, and shows what it mends and keeps', () => {
    expect(rule.why).toMatch(/\p{Script=Han}|LF|empty lines/u);
    expect(rule.examples.length).toBeGreaterThan(0);
    expect(rule.keeps.length).toBeGreaterThan(0);
  });
});
