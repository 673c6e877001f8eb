/** The columns of a page, and the order of its lines. Source of the order: T. M. Breuel, High Performance Document Layout Analysis, 2003. */

import { endsSentence, type Flow, isAlike, type Line } from './pdf-lines.ts';

/** Lines one below the other. */
interface Block {
  readonly lines: Line[];
  start: number;
  end: number;
  readonly top: number;
  bottom: number;
}

/** The edges of a column. */
interface Frame {
  readonly flow: Flow;
  readonly start: number;
  readonly end: number;
  /** Do enough lines show it? */
  readonly isStrong: boolean;
}

/** A line in its order, with its column, and the usual distance of lines there. */
export interface Placed {
  readonly line: Line;
  readonly frame: Frame | undefined;
  readonly block: Block;
  readonly pitch: number;
  /** What the text of its page takes up, and its largest size. */
  readonly page: { readonly start: number; readonly end: number; readonly largest: number };
}

/** All lines in their order. */
export function placed(pages: readonly (readonly Line[])[], body: number): Placed[] {
  const frames = pages.map((lines) => framesOf(lines));
  const strong = frames.flat().filter(({ isStrong }) => isStrong);
  const usual = pitchOf(pages.flat().filter(({ size }) => isAlike(size, body)));
  return pages.flatMap((lines, index) => {
    const near = frames[index] ?? [];
    const far = strong.filter((frame) => frame.flow.direction === lines[0]?.flow.direction);
    const frameFor = new Map(
      lines.map((line) => [line, narrowest(near, line, true) ?? narrowest(far, line, true) ?? narrowest(near, line, false)]),
    );
    const blocks = blocksOf(lines, (line) => {
      const frame = frameFor.get(line);
      return frame === undefined ? line : { start: Math.min(frame.start, line.start), end: Math.max(frame.end, line.end) };
    });
    const page = {
      start: Math.min(...lines.map(({ start }) => start)),
      end: Math.max(...lines.map(({ end }) => end)),
      largest: Math.max(...lines.map(({ size }) => size)),
    };
    return inOrder(blocks).flatMap((block) => {
      const pitch = block.lines.length > 6 ? pitchOf(block.lines) : usual;
      return block.lines.map((line) => ({ line, frame: frameFor.get(line), block, pitch, page }));
    });
  });
}

/** How far apart lines of a paragraph are, in their size. */
function pitchOf(lines: readonly Line[]): number {
  const gaps = lines.flatMap((line, at) => {
    const above = lines[at - 1];
    const gap = above === undefined ? 0 : (line.base - above.base) / line.size;
    return gap > 0.9 && gap < 4 ? [gap] : [];
  });
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 4)] ?? 1.8;
}

/** The columns of a page: blocks with the same edges, but for indents, and the short lines to the left of them that no other column holds. */
function framesOf(lines: readonly Line[]): Frame[] {
  const groups: Block[] = [];
  const blocks = blocksOf(lines, (line) => line).sort((a, b) => b.end - b.start - (a.end - a.start));
  for (const block of blocks) {
    const size = block.lines[0]?.size ?? 0;
    const isNear = (one: Block): boolean => isAlike(one.lines[0]?.size ?? 0, size) && Math.abs(one.start - block.start) <= 2.6 * size;
    const isIn = (one: Block): boolean =>
      isAlike(one.lines[0]?.size ?? 0, size) && one.start <= block.start + 1 && one.end >= block.end - 1;
    const group =
      groups.find((one) => isNear(one) && Math.abs(one.end - block.end) <= 1.5 * size) ??
      (groups.some(isIn) ? undefined : groups.find((one) => isNear(one) && block.start < one.start && block.end <= one.end));
    if (group === undefined) {
      groups.push(block);
      continue;
    }
    group.lines.push(...block.lines);
    group.start = Math.min(group.start, block.start);
  }
  return groups.flatMap((group) => frameOf(group.lines, lines));
}

function frameOf(own: readonly Line[], all: readonly Line[]): Frame[] {
  const [first] = own;
  if (first === undefined || own.length < 2) return [];
  const { flow, size } = first;
  const start = Math.min(...own.map((line) => line.start));
  const ends = own.map((line) => line.end).sort((a, b) => b - a);
  // Two lines share it: one alone may stick out.
  const end = ends.find((edge, at) => edge - (ends[at + 1] ?? -Infinity) < 0.5 * size) ?? ends[0] ?? 0;
  // Lines that end with a sentence may be as long by chance.
  const full = own.filter((line) => line.end > end - 1.3 * size && !endsSentence.test(line.text));
  const isBeside = (line: Line): boolean =>
    (line.end < start || line.start > end) && own.some(({ base }) => Math.abs(base - line.base) < size);
  if (full.length === 0 || end - start < 6 * size || (end - start < 0.4 * flow.length && !all.some(isBeside))) return [];
  return [{ flow, start, end, isStrong: own.length > 3 && full.length > 1 }];
}

function narrowest(frames: readonly Frame[], line: Line, isStrong: boolean): Frame | undefined {
  let found: Frame | undefined;
  for (const frame of frames) {
    if (frame.isStrong !== isStrong) continue;
    if (line.start < frame.start - 0.6 * line.size || line.end > frame.end + 1.2 * line.size) continue;
    if (found === undefined || frame.end - frame.start < found.end - found.start) found = frame;
  }
  return found;
}

/** Chains of lines of which each has the next as its only neighbour below, and is its only one above. */
function blocksOf(lines: readonly Line[], extent: (line: Line) => { readonly start: number; readonly end: number }): Block[] {
  const extents = lines.map(extent);
  const neighbour = (at: number, step: 1 | -1): number | undefined => {
    const [line, own] = [lines[at], extents[at]];
    let found: number | undefined;
    for (let index = at + step; Math.abs(index - at) < 300; index += step) {
      const [other, its] = [lines[index], extents[index]];
      if (line === undefined || own === undefined || other === undefined || its === undefined) break;
      if (found !== undefined && Math.abs(other.base - (lines[found]?.base ?? 0)) > 0.5 * line.size) break;
      if (!overlaps(own, its, line.size)) continue;
      if (found !== undefined) return undefined;
      found = index;
    }
    return found;
  };
  const blockOf = new Map<number, Block>();
  const blocks: Block[] = [];
  for (const [at, line] of lines.entries()) {
    const { start, end } = extents[at] ?? line;
    const index = neighbour(at, -1);
    const above = index === undefined ? undefined : lines[index];
    const isChained =
      index !== undefined &&
      above !== undefined &&
      neighbour(index, 1) === at &&
      isAlike(above.size, line.size) &&
      line.base - above.base <= 3 * line.size;
    const block = isChained ? blockOf.get(index) : undefined;
    if (block === undefined) {
      const own = { lines: [line], start, end, top: line.base - line.size, bottom: line.base };
      blocks.push(own);
      blockOf.set(at, own);
      continue;
    }
    block.lines.push(line);
    block.start = Math.min(block.start, start);
    block.end = Math.max(block.end, end);
    block.bottom = line.base;
    blockOf.set(at, block);
  }
  return blocks;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

function overlaps(a: Stretch, b: Stretch, size: number): boolean {
  return Math.min(a.end, b.end) - Math.max(a.start, b.start) > Math.min(0.6 * size, 0.5 * (a.end - a.start), 0.5 * (b.end - b.start));
}

const mostBlocks = 300;

/**
 * What is above comes before what it overlaps; what is to the left before what is to the right, unless something between the two spans both.
 */
function inOrder(blocks: readonly Block[]): Block[] {
  if (blocks.length > mostBlocks) return [...blocks].sort((a, b) => a.start - b.start || a.top - b.top);
  const precedes = (a: Block, b: Block): boolean => {
    if (overlaps(a, b, 1)) return a.top < b.top;
    if (a.start >= b.start) return false;
    return !blocks.some(
      (c) =>
        c !== a &&
        c !== b &&
        overlaps(c, a, 1) &&
        overlaps(c, b, 1) &&
        c.top >= Math.min(a.bottom, b.bottom) - 1 &&
        c.bottom <= Math.max(a.top, b.top) + 1,
    );
  };
  const before = new Map(blocks.map((block) => [block, blocks.filter((other) => other !== block && precedes(other, block))]));
  const left = new Set([...blocks].sort((a, b) => a.start - b.start || a.top - b.top));
  const ordered: Block[] = [];
  while (left.size > 0) {
    const all = [...left];
    const next =
      all.find((block) => before.get(block)?.every((other) => !left.has(other))) ?? all.reduce((a, b) => (b.top < a.top ? b : a));
    left.delete(next);
    ordered.push(next);
  }
  return ordered;
}
