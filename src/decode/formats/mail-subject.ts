/** A mail's subject as the headline of what it brings. */
import { countHan } from '../../text/han.ts';

/** What mailers and senders put before it. */
const prefix =
  /^\s*(?:(?:转发|轉發|轉寄|转寄|回复|回覆|答复|答覆|自动回复|fwd?|re|fw|aw|wg|tr)\s*[:：]|[【［[〔（(](?:投稿|来稿|來稿|供稿|稿件|新闻稿|新聞稿|通稿|发稿|發稿|约稿|約稿|组稿|外部邮件|外部|external|spam|疑似垃圾邮件)[^】］\]〕）)]{0,12}[】］\]〕）)]|(?:投稿|来稿|來稿|供稿|新闻稿|新聞稿|新闻投稿|新聞投稿|稿件|通稿|发稿|發稿)(?:标题|標題)?(?:\s*[:：\-–—_|｜]+|[\s\u3000]+)|[\p{Script=Han}\d.\-/]{0,16}(?:投稿|来稿|來稿|供稿|报稿|報稿|送稿)\s*[:：\-–—]+|[\d年月日.\-/]{1,12}稿件\s*[:：\-–—]+|[-–—_:：|｜]+)\s*/iu;
/** What says only that the mail brings something. */
const generic =
  /^(?:[\d\s年月日号號.\-/期第一二三四五六七八九十]*(?:的)?(?:投稿|稿件|稿子|来稿|來稿|供稿|新闻稿|新聞稿|通稿|稿|文章|新闻|新聞|消息|简讯|簡訊|通讯|附件|图片|圖片|照片|无主题|無主題|无标题|無標題|修改稿|定稿|终稿|終稿|no subject|untitled)[\d\s一二三四五六七八九十两兩多几幾份篇则則个個组組张張（）()]*|.{0,16}(?:的)?(?:投稿|稿件|稿子|来稿|來稿|供稿|新闻稿|新聞稿|通稿)(?:[（(].{0,8}[）)]|[\d一二三四五六七八九十两兩几幾]+[份篇则則])?)$/iu;

/** UTF-16 units of the longest headline. */
const longest = 150;

/** The subject without what stands before it. */
export function bareSubject(subject: string): string {
  let text = subject
    .slice(0, 2000)
    .replaceAll(/[ \t\r\n]+/g, ' ')
    .trim();
  for (let round = 0; round < 8; round++) {
    const next = text.replace(prefix, '');
    if (next === text || next.trim() === '') break;
    text = next;
  }
  const [, titled] = /^《([^《》]+)》$/.exec(text) ?? [];
  return (titled ?? text).trim();
}

/** Was the mail passed on, not answered? */
export function isForward(subject: string): boolean {
  return /^\s*(?:[【［[][^】］\]]{0,12}[】］\]]\s*)*(?:转发|轉發|轉寄|转寄|fwd?|wg|tr)\s*[:：]/iu.test(subject);
}

/** The headline that a subject gives; undefined where it says only that a mail brings something. */
export function headlineOf(subject: string): string | undefined {
  const bare = bareSubject(subject.replaceAll(/[(（](?:无主题|無主題|no subject)[)）]/gi, ''));
  return countHan(bare) < 4 || bare.length > longest || generic.test(bare) ? undefined : bare;
}

/** Does the line say what the headline says, in these words or in nearly these? */
export function isAlike(line: string, headline: string): boolean {
  const [own, other] = [line, headline].map((text) => text.replaceAll(/[^\p{L}\p{N}]/gu, '')) as [string, string];
  if (own.length < 4 || other.length < 4) return own === other;
  if (own.startsWith(other) || other.startsWith(own)) return true;
  if (own.length > other.length * 3) return false;
  const pairs = pairsOf(other);
  const shared = [...pairsOf(own)].filter((pair) => pairs.has(pair)).length;
  return shared >= Math.min(pairs.size, pairsOf(own).size) * 0.6;
}

function pairsOf(text: string): Set<string> {
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < text.length; at++) pairs.add(text.slice(at, at + 2));
  return pairs;
}

/** Does a text begin with the headline: on one of its first lines, or on several that make it up? */
export function beginsWith(lines: readonly { readonly text: string }[], headline: string): boolean {
  const first = lines.filter(({ text }) => text.trim() !== '').slice(0, 3);
  if (first.some(({ text }) => isAlike(text, headline))) return true;
  const letters = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');
  return letters(first.map(({ text }) => text).join('')).startsWith(letters(headline));
}
