import type { Edit } from '../../text/edit.ts';
import { isHan } from '../../text/han.ts';
import type { Rule } from '../rule.ts';

const escaped = /[\\%]u[0-9a-f]{4}/i;

/**
 * A line that talks about escapes: a range of a regular expression (its end is the end of a block), a quantifier behind one, a slash
 * before it, a class like \d, an escaped backslash, grave accents, a string that is called with or assigned.
 */
const code =
  /\\u[0-9a-f]{4}(?:-\\u(?:9f|4d|fa|ff|d7|30|[0-2][0-9a-f])|[*+{])|(?<!\\)\/\^?\\u|\\[pdwsxPDWS](?![a-z])|\\\\u|`|[(=]\s?["'][\\%]u/i;

/** What makes a word an address or a form's data. */
const addressMark = /:\\?\/\\?\/|[?&]\w{1,20}=|www\./i;

/**
 * What an escape must not become: controls, lone surrogates, private use; letters and digits, which nobody escapes; and marks that
 * would make an escape or code of what stands beside them.
 */
const unwanted = /[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}0-9A-Za-z\\%`]/u;

export const unicodeEscape: Rule = {
  id: 'unicode-escape',
  why: 'Text leaks out of JSON and scripts as it is escaped there: \\u65b0\\u95fb and %u65b0%u95fb are 新闻.',
  confidence: 0.999,
  examples: [
    { raw: '标题：\\u65b0\\u95fb2024\\uff0c', clean: '标题：新闻2024，' },
    { raw: '{"title":"\\u65B0\\u805E"}', clean: '{"title":"新聞"}' },
    { raw: '\\u65b0\\u95fb-\\u7f51\\u6613', clean: '新闻-网易' },
    { raw: '今天真好\\ud83d\\ude00', clean: '今天真好😀' },
    { raw: '%u65b0%u95fb', clean: '新闻' },
  ],
  keeps: [
    '汉字写作[\\u4e00-\\u9fa5]+',
    '/\\u65b0\\u95fb*/',
    'print("\\u65b0\\u95fb")',
    '写作`\\u65b0\\u95fb`',
    '“新”的编码是\\u65b0',
    '文件在C:\\users\\upload',
    '\\u0041\\u0042',
    '\\ud83d',
    'http://a.cn/?q=%u65b0%u95fb',
    '\\\\u65b0\\\\u95fb',
  ],
  find: (text) => {
    const edits: Edit[] = [];
    const starts = ['\\u', '\\U', '%u', '%U'].map((start) => text.indexOf(start)).filter((at) => at !== -1);
    for (let at = Math.min(...starts); at < text.length; ) {
      const start = text.lastIndexOf('\n', at) + 1;
      const next = text.indexOf('\n', at);
      at = next === -1 ? text.length : next + 1;
      const line = text.slice(start, at);
      if (!escaped.test(line) || code.test(line)) continue;
      for (const word of line.matchAll(words)) {
        if (!addressMark.test(word[0])) for (const edit of decodeWord(word[0], start + word.index)) edits.push(edit);
      }
    }
    return edits;
  },
};

/** What stands between spaces, quotation marks and characters beyond ASCII. */
const words = /[!#-~]+/g;

/** The edits of a word, if what they give holds two Han characters, or one character that takes two escapes. */
function decodeWord(word: string, start: number): Edit[] {
  const edits: { at: number; removed: string; inserted: string }[] = [];
  let evidence = 0;
  let end = 0;
  for (const { 0: first, index } of word.matchAll(/[\\%]u[0-9a-f]{4}/gi)) {
    // The second half of a pair that is decoded already.
    if (index < end) continue;
    const pair = String.fromCharCode(unitOf(first), unitOf(word.slice(index + 6, index + 12)));
    const isPair = pair.isWellFormed() && (pair.codePointAt(0) ?? 0) > 0xffff;
    const inserted = isPair ? pair : pair.charAt(0);
    if (unwanted.test(inserted)) continue;
    evidence += isPair ? 2 : isHan(inserted) ? 1 : 0;
    const removed = isPair ? word.slice(index, index + 12) : first;
    const last = edits.at(-1);
    if (last !== undefined && index === end) {
      last.removed += removed;
      last.inserted += inserted;
    } else edits.push({ at: start + index, removed, inserted });
    end = index + removed.length;
  }
  return evidence >= 2 ? edits : [];
}

/** The UTF-16 unit of an escape; 0 if it is none. */
function unitOf(written: string): number {
  return /^[\\%]u[0-9a-f]{4}$/i.test(written) ? Number.parseInt(written.slice(2), 16) : 0;
}
