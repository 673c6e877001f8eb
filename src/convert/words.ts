/** Words, as Intl.Segmenter cuts them with the dictionary of ICU that the runtime carries. A clause at a time, where asked. */

/** The words of one clause. Offsets are UTF-16 offsets of the whole text. */
export interface ClauseWords {
  /** Where the clause ends. */
  readonly end: number;
  /** Does a word begin at the offset, or the clause end there? */
  readonly isBound: (at: number) => boolean;
  /** Where the word ends that holds the character at the offset. */
  readonly wordEnd: (at: number) => number;
}

const clauseEnds = new Set('，。；：！？、…—“”‘’「」『』《》（）()\n,.;:!?');

/** UTF-16 units on each side: a clause that runs on longer has no marks, and is cut for time's sake. */
const longestHalf = 200;

let segmenter: Intl.Segmenter | undefined;

/** The words of the clause around the character at `at`. */
export function clauseWords(source: string, at: number): ClauseWords {
  let start = at;
  while (start > 0 && at - start < longestHalf && !clauseEnds.has(source.charAt(start - 1))) start--;
  let end = at;
  while (end < source.length && end - at < longestHalf && !clauseEnds.has(source.charAt(end))) end++;
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  // Asked for single words: going over all of them costs twice the time.
  const segments = segmenter.segment(source.slice(start, end));
  return {
    end,
    isBound: (offset) => offset >= end || segments.containing(offset - start)?.index === offset - start,
    wordEnd: (offset) => {
      const word = segments.containing(offset - start);
      return word === undefined ? offset + 1 : start + word.index + word.segment.length;
    },
  };
}

/** Does the match from `start` to `end` cut a word in two, and hold a bound of words? Inside one word, or of whole words, it is sound. */
export function straddles(start: number, end: number, words: ClauseWords): boolean {
  return words.wordEnd(start) < end && !(words.isBound(start) && words.isBound(end));
}
