/**
 * Which stars, low lines and tildes are emphasis. Source: CommonMark 0.31.2, section 6.2, with the flanking rules of "Markdown CJK-friendly":
 * marks beside Chinese characters are emphasis though a quotation mark stands on their other side, as in **“引语”**他说.
 */
import { characterAt, characterBefore } from '../../text/han.ts';

/** A row of one mark. `from` and `to` are what of it is text in the end. */
export interface Mark {
  readonly mark: string;
  readonly length: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
  from: number;
  to: number;
}

const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u3000-\u303f\uff00-\uffef]/u;
const punctuation = /[\p{P}\p{S}]/u;
/** Behind a letter, what closes or parts begins no emphasis, and what opens ends none before one: in 张**、李** the stars hide names. */
const closing = /[，。、；：！？）」』》〉】〕”’…]/;
const opening = /[（「『《〈【〔“‘]/;
const letter = /[\p{L}\p{N}]/u;

export function markAt(text: string, from: number, to: number): Mark {
  const mark = text.charAt(from);
  const before = characterBefore(text, from) ?? ' ';
  const after = characterAt(text, to) ?? ' ';
  const isSpace = { before: /\s/.test(before), after: /\s/.test(after) };
  const isMark = { before: punctuation.test(before), after: punctuation.test(after) };
  const isCjk = { before: cjk.test(before), after: cjk.test(after) };
  const isOther = { before: isMark.before && !isCjk.before, after: isMark.after && !isCjk.after };
  const isLeft = !isSpace.after && (!isOther.after || isSpace.before || isMark.before || isCjk.before);
  const isRight = !isSpace.before && (!isOther.before || isSpace.after || isMark.after || isCjk.after);
  // A low line within a word is one of its letters.
  const mayOpen = mark !== '_' || !isRight || isMark.before;
  const mayClose = mark !== '_' || !isLeft || isMark.after;
  return {
    mark,
    length: to - from,
    canOpen: isLeft && mayOpen && !(letter.test(before) && closing.test(after)),
    canClose: isRight && mayClose && !(letter.test(after) && opening.test(before)),
    from,
    to,
  };
}

/** Takes from marks what is emphasis. */
export function pairMarks(marks: readonly Mark[]): void {
  const openers: Mark[] = [];
  /** By what closes, the number of openers below which none fits. */
  const bottoms = new Map<string, number>();
  for (const closer of marks) {
    const key = `${closer.mark}${closer.canOpen}${closer.length % 3}`;
    while (closer.canClose && closer.from < closer.to) {
      const bottom = bottoms.get(key) ?? 0;
      let found = openers.length - 1;
      while (found >= bottom && !fits(openers[found], closer)) found--;
      const opener = found < bottom ? undefined : openers[found];
      if (opener === undefined) {
        bottoms.set(key, openers.length);
        break;
      }
      const used = Math.min(2, opener.to - opener.from, closer.to - closer.from);
      opener.to -= used;
      closer.from += used;
      // What stands between a pair finds none outside it.
      openers.length = opener.from < opener.to ? found + 1 : found;
      for (const [one, count] of bottoms) if (count > openers.length) bottoms.set(one, openers.length);
    }
    if (closer.canOpen && closer.from < closer.to) openers.push(closer);
  }
}

function fits(opener: Mark | undefined, closer: Mark): boolean {
  if (opener === undefined || opener.mark !== closer.mark) return false;
  // Text is struck out by two tildes.
  if (closer.mark === '~') return opener.length === 2 && closer.length === 2;
  const isBoth = opener.canClose || closer.canOpen;
  return !isBoth || (opener.length + closer.length) % 3 !== 0 || (opener.length % 3 === 0 && closer.length % 3 === 0);
}
