import type { Edit } from '../../text/edit.ts';
import type { Rule } from '../rule.ts';

export const blankSpace: Rule = {
  id: 'blank-space',
  why: 'Paragraphs are set in with 　　, padded at their ends and parted by empty lines; one block stands on one line, bare.',
  confidence: 0.997,
  examples: [
    { raw: '會議現場\n\n　　各部門要落實責任。  \n', clean: '會議現場\n各部門要落實責任。' },
    { raw: '\n \n标题\n\t\n\u00a0\u00a0正文。', clean: '标题\n正文。' },
  ],
  keeps: ['強化細化各環節　持續提升能力', '标题\n正文。'],
  find: (text) => {
    const edits: Edit[] = [];
    // \s holds the ideographic and no-break spaces and U+FEFF; one stretch, since one stretch of white may end a line, span empty ones and set the next one in.
    for (const match of text.matchAll(/\s+/g)) {
      const isStart = match.index === 0;
      const isEnd = match.index + match[0].length === text.length;
      if (!isStart && !isEnd && !match[0].includes('\n')) continue;
      const inserted = isStart || isEnd ? '' : '\n';
      if (match[0] !== inserted) edits.push({ at: match.index, removed: match[0], inserted });
    }
    return edits;
  },
};
