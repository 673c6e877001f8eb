/**
 * Are a document's glosses noise? Decided for each style of gloss by itself, so that a legitimate 行（háng） survives in a
 * document full of 政(zheng), and so that a second look at the cleaned text decides the same again.
 *
 * Writers gloss a character once; noise glosses every occurrence in a paragraph, often several times over.
 */
import { countHan } from '../text/han.ts';
import { lineSpans, type Span, sliceOf } from '../text/span.ts';
import { type Gloss, type GlossedCharacter, isPlausible } from './glosses.ts';

/** Thresholds, set on texts of our own; what they were tested on is in tests/cases. */
const limits = {
  /** Share of a style's glosses that must be a reading of their character. */
  precision: 0.8,
  /** The same where glosses are repeated: noise made with another dictionary has wrong readings among them. */
  precisionOfRepeats: 0.5,
  /** Characters glossed twice or more in a row that prove noise; a writer never does that. */
  repeats: 2,
  /** Glossed characters from which glosses that are never repeated may be noise. */
  glossed: 8,
  /** Characters that occur again in a paragraph and carry their gloss every time. */
  consistent: 2,
  /** Share of recurring characters that must be consistent. */
  consistency: 0.8,
  /** From this share of a paragraph's characters on, the text is annotated for learners, not trapped. */
  annotated: 0.85,
  /** Plausible glosses from which a kept style is worth a person's look. */
  review: 5,
};

export interface Verdict {
  readonly isNoise: (gloss: Gloss) => boolean;
  /** A gloss in noise that is no reading of its character: carried when the document repeats it. */
  readonly isCarried: (one: GlossedCharacter, gloss: Gloss) => boolean;
  readonly doubts: readonly { readonly style: string; readonly reason: string; readonly at: number }[];
}

interface Family {
  readonly style: string;
  readonly tone: Gloss['tone'];
  readonly members: { readonly one: GlossedCharacter; readonly glosses: readonly Gloss[]; readonly line: number }[];
}

export function judge(text: string, glossed: readonly GlossedCharacter[]): Verdict {
  const spans = lineSpans(text);
  const lines = spans.map((span) => sliceOf(text, span));
  const families = gather(spans, glossed);
  const noisy = new Set<string>();
  const doubts: { style: string; reason: string; at: number }[] = [];
  for (const family of families.values()) {
    const outcome = weigh(family, families, lines);
    if (outcome === 'noise') noisy.add(keyOf(family));
    else if (outcome !== undefined) doubts.push({ style: family.style, reason: outcome, at: family.members[0]?.one.at ?? 0 });
  }
  // Neutral-tone syllables carry no mark: 的(de) beside 標(biāo) is of the same making.
  for (const family of families.values()) {
    if (family.tone !== 'none') continue;
    const toned = noisy.has(keyOf({ ...family, tone: 'mark' })) || noisy.has(keyOf({ ...family, tone: 'digit' }));
    if (toned) noisy.add(keyOf(family));
  }
  const carried = carriedPairs(families, lines);
  return {
    isNoise: (gloss) => noisy.has(keyOf(gloss)),
    isCarried: (one, gloss) => carried.has(`${keyOf(gloss)}${one.character}${gloss.syllable}`),
    doubts: doubts.filter((doubt) => !noisy.has(keyOf({ style: doubt.style, tone: 'none' }))),
  };
}

function keyOf({ style, tone }: { readonly style: string; readonly tone: string }): string {
  return `${style} ${tone} `;
}

function gather(spans: readonly Span[], glossed: readonly GlossedCharacter[]): Map<string, Family> {
  const families = new Map<string, Family>();
  let line = 0;
  for (const one of glossed) {
    while (one.at > (spans[line]?.end ?? Number.POSITIVE_INFINITY)) line++;
    for (const key of new Set(one.glosses.map(keyOf))) {
      const glosses = one.glosses.filter((gloss) => keyOf(gloss) === key);
      const first = glosses[0];
      if (first === undefined) continue;
      const family = families.get(key) ?? { style: first.style, tone: first.tone, members: [] };
      family.members.push({ one, glosses, line });
      families.set(key, family);
    }
  }
  return families;
}

/** `noise`, a reason for doubt, or undefined where nothing speaks for noise. */
function weigh(family: Family, families: ReadonlyMap<string, Family>, lines: readonly string[]): 'noise' | string | undefined {
  const { members } = family;
  const glosses = members.flatMap(({ one, glosses }) => glosses.map((gloss) => isPlausible(one, gloss)));
  const plausible = glosses.filter(Boolean).length;
  if (plausible < glosses.length * limits.precisionOfRepeats) return undefined;
  const repeats = members.filter(({ glosses }) => isRepeated(glosses)).length;
  if (repeats >= limits.repeats || (repeats === 1 && members.length > limits.repeats)) return 'noise';
  if (plausible < glosses.length * limits.precision) return undefined;
  const touched = new Set(members.map(({ line }) => line));
  const han = [...touched].reduce((sum, line) => sum + countHan(lines[line] ?? ''), 0);
  const annotated = [...families.values()].flatMap((other) =>
    other.members.filter(({ line }) => other.style === family.style && touched.has(line)),
  );
  if (new Set(annotated.map(({ one }) => one.at)).size >= han * limits.annotated) {
    return members.length >= limits.glossed ? 'nearly every character is annotated, as for learners' : undefined;
  }
  const recurring = recurrences(family, lines);
  const consistent = recurring.filter(({ glossed, occurrences }) => glossed === occurrences).length;
  const everyTime = consistent >= limits.consistent && consistent >= recurring.length * limits.consistency;
  if (members.length >= limits.glossed && everyTime) return 'noise';
  return plausible >= limits.review ? `${members.length} glossed characters, too little speaks for noise` : undefined;
}

function isRepeated(glosses: readonly Gloss[]): boolean {
  return glosses.length > 1 && glosses.every((gloss) => gloss.syllable === glosses[0]?.syllable);
}

interface Recurrence {
  readonly character: string;
  readonly syllables: ReadonlySet<string>;
  readonly glossed: number;
  readonly occurrences: number;
}

/** Glossed characters that occur more than once in their line, and how many of the occurrences are glossed. */
function recurrences(family: Family, lines: readonly string[]): Recurrence[] {
  const counts = new Map<string, { character: string; line: number; syllables: Set<string>; glossed: number }>();
  for (const { one, glosses, line } of family.members) {
    const key = `${line} ${one.character}`;
    const count = counts.get(key) ?? { character: one.character, line, syllables: new Set<string>(), glossed: 0 };
    count.glossed++;
    for (const gloss of glosses) count.syllables.add(gloss.syllable);
    counts.set(key, count);
  }
  return [...counts.values()]
    .map(({ line, ...count }) => ({ ...count, occurrences: (lines[line] ?? '').split(count.character).length - 1 }))
    .filter(({ occurrences }) => occurrences > 1);
}

/** Pairs of character and syllable that a family repeats, in a row or at every occurrence. Source of wrong ones: 強(qie). */
function carriedPairs(families: ReadonlyMap<string, Family>, lines: readonly string[]): Set<string> {
  const pairs = new Set<string>();
  for (const [key, family] of families) {
    for (const { one, glosses } of family.members) {
      if (isRepeated(glosses)) pairs.add(`${key}${one.character}${glosses[0]?.syllable}`);
    }
    for (const { character, syllables, glossed, occurrences } of recurrences(family, lines)) {
      if (glossed === occurrences && syllables.size === 1) pairs.add(`${key}${character}${[...syllables][0]}`);
    }
  }
  return pairs;
}
