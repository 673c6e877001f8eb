import type { ContextRule } from './context.ts';
import { keepCharacters } from './kept.ts';
import { matchSimplifiedToTraditional } from './opencc.ts';
import { clauseWords } from './words.ts';

/** Surnames that OpenCC's characters turn into other words: 餘文樂, 範先生, 於校長, 塗主任, 鬱教授, 嶽將軍, 遊議員, 樸女士. */
const surnames = '余范于涂郁岳游朴';
/** Characters of given names that OpenCC turns into other words: 張採文, 李鹹明, 茅於軾. */
const givenNames = '采咸里于';
/** Source: the commonest surnames of the national census of China (2020) that OpenCC leaves alone, 98 in 100 people. */
const commonSurnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋程叶杜苏魏吕丁任卢姚沈钟姜崔谭陆汪石付贾韦方邹熊白孟秦邱侯江尹薛闫雷段史龙黎贺顾毛郝龚邵万钱严赖覃洪武莫孔汤常尤温康施文牛樊葛邢安齐伍庞舒茅鲁苗柳殷申';
/** Characters that given names are made of, so that 余建国 at the head of a clause is a person, and 余下的 is not. Source: the names (nr) of jieba's dictionary (MIT), the commonest that are not common words. */
const givenCharacters =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英华玉兰红建国志永德文明晓东海燕春梅雪婷玲丹萍鹏辉宇浩轩子涵欣怡梓嘉俊峰凯瑞雨佳琪思雅诗琳颖慧莹洁倩晶璐瑶蕾薇芸蓉茜岚宁斌波龙飞翔宏振泽昊天宝林森树松柏立成光荣庆祥福贵富顺康泰和清亮坤乾君卿彦哲睿博学智仁义礼信忠孝贤良启航远征承恩继祖耀家绍先少云鹤若晴鸣景旭晨阳朗钧铭锋鑫淼焱垚培根素珍淑贞惠兰菊莲翠凤巧云霏丛';
const titlesBefore =
  '记者|通讯员|编辑|校对|摄影|作者|导演|演员|歌手|主席|总理|总统|部长|省长|市长|县长|镇长|村长|区长|书记|校长|院长|教授|博士|工程师|建筑师|律师|医生|医师|法官|检察官|局长|处长|科长|所长|站长|主任|经理|总裁|董事长|总干事|秘书长|议员|委员|发言人|负责人|教练|队员|选手|村民|居民|市民|同学|父亲|母亲|儿子|女儿|妻子|丈夫|哥哥|弟弟|姐姐|妹妹|爷爷|奶奶|老人|男子|女子|司机|学生|老师|作家|画家|科学家|创始人|研究员|战士|民警|护士|店主|老板|农民';
const titlesAfter =
  '先生|女士|小姐|太太|老师|教授|博士|医生|律师|校长|院长|主任|局长|书记|市长|县长|经理|总裁|议员|委员|导演|教练|同学|同志|婆婆|奶奶|爷爷|大爷|大妈|阿姨|家人';
const speaks = '报道|报导|说|表示|认为|指出|介绍|告诉|透露|坦言|强调|回忆|则|也说|还说';
/** What a person does, said right behind the name. */
const acts =
  '告诉|告知|接受|透露|介绍|出席|担任|当选|荣获|获得|率领|率队|坦言|感慨|回忆|表示|认为|指出|强调|说道|笑着|出生|毕业|是|在|和|与|的|家|也|都|一直|今年|曾|已';

/** Names that are named as such, tried where a surname stands: behind a title, before one, before a verb of speech, or in a list of names. */
function namedBy(surname: string): RegExp[] {
  return [
    new RegExp(`(?<=(?:${titlesBefore})[：／]?)(?<name>[${surname}]\\p{Script=Han}{1,2})(?=${speaks}|等|[^\\p{Script=Han}]|$)`, 'uy'),
    new RegExp(
      `(?<=(?:${titlesBefore})\\p{Script=Han}{2,3}、)(?<name>[${surname}]\\p{Script=Han}{1,2})(?=${speaks}|等|[^\\p{Script=Han}]|$)`,
      'uy',
    ),
    new RegExp(`(?<name>[${surname}]\\p{Script=Han}{0,2})(?=${titlesAfter})`, 'uy'),
    new RegExp(`(?<=^|[，。、：；“「（\\s])(?<name>[${surname}]\\p{Script=Han}{1,2})(?=(?:${speaks})[，：。“「])`, 'muy'),
    // 于 is a preposition too: 、于昨日， · 于建国后，
    new RegExp(`(?<name>[${surname.replace('于', '')}]\\p{Script=Han}{2})(?=、\\p{Script=Han}{2,4}[、，。等])`, 'uy'),
    new RegExp(
      `(?<=^|[，。、：；“「（\\s]|${titlesBefore}|[对向据跟让请和与])(?<name>[${surname}][${givenCharacters}]{2})(?=${acts}|来说|[，。、：；”」）\\s])`,
      'muy',
    ),
    new RegExp(`(?<=(?:${titlesBefore})[：／]?)(?<name>[${surname}][${givenCharacters}${givenNames}]{2})`, 'uy'),
    new RegExp(`(?<name>[${surname}])(?=姓|某)`, 'uy'),
  ];
}

const commonSurnameSet = new Set(commonSurnames);
const bySurname = namedBy(surnames);
const byGivenName = namedBy(commonSurnames);

export const personalName: ContextRule = {
  id: 'context/personal-name',
  from: 'zh-Hans',
  alone: surnames + givenNames,
  anywhere: surnames.replace('于', ''),
  why: 'A name stays itself: 余文乐 is 余文樂, not 餘文樂; 张采文 is 張采文. What is a name once in a document is one everywhere in it.',
  examples: [
    { raw: '演员有余文乐、蔡卓妍等人', clean: '演員有余文樂、蔡卓妍等人', script: 'zh-Hant' },
    { raw: '记者张采文、李咸明报道', clean: '記者張采文、李咸明報道', script: 'zh-Hant' },
  ],
  keeps: ['剩余时间、其余部分，由于天气，会议于昨日举行', '对于建国的意义，范文明确了规范'],
  confidence: 0.67,
  find: (converting) => {
    const { source, people, scanned } = converting;
    const places = new Set<number>();
    for (const name of collectNames(source, scanned.found, people, places)) {
      for (let at = source.indexOf(name); at !== -1; at = source.indexOf(name, at + 1)) {
        for (let within = 0; within < name.length; within++) if (isKept(name, within)) places.add(at + within);
      }
    }
    return keepCharacters(places, converting);
  },
};

/** The character of a name that stays itself: the surname, or one of the given name behind a common surname. */
function isKept(name: string, at: number): boolean {
  return at === 0 ? surnames.includes(name.charAt(0)) : givenNames.includes(name.charAt(at));
}

/** Full names of the document that have such a character; a bare surname before a title is a place, added to `places`. */
function collectNames(source: string, found: readonly number[], people: readonly string[], places: Set<number>): Set<string> {
  const names = new Set(people.filter((name) => name.length > 1 && name.length < 5 && [...name].some((_, at) => isKept(name, at))));
  for (const index of found) {
    const character = source.charAt(index);
    if (surnames.includes(character)) {
      const name = nameAt(source, index, bySurname);
      if (name !== undefined && !inWord(source, index)) {
        if (name.length > 1) names.add(name);
        places.add(index);
      }
    }
    if (givenNames.includes(character)) {
      for (const start of [index - 2, index - 1]) {
        if (!commonSurnameSet.has(source.charAt(start))) continue;
        const name = nameAt(source, start, byGivenName);
        if (name !== undefined && start + name.length > index && !matchSimplifiedToTraditional(source, index)?.phrase) names.add(name);
      }
    }
  }
  return names;
}

const clauseStarts = '\n，。、：；“「（ 　';
const titleEnds = new Set([...clauseStarts, ...titlesBefore.split('|').map((title) => title.slice(-1)), ...'对向据跟让请和与：／']);
const titleStarts = new Set([...titlesAfter.split('|').map((title) => title.charAt(0)), '姓', '某', '、']);

/** What no pattern needs more of, asked first since it costs little. */
function mayBeName(source: string, at: number): boolean {
  if (at === 0 || titleEnds.has(source.charAt(at - 1))) return true;
  return titleStarts.has(source.charAt(at + 1)) || titleStarts.has(source.charAt(at + 2)) || titleStarts.has(source.charAt(at + 3));
}

function nameAt(source: string, at: number, patterns: readonly RegExp[]): string | undefined {
  if (!mayBeName(source, at)) return undefined;
  let name: string | undefined;
  for (const pattern of patterns) {
    pattern.lastIndex = at;
    name ??= pattern.exec(source)?.groups?.name;
  }
  return name;
}

/** Is the character part of a word, such as 剩余, 范围 or 采访? Then it is no name's. OpenCC's dictionary also has names: 余文. */
function inWord(source: string, at: number): boolean {
  const match = matchSimplifiedToTraditional(source, at);
  if (match?.phrase) return match.value.charAt(0) !== source.charAt(at);
  return !clauseWords(source, at).isBound(at);
}
