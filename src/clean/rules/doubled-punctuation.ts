import type { Edit } from '../../text/edit.ts';
import type { Rule } from '../rule.ts';

export const doubledPunctuation: Rule = {
  id: 'doubled-punctuation',
  why: 'Editing leaves a mark twice: 会议指出，，要落实。。 An exclamation is doubled for its own sake: 好！！',
  confidence: 0.991,
  examples: [{ raw: '会议指出，，要落实、、推进；；好。。', clean: '会议指出，要落实、推进；好。' }],
  keeps: ['好！！', '真的？？', '他想了想……走了——真的', '我。。。', '，，，，', '“”‘’'],
  find: (text) => {
    const edits: Edit[] = [];
    for (const match of text.matchAll(/([，、；：。])\1+/g)) {
      const [written, mark = ''] = match;
      // More than two are an ellipsis or a pattern.
      if (written.length === 2) edits.push({ at: match.index, removed: written, inserted: mark });
    }
    return edits;
  },
};
