/**
 * Simplified text that a character-by-character converter turned into Traditional: 領導干部, 并, 防范, 關于.
 *
 * Such a converter leaves every character that both scripts have. The same characters are right in good Traditional
 * (干預, 胡同, 涂先生, 范仲淹), and a round trip through Simplified would spoil them. So the repair needs evidence: several
 * leftovers, and hardly a place where the document has the Traditional form. A naive converter could not have written 於.
 */

import type { Rule } from '../clean/rule.ts';
import type { Edit } from '../text/edit.ts';
import { lineSpans, sliceOf } from '../text/span.ts';
import { detectScript } from './detect.ts';
import { ambiguous, convertScript, matchSimplifiedToTraditional } from './opencc.ts';

/** Characters whose leftovers are trusted inside a word of OpenCC's dictionary: 干部, 防范, 标准. Words, not names. */
const trustedInWords = new Set('干并范于后里准征系制复余冲采游划松谷致舍几么云丰斗面才只克托郁困向胜辟据');
/** Characters that Traditional never leaves by themselves either. A surname 于 is why two of them are wanted. */
const trustedAlone = new Set('并于后几么');

const limits = {
  /** Different characters that must have been left. */
  characters: 2,
  /** Places with the Traditional form, at most, for each place without it. */
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
    if (detectScript(text).detected !== 'zh-Hant') return [];
    const { left, refuting } = weigh(text);
    const characters = new Set(left.map(({ written }) => written)).size;
    if (characters < limits.characters) return [];
    if (refuting > left.length * limits.refuted) {
      context.report({
        severity: 'info',
        reason: `review: ${left.length} leftovers of a naive conversion, but ${refuting} places speak against one; nothing is repaired`,
      });
      return [];
    }
    context.report({
      severity: 'info',
      reason: `${left.length} leftovers of a naive conversion repaired, ${refuting} places spoke against one`,
    });
    return left.map(({ at, written, right }): Edit => ({ at, removed: written, inserted: right }));
  },
};

/** Trusted leftovers, and the number of places where the document writes the Traditional form of such a character. */
function weigh(text: string): { left: Site[]; refuting: number } {
  const left: Site[] = [];
  let refuting = 0;
  for (const span of lineSpans(text)) {
    const line = sliceOf(text, span);
    const simplified = convertScript(line, 'zh-Hant', 'zh-Hans').text;
    // Places are compared by offset; a line whose length changes (a rare regional phrase) cannot be.
    if (simplified.length !== line.length) continue;
    for (let at = 0; at < line.length; ) {
      const match = matchSimplifiedToTraditional(simplified, at);
      const end = match?.end ?? at + 1;
      const value = match !== undefined && match.value.length === end - at ? match.value : simplified.slice(at, end);
      for (let offset = at; offset < end; offset++) {
        const written = line[offset] ?? '';
        const plain = simplified[offset] ?? '';
        const right = value[offset - at] ?? '';
        if (!ambiguous().has(plain) || !(trustedInWords.has(plain) || trustedAlone.has(plain))) continue;
        if (written !== plain) refuting++;
        else if (right !== plain && (match?.phrase || trustedAlone.has(plain))) left.push({ at: span.start + offset, written, right });
      }
      at = end;
    }
  }
  return { left, refuting };
}
