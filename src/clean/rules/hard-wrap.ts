import { clauseWords } from '../../convert/words.ts';
import type { Rule } from '../rule.ts';
import { type Line, type Region, regionsOf, rejoined, type Size } from '../wrapped-lines.ts';

/** In columns: 9 to 47 Han. */
const narrowest = 18;
const widest = 94;
/** In columns. Lines as narrow as this are of verse and lists too; columns of a paper are cut in the midst of words. */
const narrow = 38;
const cutShare = 0.15;
const firstWide = 0x2000;
/** Marks that may not begin a line hang behind its end. In columns. */
const hanging = 4;
/** Lines at the start of a file that may be its titles. */
const mostTitles = 6;

const mark = /[，。、；：？！,“”「」《》（）]/;
const notClause = /[^，。、；：？！]/g;
const holdsSentence = /[。；！？]/;
/** How the first paragraph of an article begins. */
const slug = /^(?:[【（(〔]|(?:本报|本報|本刊|新华社|新華社|中新社|中新网|中央社)[^，。]{0,12}(?:[讯訊电電]|记者|記者))/;
/** Names with spaces between them, in brackets that the line leaves open: （记者 薛绍安 通讯员. */
const openNames = /[（(](?:\p{Script=Han}{0,6}(?:记者|記者|通讯员|通訊員))[ \u3000](?:[^）)]*[ \u3000、])?(\p{Script=Han}{0,4})$/u;
const firstName = /^(\p{Script=Han}{1,4})[ \u3000、）)]/u;

export const hardWrap: Rule = {
  id: 'hard-wrap',
  why: 'Mail, wire and PDF text breaks lines at a fixed width: 全长七百六十⏎米，连接两岸. Line after line as wide as can be, ending in no sentence, tells.',
  confidence: 0.992,
  examples: [
    {
      raw: '　　临江市第三座跨江大桥昨日完成主塔封\n顶，工程转入桥面铺装阶段。大桥全长两千\n七百六十米，连接老城区与东岸新区，建成\n以后，两岸居民往来不必再绕行。\n　　施工单位表示，将在确保质量的前提下\n加快进度，明年国庆前通车。',
      clean:
        '　　临江市第三座跨江大桥昨日完成主塔封顶，工程转入桥面铺装阶段。大桥全长两千七百六十米，连接老城区与东岸新区，建成以后，两岸居民往来不必再绕行。\n　　施工单位表示，将在确保质量的前提下加快进度，明年国庆前通车。',
    },
    {
      raw: '渡輪公司下月起加密航線\n\n渡輪公司宣布下月起加密東岸航線的班次，繁忙\n時間每八分鐘開出一班，船票價格維持不變，長\n者可以半價優惠乘搭。公司同時引入由Harbour\nLink Systems設計的購票系統，乘客可以在網上\n預訂座位。',
      clean:
        '渡輪公司下月起加密航線\n\n渡輪公司宣布下月起加密東岸航線的班次，繁忙時間每八分鐘開出一班，船票價格維持不變，長者可以半價優惠乘搭。公司同時引入由Harbour Link Systems設計的購票系統，乘客可以在網上預訂座位。',
    },
  ],
  keeps: [
    '天地玄黄，宇宙洪荒，日月盈昃，辰宿列张\n寒来暑往，秋收冬藏，闰余成岁，律吕调阳\n云腾致雨，露结为霜，金生丽水，玉出昆冈\n剑号巨阙，珠称夜光，果珍李柰，菜重芥姜。',
    '床前明月光\n疑是地上霜\n举头望明月\n低头思故乡',
    '市委书记到青石县调研乡村振兴工作进展情况\n全市春耕生产工作会议昨天下午在市区召开\n第三届江边文化旅游节将于下月中旬正式开幕\n老城区改造工程完成年度投资任务百分之八十',
    '一、全面检修河道堤防和排水泵站等防汛设施\n二、逐级落实地质灾害隐患点的巡查值守责任\n三、提前储备救灾物资并组织不少于两次演练\n四、坚持二十四小时值班和领导带班制度不变。',
    '第一段话写得不长不短，只有二十来个字。\n第二段话写得不长不短，也是二十来个字。\n第三段话写得不长不短，还是二十来个字。\n第四段话写得不长不短，又是二十来个字。',
  ],
  find: (text, context) => {
    const joins: Join[] = [];
    const open = regionsOf(text);
    for (let region = open.pop(); region !== undefined; region = open.pop()) {
      const { joins: found, doubts } = wrappingOf(region);
      for (const join of found) joins.push(join);
      const [doubt] = doubts;
      if (doubt !== undefined) {
        const reason = `review: ${doubts.length} lines that fill the width and end a sentence are kept apart from the next: either may end its paragraph`;
        context.report({ severity: 'warning', reason, start: doubt.end, end: doubt.end });
      }
      // A paragraph that was joined can leave a line as wide as others were wrapped at.
      if (found.length > 0) for (const part of rejoined(region, found)) open.push(part);
    }
    joins.sort((one, other) => one.above.end - other.above.end);
    return joins.map(({ above, below, inserted }) => ({ at: above.end, removed: text.slice(above.end, below.start), inserted }));
  },
};

interface Join {
  readonly above: Line;
  readonly below: Line;
  readonly inserted: string;
}

interface Wrapping {
  readonly joins: readonly Join[];
  /** Lines behind which a paragraph ends or goes on. */
  readonly doubts: readonly Line[];
  readonly score: number;
}

const notWrapped: Wrapping = { joins: [], doubts: [], score: 0 };

/** The lines of a region that belong together, by the measure that explains most of its line ends. */
function wrappingOf(region: Region): Wrapping {
  let best = notWrapped;
  const margin = marginOf(region.lines);
  for (const size of ['columns', 'characters'] as const) {
    for (const width of new Set([commonWidth(region.lines, size, 0, margin), commonWidth(region.lines, size, 1, margin)])) {
      const found = width === undefined ? best : wrappedAt(region, size, width, margin);
      if (found.score > best.score) best = found;
    }
  }
  return best;
}

/** The width that most lines have; of two, the greater. An indent counts, or it was put before the wrapped text. */
function commonWidth(lines: readonly Line[], size: Size, indents: 0 | 1, margin: number): number | undefined {
  const counts: number[] = [];
  let common: number | undefined;
  let most = 0;
  for (const line of lines) {
    if (line.standsAlone || line.columns < narrowest || line.columns > widest) continue;
    const width = line[size] + indents * indentOf(line, size, margin);
    const count = (counts[width] ?? 0) + 1;
    counts[width] = count;
    if (count < most || (count === most && width < (common ?? 0))) continue;
    most = count;
    common = width;
  }
  return common;
}

function indentOf(line: Line, size: Size, margin: number): number {
  return Math.max(0, Math.ceil((line.indent - margin) / (size === 'columns' ? 1 : 2)));
}

/** The joins if the region was wrapped at `width`; none, if it does not look like it. */
function wrappedAt(region: Region, size: Size, width: number, margin: number): Wrapping {
  const { lines } = region;
  const layout = layoutOf(lines, size, width, margin);
  const joins: Join[] = [];
  const doubts: Line[] = [];
  let hard = 0;
  let marked = 0;
  let verses = 0;
  let cut = 0;
  let longestChain = 0;
  const isNarrow = width * (size === 'columns' ? 1 : 2) < narrow;
  for (let first = 0; first < lines.length; first++) {
    let last = first;
    while (layout.flows[last]) last++;
    if (last === first) continue;
    const chain = lines.slice(first, last + 1);
    const titles = region.startsFile ? mostTitles - first : 0;
    const [from, to] = paragraphOf(chain, layout.isLaidOut, titles);
    let certain = 0;
    for (let index = 0; index < chain.length - 1; index++) {
      const [above, below] = [chain[index], chain[index + 1]];
      const isIn = index >= from && index < to;
      const isTitleCut =
        index < titles && above !== undefined && below !== undefined && (cutsWord(above, below) || fills(above, below, size, width));
      if (above === undefined || below === undefined || !(isIn || isTitleCut)) continue;
      if (above.endsSentence && !layout.isLaidOut) {
        doubts.push(above);
        continue;
      }
      joins.push({ above, below, inserted: separator(above, below, layout.isSliced && size, roomIn(above, size, width, margin)) });
      if (!isIn || !above.tells) continue;
      certain++;
      if (mark.test(above.text)) marked++;
      if (isNarrow && cutsWord(above, below)) cut++;
      if (hasRhythmOf(above, below)) verses++;
    }
    hard += certain;
    if (certain >= 2 && certain * 2 > to - from) longestChain = Math.max(longestChain, to - from);
    first = last;
  }
  const isLong = longestChain >= 3 || hard >= 6;
  const isCut = !isNarrow || (cut >= 2 && cut >= hard * cutShare);
  // A narrow line holds a mark more rarely.
  const isProse = isCut && marked * (isNarrow ? 4 : 2) >= hard && verses * 2 < hard;
  const isWrapped = isLong && isProse && hard * 2 > joins.length && hard > layout.unexplained && hard >= layout.over * 4;
  return isWrapped ? { joins, doubts, score: hard + layout.exact - layout.unexplained - layout.over } : notWrapped;
}

/** Do marks part both lines into clauses of the same lengths? 天地玄黄，宇宙洪荒，日月盈昃，辰宿列张 */
function hasRhythmOf(above: Line, below: Line): boolean {
  const rhythm = (text: string) => text.replace(notClause, ' ').trimEnd();
  return mark.test(above.text) && rhythm(above.text) === rhythm(below.text);
}

interface Layout {
  /** Does the paragraph go on behind the line, for all that its width and the next line tell? */
  readonly flows: readonly boolean[];
  /** Are paragraphs set off from one another? */
  readonly isLaidOut: boolean;
  /** Was it cut at any character: lines as wide as can be, no word moved to the next? */
  readonly isSliced: boolean;
  /** Lines that not one character more could have stood on. */
  readonly exact: number;
  /** Lines too short for the next word not to fit, that end no sentence. */
  readonly unexplained: number;
  readonly over: number;
}

function layoutOf(lines: readonly Line[], size: Size, width: number, margin: number): Layout {
  const isSet = (line: Line | undefined) => line === undefined || line.isAfterGap || line.indent < margin || line.indent >= margin + 2;
  const items = new Map<string, number>();
  for (const { item } of lines) if (item !== undefined) items.set(item, (items.get(item) ?? 0) + 1);
  const flows: boolean[] = [];
  const tally = { unexplained: 0, over: 0, set: 0, unset: 0, misplaced: 0, full: 0, exact: 0, moved: 0 };
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    const isOver = line[size] - line.doubtful > width + hanging && !line.isAddress;
    const isFull = !isOver && next !== undefined && isFilled(line, next, size, width, margin);
    const opens = next?.item !== undefined && (line.endsParagraph || (items.get(next.item) ?? 0) > 1);
    const isBound = line.standsAlone || next === undefined || next.standsAlone || opens || isSet(next);
    flows.push(isFull && !isBound);
    if (isOver && !line.standsAlone) tally.over++;
    if (!isFull && line.endsParagraph && next !== undefined) tally[isSet(next) ? 'set' : 'unset']++;
    if (!isFull && !isBound && !line.endsParagraph) tally.unexplained++;
    if (isBound) continue;
    if (next.isSliced) tally.misplaced++;
    if (!isFull) continue;
    const isWide = size === 'columns' && next.text.charCodeAt(0) >= firstWide;
    tally.full++;
    const room = roomIn(line, size, width, margin);
    // A wide character needs two columns.
    const isTight = room < (isWide ? 2 : 1);
    if (isTight && room >= -line.doubtful) tally.exact++;
    else if (!isTight && next.startsLatin) tally.moved++;
  }
  const { unexplained, over, exact, full, moved, misplaced } = tally;
  const isSliced = moved === 0 && (misplaced > 1 || (full >= 6 && exact >= full * 0.98));
  return { flows, isLaidOut: tally.set > tally.unset, isSliced, exact, unexplained, over };
}

/** The white before every line of a text that was printed away from the edge. */
function marginOf(lines: readonly Line[]): number {
  const indents = lines.map(({ indent }) => indent).sort((a, b) => a - b);
  return indents[Math.floor(indents.length / 10)] ?? 0;
}

/** Could the first word of the next line not have stood on this one? */
function isFilled(line: Line, next: Line, size: Size, width: number, margin: number): boolean {
  const space = line.isPadded || (line.endsLatin && next.startsLatin) ? 1 : 0;
  return Math.min(next.word[size] + space, next.isAddress ? width : width / 2) > roomIn(line, size, width, margin);
}

/** What is left of the width behind the line. */
function roomIn(line: Line, size: Size, width: number, margin: number): number {
  return line[size] === width ? 0 : width - line[size] - indentOf(line, size, margin);
}

/** The lines of a chain, from … to, that are one paragraph for certain: it holds a sentence, and no title is glued to it. */
function paragraphOf(chain: readonly Line[], isLaidOut: boolean, titles: number): [from: number, to: number] {
  let to = chain.length - 1;
  const holdsHeading = !chain[to]?.endsParagraph && (chain[to - 1]?.endsParagraph || !chain.some((line) => holdsSentence.test(line.text)));
  if (holdsHeading) while (to > 0 && !chain[to]?.endsParagraph) to--;
  let from = 0;
  while (!isLaidOut && from < to && from < titles && isTitle(chain, from, titles - from === mostTitles)) from++;
  return [from, to];
}

/** May the line be a headline as wide as the lines of the body? The first line of a file often is. */
function isTitle(chain: readonly Line[], index: number, mayHoldComma: boolean): boolean {
  const [line, next] = [chain[index], chain[index + 1]];
  if (line === undefined || next === undefined || cutsWord(line, next) || /[，、：；].$/u.test(line.text)) return false;
  return slug.test(next.text) || !(mayHoldComma ? /[。；]/ : /[。；，]/).test(line.text);
}

/** Is a title as long as can be, the next line shorter and no title by itself? */
function fills(above: Line, below: Line, size: Size, width: number): boolean {
  const isNarrow = width * (size === 'columns' ? 1 : 2) < narrow;
  return (
    isNarrow &&
    above[size] === width &&
    below[size] < width * 0.75 &&
    !/[！？…”」』）)]$/.test(above.text) &&
    !/^(?:——|—|--|[（(【〔]|本报|本報|记者|記者)/.test(below.text)
  );
}

/** Does the line end in the middle of a word? */
function cutsWord(above: Line, below: Line): boolean {
  const [before, after] = [above.text.slice(-12), below.text.slice(0, 12)];
  if (!/\p{Script=Han}$/u.test(before) || !/^\p{Script=Han}/u.test(after)) return false;
  return below.text.length === 1 || !clauseWords(before + after, before.length).isBound(before.length);
}

/** What stands for the line end: nothing, or the space that a program took for it. Cut at any character, the space is on either side. */
function separator(above: Line, below: Line, sliced: Size | false, room: number): string {
  const isLatin = above.endsLatin && below.startsLatin;
  if (sliced === 'characters' && room === 1 && above.isPadded) return ' ';
  if (sliced && room <= 0) return below.indent === 1 ? ' ' : '';
  const names = openNames.exec(above.text);
  if (names !== null) {
    // 薛绍⏎安 is one name, 薛绍安⏎李响 are two; 通讯员⏎李响 is an office and a name.
    const [before, after] = [names[1] ?? '', firstName.exec(below.text)?.[1] ?? ''];
    return before.length > 1 && after.length > 1 ? ' ' : '';
  }
  const isNumber = room === 0 && /[0-9][.,:]?$/.test(above.text) && /^[0-9]/.test(below.text);
  return isLatin && !isNumber ? ' ' : '';
}
