/**
 * The kernel of the ledger. Rules find edits; only this file applies them, verifies them and undoes them.
 *
 * All offsets are UTF-16 code units, as JavaScript strings count.
 */
import { LedgerError } from '../errors.ts';

/** One replacement. `at` is the UTF-16 offset of `removed` in the text the edit was found in. */
export interface Edit {
  readonly at: number;
  readonly removed: string;
  readonly inserted: string;
}

export type Stage = 'decode' | 'clean' | 'repair' | 'convert';

/** Edits of one rule over one text: sorted by `at`, never overlapping. `script` only for stage `convert`. */
export interface Layer {
  readonly stage: Stage;
  readonly rule: string;
  readonly script?: string;
  /** 0..1, of a rule that weighs context; absent where the rule is certain. */
  readonly confidence?: number;
  readonly edits: readonly Edit[];
}

/**
 * Applies edits to the text they were found in.
 *
 * @throws {LedgerError} if an edit is out of order, overlaps its predecessor, changes nothing, or does not find
 *   `removed` at `at`. Nothing is applied in part.
 */
export function apply(text: string, edits: readonly Edit[]): string {
  if (edits.length === 0) return text;
  let applied = '';
  let end = 0;
  for (const { at, removed, inserted } of edits) {
    if (at < end) throw new LedgerError(`edit at ${at} overlaps or precedes the edit that ends at ${end}`);
    if (removed === inserted) throw new LedgerError(`edit at ${at} changes nothing`);
    if (!text.startsWith(removed, at) || at + removed.length > text.length) {
      throw new LedgerError(
        `edit at ${at} expects ${JSON.stringify(removed)} and finds ${JSON.stringify(text.slice(at, at + removed.length))}`,
      );
    }
    applied += text.slice(end, at) + inserted;
    end = at + removed.length;
  }
  return applied + text.slice(end);
}

/** The edits that, applied to the result of `edits`, give the text before them. */
export function invert(edits: readonly Edit[]): Edit[] {
  let shift = 0;
  return edits.map(({ at, removed, inserted }) => {
    const inverse = { at: at + shift, removed: inserted, inserted: removed };
    shift += inserted.length - removed.length;
    return inverse;
  });
}

/** Applies layers first to last. @throws {LedgerError} as {@link apply} does, naming the layer. */
export function applyLayers(text: string, layers: readonly Layer[]): string {
  return layers.reduce((current, layer) => inLayer(layer, () => apply(current, layer.edits)), text);
}

/** Undoes layers last to first. @throws {LedgerError} as {@link apply} does, naming the layer. */
export function undoLayers(text: string, layers: readonly Layer[]): string {
  return layers.reduceRight((current, layer) => inLayer(layer, () => apply(current, invert(layer.edits))), text);
}

function inLayer(layer: Layer, step: () => string): string {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    throw new LedgerError(`layer ${layer.stage}/${layer.rule}: ${error.message}`, { cause: error });
  }
}

/**
 * A function that carries UTF-16 offsets from the text before `edits` to the text after them.
 *
 * Inside a stretch replaced by one of equal length (干部 by 幹部) an offset keeps its distance. Inside any other it goes
 * to the end of what replaced it, or, with `bias: 'start'`, to its start.
 * At an insertion point the offset stays before the insertion with `'start'` and goes behind it with `'end'`.
 * Costs a binary search a call.
 */
export function offsetMapper(edits: readonly Edit[]): (offset: number, bias: 'start' | 'end') => number {
  const shifts: number[] = [0];
  for (const { removed, inserted } of edits) shifts.push((shifts.at(-1) ?? 0) + inserted.length - removed.length);
  return (offset, bias) => {
    // The number of edits that begin before the offset (or at it, where the bias says to pass them).
    let low = 0;
    let high = edits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const edit = edits[middle];
      if (edit === undefined) break;
      const passed = edit.at < offset || (edit.at === offset && bias === 'end' && edit.removed === '');
      if (passed) low = middle + 1;
      else high = middle;
    }
    const before = shifts[low] ?? 0;
    const last = edits[low - 1];
    if (last !== undefined && offset < last.at + last.removed.length) {
      const start = last.at + (shifts[low - 1] ?? 0);
      if (last.removed.length === last.inserted.length) return start + offset - last.at;
      return bias === 'start' ? start : start + last.inserted.length;
    }
    return offset + before;
  };
}
