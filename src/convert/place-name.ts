import { isHan } from '../text/han.ts';
import type { ContextRule } from './context.ts';
import { keepCharacters } from './kept.ts';

/**
 * Places whose characters OpenCC takes for other words, and which character of the name it is.
 * Source: the place names (ns) of jieba's dictionary (MIT) whose conversion by opencc-js 1.4.2 differs from the name's own characters.
 */
const places: readonly (readonly [name: string, kept: string])[] = [
  ['洞里萨', '里'],
  ['首里城', '里'],
  ['首里', '里'],
  ['里下河', '里'],
  ['里运河', '里'],
  ['湖里区', '里'],
  ['湾里区', '里'],
  ['库里南', '里'],
  ['武里府', '里'],
  ['的里雅斯特', '里'],
  ['喀里多尼亚', '里'],
  ['伊勒呼里', '里'],
  ['铁干里克', '里'],
  ['江干区', '干'],
  ['渭干河', '干'],
  ['阿干镇', '干'],
  ['新干县', '干'],
  ['松口镇', '松'],
  ['采石矶', '采'],
  ['采石街道', '采'],
];

/** Townships: 古里镇, 九里乡. Not behind a place where one can be in, nor before a word that goes on: 县里镇上, 家里镇定. */
const insides = new Set('家村镇乡县市省区城山水河湖海院屋房楼店厂校队班组车船手心眼嘴肚怀夜这那哪地田园林箱盒袋瓶室厅部');
const township = /镇(?![定静压痛守])|乡(?![亲音土])/y;

/** The country of Mali, named so that it is no horse's inside; then it is the country everywhere in the document. */
const mali = /马里(?=共和国|总统|政府|军队|首都|过渡|维和|籍|北部|南部|中部|境内)|(?<=西非国家|非洲国家|驻|联)马里/;
const anyMali = /(?<![战人骑罗车群赛斑河])马里(?!面|边|头|奥|亚|安|恩|布|兰)/y;

const byCharacter = new Map<string, { name: string; within: number }[]>();
for (const [name, kept] of places) byCharacter.set(kept, [...(byCharacter.get(kept) ?? []), { name, within: name.indexOf(kept) }]);

export const placeName: ContextRule = {
  id: 'context/place-name',
  from: 'zh-Hans',
  anywhere: [...byCharacter.keys()].join(''),
  why: 'A place keeps its characters: 古里镇 is 古里鎮, not 古裏鎮; 采石矶 is 采石磯.',
  examples: [
    { raw: '古里镇的镇里', clean: '古里鎮的鎮裏', script: 'zh-Hant' },
    { raw: '采石矶和里下河', clean: '采石磯和里下河', script: 'zh-Hant' },
  ],
  keeps: ['家里镇上', '战马里的一匹'],
  confidence: 0.67,
  find: (converting) => {
    const { source, scanned } = converting;
    const kept = new Set<number>();
    let isMali: boolean | undefined;
    for (const index of scanned.found) {
      const character = source.charAt(index);
      if (!byCharacter.has(character)) continue;
      const isListed = byCharacter.get(character)?.some(({ name, within }) => source.startsWith(name, index - within));
      if (isListed || (character === '里' && isTownship(source, index))) kept.add(index);
      if (character !== '里' || source.charAt(index - 1) !== '马') continue;
      isMali ??= mali.test(source);
      anyMali.lastIndex = index - 1;
      if (isMali && anyMali.test(source)) kept.add(index);
    }
    return keepCharacters(kept, converting);
  },
};

function isTownship(source: string, at: number): boolean {
  township.lastIndex = at + 1;
  return !insides.has(source.charAt(at - 1)) && isHan(source.charAt(at - 1)) && township.test(source);
}
