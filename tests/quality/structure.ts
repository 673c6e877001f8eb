/** Scores the structure stage on the labelled articles of `structure/`: precision, recall and F1 per kind of block, field and role. */
import { readdirSync, readFileSync } from 'node:fs';
import { normalize } from '../../src/normalize.ts';
import { dayOfKey } from '../../src/structure/given-dates.ts';
import type { Half } from './measure.ts';

export interface LabelledFile {
  readonly name: string;
  /** The raw file, without its labels. */
  readonly raw: string;
  /** Given beside the file. */
  readonly reference?: string;
  readonly key?: string;
  readonly articles: readonly LabelledArticle[];
}

interface LabelledArticle {
  /** `kind text`, the text without white space; a name with its role. */
  readonly items: readonly string[];
}

export interface Score {
  readonly label: string;
  right: number;
  expected: number;
  found: number;
  /** What was missed or found wrongly, with the file's name. */
  readonly misses: string[];
}

const nested = new Set(['dateline', 'byline', 'source', 'endMark', 'published', 'credits']);
const fields = new Set(['agency', 'place', 'date', 'page', 'tag']);

export function readLabelled(half: Half): LabelledFile[] {
  const folder = new URL(`structure/${half}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((file) => parseLabelled(file.replace('.txt', ''), readFileSync(new URL(file, folder), 'utf8').trimEnd()));
}

/** A labelled file: structure/README.md says its form. @throws {Error} that names the file and the line for one that is not of it. */
function parseLabelled(name: string, source: string): LabelledFile {
  let raw = '';
  const directives: Record<string, string> = {};
  const articles: { items: string[] }[] = [{ items: [] }];
  let open: { kind: string; text: string } | undefined;
  const close = () => {
    if (open !== undefined) articles.at(-1)?.items.push(`${open.kind} ${compact(open.text)}`);
    open = undefined;
  };
  for (const [index, line] of source.split('\n').entries()) {
    const directive = /^% (\w+) (.*)$/.exec(line);
    const block = /^(?:(?<glued>&) )?(?<kind>[A-Za-z]+|[-+]) \| ?(?<text>.*)$/u.exec(line)?.groups;
    if (line === '== article') {
      close();
      articles.push({ items: [] });
    } else if (directive !== null) {
      if (directive[1] === 'date') articles.at(-1)?.items.push(`contentDate ${directive[2]}`);
      else directives[directive[1] ?? ''] = directive[2] ?? '';
    } else if (line === '') {
      raw += '\n';
    } else if (block === undefined) {
      throw new Error(`${name}:${index + 1}: no labelled line: ${line}`);
    } else {
      const { text, items } = unlabel(block.text ?? '');
      raw += `${block.glued === undefined && raw !== '' ? '\n' : ''}${text}`;
      articles.at(-1)?.items.push(...items);
      if (block.kind === '-') continue;
      // Two parallel lines are one headline.
      const isParallel = block.kind === 'headline' && open?.kind === 'headline';
      if (block.kind === '+' || isParallel) {
        if (open !== undefined) open.text += text;
        continue;
      }
      close();
      open = { kind: block.kind ?? '', text };
    }
  }
  close();
  const { reference, key } = directives;
  return { name, raw: raw.replace(/^\n+/, ''), articles, ...(reference && { reference }), ...(key && { key }) };
}

/** A line without its labels, and what they hold: `author 周文`. */
function unlabel(line: string): { readonly text: string; readonly items: readonly string[] } {
  const items: string[] = [];
  const stack: { label: string; from: number }[] = [];
  let text = '';
  for (let at = 0; at < line.length; at++) {
    const label = /^\{([a-zA-Z]+):/.exec(line.slice(at))?.[1];
    if (label !== undefined) {
      stack.push({ label, from: text.length });
      at += label.length + 1;
    } else if (line[at] === '}' && stack.length > 0) {
      const { label = '', from = 0 } = stack.pop() ?? {};
      items.push(`${nested.has(label) || fields.has(label) ? label : `role:${label}`} ${compact(text.slice(from))}`);
    } else {
      text += line[at];
    }
  }
  return { text, items };
}

function compact(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '');
}

/** What the program finds in the file, in the words of the labels. */
function itemsOf({ raw, reference, key }: LabelledFile): string[] {
  const near = reference ?? dayOfKey(key ?? '');
  const { text, blocks, articles } = normalize(Buffer.from(raw), near === undefined ? {} : { reference: near });
  const slice = (span: { start: number; end: number }) => compact(text.slice(span.start, span.end));
  return [
    ...blocks.flatMap((block) => [
      `${block.kind} ${slice(block)}`,
      ...(block.fields ?? []).map((field) => `${field.name} ${slice(field)}`),
      ...(block.people ?? []).map((person) => `role:${person.role} ${slice(person)}`),
    ]),
    ...articles.flatMap(({ date }) => (date?.precision === 'day' ? [`contentDate ${date.iso}`] : [])),
  ];
}

/** One score for each kind of block, field and role, the worst first; `all` is the last. */
export function measureStructure(files: readonly LabelledFile[]): Score[] {
  const scores = new Map<string, Score>();
  const all: Score = { label: 'all', right: 0, expected: 0, found: 0, misses: [] };
  for (const file of files) {
    const expected = countItems(file.articles.flatMap(({ items }) => items));
    const found = countItems(itemsOf(file));
    for (const item of new Set([...expected.keys(), ...found.keys()])) {
      const label = item.slice(0, item.indexOf(' '));
      const score = scores.get(label) ?? { label, right: 0, expected: 0, found: 0, misses: [] };
      scores.set(label, score);
      const wanted = expected.get(item) ?? 0;
      const had = found.get(item) ?? 0;
      for (const one of [score, all]) {
        one.right += Math.min(wanted, had);
        one.expected += wanted;
        one.found += had;
      }
      if (wanted > had) score.misses.push(`${file.name}: missed ${item}`);
      if (wanted < had) score.misses.push(`${file.name}: wrong ${item}`);
    }
  }
  return [...[...scores.values()].sort((a, b) => f1Of(a) - f1Of(b)), all];
}

export function f1Of({ right, expected, found }: Score): number {
  return (2 * right) / (expected + found);
}

function countItems(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
