/** Text to labelled blocks: the third step. One block a line; the blocks cover every line. */
import { lineSpans, sliceOf } from '../text/span.ts';
import type { Block } from './block.ts';
import { readByline } from './byline.ts';
import { readCaption } from './caption.ts';
import { readCredits } from './credits.ts';
import { readNotice } from './notice.ts';
import { readTitleArea } from './title-area.ts';

const endsSentence = /[。！？][”’」』）)]*$/;

/**
 * Finds the blocks of a clean text, in order, one for each line; an empty text has none.
 * The title area ends at the first caption, byline or credits line, so that none is taken for a title. Notices are no part of it.
 */
export function findBlocks(text: string): Block[] {
  if (text === '') return [];
  const spans = lineSpans(text);
  const lines = spans.map((span) => sliceOf(text, span));
  const notices = lines.map((line) => readNotice(line));
  // 珍惜生命 远离毒品 in front of all is the headline.
  if (notices[0]?.rule === 'notice/safety' && lines.length > 1 && !endsSentence.test(lines[0] ?? '')) notices[0] = undefined;
  const { roles } = readTitleArea(lines.filter((_, index) => notices[index] === undefined));
  let titles = 0;
  return spans.map(({ start, end }, index) => {
    const notice = notices[index];
    if (notice !== undefined) return { kind: 'notice', start, end, ...notice };
    const role = roles[titles++];
    if (role !== undefined) return { kind: role, start, end, rule: `title-area/${role}`, confidence: 0.8 };
    const furniture = readFurniture(lines[index] ?? '');
    if (furniture === undefined) return { kind: 'paragraph', start, end, rule: 'body', confidence: 0.9 };
    return { ...furniture, start, end, ...(furniture.people && { people: shift(furniture.people, start) }) };
  });
}

type Labelled = Pick<Block, 'kind' | 'rule' | 'confidence' | 'people'>;

function readFurniture(line: string): Labelled | undefined {
  const people = readCredits(line);
  if (people !== undefined) return { kind: 'credits', rule: 'credits/roles', confidence: 0.95, people };
  const authors = readByline(line);
  if (authors !== undefined) return { kind: 'byline', rule: 'byline/line', confidence: 0.9, people: authors };
  const caption = readCaption(line);
  return caption && { kind: 'caption', ...caption };
}

function shift<T extends { start: number; end: number }>(spans: readonly T[], by: number): T[] {
  return spans.map((span) => ({ ...span, start: span.start + by, end: span.end + by }));
}
