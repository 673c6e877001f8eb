import type { Edit } from '../text/edit.ts';
import type { ContextRule } from './context.ts';
import { convertText, matchSimplifiedToTraditional } from './opencc.ts';
import { type ClauseWords, clauseWords, straddles } from './words.ts';

export const wordBoundary: ContextRule = {
  id: 'context/word-boundary',
  from: 'zh-Hans',
  why: 'The longest match takes 被发 out of 被|发明 and 国历 out of 本国|历史: 被髮明, 國曆史. Words as Intl.Segmenter (ICU) cuts them tell.',
  examples: [
    { raw: '电灯被发明以后', clean: '電燈被發明以後', script: 'zh-Hant' },
    { raw: '这是本国历史上的', clean: '這是本國歷史上的', script: 'zh-Hant' },
  ],
  keeps: ['他理了头发', '发现一千元'],
  confidence: 0.92,
  find: ({ source, to, text, carry, scanned }) => {
    const edits: Edit[] = [];
    let words: ClauseWords | undefined;
    let done = 0;
    for (const { start: at, end } of scanned.contested) {
      if (at < done) continue;
      if (words === undefined || at >= words.end) words = clauseWords(source, at);
      if (!straddles(at, end, words)) continue;
      const region = boundedRegion(source, at, end, words.wordEnd(at));
      const start = carry(at);
      const removed = text.slice(start, carry(region.end));
      const inserted = to === 'zh-Hant' ? region.value : convertText(region.value, 'zh-Hant', to);
      if (removed !== inserted) edits.push(trimmed(start, removed, inserted));
      done = region.end;
    }
    return edits;
  },
};

/**
 * Converts from `start` on with the match bounded to its first word, until the walk meets the unbounded one again.
 *
 * @param end where the unbounded match ends.
 */
function boundedRegion(source: string, start: number, end: number, wordEnd: number): { end: number; value: string } {
  let value = '';
  let at = start;
  let other = end;
  while (at < wordEnd || at !== other) {
    if (at > other) {
      other = matchSimplifiedToTraditional(source, other)?.end ?? other + 1;
      continue;
    }
    // Inside the first word no match may reach over its end.
    const match = matchSimplifiedToTraditional(at < wordEnd ? source.slice(0, wordEnd) : source, at);
    value += match?.value ?? source[at] ?? '';
    at = match?.end ?? at + 1;
  }
  return { end: at, value };
}

/** The edit without what both sides share at their ends. */
function trimmed(at: number, removed: string, inserted: string): Edit {
  let head = 0;
  while (head < removed.length && removed[head] === inserted[head]) head++;
  let tail = 0;
  while (tail < removed.length - head && tail < inserted.length - head && removed.at(-1 - tail) === inserted.at(-1 - tail)) tail++;
  return { at: at + head, removed: removed.slice(head, removed.length - tail), inserted: inserted.slice(head, inserted.length - tail) };
}
