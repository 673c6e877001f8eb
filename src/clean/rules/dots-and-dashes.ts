import type { Edit } from '../../text/edit.ts';
import { characterAt, characterBefore, isCjkPunctuation, isHan } from '../../text/han.ts';
import type { Rule } from '../rule.ts';

/** Three dots or more of one kind, two hyphens to four, or two dashes that are none. */
const marks = /\.{3,12}|。{3,12}|…{3,12}|･{3,6}|-{2,4}|－{2}|―{2}|─{2}|—{3,4}/g;

export const dotsAndDashes: Rule = {
  id: 'dots-and-dashes',
  why: 'The ellipsis is …… and the dash ——, two characters wide: 他想了想...走了 · 我们的城市--临江. Source: GB/T 15834.',
  confidence: 0.95,
  examples: [
    { raw: '他想了想...走了。', clean: '他想了想……走了。' },
    { raw: '我们的城市--临江', clean: '我们的城市——临江' },
    { raw: '--记优秀教师王平', clean: '——记优秀教师王平' },
    { raw: '他说：“我。。。”然后──走了', clean: '他说：“我……”然后——走了' },
  ],
  keeps: ['wait... what', '他想了想……走了——真的', '北京—上海', '--option', '-----', '甲…乙', '3--5天', '──────', '文件名...txt', 'a--b'],
  find: (text) => {
    const edits: Edit[] = [];
    for (const { index, 0: removed } of text.matchAll(marks)) {
      const before = characterBefore(text, index);
      const after = characterAt(text, index + removed.length);
      // A longer row is a rule of a table.
      if (before === removed.charAt(0) || after === removed.charAt(0)) continue;
      const isAtStart = before === undefined || before === '\n';
      const isAtEnd = after === undefined || after === '\n';
      const fits = (isChinese(before) && (isChinese(after) || isAtEnd)) || (isAtStart && isChinese(after));
      if (fits) edits.push({ at: index, removed, inserted: /[.。…･]/.test(removed) ? '……' : '——' });
    }
    return edits;
  },
};

function isChinese(character: string | undefined): boolean {
  return isHan(character) || isCjkPunctuation(character);
}
