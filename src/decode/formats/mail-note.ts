/** What people write around an article that they send: greetings, a note that it is attached, thanks. */
import { countHan } from '../../text/han.ts';
import type { MailLine } from './mail-lines.ts';

/** Han of a text from which it is an article, however short; less is a note. */
export const leastHan = 60;
/** UTF-16 units of the longest greeting and note. */
const longestGreeting = 40;
const longestNote = 120;
/** Lines above an article that may be a note to the desk. */
const mostLinesAbove = 8;

const greeting =
  /^(?:(?:尊敬|亲爱|親愛|敬爱)的)?[\p{L}\d\s、，,/（）()]{0,24}(?:老师|老師|编辑|編輯|主任|主编|主編|总编|總編|领导|領導|同志|同仁|先生|女士|小姐|总|總|记者|記者|各位|大家|诸位|諸位|您|你|编辑部|編輯部)(?:[们們])?[，,、：:\s]*(?:(?:您|你|大家)?[们們]?好)?(?:[！!。：:，,~～]|(?<=好))+$/u;
const courtesy =
  /^(?:此致|敬礼|敬禮|谢谢|謝謝|感谢|感謝|多谢|多謝|辛苦了?|盼复|盼覆|望采用|望採用|(?:顺|順|即|敬|此|恭|并|並)?[祝颂頌][\s，：:]*[\p{Script=Han}]{0,8}(?:安|祺|好|快|利|康|祉|意)|(?:best|kind|warm)? ?regards|thanks|thank you|b\.?r\.?)(?:您|你|大家|各位|了|支持|老师|老師)*[\s！!。.，,~～]*(?:敬礼|敬禮|谢谢|謝謝)?[！!。.，,~～]*$/iu;
const note =
  /(?:稿件|稿子|文章|新闻稿|新聞稿|通稿|正文|全文|附件|附檔|来稿|來稿|投稿|供稿|图片|圖片|照片|图文|圖文).{0,14}(?:如下|查收|查阅|查閱|审阅|審閱|审核|審核|刊发|刊發|刊用|刊登|采用|採用|见附件|見附件|附后|附後|附上|发您|發您)|[请請](?:您|各位|老师|老師|编辑|編輯|予以|注意|协助|協助|帮忙|幫忙|尽快)*(?:查收|查阅|查閱|审阅|審閱|审核|審核|刊发|刊發|刊用|刊登|采用|採用|编发|編發|惠存|指正|斧正|接收|处理|處理|安排)|[请請](?:看|過目|过目|阅|閱|审|審)(?:稿|定)?[。！!，,]|[请請](?:看|阅|閱|審|审)(?:下面|以下|下文|附|后|後)|[见見在](?:于|於)?附件|附件(?:是|为|為|中|里|裡|內|内|[:：])|[请請]见附|^(?:現|现|今|兹|茲|特)?(?:向贵|向貴|给|給)?.{0,8}[投发發送传傳报報供](?:去|来|來|上|您|稿).{0,12}[稿篇]/u;
const contact =
  /^(?:联系|聯絡|聯繫|通讯|通訊)?(?:电话|電話|手机|手機|邮箱|郵箱|电邮|電郵|邮编|郵編|地址|微信|传真|傳真|联系人|聯絡人|联系方式|聯絡方式|通讯地址|通訊地址|tel|mobile|phone|fax|e-?mail|add(?:ress)?|qq|q\s*q)\s*(?:号码|號碼|号|號)?\s*[：:]/iu;
const endsSentence = /[。！!：:，,；;~～…]$/;

function isGreeting(text: string): boolean {
  const line = text.trim();
  return line.length <= longestGreeting && (greeting.test(line) || courtesy.test(line));
}

function isNoteLine(text: string): boolean {
  const line = text.trim();
  return line.length <= longestNote && note.test(line);
}

/** Han that are neither a greeting, nor a note, nor somebody's telephone number. */
function hanBesideNotes(lines: readonly MailLine[]): number {
  return lines.reduce(
    (sum, { text }) => (isGreeting(text) || isNoteLine(text) || contact.test(text.trim()) ? sum : sum + countHan(text)),
    0,
  );
}

/** Do the lines hold no article of their own, but what goes with one that is attached? */
export function isCoveringNote(lines: readonly MailLine[]): boolean {
  return hanBesideNotes(lines) < leastHan;
}

/** Do the lines say nothing but that something is attached? A short report beside a picture says more. */
export function isBareNote(lines: readonly MailLine[]): boolean {
  const left = hanBesideNotes(lines);
  return left === 0 || (left < leastHan / 3 && lines.some(({ text }) => isNoteLine(text)));
}

/** An article without what the sender wrote to the desk above it and below it. `isKept` tells lines that are no such thing. */
export function withoutNotes(lines: readonly MailLine[], isKept: (line: MailLine) => boolean): readonly MailLine[] {
  let first = 0;
  for (let at = 0; at < Math.min(lines.length, mostLinesAbove); at++) {
    const line = lines[at];
    if (line === undefined) break;
    if (line.text.trim() === '') continue;
    const isNote = isGreeting(line.text) || (isNoteLine(line.text) && endsSentence.test(line.text.trim()));
    if (!isNote || isKept(line)) break;
    first = at + 1;
  }
  let end = lines.length;
  while (end > first && ((lines[end - 1]?.text.trim() ?? '') === '' || courtesy.test(lines[end - 1]?.text.trim() ?? ''))) end--;
  const article = lines.slice(first, end);
  return hanBesideNotes(article) < leastHan ? lines : article;
}
