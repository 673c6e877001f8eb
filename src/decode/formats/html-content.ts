/**
 * Which lines of a page are its article. Every line has a weight: what reads as sentences counts for an element that holds it, links, menus and
 * remarks of readers count against it; the element with the greatest sum is the article. The idea is that of Pasternak and Roth, "Extracting
 * article text from the web with maximum subsequence segmentation" (2009), on the tree instead of on the sequence.
 */
import { type Document, type Element, isTag } from 'domhandler';
import { elementsOf, type Line } from './html-page.ts';

/** Words of class names, ids and roles of what stands around an article. */
const around = new Set(
  (
    'nav navbar navigation menu footer foot sidebar aside breadcrumb breadcrumbs crumb crumbs related relate recommend recommended recommendation ' +
    'comment comments disqus reply replies respond share sharing social sns toolbar promo promotion advert advertisement ad ads sponsor sponsored ' +
    'banner hot rank ranking popular trending mostread copyright subscribe subscription newsletter signup login search tags taglist pager ' +
    'pagination qrcode ewm popup modal cookie widget outbrain taboola teaser teasers more morenews next prev hotnews tuijian xiangguan ' +
    'pinglun fenxiang guanggao daohang weizhi topbar partner complementary contentinfo printfooter bio aboutauthor toc skip jump gallery slideshow'
  ).split(' '),
);
/** What may be longer than an article that it stands below. */
const below = /^(?:comments?|disqus|repl(?:y|ies)|pinglun|related|recommend(?:ed|ation)?)$/;
const aroundTags = new Set(['nav', 'footer', 'aside', 'form', 'menu', 'dialog']);

/** How much more than an element within it one must hold to be the article. Measured by bench/main-text.ts, as the weights below are. */
const gain = 1.25;

interface Weighed {
  readonly line: Line;
  readonly weight: number;
}

/** Indices of the lines of the article, in order; none where the page has no sentences. */
export function findContent(lines: readonly Line[]): readonly number[] {
  const good = lines.map((line) => (isSentence(line) ? unitsOf(line.text) : 0));
  const total = good.reduce((sum, units) => sum + units, 0);
  if (total === 0) return [];
  const shares = sumBy(lines, good);
  const isAround = aroundBy(shares, total);
  const weighed = lines.map((line, index): Weighed => ({ line, weight: weightOf(line, good[index] ?? 0, isAround(line.element)) }));
  const sums = sumBy(
    lines,
    weighed.map(({ weight }) => weight),
  );
  let best: Element | Document | undefined;
  let most = 0;
  for (const [element, sum] of sums) {
    // Outer ones come later, and must hold clearly more: what is beside an article reads as sentences too.
    if (sum > most * gain) {
      most = sum;
      best = element;
    }
  }
  if (best === undefined) return [];
  const winner = best;
  const inside = lines.flatMap((line, index) => (holds(winner, line.element) && !isAround(line.element, winner) ? [index] : []));
  return withoutTail(withoutRepeats(withoutLists(inside, lines, good), lines), lines, good);
}

/** Headings of what stands below an article. Source: read off Chinese news sites. */
const tailHeading =
  /^(?:相关(?:阅读|新闻|文章|报道|推荐|内容)|相關(?:閱讀|新聞|文章|報導|推薦)|延伸(?:阅读|閱讀)|(?:推荐|推薦)(?:阅读|閱讀|文章)|往期(?:回顾|回顧|推荐|精选)|(?:猜你|你可能也?|您可能也?)(?:喜欢|喜歡|感兴趣|感興趣).{0,4}|喜欢此内容的人还喜欢|(?:精选|精選)留言|(?:最新|热门|熱門|网友|網友|全部)(?:评论|評論|留言|新闻|新聞|文章)|其他人也在看|更多(?:新闻|新聞|文章|相关.{0,4})|(?:评论|評論|留言)(?:区|區|列表)?(?:[（(]\d+[)）])?|發表留言|发表评论|大家都在看|(?:热门|熱門)(?:推荐|推薦|点击|點擊))[:：]?$/;

/** Cuts where such a heading stands and what follows is no text in one piece: names, times and counts between short sentences. */
function withoutTail(inside: readonly number[], lines: readonly Line[], good: readonly number[]): readonly number[] {
  for (const [place, index] of inside.entries()) {
    if (!tailHeading.test(lines[index]?.text ?? '')) continue;
    const above = inside.slice(0, place).filter((one) => (good[one] ?? 0) > 0).length;
    const rest = inside.slice(place + 1);
    const sentences = rest.filter((one) => (good[one] ?? 0) > 0).length;
    if (above > 0 && sentences < rest.length * 0.7) return inside.slice(0, place);
  }
  return inside;
}

/** A caption that a gallery shows again, a pull quote. */
function withoutRepeats(inside: readonly number[], lines: readonly Line[]): number[] {
  const seen = new Set<string>();
  return inside.filter((index) => {
    const { text = '' } = lines[index] ?? {};
    if (unitsOf(text) < shortest) return true;
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}

/** Sums over every element that holds a line; an element comes after those within it. */
function sumBy(lines: readonly Line[], values: readonly number[]): Map<Element | Document, number> {
  const sums = new Map<Element | Document, number>();
  const depths = new Map<Element | Document, number>();
  for (const [index, line] of lines.entries()) {
    for (const element of ancestors(line.element)) {
      sums.set(element, (sums.get(element) ?? 0) + (values[index] ?? 0));
      if (!depths.has(element)) depths.set(element, ancestors(element).length);
    }
  }
  return new Map([...sums].sort(([a], [b]) => (depths.get(b) ?? 0) - (depths.get(a) ?? 0)));
}

function ancestors(element: Element | Document): (Element | Document)[] {
  const all: (Element | Document)[] = [];
  for (let one: Element['parent'] | Document = element; one !== null; one = one.parent) {
    if (one.type === 'root' || isTag(one)) all.push(one as Element | Document);
  }
  return all;
}

function holds(outer: Element | Document, inner: Element | Document): boolean {
  return ancestors(inner).includes(outer);
}

/** Is the element, or one around it up to `below`, a part of the page beside the article? Not if half of the page's sentences stand in it. */
function aroundBy(shares: ReadonlyMap<Element | Document, number>, total: number) {
  const known = new Map<Element, boolean>();
  const isOne = (element: Element): boolean => {
    const { class: classes = '', id = '', role = '' } = element.attribs;
    const words = `${classes} ${id} ${role}`.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase());
    const isNamed = aroundTags.has(element.name) || words.some((word) => around.has(word));
    if (isNamed && hasHeadline(element) && (shares.get(element) ?? 0) > total / 10) return false;
    const most = words.some((word) => below.test(word)) ? 0.9 : 0.5;
    return isNamed && (shares.get(element) ?? 0) < total * most;
  };
  return (element: Element | Document, below?: Element | Document): boolean => {
    for (const one of ancestors(element)) {
      if (one === below) return false;
      if (!isTag(one)) continue;
      const is = known.get(one) ?? isOne(one);
      known.set(one, is);
      if (is) return true;
    }
    return false;
  };
}

/** Does the headline of the page stand in it? */
function hasHeadline(element: Element): boolean {
  for (const one of elementsOf(element)) if (one.name === 'h1') return true;
  return false;
}

/** A Han character says as much as some two and a half Latin letters. */
function unitsOf(text: string): number {
  let units = text.length;
  for (const _ of text.matchAll(/\p{Script=Han}/gu)) units += 1.5;
  return units;
}

const shortest = 30;

/** Does the line read as a sentence: long, with marks in it, and hardly a link? */
function isSentence({ text, linked, element }: Line): boolean {
  const units = unitsOf(text);
  if (units < shortest || linked > text.length * 0.4) return false;
  if (isTag(element) && /^(?:li|dd|dt|td|th|h[1-6]|figcaption|header|button)$/.test(element.name) && units < 160) return false;
  return /[，。！？；：、,.!?;:’”」]/u.test(text);
}

function weightOf({ text, linked }: Line, good: number, isAround: boolean): number {
  if (isAround) return -10 - Math.min(good || text.length, 200);
  if (good > 0) return good;
  return linked > text.length * 0.4 ? -50 - text.length / 4 : -4;
}

/** Without lines that are links beside it, and what is left of lists of these. */
function withoutLists(inside: readonly number[], lines: readonly Line[], good: readonly number[]): number[] {
  const isLink = (index: number): boolean => {
    const line = lines[index];
    return line !== undefined && line.linked > line.text.length * 0.6 && (good[index] ?? 0) === 0;
  };
  const last = inside.findLastIndex((index) => (good[index] ?? 0) > 0);
  return inside.filter((index, place) => {
    if (!isLink(index)) return true;
    const line = lines[index];
    // A link of its own between paragraphs is a word of the article only where it is a heading or a list of it.
    return (
      line !== undefined && place < last && isTag(line.element) && /^h[2-6]$/.test(line.element.name) && line.linked < line.text.length
    );
  });
}
