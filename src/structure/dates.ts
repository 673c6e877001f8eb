/** Dates as Chinese news writes them, found in a text: 2018年6月12日 · 二〇一八年六月十二日 · 民國107年3月12日 · 6月12日 · 12日 · 今(27)日 · 昨天. */
import type { Span } from '../text/span.ts';

/** A date as it is written; what is not written is missing. */
export interface WrittenDate extends Span {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  /** Days from the day of writing: 昨天 is -1. */
  readonly relative?: number;
  /** 0 Sunday … 6 Saturday, where a weekday stands with it: 9月5日（周六）. */
  readonly weekday?: number;
  /** `HH:MM:SS`, where it stands behind the date: 2018-06-12 07:53. */
  readonly time?: string;
}

const digit = '[○〇零一二三四五六七八九]';
const tens = '[一二三四五六七八九十廿卅]';
const pattern = new RegExp(
  [
    `(?:(?<roc>民國|民国)[ ]?(?<rocYear>\\d{2,3}|[一二三四五六七八九十百零〇○]{1,6}|元)年|(?<year>\\d{4}|${digit}{4}|(?<!\\d)1\\d{2}(?=年))年)(?:(?<month>\\d{1,2}|${tens}{1,3})月(?:份)?(?:(?<day>\\d{1,2}|${tens}{1,3})日)?)?`,
    '(?<![\\d.])(?<isoYear>(?:19|20)\\d{2})(?<mark>[-/.])(?<isoMonth>\\d{1,2})\\k<mark>(?<isoDay>\\d{1,2})(?![\\d.])',
    `(?<![\\d.])(?<monthOnly>\\d{1,2}|${tens}{1,3})月(?<monthDay>\\d{1,2}|${tens}{1,3})日`,
    '(?<near>今天?|昨天?|前天?|明天?)[（(](?<nearDay>\\d{1,2})(?:日)?[）)]日?',
    `(?:本?(?:周|週|星期)[一二三四五六日天])[（(](?<weekDay>\\d{1,2})日?[）)]`,
    '(?<relative>今天|今日|昨天|昨日|前天|前日|明天|明日|后天|後天|昨晚|今晨|今早|昨夜|今晚|昨晨|昨午)',
    `(?<![\\d.月至、－—~-])(?<dayOnly>\\d{1,2}|${tens}{1,3})日(?![前后後内內间間益游遊报報本元均子常程])`,
  ].join('|'),
  'uy',
);
/** What a date can begin with. */
const begins = new Uint8Array(0x10000);
for (const unit of '0123456789○〇零一二三四五六七八九十廿卅民今昨前明后後本周週星') begins[unit.charCodeAt(0)] = 1;
const behind = /^[ \u3000]*[（(]?(?:星期|周|週|礼拜|禮拜)(?<weekday>[一二三四五六日天])[）)]?/;
const clock =
  /^(?:[ \u3000]*[（(]?(?:星期|周|週)[一二三四五六日天][）)]?)?[ \u3000T]*(?<hour>\d{1,2})[:：](?<minute>\d{2})(?:[:：](?<second>\d{2}))?(?:[ ]?(?<half>[ap]m))?/i;
const days: Readonly<Record<string, number>> = { 今: 0, 昨: -1, 前: -2, 明: 1, 后: 2, 後: 2 };
const weekdays = '日一二三四五六';

/** Every date of the text, in order. A year of the Republic counts where 民國 stands before it, or with `isTaiwan`. */
export function findDates(text: string, isTaiwan = false): WrittenDate[] {
  const dates: WrittenDate[] = [];
  for (let at = 0; at < text.length; at++) {
    if (begins[text.charCodeAt(at)] === 0) continue;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) continue;
    at = pattern.lastIndex - 1;
    const date = read(found.groups ?? {}, isTaiwan);
    if (date === undefined) continue;
    const start = found.index;
    const end = start + found[0].length;
    const rest = text.slice(end, end + 24);
    const weekday = weekdays.indexOf((behind.exec(rest)?.groups?.weekday ?? '').replace('天', '日'));
    const time = date.day === undefined ? undefined : readTime(rest);
    dates.push({
      ...date,
      start,
      end,
      ...(weekday !== -1 && rest !== '' && behind.test(rest) && { weekday }),
      ...(time !== undefined && { time }),
    });
  }
  return dates;
}

type Groups = Readonly<Record<string, string | undefined>>;

function read(groups: Groups, isTaiwan: boolean): Omit<WrittenDate, 'start' | 'end'> | undefined {
  const { roc, rocYear, year, month, day, isoYear, isoMonth, isoDay, monthOnly, monthDay, near, nearDay, weekDay, relative, dayOnly } =
    groups;
  if (roc !== undefined || year !== undefined) {
    const written = roc === undefined ? numberOf(year) : rocYear === '元' ? 1 : numberOf(rocYear);
    if (written === undefined) return undefined;
    const isRepublic = roc !== undefined || (isTaiwan && written > 38 && written < 200);
    const full = isRepublic ? written + 1911 : written;
    return full < 1800 || full > 2200 ? undefined : checked({ year: full, ...parts(month, day) });
  }
  if (isoYear !== undefined) return checked({ year: Number(isoYear), ...parts(isoMonth, isoDay) });
  if (monthOnly !== undefined) return checked(parts(monthOnly, monthDay));
  if (near !== undefined) return { day: Number(nearDay), relative: days[near.charAt(0)] ?? 0 };
  if (weekDay !== undefined) return checked({ day: Number(weekDay) });
  if (relative !== undefined) return { relative: days[relative.charAt(0)] ?? 0 };
  return checked(parts(undefined, dayOnly));
}

function parts(month: string | undefined, day: string | undefined): { month?: number; day?: number } {
  const m = numberOf(month);
  const d = numberOf(day);
  return { ...(m !== undefined && { month: m }), ...(d !== undefined && { day: d }) };
}

function checked<T extends { year?: number; month?: number; day?: number }>(date: T): T | undefined {
  const { year, month, day } = date;
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > 31)) return undefined;
  if (month !== undefined && day !== undefined && day > daysIn(year ?? 2000, month)) return undefined;
  return date;
}

export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 2018 · 二〇一八 · 十二 · 廿三 */
function numberOf(written: string | undefined): number | undefined {
  if (written === undefined) return undefined;
  if (/^\d+$/.test(written)) return Number(written);
  const units = '零一二三四五六七八九';
  const plain = written.replaceAll(/[○〇]/g, '零').replaceAll('廿', '二十').replaceAll('卅', '三十');
  const [hundreds, rest] = plain.includes('百') ? plain.split('百') : [undefined, plain];
  const base = hundreds === undefined ? 0 : units.indexOf(hundreds) * 100;
  const [ten, one] = (rest ?? '').includes('十') ? (rest ?? '').split('十') : [undefined, rest];
  if (ten !== undefined)
    return base + (ten === '' ? 1 : units.indexOf(ten)) * 10 + (one === '' || one === undefined ? 0 : units.indexOf(one));
  const value = Number(Array.from(one ?? '', (character) => units.indexOf(character)).join('') || '0');
  return Number.isNaN(value) ? undefined : base + value;
}

function readTime(rest: string): string | undefined {
  const { hour = '', minute = '', second = '00', half = '' } = clock.exec(rest)?.groups ?? {};
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const hours = (Number(hour) % (half === '' ? 24 : 12)) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return `${String(hours).padStart(2, '0')}:${minute}:${second}`;
}
