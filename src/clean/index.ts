/** Text to clean text: the second step. The rules mend typography first, then the script of what a naive converter wrote. */
import { naiveConversion } from '../convert/repair.ts';
import { carryMessages, type Rule, type Ruled, runRules, runToRest } from './rule.ts';
import { cleaningRules } from './rules/index.ts';

/** Every rule, in the order that they run in. */
export const allRules: readonly Rule[] = [...cleaningRules, naiveConversion];

/**
 * Cleans and repairs a decoded text. Cleaning a clean text again changes nothing.
 *
 * @param without ids of rules to leave out.
 */
export function clean(text: string, without: readonly string[] = []): Ruled {
  const isWanted = ({ id }: Rule): boolean => !without.includes(id);
  const cleaned = runToRest(text, 'clean', cleaningRules.filter(isWanted));
  const repaired = runRules(cleaned.text, 'repair', [naiveConversion].filter(isWanted));
  const edits = repaired.layers.flatMap((layer) => layer.edits);
  return {
    text: repaired.text,
    layers: [...cleaned.layers, ...repaired.layers],
    messages: [...carryMessages(cleaned.messages, edits), ...repaired.messages],
  };
}
