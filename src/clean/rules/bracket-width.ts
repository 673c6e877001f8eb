import type { Edit } from '../../text/edit.ts';
import { characterAt, characterBefore, isCjkPunctuation, isHan } from '../../text/han.ts';
import { isFlattened } from '../flattened.ts';
import type { Rule } from '../rule.ts';

export const bracketWidth: Rule = {
  id: 'bracket-width',
  why: 'What flattens ， and ： flattens （ and ） too: 周敏(市长)说,会议上午举行,下午休会。 Elsewhere (GPS) and 锂(Li) are as they were written.',
  confidence: 0.993,
  examples: [
    { raw: '周敏(市长)说,会议(第3次)上午举行,下午休会:没有别的。', clean: '周敏（市长）说,会议（第3次）上午举行,下午休会:没有别的。' },
    { raw: '(记者王平)今天,首席执行官(CEO)来了,他说:好,再见。', clean: '（记者王平）今天,首席执行官（CEO）来了,他说:好,再见。' },
  ],
  keeps: ['卫星定位系统(GPS)和锂(Li)，都好。', '函数f(x)连续,可导,有界,好。', '甲,乙,丙,丁:)', '（甲）乙(丙)，丁，戊,己'],
  find: (text) => {
    if (!text.includes('(') || !isFlattened(text)) return [];
    const edits: Edit[] = [];
    const open: number[] = [];
    for (const { index, 0: mark } of text.matchAll(/[()\n]/g)) {
      if (mark === '\n') open.length = 0;
      else if (mark === '(') open.push(index);
      else {
        const start = open.pop();
        if (start === undefined || !belongsToChinese(text, start, index)) continue;
        edits.push({ at: start, removed: '(', inserted: '（' }, { at: index, removed: ')', inserted: '）' });
      }
    }
    return edits.sort((a, b) => a.at - b.at);
  },
};

function belongsToChinese(text: string, start: number, end: number): boolean {
  const before = characterBefore(text, start);
  const after = characterAt(text, end + 1);
  if (isChinese(before) || /\p{Script=Han}/u.test(text.slice(start + 1, end))) return true;
  return (before === undefined || before === '\n' || /[,:;?!]/.test(before)) && isChinese(after);
}

/** Not a bracket, since the one beside it may be widened by this very rule. */
function isChinese(character: string | undefined): boolean {
  return isHan(character) || (isCjkPunctuation(character) && character !== '（' && character !== '）');
}
