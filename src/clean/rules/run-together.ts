import type { Edit } from '../../text/edit.ts';
import type { Rule } from '../rule.ts';

/** White as wide as an indent of two Han: 　　, em spaces, four no-break spaces. A space or two more may go with it. */
const indent = '[ \\u00a0]?(?:[\\u3000\\u2003]{2}|\\u00a0{4})[ \\u3000\\u2003\\u00a0]*';
/** What a line end became on its way: <br>, the two characters \n. */
const written = '(?:[ \\u3000\\u00a0]*(?:<br ?/?>|(?:\\\\r)?\\\\n))+[ \\u3000\\u2003\\u00a0]*';
const remains = new RegExp(`(?<=[。！？][”’」』）)]{0,3})(?:${written}|${indent})(?=[\\p{L}\\p{N}“‘「『《〈（【▲])`, 'giu');
const needles = ['\u3000\u3000', '\u2003\u2003', '\u00a0\u00a0\u00a0\u00a0', '<br', '<BR', '<Br', '\\n', '\\r'];
const mayEndSentence = '。！？…”’」』）) \u00a0\u3000';

/** 图为现场。　　记者 周文 摄: the photographer stays beside the caption. */
const photoCredit = /^[^。，\n]{0,24}(?:[摄攝]|供[图圖])[）)]?$/;
/** UTF-16 units. Verses and the items of a list, printed two or more on a line, are no longer. */
const longestVerse = 24;

export const runTogether: Rule = {
  id: 'run-together',
  why: 'Where line ends were lost, the indent 　　 or a written <br> is left behind the sentence: 工程今天动工。　　预计年底完成。',
  confidence: 0.994,
  examples: [
    {
      raw: '老街改造工程昨天动工，施工期间老街实行单向通行，预计年底完成。　　街道办事处在路口设了咨询点，商户有困难可以随时反映。',
      clean: '老街改造工程昨天动工，施工期间老街实行单向通行，预计年底完成。\n街道办事处在路口设了咨询点，商户有困难可以随时反映。',
    },
    {
      raw: '校長說：「新校舍明年落成。」<br><br>　　家長會表示歡迎。\\n學生則希望保留老樹。',
      clean: '校長說：「新校舍明年落成。」\n家長會表示歡迎。\n學生則希望保留老樹。',
    },
  ],
  keeps: [
    '白日依山尽，黄河入海流。　　欲穷千里目，更上一层楼。',
    '第一句话说完了。 第二句话接着说。',
    '图为市民在新落成的东岸滨江公园里散步，晚霞映红了江面。　　本报记者 周文 摄',
    '来源：临江日报　　责任编辑：周文',
    '教程给出的第一行代码是print("你好。\\n再见。")，运行以后显示两行。',
    '“换行写作<br>，分段写作<p>。”',
  ],
  find: (text) => {
    const edits: Edit[] = [];
    for (const start of suspects(text)) {
      const newline = text.indexOf('\n', start);
      const line = text.slice(start, newline === -1 ? text.length : newline);
      const matches = [...line.matchAll(remains)].filter(({ index, 0: white }) => !photoCredit.test(line.slice(index + white.length)));
      const isVerse = isOfShortPieces(line, matches);
      let isQuoted = false;
      let read = 0;
      for (const { index, 0: removed } of matches) {
        // "第一行。\n第二行。" is a program's: straight quotation marks.
        for (; read < index; read++) if (line[read] === '"') isQuoted = !isQuoted;
        const isWritten = removed.includes('<') || removed.includes('\\');
        if (!isQuoted && (isWritten || !isVerse)) edits.push({ at: start + index, removed, inserted: '\n' });
      }
    }
    return edits;
  },
};

/** Where the lines begin that a cheap look cannot tell from such ones. */
function suspects(text: string): number[] {
  const starts = new Set<number>();
  for (const needle of needles) {
    for (let at = text.indexOf(needle); at !== -1; ) {
      const before = text.charAt(at - 1);
      if (before === '' || !mayEndSentence.includes(before)) {
        at = text.indexOf(needle, at + 1);
        continue;
      }
      starts.add(text.lastIndexOf('\n', at) + 1);
      const newline = text.indexOf('\n', at);
      at = newline === -1 ? -1 : text.indexOf(needle, newline);
    }
  }
  return [...starts].sort((a, b) => a - b);
}

function isOfShortPieces(line: string, matches: readonly RegExpExecArray[]): boolean {
  let end = 0;
  for (const { index, 0: white } of matches) {
    if (index - end > longestVerse) return false;
    end = index + white.length;
  }
  return line.length - end <= longestVerse;
}
