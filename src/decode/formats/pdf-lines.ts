/** From text that has its place on a page to lines, without what belongs to the page and not to the article. */

export const endsSentence = /[。！？!?…；;][”’」』）)]*$/;

/** A stretch of text, in points: `start` to `end` along its direction, `base` across it. Both grow as one reads on. */
export interface Run {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly base: number;
  readonly size: number;
}

/** The text of one direction on one page, as the file draws it. */
export interface Flow {
  readonly page: number;
  readonly direction: number;
  /** Of the page, in that direction. */
  readonly length: number;
  readonly runs: readonly Run[];
}

export interface Line extends Run {
  readonly flow: Flow;
  /** A reading stands above it, which may have pushed it down. */
  readonly hasReading?: boolean;
}

type Row = readonly Line[];

export function isAlike(a: number, b: number, ratio = 0.88): boolean {
  return Math.min(a, b) >= Math.max(a, b) * ratio;
}

/** Joins what is drawn in a row without a gap. */
export function chunksOf(flow: Flow): Line[] {
  const chunks: Line[] = [];
  for (const [index, run] of flow.runs.entries()) {
    // Drawn twice to look bold.
    const isRepeated = flow.runs
      .slice(Math.max(0, index - 8), index)
      .some(
        ({ text, start, base }) =>
          text === run.text && Math.abs(start - run.start) < run.size / 5 && Math.abs(base - run.base) < run.size / 5,
      );
    if (isRepeated) continue;
    const last = chunks.at(-1);
    if (last !== undefined && goesOn(last, run)) chunks[chunks.length - 1] = joined(last, { ...run, flow });
    else chunks.push({ ...run, flow });
  }
  return chunks;
}

function goesOn(line: Run, run: Run): boolean {
  const size = Math.max(line.size, run.size);
  const gap = (run.start - line.end) / size;
  if (isAlike(line.size, run.size, 0.75)) return gap > -0.6 && gap < 0.7 && Math.abs(run.base - line.base) <= 0.15 * size;
  // A mark of a note, raised or lowered.
  return gap > -0.3 && gap < 0.3 && Math.abs(run.base - 0.4 * run.size - (line.base - 0.4 * line.size)) <= 0.4 * size;
}

function joined(a: Line, b: Line): Line {
  const main = b.text.length * b.size > a.text.length * a.size ? b : a;
  const text = a.text + spaceBetween(a, b) + b.text;
  return { ...main, text, start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

function spaceBetween(a: Run, b: Run): string {
  const gap = (b.start - a.end) / Math.max(a.size, b.size);
  if (gap < 0.12 || /\s$/.test(a.text) || /^\s/.test(b.text)) return '';
  if (gap < 0.75) return ' ';
  // A space of a Chinese character's width is one.
  return gap < 4 ? '\u3000'.repeat(Math.round(gap)) : '\t';
}

export function rowsOf(chunks: readonly Line[]): Row[] {
  const rows: Line[][] = [];
  for (const chunk of [...chunks].sort((a, b) => a.base - b.base || a.start - b.start)) {
    const row = rows
      .slice(-4)
      .find(
        ([first]) =>
          first !== undefined && isAlike(chunk.size, first.size, 0.6) && chunk.base - first.base <= 0.25 * Math.min(chunk.size, first.size),
      );
    if (row === undefined) rows.push([chunk]);
    else row.push(chunk);
  }
  for (const row of rows) row.sort((a, b) => a.start - b.start);
  return rows;
}

const pageNumber =
  /^[\s—–―\-·•.~～]*(?:第?\s*[A-Z]?\d{1,3}\s*[版页頁]?|\d{1,4}\s*[/／]\s*\d{1,4}|第\s*\S{1,5}\s*[页頁].{0,10})[\s—–―\-·•.~～]*$/;

const address = /^(?:https?|file):\/\/\S+$/;

/** Takes out what stands at the same height of several pages, digits aside, and a page number that stands alone. */
export function withoutFurniture(pages: readonly (readonly Row[])[]): { readonly rows: Row[][]; readonly furniture: string[] } {
  const groups = new Map<string, Line[]>();
  for (const rows of pages) {
    for (const row of new Set([...rows.slice(0, 3), ...rows.slice(-3)])) {
      for (const chunk of row) {
        const key = `${chunk.flow.direction} ${chunk.text.replace(/[\d０-９一二三四五六七八九十〇]+/g, '#').replaceAll(/\s/g, '')}`;
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [chunk]);
        else group.push(chunk);
      }
    }
  }
  const found = new Set<Line>();
  for (const group of groups.values()) {
    group.sort((a, b) => a.base - b.base);
    for (const [index, chunk] of group.entries()) {
      const above = group[index - 1];
      if (above === undefined || above.flow.page === chunk.flow.page) continue;
      if (isAlike(above.size, chunk.size) && chunk.base - above.base <= 0.6 * chunk.size) found.add(above).add(chunk);
    }
  }
  for (const rows of pages) {
    for (const [row, next] of [rows.slice(0, 2), rows.slice(-2).reverse()]) {
      const number = row?.find(({ text }) => pageNumber.test(text));
      if (row === undefined || number === undefined || !row.every(({ text }) => pageNumber.test(text) || address.test(text))) continue;
      const isApart = next?.[0] === undefined || Math.abs(next[0].base - number.base) > 1.6 * number.size;
      if (isApart) for (const chunk of row) found.add(chunk);
    }
  }
  const furniture: string[] = [];
  const rows = pages.map((page) =>
    page.flatMap((row) => {
      const kept = row.filter((chunk) => !found.has(chunk));
      // What changes from page to page beside the paper's name: a section.
      const isOfPage = kept.length < row.length && kept.every(({ text }) => text.length <= 12 && !endsSentence.test(text));
      const dropped = isOfPage ? row : row.filter((chunk) => found.has(chunk));
      if (dropped.length > 0) furniture.push(dropped.map(({ text }) => text).join(' '));
      return isOfPage ? [] : [kept];
    }),
  );
  return rows.some((page) => page.length > 0) ? { rows, furniture } : { rows: pages.map((page) => [...page]), furniture: [] };
}

/** Joins the chunks of each row that no gutter parts. */
export function linesOf(rows: readonly Row[]): Line[] {
  return rows.flatMap((row, at) => {
    const lines: Line[] = [];
    for (const chunk of row) {
      const last = lines.at(-1);
      if (last === undefined || isGutter(rows, at, last, chunk)) lines.push(chunk);
      else lines[lines.length - 1] = joined(last, chunk);
    }
    return lines;
  });
}

/** Is the gap a part of a corridor between columns, which runs on through other rows? A space in a line ends at the next row. */
function isGutter(rows: readonly Row[], at: number, before: Line, after: Line): boolean {
  const size = Math.min(before.size, after.size);
  let [left, right] = [innerEnd(before), after.start];
  if (right - left < 0.7 * size) return false;
  const beside: Line[] = [];
  for (const step of [1, -1]) {
    for (let index = step === 1 ? at : at - 1; Math.abs(index - at) <= 20; index += step) {
      const row = rows[index];
      if (row === undefined) break;
      const free = widestFree(row, left, right);
      if (free.right - free.left < 0.6 * size) break;
      ({ left, right } = free);
      beside.push(...row);
    }
  }
  const wide = beside.filter((line) => line.end - line.start >= 5 * size && isAlike(line.size, size, 0.8));
  const ending = wide.filter((line) => innerEnd(line) <= left + 0.1 * size && innerEnd(line) > left - 3 * size);
  const starting = wide.filter(({ start }) => start >= right - 0.1 * size && start < right + 2.6 * size);
  const aligned = ending.filter((line) => innerEnd(line) > left - 0.6 * size);
  return (ending.length > 0 && starting.length > 1) || (aligned.length > 2 && starting.length > 0);
}

/** Where a line ends but for a mark, which may hang into the gutter. */
function innerEnd({ text, end, size }: Line): number {
  return /[，。、；：！？」』”’）》]$/.test(text) ? end - 0.9 * size : end;
}

function widestFree(row: Row, left: number, right: number): { readonly left: number; readonly right: number } {
  let widest = { left, right: left };
  let at = left;
  const see = (end: number): void => {
    if (end - at > widest.right - widest.left) widest = { left: at, right: end };
  };
  for (const chunk of row) {
    const end = innerEnd(chunk);
    if (end <= at || chunk.start >= right) continue;
    see(chunk.start);
    at = end;
  }
  see(right);
  return widest;
}

const reading = /^[\p{Script=Latin}\p{M}\p{Script=Bopomofo}ˇˊˋ˙\s]+$/u;

/** Takes out pinyin and bopomofo set small right above characters. */
export function withoutReadings(lines: readonly Line[], readings: string[]): Line[] {
  const marked = new Set<Line>();
  const kept = lines.filter((line, at) => {
    if (!reading.test(line.text)) return true;
    const base = lines
      .slice(at + 1, at + 8)
      .find(
        (below) =>
          line.size <= 0.62 * below.size &&
          below.base - line.base <= 1.3 * below.size &&
          line.start >= below.start - line.size &&
          line.end <= below.end + line.size,
      );
    if (base === undefined) return true;
    marked.add(base);
    readings.push(line.text);
    return false;
  });
  return kept.map((line) => (marked.has(line) ? { ...line, hasReading: true } : line));
}

/** Without spaces that typesetting put in: between all characters of a stretched line, and, if it is so everywhere, beside Latin. */
export function withoutSpacing(pages: readonly (readonly Line[])[]): Line[][] {
  const bare = pages.map((page) => page.map((line) => ({ ...line, text: unstretched(line.text.trim()) })));
  const all = bare.flat();
  const count = (pattern: RegExp): number => all.reduce((sum, { text }) => sum + (text.match(pattern)?.length ?? 0), 0);
  const spaced = count(/(?<=\p{Script=Han}) (?=[A-Za-z\d])|(?<=[A-Za-z\d%]) (?=\p{Script=Han})/gu);
  const tight = count(/(?<=\p{Script=Han})(?=[A-Za-z\d])|(?<=[A-Za-z\d%])(?=\p{Script=Han})/gu);
  if (spaced < 2 || spaced < 9 * tight) return bare;
  const spaces = /(?<=\p{Script=Han}) (?=[A-Za-z\d])|(?<=[A-Za-z\d%]) (?=\p{Script=Han})/gu;
  return bare.map((page) => page.map((line) => ({ ...line, text: line.text.replaceAll(spaces, '') })));
}

function unstretched(text: string): string {
  const spaced = text.match(/(?<=\p{Script=Han}|[，。、：；])[ \u3000](?=\p{Script=Han})/gu)?.length ?? 0;
  const tight = text.match(/(?<=\p{Script=Han})(?=\p{Script=Han})/gu)?.length ?? 0;
  if (spaced < 3 || spaced <= tight) return text;
  return text.replaceAll(
    /(?<=[\p{Script=Han}，。、：；！？“”‘’（）《》「」『』])[ \u3000]+(?=[\p{Script=Han}，。、：；！？“”‘’（）《》「」『』])/gu,
    '',
  );
}
