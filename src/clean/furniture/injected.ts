/** Finds the watermarks of a text, in one pass over it. */
import type { Span } from '../../text/span.ts';
import { isInjected, isPromotional, isRightsSentence, isWatermarkBracket, isWatermarkSentence, longestWatermark } from './watermark.ts';

/** What a character is to the scan: most are nothing. */
const kinds = { ends: 1, opens: 2, closes: 4, quotes: 8, unquotes: 16, signals: 32, line: 64 } as const;
const opening = '【（([［〔〈';
const closing = '】）)]］〕〉';
const kindOf = new Uint8Array(0x10000);
const mark = (characters: string, kind: number) => {
  for (const character of characters) kindOf[character.charCodeAt(0)] = (kindOf[character.charCodeAt(0)] ?? 0) | kind;
};
mark('。！？!?', kinds.ends);
mark(opening, kinds.opens);
mark(closing, kinds.closes);
mark('“「『', kinds.quotes);
mark('”」』', kinds.unquotes);
mark('\n', kinds.line);
// A watermark but an address has one of these, and ordinary text few. L is for LINE.
mark('请請注註載载訂订扫掃锁鎖击擊讚赞撷擷尽盡踪蹤点點版搜访訪欢歡L【［〔〈[', kinds.signals);

/** A sentence that a file has so often is its site's. */
const oftenEnough = 3;

/** Spans in order, apart from one another. */
export function findWatermarks(text: string): Span[] {
  const scan = new Scan(text);
  const found = [...scan.calls(), ...findAddresses(text)];
  return found.length === 0 ? found : tidy(text, found);
}

/** Goes through a text and stops where a sentence or a bracket ends that has a signal in it. */
class Scan {
  readonly #text: string;
  readonly #found: Span[] = [];
  /** Where the sentences with a signal begin, by their wording. */
  readonly #places = new Map<string, number[]>();
  #lineStart = 0;
  #start = 0;
  #isQuoted = false;
  #hasSignal = false;
  #quotes = 0;
  #bracket = -1;
  #hasBracketSignal = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Brackets and sentences, in no order. */
  calls(): readonly Span[] {
    const text = this.#text;
    for (let at = 0; at < text.length; at++) {
      const kind = kindOf[text.charCodeAt(at)] ?? 0;
      if (kind !== 0) this.#meet(at, kind);
    }
    this.#endLine(text.length);
    for (const [written, starts] of this.#places) {
      if (starts.length < oftenEnough || !isPromotional(written)) continue;
      for (const start of starts) this.#found.push({ start, end: start + written.length });
    }
    return this.#found;
  }

  #meet(at: number, kind: number): void {
    if (kind === kinds.line) {
      this.#endLine(at);
      return;
    }
    if (kind & kinds.signals) {
      this.#hasSignal = true;
      this.#hasBracketSignal = true;
    }
    if (kind & kinds.quotes) {
      this.#quotes++;
      if (at === this.#start) this.#isQuoted = true;
    }
    if (kind & kinds.unquotes && this.#quotes > 0) this.#quotes--;
    if (kind & kinds.opens) {
      this.#bracket = at;
      this.#hasBracketSignal = (kind & kinds.signals) !== 0;
    }
    if (kind & kinds.closes) this.#endBracket(at);
    if (kind & (kinds.closes | kinds.unquotes) && at === this.#start) this.#open(at + 1);
    if (kind & kinds.ends) this.#endSentence(at + 1);
  }

  #open(at: number): void {
    this.#start = at;
    this.#isQuoted = this.#quotes > 0;
    this.#hasSignal = false;
  }

  #endLine(at: number): void {
    this.#endSentence(at, at);
    this.#lineStart = at + 1;
    this.#bracket = -1;
    this.#quotes = 0;
    this.#open(at + 1);
  }

  #endBracket(at: number): void {
    const text = this.#text;
    const start = this.#bracket;
    this.#bracket = -1;
    const isPair = start !== -1 && opening.indexOf(text[start] ?? '') === closing.indexOf(text[at] ?? '');
    if (!isPair || !this.#hasBracketSignal || at - start > longestWatermark || this.#isWhole(start, at + 1)) return;
    if (!isWatermarkBracket(text.slice(start + 1, at), text[start] ?? '')) return;
    this.#found.push({ start, end: at + 1 });
    if (start === this.#start) this.#open(at + 1);
  }

  /** @param lineEnd the end of the line, where it is known to be there. */
  #endSentence(end: number, lineEnd?: number): void {
    const start = this.#start;
    if (this.#hasSignal && end - start <= longestWatermark && end > start) this.#judge(start, end, lineEnd === end);
    this.#open(end);
  }

  #judge(start: number, end: number, endsLine: boolean): void {
    // What somebody says to readers is the story's: “更多内容请关注我们的公众号。”
    if (this.#isQuoted) return;
    const written = this.#text.slice(start, end);
    const known = this.#places.get(written);
    if (known === undefined) this.#places.set(written, [start]);
    else known.push(start);
    if (this.#isWhole(start, end)) return;
    const closesLine = endsLine || this.#isEnd(end);
    if (isWatermarkSentence(written) || (!closesLine && isRightsSentence(written))) this.#found.push({ start, end });
  }

  #isWhole(start: number, end: number): boolean {
    return start === this.#lineStart && this.#isEnd(end);
  }

  #isEnd(at: number): boolean {
    return at >= this.#text.length || this.#text[at] === '\n';
  }
}

/** The end of the name of a host, and of nothing shorter than it. */
const domain = /\.(?:com|cn|net|org|tw|hk|mo|info|cc|tv|example)(?![a-z0-9.-])/gi;
const host = /(?<![\w@.-])(?:https?:\/\/|www\.)[\w.-]{1,100}$/i;
const path = /^(?::\d{1,5})?(?:\/[\w./?#&=%~+-]{0,200})?/;
/** UTF-16 units to look back for the start of an address, and forward for its end. */
const longestAddress = 110;

/** Bare addresses within lines, with a space on each side. */
function findAddresses(text: string): Span[] {
  const found: Span[] = [];
  domain.lastIndex = 0;
  for (let match = domain.exec(text); match !== null; match = domain.exec(text)) {
    const at = match.index + match[0].length;
    const name = host.exec(text.slice(Math.max(0, match.index - longestAddress), at));
    if (name === null) continue;
    const rest = path.exec(text.slice(at, at + 2 * longestAddress))?.[0] ?? '';
    let start = at - name[0].length;
    let end = at + rest.replace(/[.:?#-]+$/, '').length;
    domain.lastIndex = end;
    const before = text.slice(Math.max(0, start - 24), start).replace(/^.*\n/s, '');
    const after = text.slice(end, end + 8).replace(/\n.*$/s, '');
    if (before === '' || !isInjected(before, after)) continue;
    if (before.endsWith(' ')) start--;
    if (after.startsWith(' ')) end++;
    found.push({ start, end });
  }
  return found;
}

/** In order and apart; white at the ends of a line goes with what stood there, and a line that is left empty goes whole. */
function tidy(text: string, found: readonly Span[]): Span[] {
  const apart: { start: number; end: number }[] = [];
  for (const { start, end } of found.toSorted((a, b) => a.start - b.start)) {
    const last = apart.at(-1);
    if (last !== undefined && (start <= last.end || /^[ \u3000]{1,3}$/.test(text.slice(last.end, start))))
      last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  for (const span of apart) {
    let { start, end } = span;
    while (isSpace(text, start - 1)) start--;
    while (isSpace(text, end)) end++;
    const opensLine = start === 0 || text[start - 1] === '\n';
    const closesLine = end === text.length || text[end] === '\n';
    if (closesLine) span.start = start;
    if (opensLine) span.end = closesLine && end < text.length ? end + 1 : end;
  }
  return joined(text, apart);
}

function isSpace(text: string, at: number): boolean {
  return text[at] === ' ' || text[at] === '\u3000';
}

/** Joins what touches; where nothing is left behind it, the newline before it goes as well. */
function joined(text: string, spans: readonly Span[]): Span[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of spans) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  const last = result.at(-1);
  if (last !== undefined && last.end === text.length && last.start > 0 && text[last.start - 1] === '\n') last.start--;
  return result;
}
