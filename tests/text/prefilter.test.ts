import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prefilter } from '../../src/text/prefilter.ts';

const patterns = [
  /广告|赞助|\bad|[点按]击|登[录入]|第?[一二]页|(?:上|下)一(?:页|篇)|12[0-9]{3}|https?:|[>»→]/i,
  /[关關]注|分享到?|(?:微信)?公[众眾]号/,
  /a|bc|b(?:d|ef)?g/,
];

describe('a prefilter', () => {
  it.each(patterns)('never says no where the pattern matches: %s', (pattern) => {
    const may = prefilter(pattern);
    const units = [...new Set(pattern.source.replace(/[\\[\]()?:|{}]/g, '')), ...'的了。，x '];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...units), { maxLength: 12 }), (characters) => {
        const text = characters.join('');
        if (pattern.test(text)) expect(may(text)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('says no to what begins like no alternative', () => {
    const may = prefilter(/广告|[点按]击|https?:/i);
    expect(['广场上的告示', '点了一下，击中', 'XML', '', 'ht'].map(may)).toEqual([false, false, false, false, true]);
    expect(['看广告', '按击', 'HTTP:'].map(may)).toEqual([true, true, true]);
  });

  it.each([/^a|b/, /\d页/, /a?/, /[^a]b/, /.a/])('does not take %s', (pattern) => {
    expect(() => prefilter(pattern)).toThrow(SyntaxError);
  });
});
