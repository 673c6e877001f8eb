import type { Edit } from '../../text/edit.ts';
import { characterAt, characterBefore, isCjkPunctuation, isHan } from '../../text/han.ts';
import { lineSpans, sliceOf } from '../../text/span.ts';
import type { Rule } from '../rule.ts';

export const straightQuotes: Rule = {
  id: 'straight-quotes',
  why: 'Typewriter quotation marks in Chinese text are paired and curled: 他说"好" is 他说“好”, and the marks inside it are ‘ ’.',
  confidence: 0.995,
  examples: [
    { raw: '他说:"一定要办好。"会后', clean: '他说:“一定要办好。”会后' },
    { raw: '他写道："Thank you."', clean: '他写道：“Thank you.”' },
    { raw: '"开门红"活动和"OK"手势', clean: '“开门红”活动和“OK”手势' },
    { raw: '他说:"我听见\'快走\'两个字。"', clean: '他说:“我听见‘快走’两个字。”' },
  ],
  keeps: [
    '身高5\'10"的中锋和27"屏幕',
    '一个" 孤单的引号',
    'The "best" of all',
    '他说：“The "best" of all”',
    "rock'n'roll和don't都不是引号",
    '屏幕27",电视55",都好',
  ],
  find: (text) => {
    if (!text.includes('"')) return [];
    const edits: Edit[] = [];
    for (const span of lineSpans(text)) {
      const line = sliceOf(text, span);
      const marks = [...line.matchAll(/(?<![0-9])"/g)].map(({ index }) => index);
      if (marks.length === 0 || marks.length % 2 === 1 || (line.match(/"/g) ?? []).length !== marks.length) continue;
      const pairs = marks.flatMap((open, place) => (place % 2 === 0 ? [{ open, close: marks[place + 1] ?? open }] : []));
      if (!pairs.every(({ open, close }) => isChinese(line, open, close))) continue;
      for (const { open, close } of pairs) {
        edits.push({ at: span.start + open, removed: '"', inserted: '“' });
        edits.push(...innerQuotes(line, open, close).map((edit) => ({ ...edit, at: span.start + edit.at })));
        edits.push({ at: span.start + close, removed: '"', inserted: '”' });
      }
    }
    return edits;
  },
};

/** A quotation of Chinese, or one of anything that Chinese surrounds. */
function isChinese(line: string, open: number, close: number): boolean {
  if (/\p{Script=Han}/u.test(line.slice(open, close))) return true;
  const before = characterBefore(line, open);
  const after = characterAt(line, close + 1);
  const isEdge = (character: string | undefined) =>
    character === undefined || isHan(character) || isCjkPunctuation(character) || /[,:;!?.()]/.test(character);
  return close > open + 1 && (isHan(before) || isHan(after) || before === '：') && isEdge(before) && isEdge(after);
}

function innerQuotes(line: string, open: number, close: number): Edit[] {
  const marks = [...line.slice(open, close).matchAll(/(?<![0-9A-Za-z])'|'(?![0-9A-Za-z])/g)].map(({ index }) => open + index);
  if (marks.length % 2 === 1) return [];
  return marks.map((at, place) => ({ at, removed: "'", inserted: place % 2 === 0 ? '‘' : '’' }));
}
