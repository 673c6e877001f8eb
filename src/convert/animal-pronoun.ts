import type { Edit } from '../text/edit.ts';
import type { ContextRule } from './context.ts';

/** Animals whose names are nothing else, the last character of longer names standing for them: 金丝猴, 丹顶鹤. */
const animals =
  '狗|犬|猫|猫咪|熊猫|老虎|东北虎|华南虎|狮子|豹|雪豹|大象|象群|小象|母象|猴|猴子|猩猩|狼|狐狸|黑熊|棕熊|北极熊|鹿|麋鹿|藏羚羊|羚羊|山羊|绵羊|骆驼|斑马|长颈鹿|河马|犀牛|水牛|奶牛|牦牛|母牛|公牛|小牛|白马|骏马|赛马|毛驴|驴|野猪|小猪|母猪|兔子|野兔|松鼠|老鼠|田鼠|蝙蝠|鸟|小鸟|候鸟|鸟儿|麻雀|燕子|喜鹊|乌鸦|鹦鹉|老鹰|猫头鹰|鹤|白鹭|天鹅|大雁|企鹅|鸵鸟|孔雀|鸽子|母鸡|公鸡|小鸡|鸭子|蛇|蟒|鳄鱼|蜥蜴|乌龟|海龟|青蛙|蟾蜍|鲸|鲸鱼|座头鲸|海豚|江豚|海豹|海狮|鲨鱼|鲸鲨|蜜蜂|蝴蝶|蜘蛛';
/** Named with its measure word, it is one animal that is spoken of: 这只猫, 两头大象. */
const named = new RegExp(
  `[只头匹条群窝][^，。！？；\\s]{0,6}?(?:${animals})(?!类|科|肉|皮|毛|蛋|奶|粪|舍|圈|窝|笼|粮|场|展|园|馆|牌|车|年|月|票|市|熊)`,
);
const sentenceEnds = new Set('。！？\n');
/** What stands before the pronoun of a subject or an object: 它的食物 also follows 见到. */
const before = new Set('\n，；：“、（让给对把将为和跟向被使帮喂抱见到了');

export const animalPronoun: ContextRule = {
  id: 'context/animal-pronoun',
  from: 'zh-Hans',
  alone: '它',
  why: 'Taiwan and Hong Kong write 牠 of animals: 这只猫受了伤，它 is 這隻貓受了傷，牠.',
  examples: [{ raw: '这只猫受了伤，它很害怕。', clean: '這隻貓受了傷，牠很害怕。', script: 'zh-Hant-TW' }],
  keeps: ['这只股票跌了，它很便宜。'],
  confidence: 0.67,
  find: ({ source, to, text, carry, scanned }) => {
    if (!(to === 'zh-Hant-TW' || to === 'zh-Hant-HK')) return [];
    const edits: Edit[] = [];
    let animal = { until: 0, isNamed: false };
    for (const index of scanned.found) {
      if (source.charAt(index) !== '它') continue;
      if (index >= animal.until) animal = animalBefore(source, index);
      if (!animal.isNamed || !before.has(source.charAt(index - 1))) continue;
      const at = carry(index);
      if (text.charAt(at) === '它') edits.push({ at, removed: '它', inserted: '牠' });
    }
    return edits;
  },
};

/** Is an animal named in the sentence of the first pronoun, before it? And where the sentence ends. */
function animalBefore(source: string, pronoun: number): { until: number; isNamed: boolean } {
  let start = pronoun;
  while (start > 0 && !sentenceEnds.has(source.charAt(start - 1))) start--;
  let until = pronoun;
  while (until < source.length && !sentenceEnds.has(source.charAt(until))) until++;
  return { until, isNamed: named.test(source.slice(start, pronoun)) };
}
