import type { Edit } from '../../text/edit.ts';
import { characterAt, characterBefore, isCjkPunctuation, isHan } from '../../text/han.ts';
import { isFlattened } from '../flattened.ts';
import type { Rule } from '../rule.ts';

/** Source: GB/T 15834, punctuation of Chinese text is fullwidth. */
const fullwidth: Readonly<Record<string, string>> = { ',': '，', ':': '：', ';': '；', '?': '？', '!': '！' };

/** What may stand on the far side of a mark whose near side is Chinese: 增长5%,其中 · GDP,同比 · 他说,5月 · 甲(乙),丙. */
const latinSide = /[0-9A-Za-z%‰℃)\]]/;

/** Web and mail addresses, whose marks are their own, or a mark. Chinese punctuation ends an address, and a mark between Latin and Han. */
const addressOrMark =
  /((?:(?:https?|ftp|s3):\/\/|www\.)(?:(?![A-Za-z0-9/][,:;?!]\p{Script=Han})[^\s，。；、）】》”])+[A-Za-z0-9/]?|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4})|[,:;?!]/giu;

export const punctuationWidth: Rule = {
  id: 'punctuation-width',
  why: 'A compatibility normalisation (NFKC) upstream flattens ， ： ； ？ ！ to ASCII and leaves 。 、 《》: 批示指出:扎實做好工作,健全責任制.',
  confidence: 0.993,
  examples: [
    { raw: '批示指出:扎實做好工作,健全責任制。', clean: '批示指出：扎實做好工作，健全責任制。' },
    { raw: '他指出,《规定》是制度性安排;真的吗?对!', clean: '他指出，《规定》是制度性安排；真的吗？对！' },
    { raw: '同比增长5%,其中GDP,人均均升', clean: '同比增长5%，其中GDP，人均均升' },
    { raw: '責任編輯:周文', clean: '責任編輯：周文' },
    { raw: '网址https://a.example/buy,邮箱b@a.example,欢迎来信。', clean: '网址https://a.example/buy，邮箱b@a.example，欢迎来信。' },
    { raw: '会议,下午,晚上,见如下:\n甬东市,6.9%;\n今晚23:30:发布', clean: '会议，下午，晚上，见如下：\n甬东市，6.9%；\n今晚23:30：发布' },
  ],
  keeps: [
    '共1,000,000人',
    '比分3:1',
    '时间12:30',
    '见https://example.com/?a=甲,乙',
    'Smith, John',
    'A,B,C',
    '他来了,  我走了',
    '(甲):)',
    '参加者: Zhang',
    '约翰福音3:16',
    '屏幕上写着“Wait, thank you!”，请安静。',
    '招牌寫「Sorry, we’re open!」，很有趣。',
  ],
  find: (text) => {
    const edits: Edit[] = [];
    let written: string | undefined;
    let flattened: boolean | undefined;
    for (const match of text.matchAll(addressOrMark)) {
      const [mark, address] = match;
      const at = match.index;
      if (address !== undefined) continue;
      const isFlat = () => {
        flattened ??= isFlattened(text);
        return flattened;
      };
      const previous = edits.at(-1)?.at === at - 1 ? written : characterBefore(text, at);
      if (!belongsToChinese(mark, previous, characterAt(text, at + 1), isFlat)) continue;
      written = fullwidth[mark] ?? mark;
      edits.push({ at, removed: mark, inserted: written });
    }
    return edits;
  },
};

function belongsToChinese(mark: string, before: string | undefined, after: string | undefined, isFlat: () => boolean): boolean {
  const chineseBefore = isHan(before) || isCjkPunctuation(before);
  const chineseAfter = isHan(after) || isCjkPunctuation(after);
  const endsLine = after === undefined || after === '\n';
  if (chineseBefore && (chineseAfter || endsLine)) return true;
  // A ratio, a score or a verse has digits before its colon: 3:1, 约翰福音3:16. A label has Chinese: 时间:12日.
  if (chineseBefore && after !== undefined) return latinSide.test(after) && after !== ')';
  if (before === undefined) return false;
  // A line of figures in a flattened text: 甬东市,6.9%;⏎ · 今晚23:30:發布警報
  if (endsLine) return /[0-9%‰℃]/.test(before) && isFlat();
  // A closing quotation mark ends a Latin quotation with it: “thank you!”
  return chineseAfter && !/[”’」』》）]/.test(after ?? '') && latinSide.test(before) && (mark !== ':' || isFlat());
}
