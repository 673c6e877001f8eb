/** The day and the time that a field of metadata holds, at +08:00. */
import { isDay } from '../../structure/given-dates.ts';

/** ISO 8601, RFC 2822, 2018年6月12日 08:30, 2018/6/12, seconds or milliseconds since the epoch; undefined for anything else. */
export function dayIn(value: string): { readonly published: string; readonly time?: string } | undefined {
  const text = value.trim();
  if (/^\d{10}(?:\d{3})?$/.test(text)) return atShanghai(Number(text) * (text.length === 10 ? 1000 : 1));
  const zoned = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.exec(text);
  if (zoned !== null) return atShanghai(Date.parse(`${zoned[1]}${(zoned[2] ?? '').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`));
  if (/^(?:[A-Za-z]{3},\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}/.test(text)) return atShanghai(Date.parse(text.replace(/\s*\([^)]*\)\s*$/, '')));
  const [, year = '', month = '', day = '', hour, minute, second = '00'] =
    /^(\d{4})\s*(?:[-/.]|年)?\s*(\d{1,2})\s*(?:[-/.]|月)?\s*(\d{1,2})\s*日?(?:[T\s\u3000]*(\d{1,2}):(\d{2})(?::(\d{2}))?)?/.exec(text) ??
    [];
  const published = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  if (!isDay(published)) return undefined;
  if (hour === undefined || minute === undefined) return { published };
  return { published, time: `${hour.padStart(2, '0')}:${minute}:${second}` };
}

function atShanghai(time: number): { readonly published: string; readonly time: string } | undefined {
  if (Number.isNaN(time) || Math.abs(time) > 8e15) return undefined;
  const local = new Date(time + 8 * 3_600_000).toISOString();
  const published = local.slice(0, 10);
  return isDay(published) ? { published, time: local.slice(11, 19) } : undefined;
}
