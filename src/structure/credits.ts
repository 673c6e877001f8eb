/** Credits lines 责编: 責任編輯：周彥榮 編輯：藍圖 · 编辑 甲 校对 乙 · 漁業科供稿 攝影／甲 · 一审：甲 二审：乙. */
import type { PersonSpan, Role } from './block.ts';
import { type PeopleLine, readPeople } from './people.ts';

const desk: readonly Role[] = ['responsibleEditor', 'editor', 'proofreader', 'reviewer', 'producer'];

/** Whoever drew is in no role of ninjs: 漫画：朱文. */
const artist =
  /^[（(]?(?:漫画|漫畫|插画|插畫|插图|插圖|配图|題字|题字|书法|題圖|题图|制图|製圖)[ \u3000]?[：:／/][ \u3000]?\p{Script=Han}{2,8}[）)]?$/u;

/** The people of a credits line with offsets into `line`, or undefined if the line is not all credits. */
export function readCredits(line: string): readonly PersonSpan[] | undefined {
  if (artist.test(line)) return [];
  const read = readPeople(line);
  return read !== undefined && isCredits(read) ? read.people : undefined;
}

/** A line of writers is a byline; one that names the desk, or nobody but a photographer, is credits. */
export function isCredits({ roles, isSentIn, people, isMarked }: PeopleLine): boolean {
  if (desk.some((role) => roles.has(role))) return people.length > 0 || isMarked;
  return isSentIn || (roles.size === 1 && roles.has('photographer') && isMarked);
}
