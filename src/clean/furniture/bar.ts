/** Bars: lines of buttons, counters, sections of the site and nothing else. 分享到：微信 微博 · 【字体：大 中 小】 · 阅读 1.2万 评论 35. */
import { countOf, type Token } from './tokens.ts';
import type { WordClass } from './words.ts';

/** How sure a line is furniture: `anywhere` in the file, at its edges, or behind all of the text only. */
export type Reach = 'anywhere' | 'edge' | 'tail';

const parts: readonly WordClass[] = ['button', 'tool', 'action', 'platform', 'counter', 'foot'];
const all = new Set<WordClass>([...parts, 'section', 'joint']);
/** What a comma parts is prose as well: 微信、微博与我. */
const prose = /^[,、。!?]\s*$/;
const shares = /^(?:分享|转发|share)/;
/** 打印本稿 is a button, 打印 may be a heading. */
const thisPage = /^(?:本文|本页|此页|此文|本稿|此稿|网页|页面|文章|新闻)$/;

/** Where a line that is nothing but a bar is furniture, or undefined if the line is none. */
export function readBar(tokens: readonly Token[]): Reach | undefined {
  if (!tokens.every(isOfBars) || tokens.at(-1)?.text.includes('。')) return undefined;
  const count = (...classes: readonly WordClass[]) => countOf(tokens, ...classes);
  const has = (kind: Token['kind'], form: RegExp) => tokens.some((one) => one.kind === kind && form.test(one.text));
  const words = count(...parts);
  const isParted = tokens.slice(1, -1).some(({ kind, text }) => kind === 'mark' && !prose.test(text));
  if (isParted && count('button') > 1) return 'anywhere';
  if (isParted && count('platform') > 0 && (words > 2 || has('word', shares))) return 'anywhere';
  // 上一则 留言 are two buttons, 上一则留言 a headline.
  if (words === 2 && tokens.length === 2 && count('button') === 1) return 'tail';
  if (!isParted && has('word', /^[与和及]$/)) return 'tail';
  if (count('button') > 0 || count('foot') > 1 || count('section') > 3) return 'edge';
  if (words === 1 && tokens.length === 2 && thisPage.test(tokens[1]?.text ?? '')) return 'edge';
  if (tokens.length === 2 && has('number', /^(?:19|20)\d\d$/)) return 'tail';
  if (count('counter') > 0 && (has('number', /./) || has('mark', /:/))) return 'edge';
  if (isParted && words > 1 && (words > 2 || count('tool', 'platform') > 0)) return 'edge';
  return words > 0 ? 'tail' : undefined;
}

export function isOfBars(token: Token): boolean {
  return token.kind === 'word' ? token.classes.some((name) => all.has(name)) : token.kind === 'number' || token.kind === 'mark';
}
