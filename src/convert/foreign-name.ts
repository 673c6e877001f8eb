import type { Edit } from '../text/edit.ts';
import type { ContextRule } from './context.ts';
import { matchSimplifiedToTraditional } from './opencc.ts';

/** Characters that transliterations use for their sound, and that OpenCC by themselves takes for other words: 裏, 鬆, 範, 餘, 穀, 樸. */
const sounds = '里松范余谷朴';

const dots = /[·・‧]/g;
/** The part of a name before or behind a dot: up to five characters. */
const partBefore = /\p{Script=Han}{1,5}$/u;
const partBehind = /^\p{Script=Han}{1,5}/u;

export const foreignName: ContextRule = {
  id: 'context/foreign-name',
  why: 'A foreign name keeps the characters of its sound: 塔里克·拉马丹 is 塔里克·拉馬丹, not 塔裏克.',
  confidence: 0.67,
  find: ({ source, from, text, carry }) => {
    if (from !== 'zh-Hans') return [];
    const edits: Edit[] = [];
    let done = 0;
    for (const { index } of source.matchAll(dots)) {
      const before = partBefore.exec(source.slice(Math.max(0, index - 5), index))?.[0] ?? '';
      const behind = partBehind.exec(source.slice(index + 1, index + 6))?.[0] ?? '';
      if (before === '' || behind === '') continue;
      const end = index + 1 + behind.length;
      for (let at = Math.max(done, index - before.length); at < end; at++) {
        const match = matchSimplifiedToTraditional(source, at);
        // Words that OpenCC knows (家里, 范围) are not sounds; the longest match goes over them whole.
        if (match?.phrase) {
          at = match.end - 1;
          continue;
        }
        const character = source.charAt(at);
        if (!sounds.includes(character)) continue;
        const place = carry(at);
        const converted = text.charAt(place);
        if (converted !== character) edits.push({ at: place, removed: converted, inserted: character });
      }
      done = end;
    }
    return edits;
  },
};
