/**
 * Simplified text that a character-by-character converter turned into Traditional: 領導干部, 并, 防范, 關于.
 *
 * Such a converter leaves every character that both scripts have. The same characters are right in good Traditional
 * (干預, 胡同, 涂先生, 范仲淹), and a round trip through Simplified would spoil them. So the repair needs evidence: several
 * leftovers, and hardly a place where the document has the Traditional form. A naive converter could not have written 於.
 */

import type { Rule } from '../clean/rule.ts';
import type { Edit } from '../text/edit.ts';
import { lineSpans, type Span, sliceOf } from '../text/span.ts';
import { detectScript, stretchesOf } from './detect.ts';

import { convertAligned, convertText, matchSimplifiedToTraditional } from './opencc.ts';
import { watchedMatches } from './scan.ts';
import { clauseWords, straddles } from './words.ts';

/** What every naive converter leaves. A document that has 於, 幹 or 並 where they belong was not written by one. */
const telling = new Set('干并范于后里准征制采游松谷致舍云丰斗面只划');
/** What some naive converters leave: Traditional has these characters, but not in the words where OpenCC converts them. */
const inWords = new Set([...telling, ...'系余几么注签吁咸郁症佣卷凶克向占困表愈御折蒙抵淀雕欲出尽冲']);
/** Those that Traditional hardly has by themselves either. A surname 于 is why one character alone proves nothing. */
const alone = new Set('并于后几么万价党厂叶广据确种筑胜适腊荐虫愿柜');
/** One Simplified character for several Traditional ones, of which a converter without words knows the commonest alone. */
const alike = new Set('复发尽签历汇脏冲获钟团坛');
/** Variants that Taiwan does not write; no evidence by themselves, they go with the rest where the rest is repaired. */
const variants = new Set('着温强脱户税');

const limits = {
  /** Different characters that must have been left. */
  left: 2,
  /** Characters that were converted, at most, for each that was left. Some converters know 後 and 裡 and no more. */
  converted: 0.5,
  /** Of one character: places with its Traditional form, at most, for each place without. */
  refuted: 0.25,
};

interface Site {
  readonly at: number;
  readonly written: string;
  readonly right: string;
}

export const naiveConversion: Rule = {
  id: 'naive-conversion',
  why: 'A naive converter leaves what both scripts have: 領導干部, 并, 防范, 關于 in otherwise Traditional text.',
  confidence: 0.86,
  examples: [
    {
      raw: '領導干部要深入學習關于安全生產的規定，并堅決防范重大事故。',
      clean: '領導幹部要深入學習關於安全生產的規定，並堅決防範重大事故。',
    },
  ],
  keeps: [
    '胡同裡的涂先生說，關於此事，他并不知情。',
    '領導干部',
    '于右任與范仲淹的詩文，後人多有評論。',
    '领导干部要深入学习关于安全生产的规定，并坚决防范重大事故。',
    '皇后與太后都到過公里之外的干將路。',
  ],
  find: (text, context) => {
    const { detected } = detectScript(text);
    if (detected !== 'zh-Hant' && detected !== 'mixed') return [];
    // Of a mixed text, the stretches in Traditional alone.
    const stretches =
      detected === 'mixed' ? stretchesOf(text).filter(({ script }) => script === 'zh-Hant') : [{ start: 0, end: text.length }];
    const { sites, mistaken, converted } = weigh(text, stretches);
    const counts = countBy(sites.map(({ written }) => written));
    const isLeft = (character: string) => (converted.get(character) ?? 0) <= (counts.get(character) ?? 0) * limits.refuted;
    const left = [...counts.keys()].filter((character) => !variants.has(character) && isLeft(character));
    const against = [...converted.keys()].filter((character) => telling.has(character) && !left.includes(character));
    if (left.length < limits.left) return [];
    if (against.length > left.length * limits.converted) {
      const reason = `review: ${left.join('、')} look left by a naive conversion, but ${against.join('、')} were converted; nothing is repaired`;
      context.report({ severity: 'info', reason });
      return [];
    }
    context.report({ severity: 'info', reason: `${left.join('、')} were left by a naive conversion and are repaired` });
    return [...sites.filter(({ written }) => isLeft(written)), ...mistaken]
      .sort((a, b) => a.at - b.at)
      .map(({ at, written, right }): Edit => ({ at, removed: written, inserted: right }));
  },
};

/** Places where a trusted character was left, and how often each was written in its Traditional form. */
function weigh(
  text: string,
  stretches: readonly Span[],
): {
  readonly sites: readonly Site[];
  readonly mistaken: readonly Site[];
  readonly converted: ReadonlyMap<string, number>;
} {
  const sites: Site[] = [];
  const mistaken: Site[] = [];
  const converted: string[] = [];
  for (const span of stretches.flatMap((stretch) => comparable(text, stretch))) {
    const { line, simplified } = span;
    const matches = watchedMatches(simplified, watched);
    for (let place = 0; place < matches.length; place += 3) {
      const at = matches[place] ?? 0;
      const end = matches[place + 1] ?? 0;
      const value = inTaiwan(simplified, at, end, matches[place + 2] ?? 0);
      if (value.length !== end - at) continue;
      const inWord = end > at + 1;
      for (let offset = at; offset < end; offset++) {
        const code = line.charCodeAt(offset);
        const isLeft = code === simplified.charCodeAt(offset);
        if (!isLeft && watched[simplified.charCodeAt(offset)] === 1) converted.push(simplified.charAt(offset));
        if (code === value.charCodeAt(offset - at)) continue;
        const plain = simplified.charAt(offset);
        const site = { at: span.start + offset, written: line.charAt(offset), right: value.charAt(offset - at) };
        if (isLeft) {
          if (alone.has(plain) || variants.has(plain) || (inWord && inWords.has(plain))) sites.push(site);
        } else if (inWord && alike.has(plain) && !straddles(at, end, clauseWords(simplified, at))) {
          mistaken.push(site);
        }
      }
    }
  }
  return { sites, mistaken, converted: countBy(converted) };
}

interface Comparable extends Span {
  readonly line: string;
  readonly simplified: string;
}

/**
 * A stretch with its Simplified form. Places are compared by offset; of a stretch whose length changes (a rare regional phrase) the lines
 * are taken whose length does not.
 */
function comparable(text: string, stretch: Span): Comparable[] {
  const line = sliceOf(text, stretch);
  const { text: simplified, isAligned } = convertAligned(line, 'zh-Hant', 'zh-Hans');
  const isOneLine = !line.includes('\n');
  if (isAligned || (isOneLine && simplified.length === line.length)) return [{ ...stretch, line, simplified }];
  if (isOneLine) return [];
  return lineSpans(line).flatMap(({ start, end }) => comparable(text, { start: start + stretch.start, end: end + stretch.start }));
}

const watched = new Uint8Array(0x10000);
for (const character of [...alone, ...variants, ...inWords, ...alike]) watched[character.charCodeAt(0)] = 1;

/** By node of the dictionary: the value of a match of several code units, or of one. */
const taiwanese: string[] = [];
const taiwaneseUnits: string[] = [];

/** What the match becomes in the forms of Taiwan, the most common of Traditional print: 這裡 and not 這裏. */
function inTaiwan(simplified: string, at: number, end: number, node: number): string {
  const isUnit = node === 0;
  const known = isUnit ? taiwaneseUnits[simplified.charCodeAt(at)] : taiwanese[node];
  if (known !== undefined) return known;
  const value = convertText(matchSimplifiedToTraditional(simplified, at)?.value ?? simplified.slice(at, end), 'zh-Hant', 'zh-Hant-TW');
  if (isUnit) taiwaneseUnits[simplified.charCodeAt(at)] = value;
  else taiwanese[node] = value;
  return value;
}

function countBy(characters: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}
