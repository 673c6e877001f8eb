import type { Edit } from '../text/edit.ts';
import type { ContextRule } from './context.ts';

/** Words as Simplified writes them, as OpenCC's variants have them, and as the press of Taiwan and Hong Kong writes them. */
const spellings: readonly (readonly [source: string, opencc: string, press: string])[] = [
  ['台', '臺', '台'],
  ['宣布', '宣佈', '宣布'],
  ['公布', '公佈', '公布'],
  ['发布', '發佈', '發布'],
  ['分布', '分佈', '分布'],
  ['颁布', '頒佈', '頒布'],
  ['遍布', '遍佈', '遍布'],
  ['散布', '散佈', '散布'],
  ['胡同', '衚衕', '胡同'],
];

const known = new Map(spellings.map(([source, opencc, press]) => [source, { opencc, press }]));
const words = new RegExp([...known.keys()].join('|'), 'g');

export const pressSpelling: ContextRule = {
  id: 'context/press-spelling',
  why: 'Newsrooms in Taiwan and Hong Kong write 台灣, 宣布 and 胡同; OpenCC gives the forms of the ministry, 臺灣, and of older books, 宣佈, 衚衕.',
  confidence: 0.97,
  find: ({ source, from, to, text, carry }) => {
    if (from !== 'zh-Hans' || (to !== 'zh-Hant-TW' && to !== 'zh-Hant-HK')) return [];
    const edits: Edit[] = [];
    for (const { index, 0: word } of source.matchAll(words)) {
      const spelling = known.get(word);
      const at = carry(index);
      if (spelling === undefined || !text.startsWith(spelling.opencc, at)) continue;
      edits.push({ at, removed: spelling.opencc, inserted: spelling.press });
    }
    return edits;
  },
};
