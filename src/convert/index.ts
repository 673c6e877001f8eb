/** Clean text to each script: a branch of convert layers behind the trunk of the ledger. */

import type { Block } from '../structure/block.ts';
import { apply, type Edit, type Layer, offsetMapper } from '../text/edit.ts';
import { type Span, sliceOf } from '../text/span.ts';
import { convertInContext } from './context.ts';
import type { DetectedScript } from './detect.ts';
import { convertScript, convertText as openccText } from './opencc.ts';
import { type QuoteStyle, quoteEdits, quoteStyleOf } from './quotes.ts';
import { type Script, scripts } from './scripts.ts';

export interface Converted {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly layers: readonly Layer[];
}

/** Conversion as OpenCC does it and nothing else. */
export const pureOpenCC: ConversionOptions = {
  context: false,
  quotes: Object.fromEntries(scripts.map((script) => [script, 'keep'])),
};

/** What of a conversion is not OpenCC's. */
export interface ConversionOptions {
  /** Mend by context what OpenCC's longest match gets wrong. Default: true. */
  readonly context?: boolean;
  /** The quotation marks to write in a script; `keep` leaves them. Default: those of its region. */
  readonly quotes?: Readonly<Partial<Record<Script, QuoteStyle | 'keep'>>>;
}

/**
 * The text and its blocks in a script, with the layers that lead there. A text that is in the script already stays as it is.
 *
 * No dictionary entry holds a line break, so that no word is matched over the bounds of a block.
 */
export function convert(
  text: string,
  blocks: readonly Block[],
  detected: DetectedScript['detected'],
  script: Script,
  { context = true, quotes = {} }: ConversionOptions = {},
): Converted {
  const from = sourceScript(detected, script);
  if (from === script) return { text, blocks, layers: [] };
  const conversion = convertScript(text, from, script);
  const layers: Layer[] = conversion.steps.map(({ rule, edits }) => ({ stage: 'convert', rule, script, edits }));
  let converted = conversion.text;
  if (context) {
    const people = blocks.flatMap((block) => (block.people ?? []).map((person) => sliceOf(text, person)));
    const mended = convertInContext({ source: text, from, to: script, people, text: converted }, () => conversion.steps);
    converted = mended.text;
    layers.push(...mended.layers);
  }
  const style = quotes[script] ?? quoteStyleOf(script);
  const marks = style === 'keep' ? [] : quoteEdits(converted, style);
  if (marks.length > 0) {
    converted = apply(converted, marks);
    layers.push({ stage: 'convert', rule: 'quotes', script, edits: marks });
  }
  return { text: converted, blocks: layers.reduce((carried, { edits }) => carryBlocks(carried, edits), blocks), layers };
}

/**
 * A text in another script, from string to string: as {@link convert} gives it, without layers, several times faster.
 *
 * @param from the script that the text is in; nothing is detected.
 */
export function convertText(text: string, from: Script, to: Script, { context = true, quotes = {} }: ConversionOptions = {}): string {
  if (from === to) return text;
  const opencc = openccText(text, from, to);
  const converted = context
    ? convertInContext({ source: text, from, to, people: [], text: opencc }, () => convertScript(text, from, to).steps).text
    : opencc;
  const style = quotes[to] ?? quoteStyleOf(to);
  return style === 'keep' ? converted : apply(converted, quoteEdits(converted, style));
}

function carryBlocks(blocks: readonly Block[], edits: readonly Edit[]): readonly Block[] {
  const carry = offsetMapper(edits);
  return blocks.map((block) => ({
    ...block,
    ...carrySpan(block, carry),
    ...(block.people && { people: block.people.map((person) => ({ ...person, ...carrySpan(person, carry) })) }),
  }));
}

/** A mixed text is read as the script that it is to be rid of; a text without telling characters as Simplified. */
function sourceScript(detected: DetectedScript['detected'], target: Script): Script {
  if (detected === 'mixed') return target === 'zh-Hans' ? 'zh-Hant' : 'zh-Hans';
  return detected === 'zh-Hant' ? 'zh-Hant' : 'zh-Hans';
}

function carrySpan(span: Span, carry: ReturnType<typeof offsetMapper>): Span {
  return { start: carry(span.start, 'start'), end: carry(span.end, 'end') };
}
