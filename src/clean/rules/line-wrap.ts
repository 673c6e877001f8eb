import type { Edit } from '../../text/edit.ts';
import { lineSpans } from '../../text/span.ts';
import type { Rule } from '../rule.ts';

/** Marks that come in pairs and do not run on over paragraphs. Quotation marks do, so an open “ or 「 proves nothing. */
const pairs: readonly (readonly [string, string])[] = [
  ['《', '》'],
  ['〈', '〉'],
  ['（', '）'],
  ['【', '】'],
  ['〔', '〕'],
];

const endsSentence = /[。！？!?；;：:][”’」』）)]*$/;
const opensItem = /^\s*(?:[0-9０-９]+|[一二三四五六七八九十]+|[A-Za-z])$/;

export const lineWrap: Rule = {
  id: 'line-wrap',
  why: 'A headline set over two lines is one sentence: 《地方黨政領導幹部安全生產⏎責任制規定》. An open bracket that the next line closes proves it.',
  examples: [
    { raw: '李明對貫徹落實《地方幹部安全生產\n責任制規定》作出批示', clean: '李明對貫徹落實《地方幹部安全生產責任制規定》作出批示' },
    { raw: '市政府印发《城市\n更新\n办法》', clean: '市政府印发《城市更新办法》' },
  ],
  keeps: ['他說：“這件事很重要。\n“我們會做好。”', '（一\n2）第二項', '印发《办法》\n实施《细则》', '见《办法。\n细则》一文'],
  find: (text) => {
    const edits: Edit[] = [];
    const lines = lineSpans(text);
    for (let index = 0; index < lines.length; index++) {
      let joined = lineText(text, lines, index);
      // Look ahead to the line that closes the bracket: all lines between belong to it.
      for (let last = closingLine(text, lines, index, joined); last > index; last = closingLine(text, lines, index, joined)) {
        while (index < last) {
          edits.push({ at: lines[index]?.end ?? 0, removed: '\n', inserted: '' });
          index++;
          joined += lineText(text, lines, index);
        }
      }
    }
    return edits;
  },
};

/** How many lines a wrapped bracket may run over. */
const reach = 3;

function closingLine(text: string, lines: ReturnType<typeof lineSpans>, index: number, joined: string): number {
  const open = openBracket(joined);
  if (open === undefined) return index;
  let current = joined;
  for (let next = index + 1; next <= index + reach && next < lines.length; next++) {
    if (endsSentence.test(current)) return index;
    const line = lineText(text, lines, next);
    const closer = line.indexOf(open.close);
    const opener = line.indexOf(open.open);
    if (closer !== -1 && (opener === -1 || closer < opener)) return opensItem.test(line.slice(0, closer)) ? index : next;
    if (opener !== -1) return index;
    current = line;
  }
  return index;
}

function openBracket(line: string): { open: string; close: string } | undefined {
  for (const [open, close] of pairs) {
    if (line.lastIndexOf(open) > line.lastIndexOf(close)) return { open, close };
  }
  return undefined;
}

function lineText(text: string, lines: ReturnType<typeof lineSpans>, index: number): string {
  const line = lines[index];
  return line === undefined ? '' : text.slice(line.start, line.end);
}
