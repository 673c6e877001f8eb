import { readCredits } from '../../structure/credits.ts';
import type { Edit } from '../../text/edit.ts';
import { lineSpans, sliceOf } from '../../text/span.ts';
import type { Rule } from '../rule.ts';

const padded = /(?<=(?<!\p{Script=Han})\p{Script=Han})[ \u3000\u00a0]{1,3}(?=\p{Script=Han}(?!\p{Script=Han}))/gu;
/** The same without a look behind, which would be taken at every place: it begins at the pad, which is rare. */
const pad = /[ \u3000\u00a0]{1,3}\p{Script=Han}(?!\p{Script=Han})/u;

export const paddedName: Rule = {
  id: 'padded-name',
  why: 'Two-character names are padded to the width of three: 編輯：藍 圖 is the person 藍圖.',
  confidence: 0.95,
  examples: [
    { raw: '責任編輯：周彥榮 編輯：藍 圖', clean: '責任編輯：周彥榮 編輯：藍圖' },
    { raw: '（责任编辑：王　芳、李 强）', clean: '（责任编辑：王芳、李强）' },
  ],
  keeps: ['責任編輯：周彥榮 編輯：藍圖', '你 好', '責任編輯：周彥榮 藍圖'],
  find: (text) => {
    const edits: Edit[] = [];
    if (!pad.test(text)) return edits;
    for (const line of lineSpans(text)) {
      const slice = sliceOf(text, line);
      if (!pad.test(slice) || readCredits(slice) === undefined) continue;
      for (const match of slice.matchAll(padded)) {
        edits.push({ at: line.start + match.index, removed: match[0], inserted: '' });
      }
    }
    return edits;
  },
};
