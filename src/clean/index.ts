/** Text to clean text: the second step. The rules mend typography first, then the script of what a naive converter wrote. */
import { naiveConversion } from '../convert/repair.ts';
import { carryMessages, type Ruled, runRules } from './rule.ts';
import { cleaningRules } from './rules/index.ts';

/** Cleans and repairs a decoded text. Cleaning a clean text again changes nothing. */
export function clean(text: string): Ruled {
  const cleaned = runRules(text, 'clean', cleaningRules);
  const repaired = runRules(cleaned.text, 'repair', [naiveConversion]);
  const edits = repaired.layers.flatMap((layer) => layer.edits);
  return {
    text: repaired.text,
    layers: [...cleaned.layers, ...repaired.layers],
    messages: [...carryMessages(cleaned.messages, edits), ...repaired.messages],
  };
}
