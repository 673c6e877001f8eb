import { readCredits } from '../../structure/credits.ts';
import type { Edit } from '../../text/edit.ts';
import { lineSpans, sliceOf } from '../../text/span.ts';
import type { Rule } from '../rule.ts';

/** UTF-16 units of the shortest sentence with credits behind it. */
const shortest = 8;
const endMarks = '。！？；，：、…”」』';
/** UTF-16 units of the longest credits that are looked for behind a sentence. */
const longest = 120;
const mayBe = /(?:责编|責編|责任编|責任編|编辑|編輯|审核|審核|[一二三初复複終终]审|[一二三初]審|校对|校對|监制|監製|核稿)[^\n]{0,110}$/mu;
/** What a body ends with before its credits: a sentence, a quotation, an end mark. */
const ends = /[。！？”」』）)】]/gu;

export const gluedCredits: Rule = {
  id: 'glued-credits',
  why: 'Credits come glued to the last sentence: …双双上涨。（完）责任编辑：周文. They get a line of their own.',
  confidence: 0.95,
  examples: [
    { raw: '各地农时不等人。（完）责任编辑：周文', clean: '各地农时不等人。（完）\n责任编辑：周文' },
    { raw: '“换了谁都会敲的。”编辑 周文 校对 李强', clean: '“换了谁都会敲的。”\n编辑 周文 校对 李强' },
    { raw: '上山賞雪應留意路面結冰。（編輯：高雅琴）1070312', clean: '上山賞雪應留意路面結冰。\n（編輯：高雅琴）1070312' },
  ],
  keeps: [
    '责任编辑：周文（文字）、李强（视频）',
    '他说：“责任编辑制度要落实。”编辑部同意。',
    '图为春耕现场。摄影：周文',
    '（责编：周文 审核：李强）',
  ],
  find: (text) => {
    const edits: Edit[] = [];
    for (const line of lineSpans(text)) {
      // Names end a credits line, or a bracket: nearly every other line of a text ends in a mark.
      if (line.end - line.start < shortest || endMarks.includes(text.charAt(line.end - 1))) continue;
      const slice = sliceOf(text, line);
      const from = Math.max(0, slice.length - longest);
      const end = slice.slice(from);
      if (!mayBe.test(end) || readCredits(slice) !== undefined) continue;
      for (const match of end.matchAll(ends)) {
        const rest = end.slice(match.index + 1);
        const people = readCredits(rest);
        if (people === undefined || people.every(({ role }) => role === 'photographer')) continue;
        edits.push({ at: line.start + from + match.index + 1, removed: '', inserted: '\n' });
        break;
      }
    }
    return edits;
  },
};
