/** Texts that make a careless pattern go over itself again and again. */

/** What is repeated: openings without closings, near misses, long runs, what several rules fight for. */
export const seeds: readonly string[] = [
  ...[
    ' ',
    '\n',
    '\n ',
    '　',
    '\u00a0',
    '(',
    '（',
    '((a',
    '(zheng',
    '政(',
    '政(zheng)',
    '政(zheng) ',
    '（ㄓ',
    '[',
    '「',
    '【a',
    '"',
    '“',
    '《',
    '《\n',
    '甲《\n',
  ],
  ...[
    '<',
    '<ruby>',
    '<ruby>a<rt>',
    '<ruby>政<rt>zheng</rt>',
    '&',
    '&amp;',
    '&#',
    '&#2',
    '%',
    '%E6',
    '%E6%96',
    '\\u',
    '\\u65b0',
    '\\',
    'http://',
    'www.',
    'a@',
    'a@b.',
  ],
  ...[
    '甲,',
    '甲,乙:',
    'a,',
    '1:',
    '!',
    '...',
    '甲.',
    '。',
    '。。',
    '，，',
    '-',
    '--甲',
    '—',
    '─',
    '。　　',
    '人 ',
    '人 民\n',
    '人民 ',
    '第1版\n',
    '— 1 —\n',
    '3/8\n',
  ],
  ...[
    '关注',
    '关注\n',
    '更多精彩请关注',
    '分享到\n',
    '相关新闻\n',
    '上一页\n',
    '首页 > ',
    '版权所有',
    '责任编辑：',
    '责任编辑：王 芳\n',
    '记者王芳、',
    'a\n',
    '一\n',
    '人民日报\n',
  ],
  ...[
    '鏂',
    '鏂伴',
    'æ',
    'æ–°',
    'Ð',
    '穝籇',
    '�',
    '锟斤拷',
    '烫',
    '\u200d',
    '\u200b甲',
    '❤\ufe0f',
    '\u202e',
    '⼈',
    '\uf900',
    'ａ',
    '１．',
    'аa',
    'a\u0430',
    '\ue000',
    '\ud800',
    '𠮷',
  ],
  ...['于', '并', '幹', '領導干部', '牠', '只', '(政)', '政）', '()', '(a)', '图(a)', '強(qie)', '天(tian)、'],
];

/** A text of about `length` UTF-16 units. */
export function repeated(seed: string, length: number): string {
  return seed.repeat(Math.ceil(length / seed.length));
}

/** Seeds in a random order. */
export function mixed(length: number, random: () => number): string {
  let text = '';
  while (text.length < length) {
    const seed = seeds[Math.floor(random() * seeds.length)] ?? ' ';
    text += seed.repeat(1 + Math.floor(random() * 40));
  }
  return text;
}
