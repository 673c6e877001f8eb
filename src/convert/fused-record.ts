/** The edits of each step, put together from what `fused.ts` met on its walk. */
import type { Edit } from '../text/edit.ts';
import type { Fused } from './fused-tables.ts';
import { type Configuration, type ConversionStep, convertInSteps } from './steps.ts';

/** What the steps do to a word, a phrase, a character or a clause, with offsets from its start. */
export interface Change {
  /** The only edit, as most have one, and whether it is of the second step. */
  readonly only: Edit | undefined;
  readonly isOnlySecond: boolean;
  /** Otherwise the edits of each step. */
  readonly edits: readonly (readonly Edit[])[];
  /** What the first step adds to the length. */
  readonly shift: number;
}

/** What changes something, and where it stands. Used again for the next text: `size` counts. */
export interface Log {
  readonly at: number[];
  readonly changes: Change[];
  size: number;
}

export function enter(log: Log, at: number, change: Change): void {
  log.at[log.size] = at;
  log.changes[log.size++] = change;
}

export function stepsOf(log: Log, { chain }: Configuration): ConversionStep[] {
  const firstEdits: Edit[] = [];
  const secondEdits: Edit[] = [];
  let shift = 0;
  for (let index = 0; index < log.size; index++) {
    const change = log.changes[index];
    const at = log.at[index] ?? 0;
    if (change === undefined) continue;
    if (change.only !== undefined) {
      const { removed, inserted } = change.only;
      if (change.isOnlySecond) secondEdits.push({ at: at + shift + change.only.at, removed, inserted });
      else firstEdits.push({ at: at + change.only.at, removed, inserted });
    } else {
      const [first, second] = change.edits;
      for (const { at: inside, removed, inserted } of first ?? []) firstEdits.push({ at: at + inside, removed, inserted });
      for (const { at: inside, removed, inserted } of second ?? []) secondEdits.push({ at: at + shift + inside, removed, inserted });
    }
    shift += change.shift;
  }
  return chain.map((name, index) => ({ table: name, edits: index === 0 ? firstEdits : secondEdits }));
}

/** The change of the key that stands at `at`, kept at a place of `byPlace`. */
export function keptChange(fused: Fused, byPlace: Int32Array, place: number, text: string, at: number, keyLength: number): Change {
  const known = fused.changes[byPlace[place] ?? 0];
  if (known !== undefined) return known;
  const change = changeOf(convertInSteps(text.slice(at, at + keyLength), fused.configuration).steps);
  byPlace[place] = fused.changes.length;
  fused.changes.push(change);
  return change;
}

export function changeOf(steps: readonly ConversionStep[]): Change {
  const edits = steps.map((step) => step.edits);
  const [only, ...more] = edits.flat();
  const shift = (edits[0] ?? []).reduce((sum, { removed, inserted }) => sum + inserted.length - removed.length, 0);
  if (only === undefined || more.length > 0) return { only: undefined, isOnlySecond: false, edits, shift };
  return { only, isOnlySecond: edits[0]?.length === 0, edits: [], shift };
}
