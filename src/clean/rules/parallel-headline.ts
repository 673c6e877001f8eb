import { isParallel, readTitleArea } from '../../structure/title-area.ts';
import type { Edit } from '../../text/edit.ts';
import { type Span, sliceOf } from '../../text/span.ts';
import type { Rule } from '../rule.ts';

export const parallelHeadline: Rule = {
  id: 'parallel-headline',
  why: 'A headline of two parallel lines is one headline; online it stands on one line with a space: 強化各環節管理制度 提升風險防控能力.',
  confidence: 0.95,
  examples: [
    {
      raw: '强化细化各环节管理制度\n持续提升风险防控能力\n王文出席会议并讲话\n各部门要落实责任。',
      clean: '强化细化各环节管理制度 持续提升风险防控能力\n王文出席会议并讲话\n各部门要落实责任。',
    },
  ],
  keeps: [
    '全市春耕生产全面展开\n王文出席会议并讲话\n各部门要落实责任。',
    '床前明月光疑是\n地上霜举头望明',
    '第一句话说完了。\n第二句话说完了。',
  ],
  find: (text) => {
    const edits: Edit[] = [];
    const spans = firstLines(text);
    const lines = spans.map((span) => sliceOf(text, span));
    if (!lines.some((line, index) => isParallel(line, lines[index + 1] ?? ''))) return edits;
    const { roles } = readTitleArea(lines);
    for (const [index, role] of roles.entries()) {
      if (role !== 'headline' || roles[index + 1] !== 'headline') continue;
      edits.push({ at: spans[index]?.end ?? 0, removed: '\n', inserted: ' ' });
    }
    return edits;
  },
};

/** Lines in which a title area ends, with what may stand before it. */
const mostLines = 16;

/** The first lines of the text, and one behind them. */
function firstLines(text: string): Span[] {
  const spans: Span[] = [];
  for (let start = 0; spans.length < mostLines && start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    spans.push({ start, end });
    start = end + 1;
  }
  return spans;
}
