import { findGlosses, type Gloss, type GlossedCharacter } from '../glosses.ts';
import { judge } from '../noise-evidence.ts';
import type { Rule } from '../rule.ts';

export const readingNoise: Rule = {
  id: 'reading-noise',
  why: 'Scraper traps put a reading behind characters: 政(zheng)(zheng)治(zhi)局常委. A gloss that a writer meant (锂(Li), 行（háng）) stands once.',
  confidence: 0.999,
  examples: [
    { raw: '中共中央政(zheng)(zheng)治(zhi)局常委、國(guo)(guo)務院總(zong)理', clean: '中共中央政治局常委、國務院總理' },
    { raw: '安(an)(an)全(quan)生產,女(nv)(nv)工(gong)安(an)(an)全(quan)', clean: '安全生產,女工安全' },
    { raw: '標 (biao) (biao)準 (zhun)會議 (yi) (yi)召開', clean: '標準會議召開' },
    {
      raw: '制定標(biāo)準(zhǔn)，會(huì )議標(biāo)準(zhǔn)由協(xié)會(huì )發(fā)布，協(xié)會(huì )發(fā)言，請參與(yù)。',
      clean: '制定標準，會議標準由協會發布，協會發言，請參與。',
    },
  ],
  keeps: [
    '氦气（He）和锂(Li)',
    '李白（Li Bai）',
    '行（háng）业',
    '卫星定位系统(GPS)',
    'A(阿)股',
    '二(er)声',
    '生字：天(tian)、地(di)、人(ren)、你(ni)、我(wo)、他(ta)、我(wo)、们(men)、有(you)。',
    '德(de)国',
    '“重”字读作重(chong)复的重(chong)，也读作重(zhong)量的重(zhong)',
  ],
  find: (text, context) => {
    const glossed = findGlosses(text);
    if (glossed.length === 0) return [];
    const verdict = judge(text, glossed);
    for (const { style, reason, at } of verdict.doubts) {
      context.report({ severity: 'warning', reason: `review: glosses of style ${style} are kept: ${reason}`, start: at, end: at });
    }
    const noise: Gloss[] = [];
    for (const one of glossed) {
      for (const gloss of one.glosses) {
        if (verdict.isNoise(one, gloss)) noise.push(gloss);
        else if (verdict.isAmongNoise(gloss))
          context.report({ ...doubt(one, gloss), start: gloss.at, end: gloss.at + gloss.written.length });
      }
    }
    return noise.map(({ at, written }) => ({ at, removed: written, inserted: '' }));
  },
};

function doubt(one: GlossedCharacter, gloss: Gloss): { severity: 'warning'; reason: string } {
  return { severity: 'warning', reason: `review: ${one.character}${gloss.written} is kept: among noise, but not of its kind` };
}
