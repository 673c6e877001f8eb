/** A line that is a field of the article by its own form, wherever it stands: date, source, byline, credits, note, notice, caption. */
import type { Labelled, Part } from './block.ts';
import { readByline } from './byline.ts';
import { readCaption } from './caption.ts';
import { readCredits } from './credits.ts';
import { isEndMark, readNote } from './note.ts';
import { readNotice } from './notice.ts';
import { readPeople } from './people.ts';
import { readPublished, readSource } from './source.ts';

export interface FieldLine extends Labelled {
  /** Blocks inside the line; offsets are into it. */
  readonly nested?: readonly Part[];
}

/** A notice that says it is one: ※提醒您：, 【警語】. */
const warns =
  /^(?:[※◎★☆＊*■●【（(〔[「\s]*)(?:提醒您|提醒你|本報提醒|本报提醒|溫馨提醒|温馨提醒|溫馨提示|温馨提示|友情提示|贴心提醒|貼心提醒|小提醒|特别提醒|特別提醒|特别提示|健康提醒|安全提醒|防詐提醒|防诈提醒|警語|警语|投資警語|投资警语|风险提示|風險提示|声明|聲明|特此声明|郑重声明|鄭重聲明|免责声明|免責聲明|版权声明|版權聲明|更正启事|更正啟事|更正|致歉|勘误|勘誤|来函照登|备注|附注|註|注)[】）)〕\]」]*[ \u3000]*(?:[：:]|(?<=[】）)〕\]])).{4,}/u;
/** UTF-16 units. */
const longestNotice = 200;
/** UTF-16 units; nothing longer is a field. */
const longest = 400;

/** What the line is; undefined for a title, a crosshead or body text. */
export function readField(line: string): FieldLine | undefined {
  if (line.length > longest) return undefined;
  const note = readNote(line);
  if (note !== undefined) return note;
  if (isEndMark(line)) return { kind: 'endMark', rule: 'end-mark/line', confidence: 0.98 };
  const published = readPublished(line);
  if (published !== undefined) return { ...published.labelled, ...(published.nested.length > 0 && { nested: published.nested }) };
  const source = readSource(line, false);
  if (source !== undefined) return source;
  const credits = readCredits(line);
  if (credits !== undefined) return { kind: 'credits', rule: 'credits/roles', confidence: 0.97, ...some(credits), ...sourcesIn(line) };
  const byline = readByline(line);
  if (byline !== undefined) return { kind: 'byline', rule: 'byline/line', confidence: 0.95, ...some(byline), ...sourcesIn(line) };
  const notice = readNotice(line);
  if (notice !== undefined) return { kind: 'notice', ...notice };
  if (line.length <= longestNotice && warns.test(line)) return { kind: 'notice', rule: 'notice/label', confidence: 0.9 };
  return readCaption(line);
}

/** 来源：某报 among the roles. */
function sourcesIn(line: string): Pick<FieldLine, 'nested'> {
  const sources = /[来來稿][源]/.test(line) ? (readPeople(line)?.sources ?? []) : [];
  return sources.length === 0
    ? {}
    : { nested: sources.map((span) => ({ kind: 'source', rule: 'source/among-roles', confidence: 0.9, ...span })) };
}

function some<T>(people: readonly T[]): { readonly people?: readonly T[] } {
  return people.length > 0 ? { people } : {};
}
