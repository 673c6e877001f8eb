/** The lines above the body: kicker 引题, headline 主题, deck 副题. Several parallel lines may make one headline. */
import { readByline } from './byline.ts';
import { readCaption } from './caption.ts';
import { readCredits } from './credits.ts';
import { readNotice } from './notice.ts';

export interface TitleArea {
  /** Index of the first line that is no title any more. */
  readonly end: number;
  /** Roles of the lines 0 … end-1. */
  readonly roles: readonly ('kicker' | 'headline' | 'deck')[];
}

/** UTF-16 units. Print headlines are rarely over 30 characters a line, a wrapped and joined kicker may be twice that. */
const longestTitle = 70;
const mostTitles = 6;

const endsSentence = /[。！？；，、…][”’」』）)]*$/;
/** A kicker leads into its headline: …作出重要批示强调. */
const leadsIn = /(?:强调|強調|指出|要求|批示|指示|表示|讲话|講話|宣布|提出|透露|获悉|獲悉|认为|認為|呼吁|呼籲|[：:])$/;
/** A deck adds a circumstance: who took part, or a dash with a subtitle. */
const adds = /^(?:——|—|--)|(?:出席|主持|参加|參加|列席|陪同|作报告|作報告|并讲话|並講話|并致辞|並致辭|发表讲话|發表講話)/;

/** Reads the title area of an article given as lines without blank ones. */
export function readTitleArea(lines: readonly string[]): TitleArea {
  let end = 0;
  while (end < lines.length && end < mostTitles && isTitle(lines[end] ?? '', end)) end++;
  // Titles without a body are a text of short lines, not a title area; its first line still is the headline.
  if (end === lines.length && end > 1) end = 1;
  const titles = lines.slice(0, end);
  let headline = 0;
  while (headline < titles.length - 1 && leadsIn.test(titles[headline] ?? '')) headline++;
  let behind = headline + 1;
  while (behind < titles.length && isParallel(titles[behind - 1] ?? '', titles[behind] ?? '')) behind++;
  // With neither a kicker nor a deck beside them, two lines of a length are rather a headline and its deck.
  if (headline === 0 && behind === titles.length) behind = 1;
  return { end, roles: titles.map((_, index) => (index < headline ? 'kicker' : index < behind ? 'headline' : 'deck')) };
}

function isTitle(line: string, index: number): boolean {
  if (line.length === 0 || line.length > longestTitle || endsSentence.test(line)) return false;
  if (readCredits(line) !== undefined || readByline(line) !== undefined || (index > 0 && readNotice(line) !== undefined)) return false;
  return index === 0 || readCaption(line) === undefined;
}

/** Two lines of one headline: of a length, no marks in them, the second no deck. 强化细化…责任追究制度 / 持续提升…防控能力 */
function isParallel(above: string, below: string): boolean {
  const areOfALength = Math.abs(above.length - below.length) <= 2 && Math.min(above.length, below.length) >= 6;
  return areOfALength && isBare(above) && isBare(below) && !adds.test(below) && !leadsIn.test(below);
}

function isBare(line: string): boolean {
  return /^[\p{Script=Han}\p{L}\p{N}“”‘’「」『』《》〈〉]+$/u.test(line);
}
