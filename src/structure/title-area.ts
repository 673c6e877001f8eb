/** The lines above the body: kicker 引题, headline 主题, deck 副题. Several parallel lines may make one headline. */
import { readNameAlone, readNameWithOffice } from './byline.ts';
import { readDateline } from './dateline.ts';
import { type FieldLine, readField } from './field-line.ts';

type TitleRole = 'kicker' | 'headline' | 'deck';

export interface TitleArea {
  /** Index of the first line that is no title any more, nor before one. */
  readonly end: number;
  /** Roles of the lines 0 … end-1; undefined for a line between them that is no title: the page line of a paper. */
  readonly roles: readonly (TitleRole | undefined)[];
}

/** UTF-16 units. Print headlines are rarely over 30 characters a line, a wrapped and joined kicker may be twice that. */
const longestTitle = 70;
const mostTitles = 6;

const endsSentence = /[。；，、][”’」』）)]*$/;
/** A kicker leads into its headline: …作出重要批示强调. */
const leadsIn =
  /(?:强调|強調|指出|要求|批示|指示|表示|讲话|講話|宣布|提出|透露|获悉|獲悉|认为|認為|呼吁|呼籲|时说|時說|时表示|時表示|致辞|致辭|会上|會上|通报|通報|发布会|發布會|显示|顯示|披露|[：:])$/;
/** A deck adds a circumstance: who took part, or a dash with a subtitle. */
const adds = /^(?:——|—|--|－－|──|―)|(?:出席|主持|参加|參加|列席|陪同|作报告|作報告|并讲话|並講話|并致辞|並致辭|发表讲话|發表講話)/;
const dash = /^(?:——|—|--|－－|──|―)/;
/** A standing head: 【潮間帶】, ▍牧区来电, “我和我的老手艺”系列报道①, 【江渚时评】. */
const standing =
  /^(?:[【〔〖[〈〖][^】〕〗\]〉]{1,20}[】〕〗\]〉]|[▍▌■◆▎●★☆►▶◎].{1,16})$|(?:系列报道|系列報導|系列|专栏|專欄|专题|專題|连载|時評|时评|述评|论坛|論壇|观察|觀察|访谈|專訪|专访|纪实|见闻|手记|征文|徵文|选登|選登|摘登|选编|连线|专版|特刊|特别报道|特別報導)(?:之?[一二三四五六七八九十①-⑳]|\d|[（(].{1,4}[)）])*$/u;
/** （第二号） and （讨论稿） go with what is above. */
const bracketed = /^[（(][^（()）]*[)）]$/;
const salutes = /^(?:各位|尊敬的|敬爱的|敬愛的|亲爱的|親愛的|同志们|同志們|女士们|女士們|编辑|編輯|主编|老师|朋友们|朋友們).*[：:]$/;
/** What heads a part of the body, or is a question: no title. */
const partOfBody =
  /^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十\d]+[章节節条條]|0\d[ \u3000.、]|\d{1,2}[.．、)）](?!\d)|[①-⑳]|[问問答][:：]|\d{1,2}[:：]\d{2})/;
const row = /\S[ \u3000]{1,}\S+[ \u3000]{1,}\S+[ \u3000]{1,}\S/;

/** Reads the title area of an article given as lines without blank ones. `fieldOf` says what a line is where that is known already. */
export function readTitleArea(
  lines: readonly string[],
  fieldOf: (index: number) => FieldLine | undefined = (index) => readField(lines[index] ?? ''),
): TitleArea {
  const titles: number[] = [];
  let at = 0;
  for (; at < lines.length && titles.length < mostTitles; at++) {
    const line = lines[at] ?? '';
    const isFirst = titles.length === 0;
    const field = fieldOf(at);
    if (isField(line, isFirst, field)) {
      if (isFirst || field?.kind === 'notice') continue;
      break;
    }
    if (!isTitleLine(line, isFirst)) break;
    // What heads a table is no title of the article: 男子100米.
    if (!isFirst && fieldOf(at + 1) === undefined && isRow(lines[at + 1] ?? '')) break;
    titles.push(at);
  }
  const last = titles.at(-1);
  if (last === undefined) return { end: 0, roles: [] };
  // Titles without a body are a text of short lines, not a title area; its first line still is the headline.
  const hasBody = lines.length > last + 1;
  const isVerse = titles.length === mostTitles || (titles.length > 4 && !titles.some((title) => dash.test(lines[title] ?? '')));
  if ((!hasBody && titles.length > 1) || isVerse) titles.length = 1;
  const end = (titles.at(-1) ?? 0) + 1;
  const roles: (TitleRole | undefined)[] = new Array(end).fill(undefined);
  for (const [index, role] of rolesOf(titles.map((title) => lines[title] ?? '')).entries()) roles[titles[index] ?? 0] = role;
  return { end, roles };
}

function isRow(line: string): boolean {
  return row.test(line) && /\d/.test(line) && !/[，。！？：]/.test(line) && readDateline(line) === undefined;
}

function isField(line: string, isFirst: boolean, field: FieldLine | undefined): boolean {
  if (field === undefined) return !isFirst && (readNameAlone(line) ?? readNameWithOffice(line)) !== undefined;
  // 珍惜生命 远离毒品 and 会议现场 in front of all are headlines.
  return !(isFirst && (field.rule === 'notice/safety' || field.rule === 'caption/scene'));
}

/** Can the line be a title, by its form? A first one may be anything short; below it what heads a part of the body is none. */
export function isTitleLine(line: string, isFirst: boolean): boolean {
  if (line.length === 0 || line.length > longestTitle || endsSentence.test(line) || salutes.test(line)) return false;
  if (/[！？…][”’」』）)]*$/.test(line) && /[。，]/.test(line) && line.length > 30) return false;
  if (line.includes('。') || readDateline(line) !== undefined) return false;
  return isFirst || !(partOfBody.test(line) || row.test(line) || /[：:]$/.test(line));
}

function rolesOf(titles: readonly string[]): TitleRole[] {
  const dashed = titles.findIndex((title, index) => index > 0 && dash.test(title));
  const heads = dashed === -1 ? titles : titles.slice(0, dashed);
  let headline = 0;
  while (headline < heads.length - 1 && isKicker(heads[headline] ?? '', heads[headline + 1] ?? '')) headline++;
  const isPair = (index: number) => {
    const [above = '', below = ''] = heads.slice(index, index + 2);
    // Four lines, or a deck of who took part: what is between is one headline, though its lines are not quite of a length.
    const isBetween = heads.length > 3 || adds.test(titles[index + 2] ?? '');
    return isEven(above, below) || (isBetween && isParallel(above, below)) || (heads.length > 2 && isShortPair(above, below));
  };
  // Three lines, or two above a dash or a headline of two parts, are a kicker, a headline and a deck, if the first two are no pair.
  const areThree = heads.length === 3 || (heads.length === 2 && (dashed !== -1 || isJoined(heads[1] ?? '')));
  if (headline === 0 && areThree && !isPair(0) && !bracketed.test(heads[1] ?? '')) headline = 1;
  let behind = headline + 1;
  while (behind < heads.length && isPair(behind - 1)) behind++;
  // With neither a kicker nor a deck beside them, two lines of nearly a length are rather a headline and its deck.
  if (headline === 0 && behind === titles.length && heads.some(({ length }) => length !== heads[0]?.length)) behind = 1;
  return titles.map((_, index) => (index < headline ? 'kicker' : index < behind ? 'headline' : 'deck'));
}

function isKicker(line: string, next: string): boolean {
  return (
    (leadsIn.test(line) && !adds.test(next)) || standing.test(line) || (line.length <= 6 && next.length >= line.length * 2 && isBare(line))
  );
}

/** Can two lines be one headline: nearly of a length, no marks in them, the second no deck? 强化细化…责任追究制度 / 持续提升…防控能力 */
export function isParallel(above: string, below: string): boolean {
  const shorter = Math.min(above.length, below.length);
  if (Math.abs(above.length - below.length) > 2 || shorter < 6 || adds.test(below) || partOfBody.test(above)) return false;
  return isEven(above, below) || (/^\p{Script=Han}+$/u.test(above + below) && !leadsIn.test(below));
}

/** Of one length, with their marks at the same places: 把资源服务管理放到基层 / 让企业群众办事少跑趟路. */
function isEven(above: string, below: string): boolean {
  return (
    above.length === below.length &&
    above.length >= 6 &&
    !adds.test(below) &&
    !partOfBody.test(above) &&
    rhythmOf(above) === rhythmOf(below)
  );
}

/** Lines too short for a kicker: 老榕樹下的露天電影 / 三十年不收一毛錢. */
function isShortPair(above: string, below: string): boolean {
  if (adds.test(below) || leadsIn.test(below)) return false;
  return (
    Math.max(above.length, below.length) <= 9 && Math.abs(above.length - below.length) === 1 && /^\p{Script=Han}+$/u.test(above + below)
  );
}

/** Two parallel lines that stand on one, with a space between. */
function isJoined(line: string): boolean {
  const [above = '', below = '', more] = line.split(/[ \u3000]/);
  return more === undefined && isEven(above, below);
}

/** Where its marks stand. */
function rhythmOf(line: string): string {
  return line.replaceAll(/[\p{L}\p{N}]/gu, '.');
}

function isBare(line: string): boolean {
  return /^[\p{Script=Han}\p{L}\p{N}“”‘’「」『』《》〈〉·]+$/u.test(line);
}
