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
import { convertScript, matchSimplifiedToTraditional } from './opencc.ts';

/** Characters that Traditional has, but not in the words where OpenCC's dictionary converts them: 干部, 防范, 标准. */
const trustedInWords = new Set('干并范于后里准征系制余采游松谷致舍几么云丰斗面只划');
/** Those that Traditional hardly has by themselves either. A surname 于 is why one alone proves nothing. */
const trustedAlone = new Set('并于后几么');

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
    const { sites, converted } = weigh(text);
    const counts = countBy(sites.map(({ written }) => written));
    const isLeft = (character: string) => (converted.get(character) ?? 0) <= (counts.get(character) ?? 0) * limits.refuted;
    const left = [...counts.keys()].filter(isLeft);
    const against = [...converted.keys()].filter((character) => !left.includes(character));
    if (left.length < limits.left) return [];
    if (against.length > left.length * limits.converted) {
      const reason = `review: ${left.join('、')} look left by a naive conversion, but ${against.join('、')} were converted; nothing is repaired`;
      context.report({ severity: 'info', reason });
      return [];
    }
    context.report({ severity: 'info', reason: `${left.join('、')} were left by a naive conversion and are repaired` });
    return sites
      .filter(({ written }) => left.includes(written))
      .map(({ at, written, right }): Edit => ({ at, removed: written, inserted: right }));
  },
};

/** Places where a trusted character was left, and how often each was written in its Traditional form. */
function weigh(text: string): { readonly sites: readonly Site[]; readonly converted: ReadonlyMap<string, number> } {
  const sites: Site[] = [];
  const converted: string[] = [];
  for (const span of lineSpans(text)) {
    const line = sliceOf(text, span);
    const simplified = convertScript(line, 'zh-Hant', 'zh-Hans').text;
    // Places are compared by offset; a line whose length changes (a rare regional phrase) cannot be.
    if (simplified.length !== line.length) continue;
    for (let at = 0; at < line.length; ) {
      const match = matchSimplifiedToTraditional(simplified, at);
      const end = match?.end ?? at + 1;
      if (match !== undefined && match.value.length === end - at) {
        for (let offset = at; offset < end; offset++) {
          const plain = simplified[offset] ?? '';
          const written = line[offset] ?? '';
          const right = match.value[offset - at] ?? '';
          if (!trustedInWords.has(plain)) continue;
          if (written !== plain) converted.push(plain);
          else if (right !== plain && (match.phrase || trustedAlone.has(plain))) sites.push({ at: span.start + offset, written, right });
        }
      }
      at = end;
    }
  }
  return { sites, converted: countBy(converted) };
}

function countBy(characters: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const character of characters) counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}
