/** What mailers write into the text of a mail: signatures, quotes, headers of mails passed on, disclaimers. None of it is the article. */
import { countHan } from '../../text/han.ts';
import { type MailLine, sliceLine, withoutBlankEnds } from './mail-lines.ts';
import { isCoveringNote, leastHan } from './mail-note.ts';

/** The text of one mail of a chain, the newest first. */
interface Section {
  readonly lines: MailLine[];
  /** How it came into the mail. Some mailers mark both alike. */
  readonly kind: 'own' | 'forward' | 'reply' | 'either';
}

const forwardMarks =
  '转发邮件信息|转发的邮件|轉寄郵件|轉寄的郵件|轉發郵件|转发邮件|forwarded message|forwarded mail|forward message|begin forwarded message|下面是转发的邮件|以下是转发的邮件|以下是轉寄的郵件|开始转发的邮件|開始轉寄郵件';
const otherMarks = '原始邮件|原始郵件|原始信件|原邮件|原郵件|回复的原邮件|回复原文|original message|original e?-?mail|replied message';
const mark = new RegExp(`^[-_=—－ \\t]*(?:(${forwardMarks})|${otherMarks})[ \\t]*[:：]?[-_=—－ \\t]*$`, 'iu');
/** In words of one mailer or another: 在 2018年6月12日，08:30，王某 <a@b.cn> 写道： */
const attribution = /^.{4,200}(?:写道|寫道|写到|寫到|來信|道|wrote)\s*[:：]$/iu;
/** An address, or a day with its year and a time; people in articles write too. */
const attributed = /@|\d{4}.*\d{1,2}[:：]\d{2}/u;
/** UTF-16 units of a line that a mailer wrote. */
const longestMark = 220;

const fieldName =
  /^[*]{0,2}(?:发件人|發件人|发信人|發信人|寄件人|寄件者|from|(收件人|收件者|收信人|to|抄送|副本|密送|密件副本|cc|bcc|主题|主題|主旨|标题|subject|日期|时间|時間|发送时间|發送時間|发送日期|發送日期|发件时间|寄件日期|傳送時間|传送时间|date|sent|附件|attachments?|重要性|importance|回复|reply-to))[*]{0,2}\s*[:：]/iu;
/** Lines between two fields that carry on the first: a list of addressees. */
const mostCarried = 2;
const mostFields = 30;

/** -- and a space. Without the space what follows has to be short. Source: RFC 3676, 4.3. */
const signature = /^--[ \u00a0]?$/;
const mostSignatureLines = 12;
const mostSignatureHan = 150;

const devices =
  'iphone|ipad|macbook|android|安卓|鸿蒙|手机|手機|平板|设备|設備|华为|華為|小米|红米|荣耀|榮耀|三星|魅族|一加|oppo|vivo|客户端|客戶端|邮箱大师|郵箱大師|outlook|foxmail|windows|yahoo|qq邮箱|网易邮箱|新浪邮箱|邮箱';
const device = new RegExp(
  `^[（(]?(?:(?:(?:发自|發自|发送自|發送自|傳送自|传送自|寄自)[^，。；！？]{0,16}|(?:来自|來自)我的[^，。；！？]{0,12})(?:${devices})[^，。；！？]{0,14}|(?:来自|來自)[^，。；！？]{0,16}(?:iphone|ipad|android|outlook|foxmail|windows|yahoo|邮箱大师|手机客户端)[^，。；！？]{0,14}|[從从]我的.{1,20}(?:傳送|傳來|发送|發送|寄出)|[從从].{0,4}windows.{0,16}(?:发送|傳送|寄出)|(?:取得|获取|獲取|下载|下載)\\s?(?:outlook|适用于|適用於).{0,30}|(?:使用|通过|透過).{0,20}(?:邮箱|郵箱|信箱|mail).{0,6}(?:发送|發送|傳送|寄出)|sent (?:from|with|by|via) .{2,40}|get outlook.{0,30})[）)]?[。.]?$`,
  'iu',
);
const disclaimer =
  /(?:本|此|该|該|这|這)(?:封|份)?(?:电子|電子)?(?:邮件|郵件|信件|電郵|电邮)(?:及|和|与|與|或|所|含|包含|中|仅|僅|可能|之|内|內|为|為).*(?:保密|机密|機密|秘密|收件人|收件者|误收|誤收|误发|誤發|错误|錯誤|删除|刪除|专供|專供|法律责任|法律責任)|(?:误|誤|错误|錯誤).{0,6}[收发發].{0,6}(?:本|此|该|該)(?:电子|電子)?(?:邮件|郵件|電郵|电邮)|(?:打印|列印)(?:本|此)(?:邮件|郵件)前|^[*\s]*(?:免责声明|免責聲明|保密声明|保密聲明|disclaimer|confidentiality notice)\s*[:：]|\b(?:this|the information in this) (?:e-?mail|message|communication)\b.*\b(?:confidential|intended|privileged|attachments?|error|unauthorized|notify|delete)|please consider the environment before printing/iu;
/** UTF-16 units of a line that are looked at. */
const longestLooked = 2000;
const stray =
  /^(?:\[(?:cid:[^\]]*|image:?[^\]]*|图片|圖片|内嵌图片[^\]]*|內置圖片[^\]]*)\]|从.{2,12}发来的超大附件|附件[（(]\d{1,3}\s*个[）)][:：]?|virus-free\..{0,40}|本邮件.{0,12}(?:杀毒|病毒|扫描).{0,20}|[【[（(]?(?:外部邮件|外部郵件|external e-?mail)[】\])）]?.{0,60})$/iu;
const ruled = /^[-—_=－＿*\s]{5,}$/;
const addressed = /@|\d{7,}|电话|電話|手机|手機|邮箱|郵箱/;

/** The text that the mail brings, and whether the chain holds other texts that were left out. */
export interface MailText {
  readonly lines: readonly MailLine[];
  readonly hasOther: boolean;
}

/** The text without what mailers put around it. Of a chain of mails the newest text that is an article; of one passed on, the longest. */
export function withoutFurniture(all: readonly MailLine[], isPassedOn: boolean): MailText {
  const sections = partChain(unquoted(all)).map((section) => ({ ...section, lines: withoutBlankEnds(tidied(section.lines)) }));
  const articles = sections.filter(({ lines }) => !isCoveringNote(lines));
  const isForward = isPassedOn || sections.some(({ kind }) => kind === 'forward');
  const [newest] = articles;
  const longest = largest(articles.length > 0 ? articles : sections);
  const chosen = (isForward ? longest : newest) ?? longest;
  // A note above a note: the newest is the mail's own.
  const own = articles.length === 0 ? (sections.find(({ lines }) => lines.length > 0) ?? chosen) : chosen;
  return { lines: own?.lines ?? [], hasOther: articles.length > 1 };
}

function largest<One extends { readonly lines: readonly MailLine[] }>(sections: readonly One[]): One | undefined {
  let best: One | undefined;
  let most = 0;
  for (const section of sections) {
    const han = hanOf(section.lines);
    if (han <= most) continue;
    most = han;
    best = section;
  }
  return best;
}

function hanOf(lines: readonly MailLine[]): number {
  return lines.reduce((sum, { text }) => sum + countHan(text), 0);
}

const quote = /^(?:[ \t]?[>＞])+ ?/;

/** Without quoted lines; if hardly anything else is there, the quote is what was sent. */
function unquoted(lines: readonly MailLine[]): readonly MailLine[] {
  if (!lines.some(({ text }) => quote.test(text))) return lines;
  const others = lines.filter(({ text }) => !quote.test(text));
  if (!isCoveringNote(others)) return others;
  const opened = lines.map((line) => sliceLine(line, quote.exec(line.text)?.[0].length ?? 0));
  return hanOf(opened) - hanOf(others) < leastHan ? others : opened;
}

/** Parts a chain at the marks of mailers, and at the headers that they copy into the text. */
function partChain(lines: readonly MailLine[]): Section[] {
  const sections: Section[] = [];
  let open: Section = { lines: [], kind: 'own' };
  const begin = (kind: Section['kind']): void => {
    sections.push(open);
    open = { lines: [], kind };
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) break;
    const text = line.text.trim();
    const marked = text.length > longestMark ? null : mark.exec(text);
    const headers = headersAt(lines, at);
    const attributing = attributionAt(text, lines[at + 1]?.text.trim() ?? '');
    if (marked !== null) begin(marked[1] === undefined ? 'either' : 'forward');
    else if (headers > 0) {
      // Headers below a mark belong to it.
      if (open.kind === 'own' || open.lines.some((one) => one.text.trim() !== '')) begin('either');
      at += headers - 1;
    } else if (attributing > 0) {
      begin('reply');
      at += attributing - 1;
    } else open.lines.push(line);
  }
  sections.push(open);
  return sections;
}

/** How many lines say who wrote what follows: one, or two where a mailer broke the line. */
function attributionAt(text: string, next: string): number {
  const says = (line: string): boolean => line.length <= longestMark && attribution.test(line) && attributed.test(line);
  if (says(text)) return 1;
  return /^on\b|@/i.test(text) && !/[:：]$/.test(text) && says(`${text} ${next}`) ? 2 : 0;
}

/** How many lines from `at` on are the headers of a mail: a sender and another field at least. */
function headersAt(lines: readonly MailLine[], at: number): number {
  if (!fieldName.test(lines[at]?.text.trim() ?? '')) return 0;
  let fields = 0;
  let isSent = false;
  let end = at;
  /** Some mailers put blank lines between all fields; else one ends them. */
  let isSpaced: boolean | undefined;
  let blanks = 0;
  for (let next = at, carried = 0; next < lines.length && carried <= mostCarried && blanks < 3 && fields < mostFields; next++) {
    const text = lines[next]?.text.trim() ?? '';
    if (text === '') {
      blanks++;
      continue;
    }
    const field = fieldName.exec(text);
    if (field === null) {
      if (blanks > 0) break;
      carried++;
      continue;
    }
    if (fields > 0) isSpaced ??= blanks > 0;
    if (blanks > 0 && isSpaced === false) break;
    if (field[1] === undefined) isSent = true;
    fields++;
    carried = 0;
    blanks = 0;
    end = next + 1;
  }
  return isSent && fields >= 2 ? end - at : 0;
}

/** Without the signature and the lines that mailers and companies add. */
function tidied(lines: readonly MailLine[]): MailLine[] {
  const kept: MailLine[] = [];
  let isDisclaiming = false;
  let left = lines.filter(({ text }) => text.trim() !== '').length;
  for (const [index, line] of lines.entries()) {
    const text = line.text.trim();
    if (text !== '') left--;
    if (left <= mostSignatureLines * 2 && signature.test(line.text) && isSignature(lines.slice(index + 1), line.text)) break;
    if (ruled.test(text) && isAddress(lines.slice(index + 1, index + 1 + mostSignatureLines))) break;
    const isShort = text.length <= longestMark;
    isDisclaiming = (isDisclaiming && text !== '') || disclaimer.test(text.slice(0, longestLooked));
    // A disclaimer goes on to the end of a sentence.
    const isLeftOut = isDisclaiming || (isShort && (stray.test(text) || device.test(text)));
    if (/[.。！!]$/.test(text)) isDisclaiming = false;
    if (!isLeftOut) kept.push(line);
  }
  // Rules stand above what was left out.
  while (kept.length > 0 && /^(?:[-—_=－＿]{5,}|)$/.test(kept.at(-1)?.text.trim() ?? '')) kept.pop();
  return kept;
}

function isSignature(below: readonly MailLine[], delimiter: string): boolean {
  const written = below.filter(({ text }) => text.trim() !== '');
  if (delimiter.length > 2) return true;
  return written.length <= mostSignatureLines && hanOf(written) < mostSignatureHan;
}

/** Are these the last lines of a mail, a name and how to reach it? */
function isAddress(below: readonly MailLine[]): boolean {
  const written = below.filter(({ text }) => text.trim() !== '');
  return (
    below.length < mostSignatureLines &&
    hanOf(written) < leastHan &&
    written.some(({ text }) => addressed.test(text)) &&
    !written.some(({ text }) => /[。！？]$/.test(text.trim()))
  );
}
