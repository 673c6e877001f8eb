import type { Edit } from '../../text/edit.ts';
import { codeTable, looksOf, unprintable } from '../encodings.ts';
import type { Rule } from '../rule.ts';

/** Bytes beyond ASCII, and what stands between words in the names of files: space ( ) , - . _ No other ASCII, or a new escape might arise. */
const escapes = /(?:%(?:[89a-f][0-9a-f]|2[089cde]|5f))+/gi;

/** What makes a word an address, a path or a form's data. */
const addressMark = /:\/\/|[/?&=@#\\]|www\./i;

export const percentEncoding: Rule = {
  id: 'percent-encoding',
  why: 'Names of files and fields of forms get into the text as they are sent: %E6%96%B0%E9%97%BB is 新闻.',
  confidence: 0.95,
  examples: [
    { raw: '附件：%E6%96%B0%E9%97%BB.pdf', clean: '附件：新闻.pdf' },
    { raw: '%E5%B8%82%E9%95%BF2024%E5%B9%B4%E8%AE%B2%E8%AF%9D', clean: '市长2024年讲话' },
    { raw: '（%E6%96%B0%E9%97%BB%20%281%29.docx）', clean: '（新闻 (1).docx）' },
    { raw: '標題 %D0%C2%CE%C5', clean: '標題 新闻' },
  ],
  keeps: [
    '见https://a.cn/%E6%96%B0%E9%97%BB?q=%E6%96%B0%E9%97%BB',
    'www.a.cn/%E6%96%B0%E9%97%BB',
    'q=%E6%96%B0%E9%97%BB&page=2',
    '增长100%E6车型占比50%AB股',
    '“新”写作%E6%96%B0',
    '%41%42%43%44',
    '%20%20',
    '%25E6%2596%25B0%25E9%2597%25BB',
    '%E6%96%B0%E9',
  ],
  find: (text) => {
    const edits: Edit[] = [];
    for (let at = text.indexOf('%'); at !== -1; at = text.indexOf('%', at)) {
      // A word is what stands between spaces and characters beyond ASCII.
      let start = at;
      while (isVisible(text.charCodeAt(start - 1))) start--;
      while (isVisible(text.charCodeAt(at))) at++;
      const word = text.slice(start, at);
      if (!addressMark.test(word)) for (const edit of decodeWord(word, start)) edits.push(edit);
    }
    return edits;
  },
};

function isVisible(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f;
}

/** The edits of a word, if what they give holds two Han characters. */
function decodeWord(word: string, start: number): Edit[] {
  const edits: Edit[] = [];
  let han = 0;
  for (const { 0: removed, index } of word.matchAll(escapes)) {
    const bytes = Buffer.from(removed.replaceAll('%', ''), 'hex');
    const inserted = decodeBytes(bytes);
    if (inserted === undefined) continue;
    const { familiar, rare } = looksOf(inserted);
    han += familiar + rare;
    edits.push({ at: start + index, removed, inserted });
  }
  return han >= 2 ? edits : [];
}

/** UTF-8, or what reads as everyday Chinese in GBK. */
function decodeBytes(bytes: Buffer): string | undefined {
  const utf8 = bytes.toString('utf8');
  if (!utf8.includes('\ufffd')) return unprintable.test(utf8) ? undefined : utf8;
  const { unitOf, bytesOf } = codeTable('gbk');
  let gbk = '';
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const code = byte < 0x80 ? byte : (byte << 8) | (bytes[++at] ?? 0);
    const unit = byte < 0x80 ? byte : (unitOf[code] ?? 0);
    if (bytesOf[unit] !== code) return undefined;
    gbk += String.fromCharCode(unit);
  }
  const { familiar, daily, strange } = looksOf(gbk);
  return familiar >= 2 && strange === 0 && daily * 2 >= familiar && !unprintable.test(gbk) ? gbk : undefined;
}
