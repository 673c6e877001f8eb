/** What stands in a block of Markdown: text, breaks, pictures. Source: CommonMark 0.31.2, section 6; struck-out text by GitHub Flavored Markdown. */
import { decodeHTML } from 'entities';
import { foldLabel } from './markdown-blocks.ts';
import { type Mark, markAt, pairMarks } from './markdown-emphasis.ts';
import { type HtmlTag, tagAt } from './markdown-html.ts';

/** Offsets are into the text of the block. */
export type Inline =
  /** `text`: what it stands for, if that is not what stands there. */
  | { readonly type: 'text'; readonly from: number; readonly to: number; readonly text?: string }
  | { readonly type: 'break'; readonly from: number; readonly isSoft: boolean }
  /** The text that is shown in place of a picture. */
  | { readonly type: 'picture'; readonly alt: readonly Inline[] }
  | { readonly type: 'tag'; readonly from: number; readonly to: number; readonly tag: HtmlTag };

/** Stands between two lines of a block that are no one line: U+2029. */
export const lineBreak = '\u2029';

type Node = Inline | { readonly type: 'mark'; readonly mark: Mark } | { readonly type: 'none' };

interface Bracket {
  readonly node: number;
  readonly isImage: boolean;
  /** Behind the bracket. */
  readonly to: number;
  /** Marks before it. */
  readonly marks: number;
}

const plain = /[^\\`*_~[\]!<&\n\u2028\u2029\0]+/y;
const reference = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});/y;
const autolink = /<((?:[A-Za-z][A-Za-z\d+.-]{1,31}:|[\w.+-]{1,64}@)[^\s<>\u3000]{1,2000})>/y;
const ticks = /`+/y;
const marks = /\*+|_+|~+/y;
const target =
  /\(\s*(?:<[^<>\n]{0,2000}>|(?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.){0,500}\)){0,2000})(?:\s+(?:"(?:[^"\\]|\\.){0,1000}"|'(?:[^'\\]|\\.){0,1000}'|\([^()]{0,1000}\)))?\s*\)/y;
const label = /\[([^\][]{0,200})\]/y;

/** @param labels that links may refer to. */
export function inlinesOf(text: string, labels: ReadonlySet<string>): Inline[] {
  const nodes: Node[] = [];
  const open: Mark[] = [];
  const brackets: Bracket[] = [];
  /** Brackets before it are of no link: it would hold another. */
  let dead = 0;
  /** Lengths of rows of ticks that have no second. */
  const single = new Set<number>();
  const match = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const keep = (from: number, to: number): number => {
    if (to > from) nodes.push({ type: 'text', from, to });
    return to;
  };
  const closeBracket = (at: number): number => {
    const bracket = brackets.pop();
    const isDead = bracket === undefined || (!bracket.isImage && brackets.length < dead);
    dead = Math.min(dead, brackets.length);
    const end = isDead ? undefined : targetOf(bracket.to, at);
    if (bracket === undefined || end === undefined) return keep(at, at + 1);
    pairMarks(open.splice(bracket.marks));
    if (bracket.isImage) nodes.push({ type: 'picture', alt: resolved(nodes.splice(bracket.node).slice(1)) });
    else {
      nodes[bracket.node] = { type: 'none' };
      dead = brackets.length;
    }
    return end;
  };
  /** Where the target of a link ends whose text stands there; undefined if it has none. */
  const targetOf = (from: number, to: number): number | undefined => {
    const inline = match(target, to + 1);
    if (inline !== null) return target.lastIndex;
    const named = match(label, to + 1);
    const own = to - from <= 200 ? text.slice(from, to) : '';
    const name = foldLabel(named?.[1] || own);
    if (own.startsWith('^') || !labels.has(name)) return undefined;
    return named === null ? to + 1 : label.lastIndex;
  };
  const seeCode = (at: number): number => {
    const length = match(ticks, at)?.[0].length ?? 1;
    const from = at + length;
    const end = single.has(length) ? -1 : closingTicks(text, from, length);
    if (end === -1) {
      single.add(length);
      return keep(at, from);
    }
    const isPadded = /^[ \n]/.test(text.charAt(from)) && /[ \n]/.test(text.charAt(end - 1)) && text.slice(from, end).trim() !== '';
    let start = isPadded ? from + 1 : from;
    const stop = isPadded ? end - 1 : end;
    for (let next = start; next <= stop; next++) {
      const isBreak = /[\n\u2028\u2029]/.test(text.charAt(next));
      if (next < stop && !isBreak && text.charAt(next) !== '\0') continue;
      keep(start, next);
      if (next < stop && isBreak) nodes.push({ type: 'break', from: next, isSoft: text.charAt(next) === '\n' });
      start = next + 1;
    }
    return end + length;
  };
  const seeAngle = (at: number): number => {
    const [linked, address = ''] = match(autolink, at) ?? [];
    if (linked !== undefined) {
      keep(at + 1, at + 1 + address.length);
      return at + linked.length;
    }
    const found = tagAt(text, at);
    if (found === undefined) return keep(at, at + 1);
    nodes.push({ type: 'tag', from: at, to: found.end, tag: found.tag });
    return found.end;
  };
  for (let at = 0; at < text.length; ) {
    const character = text.charAt(at);
    if (character === '\\') {
      // The backslash goes; what it stood before is text.
      const isEscape = /[!-/:-@[-`{-~]/.test(text.charAt(at + 1));
      at = isEscape ? keep(at + 1, at + 2) : keep(at, at + 1);
    } else if (character === '`') at = seeCode(at);
    else if (/[*_~]/.test(character)) {
      const mark = markAt(text, at, at + (match(marks, at)?.[0].length ?? 1));
      nodes.push({ type: 'mark', mark });
      open.push(mark);
      at = mark.to;
    } else if (character === '[' || (character === '!' && text.charAt(at + 1) === '[')) {
      const to = at + (character === '[' ? 1 : 2);
      brackets.push({ node: nodes.length, isImage: character === '!', to, marks: open.length });
      at = keep(at, to);
    } else if (character === ']') at = closeBracket(at);
    else if (character === '<') at = seeAngle(at);
    else if (character === '&') {
      const [written = '&'] = match(reference, at) ?? [];
      const decoded = decodeHTML(written).replaceAll(/[\n\r\u2028\u2029]/g, ' ');
      if (decoded !== written) nodes.push({ type: 'text', from: at, to: at + written.length, text: decoded });
      else keep(at, at + written.length);
      at += written.length;
    } else if (/[\n\u2028\u2029]/.test(character)) {
      nodes.push({ type: 'break', from: at, isSoft: character === '\n' });
      at++;
    } else if (character === '\0') at++;
    else at = keep(at, at + (match(plain, at)?.[0].length ?? 1));
  }
  pairMarks(open);
  return resolved(nodes);
}

function closingTicks(text: string, from: number, length: number): number {
  const pattern = /`+/g;
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    if (match[0].length === length) return match.index;
  }
  return -1;
}

/** What is left of marks is text. */
function resolved(nodes: readonly Node[]): Inline[] {
  return nodes.flatMap((node): Inline[] => {
    if (node.type === 'none') return [];
    if (node.type !== 'mark') return [node];
    const { from, to } = node.mark;
    return from < to ? [{ type: 'text', from, to }] : [];
  });
}
