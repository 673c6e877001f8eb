/**
 * The day that an article is of, and the days that its text names. Never guessed: each has its precision and its basis, and what is not
 * certain stays unset. In this order: metadata, the line of publication or of the page, a full date in the dateline, a date without a year or
 * a month by the nearest one to a given reference, a relative one from the reference. Days are days at +08:00.
 */
import type { Evidence } from '../decode/formats/format.ts';
import type { Message } from '../message.ts';
import { type Span, sliceOf } from '../text/span.ts';
import { type Block, shiftPart, shiftSpans } from './block.ts';
import { daysIn, findDates, type WrittenDate } from './dates.ts';
import type { GivenDates } from './given-dates.ts';
import type { ArticleSpan, Structure } from './index.ts';

type DateBasis = 'metadata' | 'published' | 'page-line' | 'dateline' | 'written' | 'nearest' | 'relative';

/** A date of the text, resolved. */
export interface DateNote extends Span {
  /** `2018`, `2018-06` or `2018-06-12`. */
  readonly iso: string;
  readonly precision: 'year' | 'month' | 'day';
  readonly basis: DateBasis;
}

/** The article's own date; without a place in the text where metadata gave it. */
export interface ArticleDate extends Omit<DateNote, 'start' | 'end'>, Partial<Span> {
  /** `HH:MM:SS` at +08:00. */
  readonly time?: string;
}

/** An article of a file with its date. */
export type DatedArticle = ArticleSpan & { readonly date?: ArticleDate };

/** A {@link Structure} with the dates of its articles and of its text. */
export interface DatedStructure {
  readonly articles: readonly DatedArticle[];
  /** Those of all articles. */
  readonly blocks: readonly Block[];
  readonly dates: readonly DateNote[];
  readonly messages: readonly Message[];
}

/** Dates every article of a text. A line of the page above the first of several dates them all. */
export function dateStructure(text: string, { articles, messages }: Structure, given: GivenDates = {}): DatedStructure {
  const dated: DatedArticle[] = [];
  const dates: DateNote[] = [];
  const said: Message[] = [...messages];
  for (const article of articles) {
    const page = dated[0]?.date?.basis === 'page-line' ? dated[0].date : undefined;
    const found = dateArticle(
      sliceOf(text, article),
      article.blocks.map((block) => shiftPart(block, -article.start)),
      given,
      article.evidence,
    );
    const date = found.date && (found.date.start === undefined ? found.date : shiftDate(found.date, article.start));
    const own = date ?? (page && { iso: page.iso, precision: page.precision, basis: page.basis });
    dated.push({ ...article, ...(own && { date: own }) });
    dates.push(...shiftSpans(found.dates, article.start));
    said.push(
      ...found.messages.map((message) => ({
        ...message,
        start: (message.start ?? 0) + article.start,
        end: (message.end ?? 0) + article.start,
      })),
    );
  }
  return { articles: dated, blocks: articles.flatMap(({ blocks }) => blocks), dates, messages: said };
}

function shiftDate(date: ArticleDate, by: number): ArticleDate {
  return { ...date, start: (date.start ?? 0) + by, end: (date.end ?? 0) + by };
}

interface Dating {
  readonly date?: ArticleDate;
  readonly dates: readonly DateNote[];
  readonly messages: readonly Message[];
}

/** Days; a date without a year is of the year in which it is nearest to the reference. */
const farthest = 183;
/** Days; the same for one without a month. */
const farthestInMonth = 16;
const oneDay = 86_400_000;
const mayBe = /[年月日天昨]|\d[-/.]\d/;
/** A paper or an agency of Taiwan writes 107年 for 2018. */
const taiwan =
  /中央社|民國|[台臺][北中南灣東](?:[市縣報電]|\p{Script=Han}{0,4}[電報])|[新竹桃園高雄嘉義屏東宜蘭花蓮雲林彰化苗栗南投基隆][縣市]|縣政府|里長|縣府/u;
/** UTF-16 units from its start in which a paragraph dates its article: 今(27)日. */
const opening = 80;

/** `published` and `reference` that are no day are ignored here; the options are checked before. */
function dateArticle(text: string, blocks: readonly Block[], given: GivenDates, evidence: Evidence = {}): Dating {
  const said = given.published === undefined ? evidence : { published: given.published };
  const metadata = said.published === undefined ? undefined : fromMetadata(said.published, said.time);
  if (!mayBe.test(text)) return { ...(metadata && { date: metadata }), dates: [], messages: [] };
  const written = findDates(text, taiwan.test(text));
  const date = metadata ?? ownDate(blocks, written, given.reference);
  // A reference dates the article or nothing: what is written of a file depends on its bytes and its day alone.
  const near = date?.precision === 'day' ? date.iso : undefined;
  const dates = written.flatMap((one): DateNote[] => {
    if (one.start === date?.start && date.end !== undefined) {
      const { iso, precision, basis } = date;
      return [{ start: one.start, end: date.end, iso, precision, basis }];
    }
    const note = resolve(one, near);
    return note === undefined ? [] : [{ start: one.start, end: one.end, ...note }];
  });
  return { ...(date && { date }), dates, messages: written.flatMap((one) => weekdayMessage(text, one, dates)) };
}

function fromMetadata(published: string, time: string | undefined): ArticleDate {
  return { iso: published, precision: 'day', basis: 'metadata', ...(time !== undefined && { time }) };
}

function ownDate(blocks: readonly Block[], written: readonly WrittenDate[], reference: string | undefined): ArticleDate | undefined {
  const within = (span: Span) => written.filter(({ start, end }) => start >= span.start && end <= span.end);
  const published = blocks.filter(({ kind }) => kind === 'published');
  for (const block of [...published.filter(({ rule }) => rule === 'published/page-line'), ...published]) {
    const full = within(block).find(({ year, day }) => year !== undefined && day !== undefined);
    if (full !== undefined) return own(full, block.rule === 'published/page-line' ? 'page-line' : 'published');
  }
  const datelines = blocks
    .filter(({ kind }) => kind === 'dateline')
    .flatMap((block) => (block.fields ?? []).filter(({ name }) => name === 'date'));
  for (const field of datelines.slice(0, 1)) {
    const [first] = within(field);
    if (first?.year !== undefined && first.day !== undefined) return own(first, 'dateline');
    const note = first && reference !== undefined ? resolve(first, reference) : undefined;
    if (first !== undefined && note !== undefined) return { ...note, start: first.start, end: first.end };
    if (first !== undefined) return undefined;
  }
  if (reference === undefined) return undefined;
  const paragraph = blocks.find(({ kind }) => kind === 'paragraph');
  const [first] =
    paragraph === undefined ? [] : within({ start: paragraph.start, end: Math.min(paragraph.end, paragraph.start + opening) });
  if (first === undefined || first.year !== undefined) return undefined;
  const note = resolve(first, reference);
  return note?.precision === 'day' ? { ...note, start: first.start, end: first.end } : undefined;
}

function own(date: WrittenDate, basis: DateBasis): ArticleDate | undefined {
  const note = resolve(date, undefined);
  return note && { ...note, basis, start: date.start, end: date.end, ...(date.time !== undefined && { time: date.time }) };
}

/** A written date as far as it can be known: by itself if it has a year, else from the reference. */
function resolve({ year, month, day, relative }: WrittenDate, reference: string | undefined): Omit<DateNote, 'start' | 'end'> | undefined {
  if (year !== undefined) {
    if (month === undefined) return { iso: pad(year, 4), precision: 'year', basis: 'written' };
    if (day === undefined) return { iso: `${pad(year, 4)}-${pad(month)}`, precision: 'month', basis: 'written' };
    return { iso: isoOf(year, month, day), precision: 'day', basis: 'written' };
  }
  const base = reference === undefined ? Number.NaN : Date.parse(`${reference}T00:00:00Z`);
  if (Number.isNaN(base)) return undefined;
  const at = new Date(base);
  if (day === undefined) {
    return relative === undefined ? undefined : { iso: isoDay(base + relative * oneDay), precision: 'day', basis: 'relative' };
  }
  const candidates =
    month === undefined
      ? [-1, 0, 1]
          .map((step) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + step, 1)))
          .map((one) => [one.getUTCFullYear(), one.getUTCMonth() + 1] as const)
      : [-1, 0, 1].map((step) => [at.getUTCFullYear() + step, month] as const);
  const days = candidates.filter(([y, m]) => day <= daysIn(y, m)).map(([y, m]) => Date.UTC(y, m - 1, day));
  const nearest = days.sort((a, b) => Math.abs(a - base) - Math.abs(b - base))[0];
  const limit = month === undefined ? farthestInMonth : farthest;
  if (nearest === undefined || Math.abs(nearest - base) > limit * oneDay) return undefined;
  return { iso: isoDay(nearest), precision: 'day', basis: 'nearest' };
}

/** 9月5日（周六） that is no Saturday. */
function weekdayMessage(text: string, written: WrittenDate, dates: readonly DateNote[]): Message[] {
  if (written.weekday === undefined) return [];
  const note = dates.find(({ start }) => start === written.start);
  if (note?.precision !== 'day' || new Date(`${note.iso}T00:00:00Z`).getUTCDay() === written.weekday) return [];
  const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
  const reason = `${sliceOf(text, written)} is given as a ${names[written.weekday]}, but ${note.iso} is a ${names[new Date(`${note.iso}T00:00:00Z`).getUTCDay()]}`;
  return [{ rule: 'date-weekday', severity: 'warning', reason, start: written.start, end: written.end }];
}

function isoOf(year: number, month: number, day: number): string {
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}`;
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}
