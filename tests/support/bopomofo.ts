/** Pinyin to bopomofo, for tests. */
const initials = ['zh', 'ch', 'sh', 'b', 'p', 'm', 'f', 'd', 't', 'n', 'l', 'g', 'k', 'h', 'j', 'q', 'x', 'r', 'z', 'c', 's'] as const;
const initialLetters = [...'ㄓㄔㄕㄅㄆㄇㄈㄉㄊㄋㄌㄍㄎㄏㄐㄑㄒㄖㄗㄘㄙ'];
const finals: Readonly<Record<string, string>> = {
  ...{ a: 'ㄚ', o: 'ㄛ', e: 'ㄜ', ai: 'ㄞ', ei: 'ㄟ', ao: 'ㄠ', ou: 'ㄡ', an: 'ㄢ', en: 'ㄣ', ang: 'ㄤ', eng: 'ㄥ', er: 'ㄦ' },
  ...{ i: 'ㄧ', ia: 'ㄧㄚ', ie: 'ㄧㄝ', iao: 'ㄧㄠ', iu: 'ㄧㄡ', ian: 'ㄧㄢ', in: 'ㄧㄣ', iang: 'ㄧㄤ', ing: 'ㄧㄥ', iong: 'ㄩㄥ' },
  ...{ u: 'ㄨ', ua: 'ㄨㄚ', uo: 'ㄨㄛ', uai: 'ㄨㄞ', ui: 'ㄨㄟ', uan: 'ㄨㄢ', un: 'ㄨㄣ', uang: 'ㄨㄤ', ong: 'ㄨㄥ' },
  ...{ ü: 'ㄩ', üe: 'ㄩㄝ', üan: 'ㄩㄢ', ün: 'ㄩㄣ' },
};
const tones = ['˙', '', 'ˊ', 'ˇ', 'ˋ'];

/** @param plain toneless pinyin with ü. @param tone 0 for the neutral one, whose dot stands first. */
export function bopomofoOf(plain: string, tone: number): string | undefined {
  const spelled = plain
    .replace(/^yu/, 'ü')
    .replace(/^yi/, 'i')
    .replace(/^you/, 'iu')
    .replace(/^y/, 'i')
    .replace(/^wu/, 'u')
    .replace(/^wei/, 'ui')
    .replace(/^wen/, 'un')
    .replace(/^weng/, 'ong')
    .replace(/^w/, 'u')
    .replace(/^([jqx])u/, '$1ü');
  const initial = initials.findIndex((one) => spelled.startsWith(one));
  const rest = spelled.slice(initials[initial]?.length ?? 0);
  const final = /^(?:zh|ch|sh|r|z|c|s)i$/.test(spelled) ? '' : finals[rest];
  if (final === undefined) return undefined;
  const letters = `${initialLetters[initial] ?? ''}${final}`;
  return tone === 0 ? `${tones[0]}${letters}` : `${letters}${tones[tone]}`;
}
