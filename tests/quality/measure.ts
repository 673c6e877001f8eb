/** What `npm run quality` prints and the floors hold: how well cleaning does on the articles of this folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { clean } from '../../src/clean/index.ts';
import { findBlocks } from '../../src/structure/index.ts';
import { type FurnitureEntry, judge } from '../support/furniture.ts';
import { addNoise, isPossible, type NoiseDictionary, type NoiseStyle, seeded } from '../support/noise.ts';
import { type Damage, flat } from './damage.ts';

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

function firstDifference(actual: string, expected: string): string {
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

/** Figures of one rule. Shares are 0..1. */
export interface DamageFigures {
  readonly articles: number;
  /** Share of articles that come back as they were. */
  readonly exact: number;
  /** Share of damaged places that are mended. */
  readonly recall: number;
  /** Of the rule's edits, those without the lines that came out otherwise and are not just left damaged. */
  readonly precision: number;
  /** The precision with Laplace's correction, as the rule's confidence has it. */
  readonly confidence: number;
  readonly misses: readonly string[];
}

/** Damages every article and cleans it. */
export function measureDamage(articles: readonly Article[], { rule, damage, sites }: Damage): DamageFigures {
  let [all, left, exact, edits, wrong, damaged] = [0, 0, 0, 0, 0, 0];
  const misses: string[] = [];
  for (const [index, { name, text, isAnnotated }] of articles.entries()) {
    const raw = isAnnotated ? undefined : damage(text, seeded(index + 1));
    if (raw === undefined) continue;
    const { text: cleaned, layers } = clean(raw);
    const before = count(text, sites);
    damaged++;
    all += Math.max(0, count(raw, sites) - before);
    const leftHere = Math.max(0, count(cleaned, sites) - before);
    left += leftHere;
    wrong += Math.max(0, differingLines(cleaned, text) - leftHere);
    edits += layers.filter((layer) => layer.rule === rule).reduce((sum, layer) => sum + layer.edits.length, 0);
    if (cleaned === text) exact++;
    else misses.push(`${name} ${rule}: ${firstDifference(cleaned, text)}`);
  }
  return {
    articles: damaged,
    exact: exact / damaged,
    recall: all === 0 ? 1 : (all - left) / all,
    precision: edits === 0 ? 1 : 1 - Math.min(wrong, edits) / edits,
    confidence: (edits - Math.min(wrong, edits) + 1) / (edits + 2),
    misses,
  };
}

function differingLines(actual: string, expected: string): number {
  const lines = new Set(expected.split('\n'));
  return actual.split('\n').filter((line) => !lines.has(line)).length;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** F1 of each mark where all fullwidth marks of the articles were flattened to ASCII. */
export function measureMarks(articles: readonly Article[]): Map<string, number> {
  const counts = new Map(Object.keys(flat).map((mark) => [mark, { right: 0, wrong: 0, missed: 0 }]));
  for (const { text, isAnnotated } of articles) {
    // An article that has marks of both widths does not say which the flattened ones were.
    if (isAnnotated || /\p{Script=Han}\([^()]*\)/u.test(text)) continue;
    const cleaned = clean(text.replace(/[，：；！？（）]/g, (mark) => flat[mark] ?? mark)).text;
    if (cleaned.length !== text.length) continue;
    for (let at = 0; at < text.length; at++) {
      const [actual, expected] = [cleaned.charAt(at), text.charAt(at)];
      const restored = counts.get(expected);
      if (restored !== undefined) restored[actual === expected ? 'right' : 'missed']++;
      else if (counts.has(actual)) (counts.get(actual) ?? { wrong: 0 }).wrong++;
    }
  }
  return new Map([...counts].map(([mark, { right, wrong, missed }]) => [mark, (2 * right) / (2 * right + wrong + missed)]));
}

/** Precision and recall of furniture, and the share of what must stay that stays; each entry in each article. */
export function measureFurniture(half: Half, articles: readonly Article[]) {
  const entries: FurnitureEntry[] = JSON.parse(readFileSync(new URL(`furniture/${half}.json`, import.meta.url), 'utf8'));
  const texts = articles.filter(({ isAnnotated }) => !isAnnotated).map(({ text }) => text);
  const isNotice = (text: string, line: string) =>
    findBlocks(text).some(({ kind, start, end }) => kind === 'notice' && text.slice(start, end) === line);
  const { precision, recall, kept, notice } = judge(entries, texts, (text) => clean(text).text, isNotice);
  return { precision, recall, kept: kept.right / kept.placements, notice: notice.right / notice.placements };
}
