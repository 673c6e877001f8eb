import type { Edit } from '../text/edit.ts';
import type { ContextRule } from './context.ts';
import { convertScript, matchSimplifiedToTraditional } from './opencc.ts';
import { clauseWords } from './words.ts';

/** Surnames that OpenCC's characters turn into other words: 餘文樂, 範先生, 於校長, 塗主任, 鬱教授, 嶽將軍, 遊議員. */
const surnames = '余范于涂郁岳游';
const anySurname = new RegExp(`[${surnames}]`, 'g');
const titlesBefore =
  '记者|通讯员|编辑|校对|摄影|作者|导演|演员|歌手|主席|总理|总统|部长|省长|市长|县长|镇长|村长|区长|书记|校长|院长|教授|博士|工程师|建筑师|律师|医生|医师|法官|检察官|局长|处长|科长|所长|站长|主任|经理|总裁|董事长|总干事|秘书长|议员|委员|发言人|负责人|教练|队员|选手|村民|居民|市民|同学';
const titlesAfter =
  '先生|女士|小姐|太太|老师|教授|博士|医生|律师|校长|院长|主任|局长|书记|市长|县长|经理|总裁|议员|委员|导演|教练|同学|同志|婆婆|奶奶|爷爷|大爷|大妈|阿姨|家人';
const speaks = '报道|报导|说|表示|认为|指出|介绍|告诉|透露|坦言|强调|回忆|则|也说|还说';

/** Names that are named as such, tried where a surname stands: behind a title, before one, before a verb of speech, or in a list of names. */
const named = [
  new RegExp(`(?<=${titlesBefore})(?<name>[${surnames}]\\p{Script=Han}{1,2})(?=${speaks}|等|[^\\p{Script=Han}]|$)`, 'uy'),
  new RegExp(`(?<name>[${surnames}]\\p{Script=Han}{0,2})(?=${titlesAfter})`, 'uy'),
  new RegExp(`(?<=^|[，。、：；“「（\\s])(?<name>[${surnames}]\\p{Script=Han}{1,2})(?=(?:${speaks})[，：。“「])`, 'muy'),
  // 于 is a preposition too: 、于昨日，
  new RegExp(`(?<name>[${surnames.replace('于', '')}]\\p{Script=Han}{2})(?=、\\p{Script=Han}{2,4}[、，。等])`, 'uy'),
  new RegExp(`(?<name>[${surnames}])(?=姓|某)`, 'uy'),
];

export const surname: ContextRule = {
  id: 'context/surname',
  why: 'A surname stays itself: 余文乐 is 余文樂, not 餘文樂. What is a name once in a document is one everywhere in it.',
  confidence: 0.67,
  find: ({ source, from, text, carry, people }) => {
    if (from !== 'zh-Hans') return [];
    const places = new Set<number>();
    const names = collectNames(source, people, places);
    for (const { index } of source.matchAll(anySurname)) {
      if ([2, 3, 4].some((length) => names.has(source.slice(index, index + length)))) places.add(index);
    }
    const edits: Edit[] = [];
    for (const place of [...places].sort((a, b) => a - b)) {
      const written = source.charAt(place);
      const at = carry(place);
      const converted = text.charAt(at);
      // Only the plain change of the surname itself is undone; anything else at the place is another rule's.
      if (converted === written || converted !== convertScript(written, 'zh-Hans', 'zh-Hant').text) continue;
      edits.push({ at, removed: converted, inserted: written });
    }
    return edits;
  },
};

/** Full names of the document that begin with one of the surnames; a bare surname before a title is a place, added to `places`. */
function collectNames(source: string, people: readonly string[], places: Set<number>): Set<string> {
  const names = new Set(people.filter((name) => surnames.includes(name.charAt(0)) && name.length > 1));
  for (const { index } of source.matchAll(anySurname)) {
    for (const pattern of named) {
      pattern.lastIndex = index;
      const name = pattern.exec(source)?.groups?.name;
      if (name === undefined || inWord(source, index)) continue;
      if (name.length > 1) names.add(name);
      places.add(index);
    }
  }
  return names;
}

/** Is the character part of a word, such as 剩余 or 范围? Then it is no surname. OpenCC's dictionary also has names: 余文. */
function inWord(source: string, at: number): boolean {
  const match = matchSimplifiedToTraditional(source, at);
  if (match?.phrase) return match.value.charAt(0) !== source.charAt(at);
  return !clauseWords(source, at).isBound(at);
}
