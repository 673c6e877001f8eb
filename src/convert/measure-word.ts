import type { Edit } from '../text/edit.ts';
import type { ContextRule } from './context.ts';

const number = new Set('0123456789０１２３４５６７８９万千百十余多几两数');

/**
 * What of "only" stands behind its 只, a verb or an adverb, so that no measure word is read in 共有20只有待查明. A number in a clause of
 * its own also ends there: 剩下20只。
 */
const verbs = new Set('有能会是要剩好占不用为差需见在得收卖靠花求怕想可做准允限设招读吃喝听看说过够拿买字身');
/** A number is a count only where a count can stand: 9:00至17:00只接待, C919只, 差不多只 are none. */
const noCount = /(?:[A-Za-z][0-9]+|:[0-9]{2}|差不多|最多|至多|很多|许多|大多|[年月日点号届][0-9]*)$/;

export const measureWord: ContextRule = {
  id: 'context/measure-word',
  from: 'zh-Hans',
  alone: '只',
  why: 'A number before 只 makes it the measure word 隻, where OpenCC knows only the commonest numbers: 500只野鸭 is 500隻野鴨, not 500只野鴨.',
  examples: [{ raw: '500只野鸭、数千只候鸟', clean: '500隻野鴨、數千隻候鳥', script: 'zh-Hant' }],
  keeps: ['9:30只接待，C919只飞', '差不多只有他'],
  confidence: 0.75,
  find: ({ source, text, carry, scanned }) => {
    const edits: Edit[] = [];
    for (const index of scanned.found) {
      if (source.charAt(index) !== '只' || !number.has(source.charAt(index - 1)) || verbs.has(source.charAt(index + 1))) continue;
      if (noCount.test(source.slice(Math.max(0, index - 8), index))) continue;
      const at = carry(index);
      if (text.charAt(at) === '只') edits.push({ at, removed: '只', inserted: '隻' });
    }
    return edits;
  },
};
