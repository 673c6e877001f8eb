/** HTML: a saved page or a fragment of one. Its headline, the lines of source and date below it, the article and its credits; the rest is markup. */
import { type Document, isTag } from 'domhandler';
import type { BlockKind } from '../../structure/block.ts';
import { countHan } from '../../text/han.ts';
import type { Evidence, Input, Reading } from './format.ts';
import { findContent } from './html-content.ts';
import { metadataOf, rawText } from './html-metadata.ts';
import { elementsOf, type Line, linesOf, parsePage } from './html-page.ts';
import { joinLines } from './pieces.ts';

/** @throws {FormatError} `too-deep` */
export function readHtml({ text, maxDepth }: Pick<Input, 'text' | 'maxDepth'>): Reading {
  const document = parsePage(text);
  const evidence = metadataOf(document);
  const all = linesOf(text, document, maxDepth);
  const content = findContent(all);
  const chosen = new Set(content.length === 0 ? all.keys() : content);
  const title = titleOf(document, evidence);
  const first = content[0] ?? 0;
  const headline = content.length === 0 ? undefined : headlineAt(all, title, first, content);
  if (headline !== undefined) {
    for (let index = headline; index < first; index++) if (index === headline || isAside(all[index])) chosen.add(index);
  }
  for (let index = (content.at(-1) ?? all.length) + 1, seen = 0; index < all.length && seen < linesBelow; index++, seen++) {
    if (isCredit(all[index])) chosen.add(index);
  }
  const lines = [...chosen].sort((a, b) => a - b).flatMap((index) => all[index] ?? []);
  const pieces = joinLines(lines.map((line) => ({ pieces: line.pieces, kind: kindOf(line) })));
  // A page may have its headline in its title alone.
  const isTitled =
    headline !== undefined || title === undefined || content.length === 0 || lines.slice(0, 3).some((line) => isAlike(line.text, title));
  return { articles: [{ pieces: isTitled ? pieces : [{ text: `${title}\n`, kind: 'headline' }, ...pieces], evidence }], messages: [] };
}

/** Lines below an article that may hold its credits. */
const linesBelow = 12;
/** Lines above an article that its headline may stand in. */
const linesAbove = 40;

const suffix = /\s*[-_|｜–—－]{1,2}\s*[^-_|｜–—－]{1,24}$/u;

/** The title without the site's name: ……-某某网, ……_首页_新闻中心_某某网. */
function titleOf(document: Document, { title: said }: Evidence): string | undefined {
  let own = '';
  for (const element of elementsOf(document)) {
    if (element.name !== 'title') continue;
    own = rawText(element).replaceAll(/\s+/g, ' ').trim();
    break;
  }
  if (said !== undefined && said.length > 3) return bare(said);
  return own === '' ? undefined : bare(own);
}

function bare(title: string): string {
  let text = title.trim();
  for (let round = 0; round < 4; round++) {
    const next = text.replace(suffix, '');
    if (next === text || next.length < 6) break;
    text = next;
  }
  return text;
}

function headlineAt(lines: readonly Line[], title: string | undefined, first: number, content: readonly number[]): number | undefined {
  const from = Math.max(0, first - linesAbove);
  const candidates = lines.slice(from, first).map((line, index) => ({ line, index: from + index }));
  const isHeading = ({ line }: { line: Line }): boolean => isTag(line.element) && line.element.name === 'h1';
  const alike = title === undefined ? [] : candidates.filter(({ line }) => isAlike(line.text, title));
  const found = alike.findLast(isHeading) ?? alike.at(-1);
  if (found !== undefined) return found.index;
  // The article may begin with its headline.
  if (title !== undefined && content.slice(0, 4).some((index) => isAlike(lines[index]?.text ?? '', title))) return undefined;
  return candidates.findLast(isHeading)?.index;
}

/** Do they say the same, but for marks and the site's name? */
function isAlike(text: string, title: string): boolean {
  const [a, b] = [text, title].map((one) => one.replaceAll(/[^\p{L}\p{N}]/gu, '')) as [string, string];
  if (a.length < 4 || b.length < 4) return false;
  return (
    a === b ||
    (b.startsWith(a) && a.length > b.length * 0.6) ||
    (a.startsWith(b) && b.length > a.length * 0.6) ||
    (b.includes(a) && a.length >= 8)
  );
}

const said =
  /\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}|来源|來源|记者|記者|作者|编辑|編輯|责编|責編|本报讯|电讯|电）|報導|报道|撰文|文[／/]|图[／/]|圖[／/]|编译|稿源/u;

/** A line between headline and article: its source, its date, its reporters, a deck. Not a menu or a count of readers. */
function isAside(line: Line | undefined): boolean {
  if (line === undefined || line.linked > line.text.length * 0.7) return false;
  if (isTag(line.element) && /^h[2-3]$/.test(line.element.name)) return countHan(line.text) >= 4;
  return line.text.length < 120 && said.test(line.text);
}

const credit =
  /^[（(【［[]?\s*(?:责任编辑|責任編輯|责编|責編|编辑|編輯|编审|校对|校對|审核|審核|初审|复审|终审|一审|二审|三审|监制|監製|审签|值班主任|来源|來源|稿源|作者|记者|記者|文字|摄影|攝影|原标题|原標題|编译|撰文|通讯员)[\p{Script=Han}]{0,4}\s*[:：／/]/u;

function isCredit(line: Line | undefined): boolean {
  return line !== undefined && line.text.length < 120 && line.linked < line.text.length * 0.7 && credit.test(line.text);
}

/** What the markup says that a line is. */
export function kindOf({ element }: Line): BlockKind | undefined {
  for (
    let one: Line['element'] | null = element, level = 0;
    one !== null && isTag(one) && level < 3;
    one = one.parent as Line['element'] | null, level++
  ) {
    if (one.name === 'figcaption') return 'caption';
    if (one.name === 'h1') return 'headline';
    if (/^h[2-6]$/.test(one.name)) return 'crosshead';
    if (one.name === 'li') return 'listItem';
  }
  return undefined;
}
