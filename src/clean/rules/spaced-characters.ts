import { clauseWords } from '../../convert/words.ts';
import type { Edit } from '../../text/edit.ts';
import type { Rule } from '../rule.ts';

/** Titles that are set wide, in both scripts. */
const wideTitles = new Set(
  (
    '通知 公告 通告 通报 通報 公示 启事 啟事 声明 聲明 目录 目錄 讣告 訃告 简讯 簡訊 快讯 快訊 导读 導讀 前言 序言 后记 後記 结语 結語 ' +
    '摘要 附件 附录 附錄 决定 決定 意见 意見 报告 報告 请示 請示 批复 批覆 纪要 紀要 名单 名單 更正 致歉 喜报 喜報 捷报 捷報 社论 社論 按语 按語 编后 編後 ' +
    '编者按 編者按 编后语 編後語 本报讯 本報訊 通知书 通知書'
  ).split(' '),
);
/** Single characters that are told apart when they stand apart: numbers, weekdays, the five elements, colours, answers. */
const series = [
  '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥',
  '金木水火土日月〇零一二三四五六七八九十百千万萬亿億',
  '东西南北中東左右前后後上下内外內大小高低',
  '春夏秋冬梅兰竹菊松蘭風花雪月风',
  '红橙黄绿青蓝紫黑白灰紅黃綠藍',
  '优良中差劣優对错對錯是否有无無男女老少',
  '酸甜苦辣咸鹹柴米油盐鹽酱醬醋茶鸡鸭鱼肉雞鴨魚',
  '琴棋书画書畫诗酒詩笔墨纸砚筆紙硯生旦净末丑淨',
  '喜怒哀乐樂惧懼爱愛恶惡欲悲欢歡离離合',
  '鼠牛虎兔龙龍蛇马馬羊猴鸡雞狗猪豬',
  '宫商角徵羽仁义礼智信義禮忠孝廉耻恥温良恭俭让溫儉讓',
  '夏商周秦汉漢晋晉隋唐宋元明清',
  '生老病死衣食住行吃穿望闻问切聞問',
  '天地人你我他福禄寿祿壽桃李杏梨手口足耳目',
].map((characters) => new Set(characters));

const spaces = /[ \u3000\u00a0]+/g;
const white = '[ \\u3000\\u00a0]';
const run = new RegExp(
  `(?<=^|[^\\p{L}\\p{N} \\u3000\\u00a0]|${white}{2})\\p{Script=Han}(?:${white}\\p{Script=Han}){2,}(?=$|[^\\p{L}\\p{N} \\u3000\\u00a0]|${white}{2})`,
  'gu',
);
const pair = new RegExp(
  `(?<=^|[^\\p{L}\\p{N} \\u3000\\u00a0])(\\p{Script=Han})(${white}{1,8})(\\p{Script=Han})(?=$|[^\\p{L}\\p{N} \\u3000\\u00a0])`,
  'gu',
);

/** A title set wide: 会　　议　　纪　　要. */
const evenly = new RegExp(`^\\p{Script=Han}(${white}{2,6})\\p{Script=Han}(?:\\1\\p{Script=Han}){1,10}$`, 'u');

/** UTF-16 units that are read of a block to tell prose from a list of single characters. */
const sampled = 1200;
/** Shares of the Han that stand in words of two and more. Names and lists have next to none, the driest sentence 0.4. */
const ofShortTitle = 1;
const ofTitle = 0.6;
const ofProse = 0.4;
/** In Han. */
const shortTitle = 4;
const proseLength = 16;

export const spacedCharacters: Rule = {
  id: 'spaced-characters',
  why: 'Layout spaces characters out, PDF and OCR leave a space behind each: 人 民 日 报, 通　知, 会 议 强 调 ， 各 地 要 …. A space between names, verses and items stays.',
  confidence: 0.999,
  examples: [
    { raw: '人 民 日 报\n王文出席会议并讲话', clean: '人民日报\n王文出席会议并讲话' },
    {
      raw: '通　　知\n【公 告】各单位放假三天。\n编 者 按：本报今起推出专栏。',
      clean: '通知\n【公告】各单位放假三天。\n编者按：本报今起推出专栏。',
    },
    {
      raw: '会 议 强 调 ， 各 地 要 在 2 0 1 8 年 底 前 完 成 改 造 。\n會 議 由 王 文 主 持 。',
      clean: '会议强调，各地要在2018年底前完成改造。\n會議由王文主持。',
    },
  ],
  keeps: [
    '王伟 李娜 张敏',
    '王 伟 李 娜 张 敏',
    '責任編輯：周彥榮 編輯：藍 圖',
    '甲 乙 丙 丁',
    '金 木 水 火 土',
    '日 一 二 三 四 五 六',
    'A 对 B 错',
    '【字体：大 中 小】【打印】【关闭】',
    '床前明月光 疑是地上霜',
    '开学第一课走进田间 五百名学生下地插秧',
    '第 3 页 共 8 页',
    '姓 名 性 别 年 龄',
  ],
  find: (text) => {
    const edits: Edit[] = [];
    let block: Spaced[] = [];
    for (const start of suspects(text)) {
      const line = readLine(text, start);
      const last = block.at(-1);
      if (last !== undefined && !(line.isWhole && isBelow(text, last, line))) {
        restore(block, edits);
        block = [];
      }
      if (line.isWhole) block.push(line);
      else restoreParts(line, edits);
    }
    restore(block, edits);
    return edits;
  },
};

interface Spaced {
  readonly start: number;
  readonly text: string;
  readonly han: number;
  /** More than four in five of its Han stand alone between single spaces. */
  readonly isWhole: boolean;
}

/** Where the lines begin that hold two Han, each for itself, with white between them. */
function suspects(text: string): number[] {
  const starts = new Set<number>();
  for (const space of [' ', '\u3000', '\u00a0']) {
    for (let at = text.indexOf(space); at !== -1; ) {
      let from = at + 1;
      if (isHanCode(text.charCodeAt(at - 1)) && !isInner(text.charCodeAt(at - 2))) {
        let right = at + 1;
        while (isSpace(text.charCodeAt(right)) && right - at < 8) right++;
        if (isHanCode(text.charCodeAt(right)) && !isInner(text.charCodeAt(right + 1))) {
          starts.add(text.lastIndexOf('\n', at) + 1);
          const newline = text.indexOf('\n', at);
          from = newline === -1 ? text.length : newline;
        }
      }
      at = text.indexOf(space, from);
    }
  }
  return [...starts].sort((a, b) => a - b);
}

function isHanCode(code: number): boolean {
  return (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) || code === 0x3007;
}

/** Han, Latin letters and digits: what words and numbers are made of. NaN, beyond the text, is none. */
function isInner(code: number): boolean {
  return (
    isHanCode(code) || (code >= 0x30 && code <= 0x39) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a) || (code >= 0xc0 && code <= 0x24f)
  );
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x3000 || code === 0xa0;
}

function readLine(text: string, from: number): Spaced {
  const newline = text.indexOf('\n', from);
  const line = text.slice(from, newline === -1 ? text.length : newline);
  const start = from + line.length - line.trimStart().length;
  const trimmed = line.trim();
  let han = 0;
  let alone = 0;
  for (let at = 0; at < trimmed.length; at++) {
    if (!isHanCode(trimmed.charCodeAt(at))) continue;
    han++;
    const isBound = !isInner(trimmed.charCodeAt(at - 1)) && !isInner(trimmed.charCodeAt(at + 1));
    if (isBound && (isOneSpace(trimmed, at - 1) || isOneSpace(trimmed, at + 1))) alone++;
  }
  return { start, text: trimmed, han, isWhole: alone > 0.8 * han && !isWideTitle(trimmed) };
}

function isOneSpace(text: string, at: number): boolean {
  return isSpace(text.charCodeAt(at)) && !isSpace(text.charCodeAt(at - 1)) && !isSpace(text.charCodeAt(at + 1));
}

function isWideTitle(text: string): boolean {
  return text.length <= 10 && wideTitles.has(text.replace(/\s+/g, ''));
}

function isBelow(text: string, above: Spaced, below: Spaced): boolean {
  for (let at = above.start + above.text.length; at < below.start; at++) {
    if (text.charCodeAt(at) !== 0x0a && !isSpace(text.charCodeAt(at))) return false;
  }
  return true;
}

/** Takes the single spaces out of lines one below the other, if what they hold is words. */
function restore(block: readonly Spaced[], edits: Edit[]): void {
  let sample = '';
  let han = 0;
  for (const line of block) {
    han += line.han;
    if (sample.length < sampled) sample += `${withoutSpace(line.text.slice(0, sampled))}\n`;
  }
  if (han < 3 || !isWords(sample, han)) return;
  for (const { start, text } of block) {
    if (isSeries(text)) continue;
    for (const { index, 0: space } of text.matchAll(spaces)) {
      if (isOneSpace(text, index) && isLayout(text, index)) edits.push({ at: start + index, removed: space, inserted: '' });
    }
  }
}

/** Between Latin words the space is their own, between single letters and digits it is layout. */
function isLayout(text: string, at: number): boolean {
  if (isChinese(text.charCodeAt(at - 1)) || isChinese(text.charCodeAt(at + 1))) return true;
  return !(text.charCodeAt(at - 2) > 0x20) && !(text.charCodeAt(at + 2) > 0x20);
}

/** Han, their punctuation, and the marks “ ” … —. */
function isChinese(code: number): boolean {
  return code >= 0x2010 && !isSpace(code);
}

/** In a line of ordinary text: a title, a label, a name of a paper. */
function restoreParts({ start, text }: Spaced, edits: Edit[]): void {
  const found: Edit[] = [];
  const takeSpaces = (at: number, spaced: string) => {
    if (!isWords(withoutSpace(spaced), withoutSpace(spaced).length)) return;
    for (const { index, 0: removed } of spaced.matchAll(spaces)) found.push({ at: at + index, removed, inserted: '' });
  };
  if (evenly.test(text)) takeSpaces(start, text);
  for (const { index, 0: spaced } of text.matchAll(run)) takeSpaces(start + index, spaced);
  for (const { index, 1: first = '', 2: removed = '', 3: second = '' } of text.matchAll(pair)) {
    if (wideTitles.has(first + second)) found.push({ at: start + index + first.length, removed, inserted: '' });
  }
  for (const edit of found.sort((a, b) => a.at - b.at)) edits.push(edit);
}

function withoutSpace(text: string): string {
  return text.replace(spaces, '');
}

/** Do the characters make words, and is it no row of items of one character, or of two: 姓 名 性 别 年 龄? */
function isWords(text: string, han: number): boolean {
  if (wideTitles.has(text)) return true;
  if (isSeries(text)) return false;
  let inWords = 0;
  let read = 0;
  let pairs = 0;
  for (const [stretch] of text.matchAll(/\p{Script=Han}+/gu)) {
    const words = clauseWords(stretch, 0);
    read += stretch.length;
    for (let at = 0; at < stretch.length; ) {
      const end = words.wordEnd(at);
      if (end - at > 1) inWords += end - at;
      if (end - at === 2) pairs++;
      at = end;
    }
  }
  if (han >= proseLength && /[，。；：]/.test(text)) return inWords >= read * ofProse;
  if (pairs >= 3 && pairs * 2 === read) return false;
  return inWords >= read * (han > shortTitle ? ofTitle : ofShortTitle);
}

function isSeries(text: string): boolean {
  if (text.length > 40) return false;
  const characters = text.match(/\p{Script=Han}/gu) ?? [];
  return series.some((one) => characters.every((character) => one.has(character)));
}
