/** Lines that speak of the article: 编者按 editor's notes, 原标题 original headlines, 提要 summaries, （完） end marks. */
import type { Labelled } from './block.ts';

const editors =
  /^[*＊※\s（(【〔[「—▍▌|]*(?:编者按|編者按|编按|編按|编者注|編者註|編者注|开栏的话|開欄的話|开栏语|编者的话|編者的話|編輯的話|编辑的话|编后语|編後語|编后|編後|编辑按|編輯按|主持人语|開欄語|栏目寄语|策划缘起|写在前面|小编按|按语|按語)[】）)〕\]」]*[ \u3000]*[:：]?[ \u3000]*(?<text>.*)$/u;
const original =
  /^[*（(【［[\s]*(?:原标题|原標題|原题|原題|原文标题|原文標題|原标题为|原題為|原题为)(?:[ \u3000]*[:：]|为|為|(?=[ \u3000]*[《〈「“]))[ \u3000]*.{2,100}$/u;
const summary =
  /^(?:[【（(〔[「▍◆■*\s]*)(?:核心提示|核心提要|内容提要|內容提要|新闻提要|新聞提要|提要|摘要|内容摘要|内容提示|重點摘要|重点摘要|新聞摘要|新闻摘要|文章摘要|本文摘要|导读|導讀|本期导读|新闻导读|新聞導讀|編輯導讀|阅读提示|閱讀提示|阅读提要|新闻提示|导语|導語|重點提要|重点提要|要点速览|一句话速览|速读|速讀|懶人包)(?:[】）)〕\]」][ \u3000]*[:：]?|[ \u3000]*[:：丨|｜／/])[ \u3000]*.{4,}$/u;
const finished =
  /^[（(【〔[—\-－–=＝*\s]*(?:完|完讯|完訊|全文完|本文完|终|END|End|end|The End|THE END|未完待续|未完待續|待续|待續)[）)】〕\]—\-－–=＝*\s。]*$/u;
const finishedBy = /^[（(][^（）()。]{0,40}(?:完|完讯|完訊|电|电完)[）)]$/u;
const marks = /^(?:[■□◆◇●▪★☆#＃]{1,5}|###|－30－|-30-|—30—)$/u;

/** An editor's note, an original headline or a labelled summary. */
export function readNote(line: string): Labelled | undefined {
  const note = editors.exec(line);
  if (note !== null && (note.groups?.text ?? '').length > 3) return { kind: 'editorsNote', rule: 'editors-note/label', confidence: 0.98 };
  if (original.test(line)) return { kind: 'originalHeadline', rule: 'original-headline/label', confidence: 0.99 };
  if (summary.test(line)) return { kind: 'summary', rule: 'summary/label', confidence: 0.97 };
  return undefined;
}

/** Is the stretch, a line or a bracket behind the last sentence, an end mark? */
export function isEndMark(text: string): boolean {
  return text.length <= 60 && (finished.test(text) || marks.test(text) || (finishedBy.test(text) && /完|讯|訊/.test(text)));
}
