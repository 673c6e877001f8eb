import type { Rule } from '../rule.ts';

/** Fullwidth letters and digits, and with digits the marks that belong to a number; ， and ： between digits may part them. */
const fullwidth = /(?:[０-９Ａ-Ｚａ-ｚ]|．(?<=[0-9０-９]．)(?=[0-9０-９])|％(?<=[0-9０-９]％))+/g;

/** The distance of a fullwidth form from its ASCII character. Source: the block Halfwidth and Fullwidth Forms. */
const distance = 0xfee0;

export const fullwidthAlphanumeric: Rule = {
  id: 'fullwidth-alphanumeric',
  why: 'Chinese input methods and typesetting write letters and digits as wide as Han: ２０１８年ＧＤＰ is 2018年GDP.',
  confidence: 0.999,
  examples: [
    { raw: '２０１８年ＧＤＰ增长６．５％，ｉＰｈｏｎｅ热销', clean: '2018年GDP增长6.5%，iPhone热销' },
    { raw: '國道１號降3．5％、5％', clean: '國道1號降3.5%、5%' },
    { raw: '（１）比分３：１，共１，０００人', clean: '（1）比分3：1，共1，000人' },
  ],
  keeps: ['1．本报讯', '百分号（％）', '比分3：1，共1，000人', '甲．乙', '！＃（）＋－／＜＝＞？＠～￥', 'ｱｲｳ'],
  find: (text) => [...text.matchAll(fullwidth)].map((match) => ({ at: match.index, removed: match[0], inserted: halfwidth(match[0]) })),
};

function halfwidth(wide: string): string {
  let narrow = '';
  for (let at = 0; at < wide.length; at++) narrow += String.fromCharCode(wide.charCodeAt(at) - distance);
  return narrow;
}
