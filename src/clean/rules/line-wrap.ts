import type { Edit } from '../../text/edit.ts';
import { lineSpans, sliceOf } from '../../text/span.ts';
import type { Rule } from '../rule.ts';

interface Pair {
  readonly open: string;
  readonly close: string;
  /** Quotations run on over paragraphs and verses: an open one proves a wrap only above the body. */
  readonly quotes?: true;
}

const pairs: readonly Pair[] = [
  { open: '《', close: '》' },
  { open: '〈', close: '〉' },
  { open: '（', close: '）' },
  { open: '【', close: '】' },
  { open: '〔', close: '〕' },
  { open: '“', close: '”', quotes: true },
  { open: '「', close: '」', quotes: true },
];

const sentenceEnds = '。！？!?；;：:';
const closers = '”’」』）)';

function endsSentence(line: string): boolean {
  let end = line.length;
  while (end > 0 && closers.includes(line.charAt(end - 1))) end--;
  return end > 0 && sentenceEnds.includes(line.charAt(end - 1));
}

const opensItem = /^\s*(?:[0-9０-９]+|[一二三四五六七八九十]+|[A-Za-z])$/;

export const lineWrap: Rule = {
  id: 'line-wrap',
  why: 'A headline set over two lines is one sentence: 《地方黨政領導幹部安全生產⏎責任制規定》. An open bracket that the next line closes proves it.',
  confidence: 0.95,
  examples: [
    { raw: '李明對貫徹落實《地方幹部安全生產\n責任制規定》作出批示', clean: '李明對貫徹落實《地方幹部安全生產責任制規定》作出批示' },
    { raw: '市政府印发《城市\n更新\n办法》', clean: '市政府印发《城市更新办法》' },
    { raw: '县长强调“把群众的小事\n当作大事来办”\n县长昨天调研。', clean: '县长强调“把群众的小事当作大事来办”\n县长昨天调研。' },
  ],
  keeps: [
    '他說：“這件事很重要。\n“我們會做好。”',
    '（一\n2）第二項',
    '印发《办法》\n实施《细则》',
    '见《办法。\n细则》一文',
    '他念了一首诗。\n“床前明月光\n疑是地上霜”',
  ],
  find: (text) => {
    const edits: Edit[] = [];
    const spans = lineSpans(text);
    const lines = spans.map((span) => sliceOf(text, span));
    let aboveBody = true;
    for (let index = 0; index < lines.length; index++) {
      let joined = lines[index] ?? '';
      let closing = closingLine(lines, index, joined, aboveBody);
      while (closing !== undefined) {
        for (; index < closing; index++) {
          edits.push({ at: spans[index]?.end ?? 0, removed: '\n', inserted: '' });
          joined += lines[index + 1] ?? '';
        }
        closing = closingLine(lines, index, joined, aboveBody);
      }
      aboveBody &&= !endsSentence(joined);
    }
    return edits;
  },
};

/**
 * How far a wrapped bracket may run on, in UTF-16 units. Not in lines: joining other lines would bring the closing mark nearer,
 * and a second look would decide otherwise.
 */
const reach = 80;

/** The line that closes the bracket which `joined`, the text up to and with line `index`, leaves open; undefined if there is none. */
function closingLine(lines: readonly string[], index: number, joined: string, aboveBody: boolean): number | undefined {
  if (endsSentence(joined)) return undefined;
  const open = pairs.find((pair) => (aboveBody || !pair.quotes) && joined.lastIndexOf(pair.open) > joined.lastIndexOf(pair.close));
  if (open === undefined) return undefined;
  let between = '';
  for (let next = index + 1; next < lines.length && between.length <= reach; next++) {
    const line = lines[next] ?? '';
    const closer = line.indexOf(open.close);
    const opener = line.indexOf(open.open);
    if (closer !== -1 && (opener === -1 || closer < opener)) {
      between += line.slice(0, closer);
      return opensItem.test(between) || between.length > reach ? undefined : next;
    }
    if (opener !== -1 || endsSentence(line)) return undefined;
    between += line;
  }
  return undefined;
}
