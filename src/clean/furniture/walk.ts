/**
 * Finds the furniture of a file, by whole lines: above the body, behind it, and what is unmistakable anywhere.
 *
 * What a line is decided by itself and by the lines that are kept, so that the file without its furniture has none.
 */
import { prefilter } from '../../text/prefilter.ts';
import { type Span, sliceOf } from '../../text/span.ts';
import { leadsToAddress } from './address.ts';
import { type FurnitureKind, type LineReading, readLine } from './line.ts';

export interface FurnitureLine extends Span {
  readonly kind: FurnitureKind;
}

/** Kept lines that may stand above the body. */
const mostHeadLines = 6;
/** Links under one heading. */
const mostLinks = 30;
/** UTF-16 units of a link. Longer lines are text. */
const longestLink = 60;
/** UTF-16 units of the shortest line that is sure to be body, not the end of a list or a short answer. */
const shortestBody = 20;
const sentenceEnd = /[。！？][”’」』）)】]*$/;
/** UTF-16 units of the marks that may close a sentence. */
const longestClosing = 8;

/** What was found last: the rules ask one after the other, most times for the same text. */
let latest: { readonly text: string; readonly found: readonly FurnitureLine[] } = { text: '', found: [] };

/** Furniture in order, the lines without their newlines. A file that is nothing but furniture is left as it is. */
export function findFurniture(text: string): readonly FurnitureLine[] {
  if (latest.text !== text) latest = { text, found: walk(text) };
  return latest.found;
}

function walk(text: string): FurnitureLine[] {
  const found = new Map<number, FurnitureLine>();
  readHead(text, found);
  readTail(text, found);
  const isAllThereIs = !readBody(text, found);
  return isAllThereIs ? [] : [...found.values()].sort((a, b) => a.start - b.start);
}

/** The lines of a document that were read lately: head and tail overlap, and the rules go over a document more than once. */
const readings = new Map<string, LineReading>();
const mostReadings = 64;

/** UTF-16 units from which a sentence is read only if it has a word that furniture and notices cannot do without. */
const longSentence = 45;
const telling =
  /[关關]注|[扫掃]|[订訂][阅閱]|下[载載]|[点點][击擊选選开開]|搜[索尋寻]|[转轉][载載發发]|版[权權]|著作|授[权權]|[侵][权權]|免[责責]|[声聲]明|[热熱專专][线線]|[电電][话話]|微信|微博|公[众眾]|客[户戶]端|app|line|粉[丝絲專]|追[踪蹤]|分享|投稿|爆料|更多|[欢歡]迎|邮箱|郵箱|信箱|https?:|www|\.c|[风風][险險]|投[资資]|[观觀][点點]|立[场場]|未成年|未[满滿]|18|化名|[酒烟菸]|自[杀殺]|珍惜|生命|求助|[仅僅]供|[参參]考|不[构構]成|不代表|禁止|不得|[违違]者|撤稿|[删刪]除|[赞讚]|评论|評論|留言|[阅閱][读讀]|©|copyright|[请請]/i;
const mayTell = prefilter(telling);
const plainText: LineReading = { is: 'text', isSentence: true };

function readOnce(written: string): LineReading {
  if (written.length >= longSentence && written.endsWith('。') && !(mayTell(written) && telling.test(written))) return plainText;
  let reading = readings.get(written);
  if (reading === undefined) {
    reading = readLine(written);
    if (readings.size >= mostReadings) readings.clear();
    readings.set(written, reading);
  }
  return reading;
}

function readHead(text: string, found: Map<number, FurnitureLine>): void {
  let kept = 0;
  for (let start = 0; start <= text.length && kept < mostHeadLines; ) {
    const line = lineFrom(text, start);
    const written = sliceOf(text, line);
    const reading = readOnce(written);
    if (reading.is === 'furniture' && reading.reach !== 'tail') found.set(start, { ...line, kind: reading.kind });
    else if (reading.is !== 'blank' && reading.is !== 'address') kept++;
    if (isBody(written, reading)) return;
    start = line.end + 1;
  }
}

/** Bottom-up while lines are furniture or fields; through lines that end no sentence only where the heading of related links stands above. */
function readTail(text: string, found: Map<number, FurnitureLine>): void {
  let links: FurnitureLine[] = [];
  let waiting: FurnitureLine[] = [];
  let bodyStart: number | undefined;
  for (let end = text.length; end >= 0; ) {
    const line = { start: text.lastIndexOf('\n', end - 1) + 1, end };
    if (end === 0) line.start = 0;
    const written = sliceOf(text, line);
    const reading = readOnce(written);
    end = line.start - 1;
    if (reading.is === 'furniture') waiting.push({ ...line, kind: reading.kind });
    else if (reading.is === 'heading') {
      bodyStart ??= startOfBody(text);
      if (bodyStart > line.start) return;
      waiting.push({ ...line, kind: 'related' }, ...links);
      links = [];
    } else if (isLink(written, reading)) {
      if (links.length === mostLinks) return;
      links.push({ ...line, kind: 'related' });
    } else if (reading.is === 'text') return;
    if (links.length > 0) continue;
    for (const one of waiting) found.set(one.start, one);
    waiting = [];
  }
}

/** Finds what is furniture wherever it stands. Returns whether any line of the file is kept. */
function readBody(text: string, found: Map<number, FurnitureLine>): boolean {
  let isKept = false;
  /** Does what is kept above lead to an address, and how does it end? */
  let above = '';
  for (let start = 0; start <= text.length; ) {
    const line = lineFrom(text, start);
    start = line.end + 1;
    if (found.has(line.start)) continue;
    const length = line.end - line.start;
    if (length > 0 && mayBeAnywhere(text, line)) {
      const written = sliceOf(text, line);
      const reading = readOnce(written);
      if (reading.is === 'address') {
        if (!leadsToAddress(above)) {
          found.set(line.start, { ...line, kind: 'address' });
          continue;
        }
        isKept = true;
        continue;
      }
      if (reading.is === 'furniture' && reading.reach === 'anywhere') {
        found.set(line.start, { ...line, kind: reading.kind });
        continue;
      }
    }
    if (length === 0) continue;
    isKept = true;
    above = text.slice(Math.max(line.start, line.end - 40), line.end);
  }
  return isKept;
}

/** UTF-16 units of a line that is furniture in the middle of a text. */
const longestAnywhere = 80;
const longestAddress = 2000;
const tells =
  /分享|轉發|转发|[上下]一[页頁张張篇则則]|[繼继][續续]|往下|[廣广]告|[赞贊]助|[关關]注|下[载載]|[扫掃]|[订訂][阅閱]|按[赞讚]|[赞讚]好|追[踪蹤]|[加打]入|更多|[锁鎖]定|[点點][击擊選选我圖图]|推[广廣]|延伸|相[关關]|推[荐薦]|長按|长按|搜[索尋寻]|同[场場]|可能|[热熱][门門]|advert|sponsor|share|https?:|www\./i;

const maybeTells = prefilter(tells);

/** A cheap look at a line: most lines are paragraphs, and too long. */
function mayBeAnywhere(text: string, { start, end }: Span): boolean {
  const length = end - start;
  if (length > longestAddress) return false;
  const first = text.charCodeAt(start);
  if (first > 0x20 && first < 0x7f && length > 3) return true;
  if (length > longestAnywhere) return false;
  const line = text.slice(start, end);
  return maybeTells(line) && tells.test(line);
}

function lineFrom(text: string, start: number): { start: number; end: number } {
  const end = text.indexOf('\n', start);
  return { start, end: end === -1 ? text.length : end };
}

function isBody(written: string, reading: LineReading): boolean {
  return reading.is === 'text' && written.length >= shortestBody && endsSentence(written);
}

function endsSentence(written: string): boolean {
  return sentenceEnd.test(written.slice(-longestClosing));
}

const asks = /[？！?!]$/;

/** A line that would do as a headline. */
function isLink(written: string, reading: LineReading): boolean {
  if (written.length > longestLink) return false;
  return reading.is === 'text' && (!reading.isSentence || asks.test(written));
}

/** Offset behind the first line of the body, or the text's length if there is none. */
function startOfBody(text: string): number {
  for (let start = 0; start <= text.length; ) {
    const line = lineFrom(text, start);
    const written = sliceOf(text, line);
    if (written.length >= shortestBody && endsSentence(written)) return line.end;
    start = line.end + 1;
  }
  return text.length;
}
