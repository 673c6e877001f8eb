import { apply, type Edit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import type { Rule } from '../rule.ts';
import { hardWrap } from './hard-wrap.ts';

/** UTF-16 units, without the white on both sides. */
const longestFurniture = 40;
/** UTF-16 units of text between one page and the next; the last page may be short. */
const shortestPage = 80;
const shortestLastPage = 10;
/** UTF-16 units of a line that may be the first half of a paragraph. */
const shortestHalf = 15;
/** Between two page numbers that were found: pages of pictures have none. */
const steps = [1, 2, 3];
/** Gaps between equal lines are regular if none is so many times the middle one, or so small a part of it. */
const regular = 4;

/** Lines of a header or a footer. */
const mostPassed = 4;

const mayBeFurniture = /[0-9０-９版页頁报報刊网網社]/;
/** Page numbers that stand alone, digits as #: — # —, # / #. A feature may number its sections so. */
const isNumber = /^(?:[-–—－·~]{1,2} ?# ?[-–—－·~]{1,2}|# ?[/／] ?#)$/;
/** 第 # 页 共 # 页, Page # of #. */
const isPage =
  /^[（(]?(?:第 ?# ?[页頁][ ,，、/／]{0,2}(?:[共总總] ?# ?[页頁])?|[共总總] ?# ?[页頁][ ,，、/／]{0,2}第 ?# ?[页頁]|page # (?:of|\/) #)[）)]?$/i;
const paper =
  /(?:[日晚早晨时時快周週商農农青]报|[日晚早時快週商農青]報)(?![告名道導导表销銷到考复復])|周刊|週刊|月刊|新闻网|新聞網|通讯社|通訊社|新华社|新華社|中新社|中央社|电讯|電訊/;
const date = /# ?[年./-] ?# ?[月./-] ?# ?日?/;
/** 来源：, 记者：, 问：: content that recurs. */
const label = /\p{L} ?[:：]/u;
const endsClause = /[。！？!?…；;，,、：:][”’」』）)]*$/;
const endsSentence = /[。！？!?…：:；;）)】][”’」』]*$/;
const opensParagraph = /^(?:[0-9]{1,3}[.．、)）]|[（(【]|[一二三四五六七八九十]{1,3}、|[①-⑳●○◆◇■□▲▼△★※•])/;
const setIn = /\n(?:\u3000{2}| {4}|\t)\S/;
const clause = /[，。、；：？！”」]/;

/** Three pages of text; a paragraph runs on from the first to the second. */
const [one, two, three] = [
  '市图书馆昨天举行新书分享会，作者同读者交流了写作经过。书里的故事大多来自外婆的讲述，外婆不识字，却记得每一场大水、每一个离开的人。全书从一座码头写起，写了三代人的聚散，没有惊心动魄的情节，却让',
  '许多读者想起自己的故乡。一位读者说，读完最后一章，好像自己也坐在码头上等过船。主持人请大家说一说自己的故乡，台下安静了一会儿，随后有人举手。她说，她的故乡在水库底下，每年枯水的时候才看得见屋顶。',
  '分享会持续了两个小时，结束以后仍有读者排队签名。图书馆负责人表示，下个月还将邀请三位作者到馆，题目由读者投票选出，报名可在服务台办理，不收费用，座位有限，请提前到场，开讲以后不再入场，敬请谅解。',
];

export const pageFurniture: Rule = {
  id: 'page-furniture',
  why: 'A file of several pages carries their headers and numbers through the text: 临江日报 2018年6月1日 第3版, — 12 —. Page after page, counting on, tells.',
  confidence: 0.95,
  examples: [
    { raw: `${one}\n— 1 —\n${two}\n— 2 —\n${three}`, clean: `${one}${two}\n${three}` },
    {
      raw: `临江日报　星期五　第3版\n${one}\n临江日报　星期五　第4版\n${two}\n临江日报　星期五　第5版\n${three}`,
      clean: `${one}${two}\n${three}`,
    },
    { raw: `${two}\n\n第 2 頁，共 5 頁\n\n${three}\n第 3 頁，共 5 頁`, clean: `${two}\n\n\n${three}` },
  ],
  keeps: [
    `临江日报 2018年6月1日 第3版\n${three}`,
    `— 1 —\n${two}\n— 2 —\n${three}\n— 3 —\n${two}`,
    `6月1日\n${two}\n6月2日\n${three}\n6月3日\n${two}`,
    `${two}\n来源：临江日报\n${three}\n来源：临江日报\n${two}\n来源：临江日报`,
    `问：\n${two}\n问：\n${three}\n问：\n${two}`,
    '1/2\n2/2\n3/2',
  ],
  find: (text) => {
    const lines = readLines(text);
    if (lines.length < 2) return [];
    const groups = recurring(lines);
    const bounds = boundsOf(groups.flat());
    const numbers = pageNumbers(text, groups, bounds);
    const found = numbers.concat(headers(text, groups, bounds, boundsOf(numbers)));
    if (found.length === 0) return [];
    found.sort((a, b) => a.start - b.start);
    const clusters = clustersOf(text, found);
    const edits = (way: Way) => clusters.map((cluster) => editOf(text, cluster, bounds, way));
    const apart = edits(setIn.test(text) ? 'wrapped and set in' : 'wrapped');
    // The rule that knows the width of a wrapped text joins its lines.
    return hardWrap.find(apply(text, apart), { report: () => {} }).length > 0 ? apart : edits('whole');
  },
};

/** A short line that may be a header, a footer or a page number. */
interface Candidate {
  /** UTF-16 offsets of the line, without the white behind it. */
  readonly start: number;
  readonly end: number;
  /** Its text, white folded, digits as #. */
  readonly key: string;
  readonly numbers: readonly number[];
  /** UTF-16 units of the other lines above it. */
  readonly position: number;
}

function readLines(text: string): Candidate[] {
  const candidates: Candidate[] = [];
  let position = 0;
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const candidate = end - start > 2 * longestFurniture ? undefined : readCandidate(text.slice(start, end), start, position);
    if (candidate === undefined) position += end - start;
    else candidates.push(candidate);
    start = end + 1;
  }
  return candidates;
}

function readCandidate(line: string, start: number, position: number): Candidate | undefined {
  if (!mayBeFurniture.test(line)) return undefined;
  const written = line.trim();
  if (written.length > longestFurniture || endsClause.test(written) || label.test(written)) return undefined;
  const folded = written.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/[\s\u3000]+/g, ' ');
  const numbers = (folded.match(/[0-9]+/g) ?? []).map(Number);
  return { start, end: start + line.trimEnd().length, key: folded.replace(/[0-9]+/g, '#'), numbers, position };
}

/** Where lines begin, and where they end. */
interface Bounds {
  readonly starts: ReadonlySet<number>;
  readonly ends: ReadonlySet<number>;
}

function boundsOf(lines: readonly Candidate[]): Bounds {
  return { starts: new Set(lines.map(({ start }) => start)), ends: new Set(lines.map(({ end }) => end)) };
}

/** Lines that are alike but for their numbers. */
function recurring(candidates: readonly Candidate[]): Candidate[][] {
  const groups = new Map<string, Candidate[]>();
  for (const one of candidates) {
    const group = groups.get(one.key);
    if (group === undefined) groups.set(one.key, [one]);
    else group.push(one);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Lines of page numbers alone that count on. */
function pageNumbers(text: string, groups: readonly Candidate[][], bounds: Bounds): Candidate[] {
  const found: Candidate[] = [];
  for (const group of groups) {
    const key = group[0]?.key ?? '';
    const isCertain = isPage.test(key);
    if (!isCertain && !isNumber.test(key)) continue;
    const slot = /^[（(]?[共总總]/.test(key) ? 1 : 0;
    for (const run of countingRuns(group, slot)) {
      const [first, last] = [run[0], run.at(-1)];
      const isPart = first?.numbers[slot] !== 1 || textBelow(text, last?.end ?? 0, bounds) === text.length;
      const isPaged = isPart || run.some((one) => interrupts(text, one, bounds));
      if (isCertain || isPaged) for (const one of run) found.push(one);
    }
  }
  return found;
}

/** Two and more that count on a page or some, with text between them. */
function countingRuns(group: readonly Candidate[], slot: number): Candidate[][] {
  const runs: Candidate[][] = [];
  /** By their last number; the oldest, which is the farthest above, goes on first. */
  const open = new Map<string, { readonly runs: Candidate[][]; next: number }>();
  for (const one of group) {
    const key = (step: number) => one.numbers.map((number, index) => (index === slot ? number - step : number)).join();
    const before = steps.map((step) => open.get(key(step))).find((queue) => queue !== undefined && queue.next < queue.runs.length);
    const last = before?.runs[before.next];
    const goesOn = before !== undefined && last !== undefined && one.position - (last.at(-1)?.position ?? 0) >= shortestLastPage;
    const run = goesOn ? last : [];
    if (goesOn) before.next++;
    else runs.push(run);
    run.push(one);
    const queue = open.get(key(0));
    if (queue === undefined) open.set(key(0), { runs: [run], next: 0 });
    else queue.runs.push(run);
  }
  return runs.filter((run) => run.length > 1 && run.some((one, index) => one.position - (run[index - 1]?.position ?? 0) >= shortestPage));
}

/** Lines that return with every page: they hold the paper's name, its date or a page, and only the page counts on. */
function headers(text: string, groups: readonly Candidate[][], bounds: Bounds, numbers: Bounds): Candidate[] {
  const found: Candidate[] = [];
  for (const group of groups) {
    const key = group[0]?.key ?? '';
    const isOfPaper = paper.test(key) || date.test(key);
    if (group.length < 3 || isNumber.test(key) || isPage.test(key) || !(isOfPaper || /[版页頁]/.test(key))) continue;
    const [slot, another] = changingSlots(group);
    if (another !== undefined || (slot !== undefined && !isPageSlot(key, slot, isOfPaper)) || !areRegular(group, slot)) continue;
    if (slot !== undefined || group.some((one) => interrupts(text, one, bounds)) || areBeside(text, group, numbers)) {
      for (const one of group) found.push(one);
    }
  }
  return found;
}

function changingSlots(group: readonly Candidate[]): number[] {
  return (group[0]?.numbers ?? []).flatMap((number, slot) => (group.some((one) => one.numbers[slot] !== number) ? [slot] : []));
}

/** Is the number a page's, and no day's? 第#版 · A#版 · 临江日报 # · # 临江日报. */
function isPageSlot(key: string, slot: number, isOfPaper: boolean): boolean {
  let at = -1;
  for (let index = 0; index <= slot; index++) at = key.indexOf('#', at + 1);
  const [before, after] = [key.slice(0, at), key.slice(at + 1)];
  if (/^ ?[版页頁]/.test(after)) return true;
  const isDate = /[年月./-] ?$/.test(before) || /^ ?[年月日期号號届屆./-]/.test(after);
  return isOfPaper && !isDate && (after === '' || before === '' || /[-–—－·] ?$/.test(before));
}

/** Does a page's worth of text stand between one and the next, and do pages count on? */
function areRegular(group: readonly Candidate[], slot: number | undefined): boolean {
  const pages = group.slice(1).map((one, index) => {
    const above = group[index];
    const step = slot === undefined ? 1 : (one.numbers[slot] ?? 0) - (above?.numbers[slot] ?? 0);
    return step > 0 ? (one.position - (above?.position ?? 0)) / step : 0;
  });
  if ((pages.at(-1) ?? 0) < shortestLastPage) return false;
  const sorted = pages.slice(0, -1).sort((a, b) => a - b);
  const [least = 0, middle = 0, most = 0] = [sorted[0], sorted[sorted.length >> 1], sorted.at(-1)];
  return least >= shortestPage && least * regular >= middle && most <= middle * regular;
}

/** Do most stand beside a page number that was found? */
function areBeside(text: string, group: readonly Candidate[], numbers: Bounds): boolean {
  const isBeside = (one: Candidate) => numbers.starts.has(nextText(text, one.end)) || numbers.ends.has(lastText(text, one.start));
  return group.filter(isBeside).length * 3 >= group.length * 2;
}

/** Does the line stand between the halves of a paragraph? Other candidates about it are passed over. */
function interrupts(text: string, one: Candidate, others: Bounds): boolean {
  let above = lastText(text, one.start);
  for (let passed = 0; passed < mostPassed && others.ends.has(above); passed++) above = lastText(text, lineStart(text, above));
  return isOneParagraph(text, above, textBelow(text, one.end, others));
}

function textBelow(text: string, at: number, others: Bounds): number {
  let below = nextText(text, at);
  for (let passed = 0; passed < mostPassed && others.starts.has(below); passed++) below = nextText(text, lineEnd(text, below));
  return below;
}

/** UTF-16 offset of the end of the last line above `at` that is not empty, its white not counted; 0 if there is none. */
function lastText(text: string, at: number): number {
  let end = at;
  while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}

/** UTF-16 offset of the start of the first line below `at` that is not empty; the length of the text if there is none. */
function nextText(text: string, at: number): number {
  let start = at;
  while (start < text.length && /\s/.test(text.charAt(start))) start++;
  return start === text.length ? start : text.lastIndexOf('\n', start) + 1;
}

function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline === -1 ? text.length : newline;
}

/** Does the paragraph whose line ends at `above` go on in the line that begins at `below`? */
function isOneParagraph(text: string, above: number, below: number): boolean {
  const half = text.slice(lineStart(text, above), above).trimStart();
  const rest = text.slice(below, lineEnd(text, below)).trimEnd();
  if (half.length < shortestHalf || rest.length < 2 || /^\s/.test(rest)) return false;
  return !endsSentence.test(half.slice(-4)) && !opensParagraph.test(rest) && (rest.length > shortestHalf || clause.test(rest));
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** Furniture with nothing but empty lines between it. */
function clustersOf(text: string, found: readonly Candidate[]): Span[] {
  const clusters: Span[] = [];
  for (const { start, end } of found) {
    const last = clusters.at(-1);
    if (last !== undefined && text.slice(last.end, start).trim() === '') clusters.splice(-1, 1, { start: last.start, end });
    else clusters.push({ start, end });
  }
  return clusters;
}

/** How paragraphs go on over a page: lines of a wrapped text follow one another, a paragraph that stands on one line is joined. */
type Way = 'wrapped' | 'wrapped and set in' | 'whole';

function editOf(text: string, { start, end }: Span, candidates: Bounds, way: Way): Edit {
  const above = lastText(text, start);
  const below = nextText(text, end);
  if (above > 0 && below < text.length && !candidates.ends.has(above) && !candidates.starts.has(below)) {
    const removed = text.slice(above, below);
    if (way === 'whole' && isOneParagraph(text, above, below)) {
      const isLatin = /[0-9A-Za-z]/.test(text.charAt(above - 1)) && /[0-9A-Za-z]/.test(text.charAt(below));
      return { at: above, removed, inserted: isLatin ? ' ' : '' };
    }
    const isSet = /\s/.test(text.charAt(below)) || (way === 'wrapped' && endsSentence.test(text.slice(Math.max(0, above - 4), above)));
    if (way !== 'whole' && !isSet) return { at: above, removed, inserted: '\n' };
  }
  // With the line goes its line end; at the end of the file, the one before it.
  const to = lineEnd(text, end);
  const from = to === text.length && start > 0 ? start - 1 : start;
  return { at: from, removed: text.slice(from, Math.min(text.length, to + 1)), inserted: '' };
}
