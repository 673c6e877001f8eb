/** Puts lines of furniture, and lines that only look like it, into articles, and counts what cleaning does to them. Pure. */

export interface FurnitureEntry {
  readonly text: string;
  readonly place: 'head' | 'tail' | 'inline' | 'repeated';
  readonly expect: 'removed' | 'kept' | 'notice';
  readonly note?: string;
}

/** An entry in an article. */
interface Placement {
  readonly entry: FurnitureEntry;
  /** Where it was put, in words. */
  readonly where: string;
  readonly raw: string;
  /** What is to come of it. */
  readonly clean: string;
}

interface Failure extends Placement {
  readonly actual: string;
}

interface Figures {
  placements: number;
  right: number;
  readonly failures: Failure[];
}

interface Judged {
  readonly removed: Figures;
  readonly kept: Figures;
  readonly notice: Figures;
  /** Of what was taken out: the share that had to be. Of what had to be: the share that was. */
  readonly precision: number;
  readonly recall: number;
}

const sentenceEnd = /[。！？…][”’」』）)]*$/;
/** UTF-16 units. */
const shortestParagraph = 40;

/**
 * Judges every entry in every article.
 *
 * @param articles clean, as lines.
 * @param clean what is judged.
 * @param isNotice whether a line of a clean text is labelled as a notice.
 */
export function judge(
  entries: readonly FurnitureEntry[],
  articles: readonly string[],
  clean: (text: string) => string,
  isNotice: (text: string, line: string) => boolean,
): Judged {
  const figures = { removed: none(), kept: none(), notice: none() };
  let wronglyTaken = 0;
  for (const entry of entries) {
    for (const [index, article] of articles.entries()) {
      for (const placement of place(entry, article, index)) {
        const actual = clean(placement.raw);
        const isTyped =
          entry.expect === 'removed' || entry.place === 'inline' || isNotice(actual, entry.text) === (entry.expect === 'notice');
        const isRight = withoutWhite(actual) === withoutWhite(placement.clean) && isTyped;
        const count = figures[entry.expect];
        count.placements++;
        if (isRight) count.right++;
        else count.failures.push({ ...placement, actual });
        if (entry.expect !== 'removed' && withoutWhite(actual) !== withoutWhite(placement.clean)) wronglyTaken++;
      }
    }
  }
  return {
    ...figures,
    precision: figures.removed.right / (figures.removed.right + wronglyTaken || 1),
    recall: figures.removed.right / (figures.removed.placements || 1),
  };
}

/** Lines of one headline are joined by another rule. */
function withoutWhite(text: string): string {
  return text.replaceAll(/\s/g, '');
}

function none(): Figures {
  return { placements: 0, right: 0, failures: [] };
}

/** Every place in an article where the entry could stand. Entries that repeat belong to another rule, and have none. */
function place(entry: FurnitureEntry, article: string, seed: number): Placement[] {
  const lines = article.split('\n');
  if (entry.place === 'inline') return inline(entry, lines, seed);
  if (entry.place === 'head') return head(entry, lines);
  return entry.place === 'tail' ? tail(entry, lines) : [];
}

function put(entry: FurnitureEntry, where: string, lines: readonly string[], at: number, above: readonly string[] = []): Placement {
  const raw = lines.toSpliced(at, 0, ...above, entry.text);
  return { entry, where, raw: raw.join('\n'), clean: (entry.expect === 'removed' ? lines : raw).join('\n') };
}

function head(entry: FurnitureEntry, lines: readonly string[]): Placement[] {
  const body = firstParagraph(lines);
  const note = entry.note ?? '';
  if (entry.expect === 'kept' && /body|opening/.test(note) && !note.startsWith('headline'))
    return [put(entry, 'above the body', lines, body)];
  // In place of the headline.
  if (entry.expect === 'kept') return [put(entry, 'as the headline', lines.slice(1), 0)];
  return [put(entry, 'above all', lines, 0), put(entry, 'above the body', lines, body)];
}

function tail(entry: FurnitureEntry, lines: readonly string[]): Placement[] {
  const last = lastParagraph(lines);
  const note = entry.note ?? '';
  if (note.includes('body follows')) return [put(entry, 'above the last paragraph', lines, last)];
  const heading = /previous line: (.+)$/.exec(note)?.[1];
  const above = heading === undefined ? [] : [heading];
  const below = [put(entry, 'below all', lines, lines.length, above)];
  return last + 1 < lines.length ? [...below, put(entry, 'below the last paragraph', lines, last + 1, above)] : below;
}

function inline(entry: FurnitureEntry, lines: readonly string[], seed: number): Placement[] {
  const paragraphs = lines.flatMap((line, index) => (line.length >= shortestParagraph && sentenceEnd.test(line) ? [index] : []));
  const index = paragraphs[seed % Math.max(1, paragraphs.length)];
  const line = index === undefined ? undefined : lines[index];
  if (index === undefined || line === undefined) return [];
  const isAddress = /^[!-~]+$/.test(entry.text);
  const isBracket = /^[【（(［[].*[】）)］\]]$/.test(entry.text);
  const spots = [...(isAddress ? [] : betweenSentences(line)), ...(isAddress || isBracket ? withinSentences(line) : [])];
  return spots.map((at) => {
    const raw = lines.with(index, line.slice(0, at) + entry.text + line.slice(at)).join('\n');
    return { entry, where: `within line ${index + 1}, at ${at}`, raw, clean: entry.expect === 'removed' ? lines.join('\n') : raw };
  });
}

/** Offsets behind sentences that are not quoted. */
function betweenSentences(line: string): number[] {
  return [...line.matchAll(/[。！？](?=[^”’」』）)。！？])/g)]
    .map((match) => match.index + 1)
    .filter((at) => !isQuoted(line, at))
    .slice(0, 3);
}

/** Offsets between two Han characters, here and there. */
function withinSentences(line: string): number[] {
  return [...line.matchAll(/\p{Script=Han}(?=\p{Script=Han})/gu)]
    .map((match) => match.index + 1)
    .filter((_, index) => index % 17 === 8)
    .slice(0, 3);
}

function isQuoted(line: string, at: number): boolean {
  const before = line.slice(0, at);
  return (before.match(/[“「]/g)?.length ?? 0) > (before.match(/[”」]/g)?.length ?? 0);
}

function firstParagraph(lines: readonly string[]): number {
  return Math.max(0, lines.findIndex(isParagraph));
}

function lastParagraph(lines: readonly string[]): number {
  return lines.findLastIndex((line) => sentenceEnd.test(line) && !/^[（(▲]/.test(line));
}

function isParagraph(line: string): boolean {
  return line.length >= shortestParagraph && sentenceEnd.test(line);
}
