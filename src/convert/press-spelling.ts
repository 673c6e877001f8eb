import type { Edit } from '../text/edit.ts';
import type { ContextRule } from './context.ts';
import type { Script } from './scripts.ts';

/** A word as the source writes it, as OpenCC converts it, and as the press of the target writes it. */
type Spelling = readonly [source: string, opencc: string, press: string];

/** Source: the usage of the newsrooms of Taiwan and Hong Kong, which write 台 and 布 where OpenCC's variants have 臺 and 佈. */
const traditional: readonly Spelling[] = [
  ['台', '臺', '台'],
  ['宣布', '宣佈', '宣布'],
  ['公布', '公佈', '公布'],
  ['发布', '發佈', '發布'],
  ['分布', '分佈', '分布'],
  ['颁布', '頒佈', '頒布'],
  ['遍布', '遍佈', '遍布'],
  ['散布', '散佈', '散布'],
  ['胡同', '衚衕', '胡同'],
  ['点赞', '點贊', '點讚'],
  ['按赞', '按贊', '按讚'],
];

/**
 * Source: UD Chinese HK, which writes 說 52 times and 説 never, and the usage of Hong Kong's newsrooms on the web; OpenCC's variants are
 * those of the schools' list of character forms (常用字字形表).
 */
const hongKong: readonly Spelling[] = [
  ...traditional,
  ['说', '説', '說'],
  ['户', '户', '戶'],
  ['温', '温', '溫'],
  ['峰', '峯', '峰'],
  ['群', '羣', '群'],
  ['阅', '閲', '閱'],
  ['卫', '衞', '衛'],
  ['床', '牀', '床'],
  ['税', '税', '稅'],
  ['脱', '脱', '脫'],
  ['锐', '鋭', '銳'],
  ['悦', '悦', '悅'],
];

/** Source: 现代汉语词典, which has 账户, 土著 and no 牠. */
const simplified: readonly Spelling[] = [
  ['牠', '牠', '它'],
  ['帳戶', '帐户', '账户'],
  ['帳號', '帐号', '账号'],
  ['帳單', '帐单', '账单'],
  ['帳目', '帐目', '账目'],
  ['帳款', '帐款', '账款'],
  ['帳務', '帐务', '账务'],
  ['轉帳', '转帐', '转账'],
  ['記帳', '记帐', '记账'],
  ['結帳', '结帐', '结账'],
  ['算帳', '算帐', '算账'],
  ['查帳', '查帐', '查账'],
  ['呆帳', '呆帐', '呆账'],
  ['壞帳', '坏帐', '坏账'],
  ['土著', '土着', '土著'],
  ['卓著', '卓着', '卓著'],
  ['昭著', '昭着', '昭著'],
  ['專著', '专着', '专著'],
  ['名著', '名着', '名著'],
  ['巨著', '巨着', '巨著'],
  ['論著', '论着', '论著'],
  ['編著', '编着', '编著'],
  ['原著', '原着', '原著'],
  ['著作', '着作', '著作'],
  ['著稱', '着称', '著称'],
  ['著名', '着名', '著名'],
];

const tables: Readonly<Partial<Record<Script, ReturnType<typeof tableOf>>>> = {
  'zh-Hans': tableOf(simplified),
  'zh-Hant-TW': tableOf(traditional),
  'zh-Hant-HK': tableOf(hongKong),
};

function tableOf(spellings: readonly Spelling[]) {
  const anyOf = (words: readonly string[], flags: string) => new RegExp([...new Set(words)].join('|'), flags);
  return {
    words: anyOf(
      spellings.map(([source]) => source),
      'g',
    ),
    converted: anyOf(
      spellings.map(([, opencc]) => opencc),
      '',
    ),
    known: new Map(spellings.map((one) => [one[0], one])),
  };
}

export const pressSpelling: ContextRule = {
  id: 'context/press-spelling',
  why: 'Newsrooms write 台灣, 宣布 and 胡同 in Taiwan and Hong Kong, 它, 账户 and 土著 on the Mainland, where OpenCC has 臺灣, 宣佈, 衚衕, 牠, 帐户, 土着.',
  examples: [
    { raw: '台湾宣布', clean: '台灣宣布', script: 'zh-Hant-TW' },
    { raw: '他说户外温度', clean: '他說戶外溫度', script: 'zh-Hant-HK' },
    { raw: '牠們是土著居民的帳戶', clean: '它们是土著居民的账户', script: 'zh-Hans' },
  ],
  keeps: ['台风布置'],
  confidence: 0.76,
  find: ({ source, from, to, text, carry }) => {
    const table = tables[to];
    if (table === undefined || (from === 'zh-Hans') === (to === 'zh-Hans') || !table.converted.test(text)) return [];
    const edits: Edit[] = [];
    for (const { index, 0: word } of source.matchAll(table.words)) {
      const [, opencc = '', press = ''] = table.known.get(word) ?? [];
      const at = carry(index);
      if (opencc !== '' && text.startsWith(opencc, at)) edits.push({ at, removed: opencc, inserted: press });
    }
    return edits;
  },
};
