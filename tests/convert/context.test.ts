import { describe, expect, it } from 'vitest';
import { convert, convertText, pureOpenCC } from '../../src/convert/index.ts';
import { convertScript } from '../../src/convert/opencc.ts';
import type { Script } from '../../src/convert/scripts.ts';
import { normalize } from '../../src/normalize.ts';
import { applyLayers } from '../../src/text/edit.ts';
import { readHeldOut } from '../support/cases.ts';

const to = (text: string, script: Script) => convert(text, [], 'zh-Hans', script, { quotes: { [script]: 'keep' } });

describe('word boundaries', () => {
  it.each([
    ['电灯被发明以后', '電燈被發明以後'],
    ['这是本国历史上的', '這是本國歷史上的'],
    ['变速箱等装置，包括发动机、油箱', '變速箱等裝置，包括發動機、油箱'],
    ['采用斯特林冲锋枪以来', '採用斯特林衝鋒槍以來'],
    ['他理了头发', '他理了頭髮'],
    ['发现一千元', '發現一千元'],
  ])('%s becomes %s', (source, expected) => {
    expect(to(source, 'zh-Hant').text).toBe(expected);
  });

  it('stand in the ledger with their confidence, and can be switched off', () => {
    const { layers, text } = to('电灯被发明以后', 'zh-Hant');
    expect(layers.at(-1)).toMatchObject({ rule: 'context/word-boundary', script: 'zh-Hant', edits: [{ removed: '髮', inserted: '發' }] });
    expect(layers.at(-1)?.confidence).toBeGreaterThan(0);
    expect(applyLayers('电灯被发明以后', layers)).toBe(text);
    const pure = convert('“电灯”被发明以后', [], 'zh-Hans', 'zh-Hant', pureOpenCC);
    expect(pure.text).toBe(convertScript('“电灯”被发明以后', 'zh-Hans', 'zh-Hant').text);
  });
});

describe('surnames', () => {
  it.each([
    ['演员有余文乐、蔡卓妍等人', '演員有余文樂、蔡卓妍等人'],
    ['校长于慧珊说，范先生来过。', '校長于慧珊說，范先生來過。'],
    ['记者涂家朗报道', '記者涂家朗報道'],
    ['记者涂家朗、于敏', '記者涂家朗、于敏'],
    [
      '剩余时间、其余部分，由于天气，会议于昨日举行，规范管理、示范先行',
      '剩餘時間、其餘部分，由於天氣，會議於昨日舉行，規範管理、示範先行',
    ],
    ['范围广、旅游热，于是大家都来游玩', '範圍廣、旅遊熱，於是大家都來遊玩'],
  ])('%s becomes %s', (source, expected) => {
    expect(to(source, 'zh-Hant').text).toBe(expected);
  });

  it('that are names once are names everywhere, and in the credits', () => {
    expect(to('村民余德水说，水来了。余德水很高兴。', 'zh-Hant').text).toBe('村民余德水說，水來了。余德水很高興。');
    const { scripts } = normalize(Buffer.from('水来了\n余以恒写了这篇文章，讲的是村里的事。\n责任编辑：余以恒'));
    expect(scripts['zh-Hant']?.text).toBe('水來了\n余以恆寫了這篇文章，講的是村裏的事。\n責任編輯：余以恆');
  });
});

describe('given names', () => {
  it.each([
    ['记者张采文、李咸明报道，张采文说，采访中', '記者張采文、李咸明報道，張采文說，採訪中'],
    ['茅于轼先生关于此事', '茅于軾先生關於此事'],
    ['记者洪于婷花莲10日电', '記者洪于婷花蓮10日電'],
    ['记者王于昨日采访', '記者王於昨日採訪'],
    ['对范晓东来说，范晓东的父亲范德明也很高兴', '對范曉東來說，范曉東的父親范德明也很高興'],
    ['对于建国的意义，范文明确了规范', '對於建國的意義，範文明確了規範'],
    ['朴女士朴素', '朴女士樸素'],
  ])('%s becomes %s', (source, expected) => {
    expect(to(source, 'zh-Hant').text).toBe(expected);
  });
});

describe('places', () => {
  it.each([
    ['古里镇的镇里镇定自若，家里镇上', '古里鎮的鎮裏鎮定自若，家裏鎮上'],
    ['湖里区、江干区、松口镇、采石矶和里下河', '湖里區、江干區、松口鎮、采石磯和里下河'],
    ['马里总统府里，马里的马里面', '馬里總統府裏，馬里的馬裏面'],
    ['战马里的一匹', '戰馬裏的一匹'],
  ])('%s becomes %s', (source, expected) => {
    expect(to(source, 'zh-Hant').text).toBe(expected);
  });
});

describe('measure words', () => {
  it.each([
    ['500只野鸭、数千只候鸟，剩下20只', '500隻野鴨、數千隻候鳥，剩下20隻'],
    ['9:30只接待，C919只飞，5月3日只有20只有病', '9:30只接待，C919只飛，5月3日只有20只有病'],
    ['差不多只有他', '差不多只有他'],
  ])('%s becomes %s', (source, expected) => {
    expect(to(source, 'zh-Hant').text).toBe(expected);
  });
});

describe('pronouns of animals', () => {
  it.each([
    ['这只猫受了伤，它很害怕。公司说它负责。', 'zh-Hant-TW', '這隻貓受了傷，牠很害怕。公司說它負責。'],
    ['这只猫受了伤，它很害怕。', 'zh-Hant', '這隻貓受了傷，它很害怕。'],
    ['这只股票跌了，它很便宜。', 'zh-Hant-TW', '這隻股票跌了，它很便宜。'],
  ] as const)('%s in %s is %s', (source, script, expected) => {
    expect(to(source, script).text).toBe(expected);
  });
});

describe('foreign names', () => {
  it.each([
    ['学者塔里克·拉马丹在家里', '學者塔里克·拉馬丹在家裏'],
    ['马里奥·范德萨在范围里', '馬里奧·范德薩在範圍裏'],
    ['弗里德曼和海因里希在库里', '弗里德曼和海因里希在庫裏'],
    ['图里的人很多，库里有粮', '圖裏的人很多，庫裏有糧'],
  ])('%s becomes %s', (source, expected) => {
    expect(to(source, 'zh-Hant').text).toBe(expected);
  });
});

describe('the spelling of the press', () => {
  it.each([
    ['台湾宣布', 'zh-Hant-TW', '台灣宣布'],
    ['台北公布名单', 'zh-Hant-HK', '台北公布名單'],
    ['台湾宣布', 'zh-Hant', '臺灣宣佈'],
    ['台风布置', 'zh-Hant-TW', '颱風佈置'],
    ['他说户外温度', 'zh-Hant-HK', '他說戶外溫度'],
    ['给他点赞', 'zh-Hant-TW', '給他點讚'],
  ] as const)('%s in %s is %s', (source, script, expected) => {
    expect(to(source, script).text).toBe(expected);
  });
});

describe('the spelling of the Mainland', () => {
  it.each([
    ['牠們是土著居民的帳戶', '它们是土著居民的账户'],
    ['他讀著一本名著，聲名卓著，在蚊帳裡記帳', '他读着一本名著，声名卓著，在蚊帐里记账'],
  ])('%s is %s', (source, expected) => {
    expect(convert(source, [], 'zh-Hant', 'zh-Hans').text).toBe(expected);
  });
});

describe('a whole article', () => {
  it('is what its layers give, in every script', () => {
    for (const { label, clean } of readHeldOut().filter(({ label }) => label.startsWith('hans'))) {
      for (const script of ['zh-Hant', 'zh-Hant-TW', 'zh-Hant-HK'] as const) {
        const { text, layers } = convert(clean, [], 'zh-Hans', script);
        expect(applyLayers(clean, layers), label).toBe(text);
        expect(convertText(clean, 'zh-Hans', script), label).toBe(text);
      }
    }
  });

  it('is not touched in its own script', () => {
    expect(convert('他说：「领导」', [], 'zh-Hans', 'zh-Hans')).toMatchObject({ text: '他说：「领导」', layers: [] });
  });
});
