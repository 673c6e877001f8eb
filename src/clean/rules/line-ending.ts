import type { Rule } from '../rule.ts';

export const lineEnding: Rule = {
  id: 'line-ending',
  why: 'Files come from Windows, old Macs and web forms; a line ends with one LF here.',
  confidence: 0.997,
  examples: [
    { raw: '標題\r\n正文。\r結尾。', clean: '標題\n正文。\n結尾。' },
    { raw: '第一行\u2028第二行', clean: '第一行\n第二行' },
  ],
  keeps: ['標題\n正文。'],
  find: (text) =>
    [...text.matchAll(/\r\n?|[\u0085\u2028\u2029\v\f]/g)].map((match) => ({ at: match.index, removed: match[0], inserted: '\n' })),
};
