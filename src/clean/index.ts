/** Text to clean text: the second step. The rules mend typography first, then the script of what a naive converter wrote. */
import { naiveConversion } from '../convert/repair.ts';
import type { Layer } from '../text/edit.ts';
import { carryMessages, type Rule, type Ruled, runRules } from './rule.ts';
import { cleaningRules } from './rules/index.ts';

/** Every rule, in the order that they run in. */
export const allRules: readonly Rule[] = [...cleaningRules, naiveConversion];

/** What one rule mends can be what an earlier one waits for: `&amp;lt;` is an entity again. More passes than this were never needed. */
const maxPasses = 5;

/**
 * Cleans and repairs a decoded text. The rules run until none finds anything, so that cleaning a clean text again changes nothing.
 *
 * @param without ids of rules to leave out.
 */
export function clean(text: string, without: readonly string[] = []): Ruled {
  const rules = cleaningRules.filter(({ id }) => !without.includes(id));
  let ruled: Ruled = { text, layers: [], messages: [] };
  for (let pass = 0; pass < maxPasses; pass++) {
    const next = runRules(ruled.text, 'clean', rules);
    ruled = followed(ruled, next);
    if (next.layers.length === 0) break;
  }
  if (without.includes(naiveConversion.id)) return ruled;
  return followed(ruled, runRules(ruled.text, 'repair', [naiveConversion]));
}

/** One outcome behind another. What was said of the same place before and is said again is said once. */
function followed(first: Ruled, then: Ruled): Ruled {
  const edits = then.layers.map((layer: Layer) => layer.edits);
  const carried = edits.reduce((messages, layer) => carryMessages(messages, layer), first.messages);
  const key = ({ rule, reason }: { rule: string; reason: string }) => `${rule} ${reason}`;
  const known = new Set(carried.map(key));
  return {
    text: then.text,
    layers: [...first.layers, ...then.layers],
    messages: [...carried, ...then.messages.filter((message) => !known.has(key(message)))],
  };
}
