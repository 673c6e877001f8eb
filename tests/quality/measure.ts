/** What `npm run quality` prints and the floors hold: how well cleaning does on the articles of this folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { clean } from '../../src/clean/index.ts';
import { addNoise, isPossible, type NoiseDictionary, type NoiseStyle, seeded } from '../support/noise.ts';

export type Half = 'development' | 'heldout';

interface Article {
  readonly name: string;
  readonly text: string;
  /** Every character of whole paragraphs has its reading, as for learners. */
  readonly isAnnotated: boolean;
}

export function readArticles(half: Half): Article[] {
  const folder = new URL(`articles/${half}/`, import.meta.url);
  return readdirSync(folder)
    .sort()
    .map((file) => ({
      name: file.replace('.txt', ''),
      text: readFileSync(new URL(file, folder), 'utf8').trimEnd(),
      isAnnotated: file.includes('annotated'),
    }));
}

/** Counts of {@link measureNoise}. */
export interface NoiseFigures {
  articles: number;
  exact: number;
  groups: number;
  left: number;
  legitimate: number;
  kept: number;
  /** The first articles that were not restored, with the first difference. */
  readonly misses: string[];
}

/** Puts noise into every article of a half and cleans it. Articles annotated for learners are left out. */
export function measureNoise(
  articles: readonly Article[],
  { style, rate, dictionary, seed = 1 }: { style: NoiseStyle; rate: number; dictionary: NoiseDictionary; seed?: number },
): NoiseFigures {
  const figures: NoiseFigures = { articles: 0, exact: 0, groups: 0, left: 0, legitimate: 0, kept: 0, misses: [] };
  if (!isPossible(style, dictionary)) return figures;
  for (const [index, { name, text, isAnnotated }] of articles.entries()) {
    if (isAnnotated) continue;
    const noisy = addNoise(text, { style, rate, dictionary, random: seeded(seed * 1000 + index) });
    if (noisy.groups === 0) continue;
    const cleaned = clean(noisy.text).text;
    const legitimate = groupsOf(text);
    const found = groupsOf(cleaned);
    figures.articles++;
    figures.groups += noisy.groups;
    figures.legitimate += legitimate.length;
    const kept = intersection(legitimate, found);
    figures.kept += kept;
    figures.left += Math.min(noisy.groups, found.length - kept);
    if (cleaned === text) figures.exact++;
    else figures.misses.push(`${name} ${style} ${rate} ${dictionary}: ${firstDifference(cleaned, text)}`);
  }
  return figures;
}

/** Bracketed groups of a text: what noise is made of, and what it must not be taken for. */
function groupsOf(text: string): string[] {
  return text.match(/<rt>[^<]*<\/rt>|[([（［「【]\s?[^()[\]（）「」【】，。]{1,24}\s?[)\]）］」】]/g) ?? [];
}

function intersection(some: readonly string[], others: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const other of others) counts.set(other, (counts.get(other) ?? 0) + 1);
  let size = 0;
  for (const one of some) {
    const count = counts.get(one) ?? 0;
    if (count === 0) continue;
    counts.set(one, count - 1);
    size++;
  }
  return size;
}

export function firstDifference(actual: string, expected: string): string {
  let at = 0;
  while (at < expected.length && actual[at] === expected[at]) at++;
  const around = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 8), at + 16));
  return `${around(actual)} for ${around(expected)}`;
}

/** Of the articles as they stand, those that cleaning changes: none should. */
export function changedArticles(articles: readonly Article[]): string[] {
  return articles
    .filter(({ text }) => clean(text).text !== text)
    .map(({ name, text }) => `${name}: ${firstDifference(clean(text).text, text)}`);
}
