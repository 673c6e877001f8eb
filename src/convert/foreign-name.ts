import type { ContextRule } from './context.ts';
import { keepCharacters } from './kept.ts';
import { matchSimplifiedToTraditional } from './opencc.ts';

/** Characters that transliterations use for their sound, and that OpenCC by themselves takes for other words: 裏, 鬆, 範, 餘, 穀, 樸. */
const sounds = '里松范余谷朴';

/**
 * The neighbours of 里 in names without a dot: 弗里德曼, 海因里希. Behind 卡, 库 and others, which are things to be in, only what hardly
 * begins a word may follow. Source: the foreign names (nrt) of jieba's dictionary (MIT), counted.
 */
const beforeLi = new Set('克特布德格弗阿哈普加苏默基奥斯戈伯贝埃托萨洛毛达罗维索莱穆莫诺尔伊佩凯帕迪喀赫恩盖耶查梅塞劳朱比因');
const behindLi = new Set('斯亚克奥尔奇夫德尼格姆耶希雅茨诺莫埃娜逊昂瑟戈菲韦蒂兹博特巴木卡米科普纳萨布兰瓦维');
const insides = new Set('卡库塔图巴马拉瓦');
const behindInsides = new Set('斯亚克尔姆耶希茨诺埃娜逊昂瑟菲韦蒂兹博');

const dots = new Set('·・‧');
/** The part of a name before or behind a dot: up to five characters. */
const partBefore = /\p{Script=Han}{1,5}$/u;
const partBehind = /^\p{Script=Han}{1,5}/u;

export const foreignName: ContextRule = {
  id: 'context/foreign-name',
  from: 'zh-Hans',
  alone: '里·・‧',
  why: 'A foreign name keeps the characters of its sound: 塔里克·拉马丹 is 塔里克·拉馬丹, not 塔裏克; 弗里德曼 is 弗里德曼.',
  examples: [
    { raw: '学者塔里克·拉马丹在家里', clean: '學者塔里克·拉馬丹在家裏', script: 'zh-Hant' },
    { raw: '弗里德曼和海因里希在库里', clean: '弗里德曼和海因里希在庫裏', script: 'zh-Hant' },
  ],
  keeps: ['图里的人很多，库里有粮'],
  confidence: 0.67,
  find: (converting) => {
    const { source, scanned } = converting;
    const places = new Set<number>();
    let done = 0;
    for (const index of scanned.found) {
      const character = source.charAt(index);
      if (character === '里' && isSoundOfLi(source.charAt(index - 1), source.charAt(index + 1))) places.add(index);
      if (!dots.has(character)) continue;
      const before = partBefore.exec(source.slice(Math.max(0, index - 5), index))?.[0] ?? '';
      const behind = partBehind.exec(source.slice(index + 1, index + 6))?.[0] ?? '';
      if (before === '' || behind === '') continue;
      const end = index + 1 + behind.length;
      for (let at = Math.max(done, index - before.length); at < end; at++) {
        const match = matchSimplifiedToTraditional(source, at);
        // Words that OpenCC knows (家里, 范围) are not sounds; the longest match goes over them whole.
        if (match?.phrase) at = match.end - 1;
        else if (sounds.includes(source.charAt(at))) places.add(at);
      }
      done = end;
    }
    return keepCharacters(places, converting);
  },
};

function isSoundOfLi(before: string, behind: string): boolean {
  return (beforeLi.has(before) && behindLi.has(behind)) || (insides.has(before) && behindInsides.has(behind));
}
