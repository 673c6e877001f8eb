/** Lines below the title area that are no field by their own form: paragraph, crosshead 小标题, list item, bare caption, told by their neighbours. */
import type { BlockKind, Labelled } from './block.ts';

/** UTF-16 units. */
const longestCrosshead = 36;
const longestItem = 160;

/** Numbers and marks that items of a list begin with, and numbered crossheads too. */
const markers: readonly (readonly [form: string, pattern: RegExp])[] = [
  ['1.', /^\d{1,2}[.．、)）][ \u3000]?(?![\d])/],
  ['(1)', /^[（(]\d{1,2}[)）]/],
  ['①', /^[①-⑳❶-❿⒈-⒛]/],
  ['●', /^(?:[●○•·・▪▫◦‧※◎☆★✦✓√►▶➤◇]|[-－–—*]{1,2}[ \u3000]?(?![-－–—]))/],
  ['一、', /^[一二三四五六七八九十百壹貳参參肆伍陸柒捌玖拾贰叁陆]{1,3}[、.．]/],
  ['（一）', /^[（(][一二三四五六七八九十]{1,3}[)）]/],
  ['A.', /^[A-Ha-h][.．、)）]/],
];
/** Crossheads that say so themselves: 第一章 总则, 01 一杆秤, ■ 现场, 【记者手记】. */
const heads =
  /^(?:第[一二三四五六七八九十百零〇\d]{1,4}[章节節编編部篇回](?:[ \u3000：:]|$)|0\d(?:[ \u3000.、|｜／/]|$)|[■◆◇▌▍▎◎★☆♦►▶❖◼▇█●○△][ \u3000]?(?!.*[。；]$)|[【〖〔][^】〗〕]{2,16}[】〗〕]$|Part[ .]?\d|PART[ .]?\d|No\.\d|NO\.\d|镜头[一二三四五六七八九十\d]|鏡頭[一二三四五六七八九十\d])/u;
/** PART.01 or 01 on a line of its own. */
const bareNumber = /^(?:part|no|chapter|第)?[ .]?\d{1,2}[.、]?$|^[一二三四五六七八九十]{1,2}$|^[壹贰叁肆伍]$/i;
const chapter = /^第[一二三四五六七八九十百零〇\d]{1,4}[章节節编編篇](?:[ \u3000]|$)/;
const article = /^第[一二三四五六七八九十百零〇\d]{1,5}条|^第[一二三四五六七八九十百零〇\d]{1,5}條/;
const spoken = /^(?:[问問答QA]|记者|記者|主持人)[ \u3000]?[：:]/u;
const clock = /^[【[（(]?(?:\d{1,2}月\d{1,2}日)?[ ]?\d{1,2}[:：]\d{2}/;
const sentence = /[。！；，、：…;,:][”’」』）)]*$|[：:][ ]?[\d\-+() ]{3,}$/;
const row = /^\S+(?:[ \u3000\t|｜]+\S+){2,}$|^\S+[ \u3000\t|｜]+\S*\d\S*$/u;
/** UTF-16 units. */
const longestRow = 60;

interface Line {
  readonly text: string;
  readonly marker: string | undefined;
  readonly isShort: boolean;
  /** Cells with room between them: a row of a table. */
  readonly isRow: boolean;
}

/** What stands above or below, as far as it is known. */
export type Neighbour = BlockKind | 'plain' | undefined;

/**
 * Labels the lines that `kinds` leaves open, all of them below the title area.
 *
 * @param lines all lines of the article.
 * @param kinds what each line is; `plain` where its own form does not tell.
 */
export function readBody(lines: readonly string[], kinds: readonly Neighbour[]): (Labelled | undefined)[] {
  const read = lines.map((text, index): Line | undefined => (kinds[index] === 'plain' ? readLine(text.trim()) : undefined));
  const firstParagraph = read.findIndex((line) => line !== undefined && !line.isShort && line.marker === undefined);
  const hasHeads = read.some(
    (line, index) => line?.isShort && line.marker === undefined && isLong(read[index - 1]) && isLong(read[index + 1]),
  );
  return read.map((line, index) => {
    if (line === undefined) return undefined;
    const label = (kind: BlockKind, rule: string, confidence: number): Labelled => ({ kind, rule, confidence });
    const { text, marker, isShort } = line;
    const above = read[index - 1];
    const below = read[index + 1];
    if (text === '' || article.test(text)) return label('paragraph', 'body/article', 0.95);
    const isListed = marker !== undefined && (above?.marker === marker || below?.marker === marker);
    if (
      marker !== undefined &&
      isListed &&
      text.length <= longestItem &&
      !(isShort && headsText(lines, read, kinds, index) && above?.marker !== marker && below?.marker !== marker)
    ) {
      return label('listItem', 'list/run', 0.95);
    }
    const isHead = isShort;
    if (isHead && (chapter.test(text) || (heads.test(text) && headsText(lines, read, kinds, index))))
      return label('crosshead', 'crosshead/marked', 0.96);
    if (
      marker !== undefined &&
      !isHead &&
      text.length <= longestItem &&
      (marker === '1.' || marker === '(1)' || marker === '①' || marker === '●')
    ) {
      return label('listItem', 'list/mark', 0.85);
    }
    if (!isHead || line.isRow) return label('paragraph', 'body', 0.95);
    if (marker !== undefined && headsText(lines, read, kinds, index)) return label('crosshead', 'crosshead/numbered', 0.95);
    // Lines of verse, rows of a table: short ones stand together.
    const isAmongShort = [above, below].some(
      (other) => other !== undefined && other.marker === undefined && other.isShort && !heads.test(other.text),
    );
    // A bare caption and the crosshead below it, where the article has other crossheads.
    if (marker === undefined && isAmongShort && isPair(read, index) && hasHeads) {
      return below?.isShort ? label('caption', 'caption/above-crosshead', 0.75) : label('crosshead', 'crosshead/short', 0.85);
    }
    if (marker !== undefined || isAmongShort || !headsText(lines, read, kinds, index)) return label('paragraph', 'body/short', 0.8);
    return index < firstParagraph && !below?.isRow && !isBetween(kinds, read, index)
      ? label('caption', 'caption/above-body', 0.75)
      : label('crosshead', 'crosshead/short', 0.9);
  });
}

function readLine(text: string): Line {
  const marker = markers.find(([, pattern]) => pattern.test(text))?.[0];
  const isRow = text.length <= longestRow && row.test(text) && !/[。！？；]/.test(text) && !heads.test(text) && marker === undefined;
  const isShort =
    !isRow && text.length <= longestCrosshead && !sentence.test(text) && !text.includes('。') && !spoken.test(text) && !clock.test(text);
  return { text, marker, isShort, isRow };
}

/** A paragraph: no short line, no item. */
function isLong(line: Line | undefined): boolean {
  return line !== undefined && !line.isShort && !line.isRow && line.marker === undefined;
}

/** Two short lines in a row between paragraphs, of which this is one. */
function isPair(read: readonly (Line | undefined)[], index: number): boolean {
  const isFirst = read[index + 1]?.isShort && read[index + 1]?.marker === undefined;
  const from = isFirst ? index : index - 1;
  return isLong(read[from - 1]) && isLong(read[from + 2]) && read[from]?.isShort === true && read[from + 1]?.isShort === true;
}

/** Does body text follow, with nothing but captions between, or the words of a head that is a number or a label: PART.01, ■ 进展. */
function headsText(lines: readonly string[], read: readonly (Line | undefined)[], kinds: readonly Neighbour[], index: number): boolean {
  const own = read[index]?.text ?? '';
  const isNumber = bareNumber.test(own) || heads.test(own);
  for (let at = index + 1; at < lines.length; at++) {
    const line = read[at];
    if (isNumber && at === index + 1 && line?.isShort) continue;
    if (line !== undefined) return !line.isShort || line.marker !== undefined || heads.test(line.text);
    if (kinds[at] !== 'caption') return false;
  }
  return false;
}

/** Has the body begun, with a summary or another crosshead, before the first paragraph? */
function isBetween(kinds: readonly Neighbour[], read: readonly (Line | undefined)[], index: number): boolean {
  for (let at = 0; at < index; at++) if (kinds[at] === 'summary' || kinds[at] === 'editorsNote' || read[at] !== undefined) return true;
  return false;
}
