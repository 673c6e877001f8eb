/** Bopomofo (注音符號) to toneless pinyin. Source: ISO 7098 and the table of 教育部's 國語注音符號手冊. */

const initials: Readonly<Record<string, string>> = {
  ...{ ㄅ: 'b', ㄆ: 'p', ㄇ: 'm', ㄈ: 'f', ㄉ: 'd', ㄊ: 't', ㄋ: 'n', ㄌ: 'l', ㄍ: 'g', ㄎ: 'k', ㄏ: 'h', ㄐ: 'j', ㄑ: 'q', ㄒ: 'x' },
  ...{ ㄓ: 'zh', ㄔ: 'ch', ㄕ: 'sh', ㄖ: 'r', ㄗ: 'z', ㄘ: 'c', ㄙ: 's' },
};
const finals: Readonly<Record<string, string>> = {
  ...{ ㄚ: 'a', ㄛ: 'o', ㄜ: 'e', ㄝ: 'e', ㄞ: 'ai', ㄟ: 'ei', ㄠ: 'ao', ㄡ: 'ou', ㄢ: 'an', ㄣ: 'en', ㄤ: 'ang', ㄥ: 'eng', ㄦ: 'er' },
  ...{
    ㄧ: 'i',
    ㄧㄚ: 'ia',
    ㄧㄛ: 'io',
    ㄧㄝ: 'ie',
    ㄧㄞ: 'iai',
    ㄧㄠ: 'iao',
    ㄧㄡ: 'iu',
    ㄧㄢ: 'ian',
    ㄧㄣ: 'in',
    ㄧㄤ: 'iang',
    ㄧㄥ: 'ing',
  },
  ...{ ㄨ: 'u', ㄨㄚ: 'ua', ㄨㄛ: 'uo', ㄨㄞ: 'uai', ㄨㄟ: 'ui', ㄨㄢ: 'uan', ㄨㄣ: 'un', ㄨㄤ: 'uang', ㄨㄥ: 'ong' },
  ...{ ㄩ: 'u', ㄩㄝ: 'ue', ㄩㄢ: 'uan', ㄩㄣ: 'un', ㄩㄥ: 'iong' },
};
/** Finals that are written otherwise where no initial stands before them. */
const alone: Readonly<Record<string, string>> = {
  ...{
    i: 'yi',
    ia: 'ya',
    io: 'yo',
    ie: 'ye',
    iai: 'yai',
    iao: 'yao',
    iu: 'you',
    ian: 'yan',
    in: 'yin',
    iang: 'yang',
    ing: 'ying',
    iong: 'yong',
  },
  ...{ u: 'wu', ua: 'wa', uo: 'wo', uai: 'wai', ui: 'wei', uan: 'wan', un: 'wen', uang: 'wang', ong: 'weng' },
};
const roundedAlone: Readonly<Record<string, string>> = { ㄩ: 'yu', ㄩㄝ: 'yue', ㄩㄢ: 'yuan', ㄩㄣ: 'yun' };

/** The syllable, ü written u: `ㄓㄥˋ` → `zheng`, `ㄌㄩˇ` → `lu`; undefined if it is none. */
export function pinyinOf(bopomofo: string): string | undefined {
  const letters = bopomofo.replace(/[ˉˊˇˋ˙]/g, '');
  const initial = initials[letters.charAt(0)];
  const rest = letters.slice(initial === undefined ? 0 : 1);
  if (initial === undefined) return roundedAlone[rest] ?? alone[finals[rest] ?? ''] ?? finals[rest];
  if (rest === '') return /^[zcsr]/.test(initial) ? `${initial}i` : undefined;
  const final = finals[rest];
  return final === undefined ? undefined : `${initial}${final}`;
}
