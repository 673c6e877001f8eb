/** Clean text to each script: a branch of convert layers behind the trunk of the ledger. */

import type { Block } from '../structure/block.ts';
import { type Layer, offsetMapper } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { DetectedScript } from './detect.ts';
import { convertScript } from './opencc.ts';
import type { Script } from './scripts.ts';

export interface Converted {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly layers: readonly Layer[];
}

/**
 * The text and its blocks in a script. No dictionary entry holds a line break, so that no word is matched over the bounds of
 * a block.
 */
export function convert(text: string, blocks: readonly Block[], detected: DetectedScript['detected'], script: Script): Converted {
  const { text: converted, steps } = convertScript(text, sourceScript(detected, script), script);
  let carried = blocks;
  for (const { edits } of steps) {
    const carry = offsetMapper(edits);
    carried = carried.map((block) => ({
      ...block,
      ...carrySpan(block, carry),
      ...(block.people && { people: block.people.map((person) => ({ ...person, ...carrySpan(person, carry) })) }),
    }));
  }
  return { text: converted, blocks: carried, layers: steps.map(({ rule, edits }) => ({ stage: 'convert', rule, script, edits })) };
}

/** A mixed text is read as the script that it is to be rid of; a text without telling characters as Simplified. */
function sourceScript(detected: DetectedScript['detected'], target: Script): Script {
  if (detected === 'mixed') return target === 'zh-Hans' ? 'zh-Hant' : 'zh-Hans';
  return detected === 'zh-Hant' ? 'zh-Hant' : 'zh-Hans';
}

function carrySpan(span: Span, carry: ReturnType<typeof offsetMapper>): Span {
  return { start: carry(span.start, 'start'), end: carry(span.end, 'end') };
}
