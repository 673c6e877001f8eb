/** Days that are given beside a file: by an option, by metadata, by the key that it was dropped under. */
import { ConfigError } from '../errors.ts';
import { daysIn } from './dates.ts';

export interface GivenDates {
  /** `YYYY-MM-DD`: the day of publication, as metadata beside the file has it. */
  readonly published?: string;
  /** `YYYY-MM-DD`: a day near to the article's, from an option, metadata or the key that the file was dropped under. */
  readonly reference?: string;
}

/** Is it a day that the calendar has, written `YYYY-MM-DD`? */
export function isDay(value: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(value) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

/** @throws {ConfigError} for a given day that is none. */
export function refuseNoDay({ published, reference }: GivenDates): void {
  for (const [name, value] of Object.entries({ published, reference })) {
    if (value !== undefined && !isDay(value)) throw new ConfigError(`${name}: "${value}" is no day; write it as 2018-06-12`);
  }
}

const dayInKey = /(?<!\d)(?<year>(?:19|20)\d{2})(?<mark>[-_/.]?)(?<month>\d{2})\k<mark>(?<day>\d{2})(?!\d)/g;

/** The day in a key or a path: 2018/05/31/x.txt, 20180531_01.txt, 2018-05-31.txt. The first that the calendar has. */
export function dayOfKey(key: string): string | undefined {
  for (const { groups } of key.matchAll(dayInKey)) {
    const day = `${groups?.year}-${groups?.month}-${groups?.day}`;
    if (isDay(day)) return day;
  }
  return undefined;
}
