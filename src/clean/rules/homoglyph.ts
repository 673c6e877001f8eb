import type { Edit } from '../../text/edit.ts';
import type { Rule } from '../rule.ts';

/**
 * Cyrillic and Greek letters that look like a Latin one, which follows each. Source: confusables.txt of UTS #39. Left out are small
 * Greek letters but omicron: ν and ρ are symbols beside Latin letters, as α and μ are.
 */
const lookAlikes = new Map(
  (
    'аa сc еe оo рp хx уy іi јj ѕs ԁd һh ԛq ԝw ѵv АA ВB СC ЕE НH ІI ЈJ КK МM ОO РP ЅS ТT ХX УY ҮY ԌG ԚQ ԜW ѴV ' +
    'οo ϲc ϳj ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ϹC ͿJ'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.charAt(1)] as const),
);
/** Greek and Cyrillic: the engine skips through a text for a range many times as fast as for the letters. */
const sign = /[\u0370-\u052f]/;
const lookAlike = new RegExp(`[${[...lookAlikes.keys()].join('')}]+`, 'g');

/** Letters of the three scripts with the marks and digits among them. */
const word = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}0-9]+/gu;
const latin = /\p{Script=Latin}/gu;
const foreign = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;

export const homoglyph: Rule = {
  id: 'homoglyph',
  why: 'Copy protection and input methods put Cyrillic or Greek letters into Latin words: in 苹果Аррle three are Cyrillic, and a search for Apple misses it.',
  confidence: 0.982,
  examples: [
    { raw: '苹果Aрple发布会', clean: '苹果Apple发布会' },
    { raw: '感染СOVID-19與Н1N1', clean: '感染COVID-19與H1N1' },
    { raw: 'Gοοgle、ΝBA', clean: 'Google、NBA' },
  ],
  keeps: ['Москва（莫斯科）的ТАСС', 'α-helix与β2受体', '5μm、Δt、hν、πr²、Ωm、ρg', 'Αθήνα', 'кВт', 'СОV', 'iPhoneом', 'HΔ'],
  find: (text) => {
    if (!sign.test(text) || text.search(lookAlike) === -1) return [];
    const edits: Edit[] = [];
    for (const { 0: letters, index } of text.matchAll(word)) {
      if (letters.search(lookAlike) === -1 || !isDisguised(letters)) continue;
      for (const match of letters.matchAll(lookAlike)) {
        edits.push({ at: index + match.index, removed: match[0], inserted: match[0].replace(/./g, (one) => lookAlikes.get(one) ?? one) });
      }
    }
    return edits;
  },
};

/** Is it a Latin word with foreign letters in it, all of which look Latin? */
function isDisguised(letters: string): boolean {
  const latins = letters.match(latin) ?? [];
  if (latins.length === 0) return false;
  const strangers = letters.match(foreign) ?? [];
  return latins.length >= strangers.length && strangers.every((letter) => lookAlikes.has(letter));
}
