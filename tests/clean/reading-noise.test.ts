import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/index.ts';
import { foldSyllable, isReadingOf } from '../../src/clean/readings.ts';
import { readHeldOut } from '../support/cases.ts';
import { addNoise, noiseStyles, seeded } from '../support/noise.ts';

describe('noise on held-out articles', () => {
  describe.each(noiseStyles)('of style %s', (style) => {
    it.each([0.05, 0.3])('comes off to the character when %d of the characters carry it', (rate) => {
      for (const [index, article] of readHeldOut().entries()) {
        const { text: noisy } = addNoise(article.clean, { style, rate, random: seeded(index + 1) });
        expect(noisy).not.toBe(article.clean);
        expect(clean(noisy).text, article.label).toBe(article.clean);
      }
    });
  });

  it('leaves every article as it is without noise', () => {
    for (const { clean: text, label } of readHeldOut()) expect(clean(text).text, label).toBe(text);
  });
});

describe('doubt', () => {
  it('leaves the text alone and says so', () => {
    const text = '这篇课文里，生字有贯(guan)彻、隐(yin)患、遏(e)制、履(lü)职、峙(zhi)立，请抄写。';
    const { text: cleaned, messages } = clean(text);
    expect(cleaned).toBe(text);
    expect(messages).toMatchObject([{ rule: 'reading-noise', severity: 'warning', reason: expect.stringContaining('review') }]);
  });

  it('keeps a syllable that is no reading of its character, once, in a noisy document, and says so', () => {
    const { text, messages } = clean('安(an)(an)全(quan)(quan)生(sheng)(sheng)產，強(lü)調，安(an)(an)全(quan)(quan)。');
    expect(text).toBe('安全生產，強(lü)調，安全。');
    expect(messages).toMatchObject([{ rule: 'reading-noise', start: 6, end: 10, reason: expect.stringContaining('強(lü)') }]);
  });

  it('carries a wrong reading that the document repeats', () => {
    expect(clean('安(an)(an)全(quan)(quan)生(sheng)(sheng)產，強(qie)(qie)調要加強(qie)(qie)。').text).toBe('安全生產，強調要加強。');
  });
});

describe('readings', () => {
  it.each([
    ['Nǚ', 'nu'],
    ['lv4', 'lu'],
    ['zhèng', 'zheng'],
    ['nu:3', 'nu'],
    ['ZHI', 'zhi'],
  ])('folds %s to %s', (written, folded) => {
    expect(foldSyllable(written)).toBe(folded);
  });

  it.each([
    ['zheng', '政', true],
    ['chong', '重', true],
    ['zhong', '重', true],
    ['hang', '行', true],
    ['nu', '女', true],
    ['qie', '強', false],
    ['he', '氦', false],
    ['xyz', '政', false],
  ])('%s is a reading of %s: %s', (syllable, character, expected) => {
    expect(isReadingOf(syllable, character)).toBe(expected);
  });
});
