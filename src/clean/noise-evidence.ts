/**
 * Are a document's glosses noise? Decided for each family of glosses (one bracket, case and kind of tone) by itself, so that a
 * legitimate 行（háng） survives in a document full of 政(zheng), and so that a second look at the cleaned text decides the same again.
 *
 * Writers gloss a rare character once; noise glosses everyday characters, every occurrence in a paragraph, often several times over.
 */
import { characterAt, characterBefore, countHan, isHan } from '../text/han.ts';
import { lineSpans, type Span, sliceOf } from '../text/span.ts';
import { closingBrackets, familyOf, type Gloss, type GlossedCharacter, isPlausible } from './glosses.ts';
import { isEveryday, type Language } from './readings.ts';

/** Thresholds, set on the development half of tests/quality; docs/adr/0007 says why. */
const limits = {
  /** Share of a family's glosses that must be a reading of their character. */
  precision: 0.8,
  /** The same where glosses are repeated: noise made with another dictionary has wrong readings among them. */
  precisionOfRepeats: 0.5,
  /** The same where everyday characters are glossed. */
  precisionOfEveryday: 0.85,
  /** Characters glossed twice or more in a row that prove noise; a writer never does that. */
  repeats: 2,
  /** Glossed characters from which consistency proves noise. */
  glossed: 8,
  /** Characters that occur again in a paragraph and carry their gloss every time. */
  consistent: 2,
  /** Share of recurring characters that must be consistent. */
  consistency: 0.8,
  /** Everyday characters glossed, and their share of all that are, from which no writer can have meant it. */
  everyday: 4,
  everydayShare: 0.3,
  /** From this share of a paragraph's characters on, the text is annotated for learners, not trapped. */
  annotated: 0.85,
  /** Share of glossed characters that stand by themselves from which they are a list. */
  alone: 0.6,
  /** Plausible glosses from which a kept family is worth a person's look. */
  review: 5,
  /** Glossed characters of a family that is noise from which even its implausible glosses are. */
  wholesale: 12,
  /** Recurring characters from which a noisy family's consistency is known, and what it is then. */
  recurring: 5,
  strictConsistency: 0.95,
};

export interface Verdict {
  /** Is the gloss noise? */
  readonly isNoise: (one: GlossedCharacter, gloss: Gloss) => boolean;
  /** Is the gloss of a family that is noise, though it may be none itself? */
  readonly isAmongNoise: (gloss: Gloss) => boolean;
  readonly doubts: readonly { readonly style: string; readonly reason: string; readonly at: number }[];
}

interface Family {
  readonly style: string;
  readonly tone: Gloss['tone'];
  readonly language: Language;
  readonly members: readonly Member[];
  /** Glosses of all members, and how many of them are readings of their characters. */
  readonly total: number;
  readonly plausible: number;
  /** Members that stand alone. */
  readonly alone: number;
  readonly recurrences: readonly Recurrence[];
}

interface Member {
  readonly one: GlossedCharacter;
  readonly glosses: readonly Gloss[];
  readonly line: number;
}

export function judge(text: string, glossed: readonly GlossedCharacter[]): Verdict {
  const spans = lineSpans(text);
  const lines = spans.map((span) => sliceOf(text, span));
  const families = gather(text, spans, lines, glossed);
  const noisy = new Map<string, Noise>();
  const doubts: { style: string; reason: string; at: number }[] = [];
  for (const [key, family] of families) {
    const outcome = weigh(family, families, lines);
    if (outcome === 'noise') noisy.set(key, describe(family));
    else if (outcome !== undefined) doubts.push({ style: family.style, reason: outcome, at: family.members[0]?.one.at ?? 0 });
  }
  // Neutral-tone syllables carry no mark: 的(de) beside 標(biāo) is of the same making.
  for (const [key, family] of families) {
    if (family.tone !== 'none' || noisy.has(key)) continue;
    if (noisy.has(familyOf(family.style, 'mark')) || noisy.has(familyOf(family.style, 'digit'))) noisy.set(key, describe(family));
  }
  return {
    isNoise: (one, gloss) => noisy.get(gloss.family)?.has(one, gloss) ?? false,
    isAmongNoise: (gloss) => noisy.has(gloss.family),
    doubts: doubts.filter((doubt) => !noisy.has(familyOf(doubt.style, 'none'))),
  };
}

function gather(text: string, spans: readonly Span[], lines: readonly string[], glossed: readonly GlossedCharacter[]): Map<string, Family> {
  const membersByFamily = new Map<string, Member[]>();
  let line = 0;
  const add = (one: GlossedCharacter, glosses: readonly Gloss[], family: string): void => {
    const members = membersByFamily.get(family);
    const member = { one, glosses, line };
    if (members === undefined) membersByFamily.set(family, [member]);
    else members.push(member);
  };
  for (const one of glossed) {
    if (!isEvidence(one)) continue;
    while (one.at > (spans[line]?.end ?? Number.POSITIVE_INFINITY)) line++;
    const family = one.glosses[0]?.family ?? '';
    if (one.glosses.every((gloss) => gloss.family === family)) {
      add(one, one.glosses, family);
      continue;
    }
    for (const key of new Set(one.glosses.map((gloss) => gloss.family))) {
      add(
        one,
        one.glosses.filter((gloss) => gloss.family === key),
        key,
      );
    }
  }
  const families = new Map<string, Family>();
  for (const [key, members] of membersByFamily) {
    const first = members[0]?.glosses[0];
    if (first === undefined) continue;
    const total = members.reduce((sum, { glosses }) => sum + glosses.length, 0);
    const mandarin = plausibleOf(members, 'mandarin');
    const cantonese = mandarin > total * limits.precision ? 0 : plausibleOf(members, 'cantonese');
    families.set(key, {
      style: first.style,
      tone: first.tone,
      language: mandarin >= cantonese ? 'mandarin' : 'cantonese',
      members,
      total,
      plausible: Math.max(mandarin, cantonese),
      alone: members.filter(({ one }) => standsAlone(text, one)).length,
      recurrences: recurrencesOf(members, lines),
    });
  }
  return families;
}

/** Letters that are no reading of the character say nothing of the others: 图（a）, 选项（A）. */
function isEvidence(one: GlossedCharacter): boolean {
  return one.glosses.some(
    (gloss) => gloss.syllable.length > 1 || isPlausible(one, gloss, 'mandarin') || isPlausible(one, gloss, 'cantonese'),
  );
}

/** A character glossed once that stands for itself, as in a list of new words: 生字：天(tiān)、地(dì). Noise is in running text. */
function standsAlone(text: string, { at, glosses }: GlossedCharacter): boolean {
  const last = glosses.at(-1);
  // The markup of ruby stands between the characters.
  if (glosses.length > 1 || last === undefined || last.style === '<ruby>') return false;
  const before = characterBefore(text, at);
  // Behind another gloss it is in running text.
  if (isHan(before) || (before !== undefined && closingBrackets.includes(before))) return false;
  return !isHan(characterAt(text, last.at + last.written.length));
}

function plausibleOf(members: readonly Member[], language: Language): number {
  let plausible = 0;
  for (const { one, glosses } of members) {
    const first = glosses[0];
    if (first !== undefined && isPlausible(one, first, language))
      plausible += isRepeated(glosses) || glosses.length === 1 ? glosses.length : 1;
  }
  return plausible;
}

/** `noise`, a reason for doubt, or undefined where nothing speaks for noise. */
function weigh(family: Family, families: ReadonlyMap<string, Family>, lines: readonly string[]): 'noise' | string | undefined {
  const { members, language, total, plausible, recurrences: recurring } = family;
  if (plausible < total * limits.precisionOfRepeats) return undefined;
  const repeats = members.filter(({ glosses }) => isRepeated(glosses)).length;
  if (repeats >= limits.repeats || (repeats === 1 && members.length > limits.repeats)) return 'noise';
  if (plausible < total * limits.precision) return undefined;
  if (family.alone >= members.length * limits.alone) {
    return plausible >= limits.review ? 'the glossed characters stand alone, as in a list of new words' : undefined;
  }
  if (isForLearners(family, families, lines)) {
    return members.length >= limits.glossed ? 'nearly every character is annotated, as for learners' : undefined;
  }
  const consistent = recurring.filter(({ glossed, occurrences }) => glossed === occurrences).length;
  const isConsistent = consistent >= recurring.length * limits.consistency;
  if (members.length >= limits.glossed && consistent >= limits.consistent && isConsistent) return 'noise';
  const everyday = members.filter(
    ({ one, glosses }) => isEveryday(one.character) && glosses.every((gloss) => isPlausible(one, gloss, language)),
  );
  const kinds = new Set(everyday.map(({ one }) => one.character)).size;
  const isEverydayNoise = kinds >= limits.everyday && everyday.length >= members.length * limits.everydayShare;
  if (isEverydayNoise && isConsistent && plausible >= total * limits.precisionOfEveryday) return 'noise';
  return plausible >= limits.review ? `${members.length} glossed characters, too little speaks for noise` : undefined;
}

/** Are the lines that the family stands in annotated all through, by it and its like (untoned syllables among toned ones)? */
function isForLearners({ style, members }: Family, families: ReadonlyMap<string, Family>, lines: readonly string[]): boolean {
  const touched = new Set(members.map(({ line }) => line));
  const han = [...touched].reduce((sum, line) => sum + countHan(lines[line] ?? ''), 0);
  const annotated = new Set<number>();
  for (const other of families.values()) {
    if (other.style !== style) continue;
    for (const { one, line } of other.members) if (touched.has(line)) annotated.add(one.at);
  }
  return annotated.size >= han * limits.annotated;
}

function isRepeated(glosses: readonly Gloss[]): boolean {
  return glosses.length > 1 && glosses.every((gloss) => gloss.syllable === glosses[0]?.syllable);
}

interface Recurrence {
  readonly character: string;
  readonly line: number;
  /** The one that all glosses have, if they do. */
  readonly syllable: string | undefined;
  readonly glossed: number;
  readonly occurrences: number;
}

interface Glossed {
  readonly character: string;
  syllable: string | undefined;
  glossed: number;
  occurrences: number;
}

/** Glossed characters that occur more than once in their line, and how many of the occurrences are glossed. */
function recurrencesOf(members: readonly Member[], lines: readonly string[]): Recurrence[] {
  const recurrences: Recurrence[] = [];
  let counts: Glossed[] = [];
  for (let index = 0; index < members.length; index++) {
    const member = members[index];
    if (member === undefined) break;
    const { one, glosses, line } = member;
    const { character } = one;
    const isUnit = character.length === 1;
    const place = isUnit ? (places[character.charCodeAt(0)] ?? 0) : counts.findIndex((other) => other.character === character) + 1;
    let count = place === 0 ? undefined : counts[place - 1];
    if (count === undefined) {
      count = { character, syllable: glosses[0]?.syllable, glossed: 0, occurrences: 0 };
      counts.push(count);
      if (isUnit) places[character.charCodeAt(0)] = counts.length;
    }
    count.glossed++;
    for (const { syllable } of glosses) if (syllable !== count.syllable) count.syllable = undefined;
    if (members[index + 1]?.line === line) continue;
    countOccurrences(lines[line] ?? '', counts);
    for (const { character, syllable, glossed, occurrences } of counts) {
      if (character.length === 1) places[character.charCodeAt(0)] = 0;
      if (occurrences > 1) recurrences.push({ character, line, syllable, glossed, occurrences });
    }
    counts = [];
  }
  return recurrences;
}

/** By code unit, where the character stands in `counts`, from 1 on; else 0. A character of two units is not in it: it is rare. */
const places = new Uint32Array(0x10000);

function countOccurrences(line: string, counts: readonly Glossed[]): void {
  for (let at = 0; at < line.length; at++) {
    const place = places[line.charCodeAt(at)] ?? 0;
    const count = place === 0 ? undefined : counts[place - 1];
    if (count !== undefined) count.occurrences++;
  }
  for (const count of counts) if (count.character.length > 1) count.occurrences = line.split(count.character).length - 1;
}

interface Noise {
  readonly has: (one: GlossedCharacter, gloss: Gloss) => boolean;
}

/** Which glosses of a family that is noise are noise. Wrong readings are where the family repeats them, or is large: 強(qie). */
function describe(family: Family): Noise {
  const { recurrences: recurring } = family;
  const carried = new Set<string>();
  for (const { one, glosses } of family.members) if (isRepeated(glosses)) carried.add(`${one.character}${glosses[0]?.syllable}`);
  for (const { character, syllable, glossed, occurrences } of recurring) {
    if (glossed === occurrences && syllable !== undefined) carried.add(`${character}${syllable}`);
  }
  // A writer's own gloss in a family that glosses every occurrence otherwise stands at one of several.
  const inconsistent = recurring.filter(({ glossed, occurrences }) => glossed < occurrences);
  const isStrict = recurring.length >= limits.recurring && inconsistent.length <= recurring.length * (1 - limits.strictConsistency);
  const own = new Set(isStrict ? inconsistent.map(({ character, line }) => `${line} ${character}`) : []);
  const lineOf = new Map(own.size === 0 ? [] : family.members.map(({ one, line }) => [one.at, line]));
  const isWholesale = family.members.length >= limits.wholesale;
  const has = (one: GlossedCharacter, gloss: Gloss): boolean => {
    const isPlain = isPlausible(one, gloss, family.language);
    if (isPlain && own.size === 0) return true;
    if (carried.has(`${one.character}${gloss.syllable}`)) return true;
    if (own.has(`${lineOf.get(one.at)} ${one.character}`)) return false;
    if (isPlain) return true;
    // 图（a） and 选项（A） are no readings; a syllable of more letters in the midst of noise is one of another dictionary.
    return isWholesale && gloss.syllable.length > 1;
  };
  return { has };
}
