/** Clean text to each script: a branch of convert layers behind the trunk of the ledger. */

import type { Block } from '../structure/block.ts';
import { apply, type Edit, type Layer, offsetMapper } from '../text/edit.ts';
import { type Span, sliceOf } from '../text/span.ts';
import { type ConversionExample, convertInContext } from './context.ts';
import { type DetectedScript, stretchesOf } from './detect.ts';
import { convertAligned, convertScript } from './opencc.ts';
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
  /** Ids of contextual rules, or `quotes`, to leave out; those of other rules mean nothing here. Default: none. */
  readonly without?: readonly string[];
}

/** What is said of the quotation marks, in the words of a rule. */
export const quotesRule = {
  id: 'quotes',
  why: 'Quotation marks go with the script: “‘’” on the Mainland, 「『』」 in Taiwan and Hong Kong. OpenCC leaves them.',
  examples: [
    { raw: '他说：“这叫‘实事求是’。”', clean: '他說：「這叫『實事求是』。」', script: 'zh-Hant' },
    { raw: '他說：「這叫『實事求是』。」', clean: '他说：“这叫‘实事求是’。”', script: 'zh-Hans' },
  ] satisfies readonly ConversionExample[],
  keeps: ['他说“Hello, world”', '他身高5’10”'],
};

/**
 * The text and its blocks in a script, with the layers that lead there. What is in the script already stays as it is; of a mixed text each
 * stretch is judged by itself.
 *
 * No dictionary entry holds a line break, so that no word is matched over the bounds of a block.
 */
export function convert(
  text: string,
  blocks: readonly Block[],
  detected: DetectedScript['detected'],
  script: Script,
  options: ConversionOptions = {},
): Converted {
  // A text without telling characters is read as Simplified: 干部 becomes 幹部.
  const stretches =
    detected === 'mixed'
      ? stretchesOf(text)
      : [{ start: 0, end: text.length, script: detected === 'zh-Hant' ? detected : ('zh-Hans' as const) }];
  const people = blocks.flatMap((block) => (block.people ?? []).map((person) => sliceOf(text, person)));
  const parts = stretches.map((stretch) => convertStretch(sliceOf(text, stretch), people, stretch.script, script, options));
  const [whole] = parts;
  const { text: converted, layers } = parts.length === 1 && whole !== undefined ? whole : mergeLayers(parts);
  return { text: converted, blocks: layers.reduce((carried, { edits }) => carryBlocks(carried, edits), blocks), layers };
}

interface Part {
  readonly source: string;
  readonly text: string;
  readonly layers: readonly Layer[];
}

/** The layers of stretches that stand behind one another, parted by a line break, as layers of the whole: one for each rule in turn. */
function mergeLayers(parts: readonly Part[]): Pick<Part, 'text' | 'layers'> {
  const states = parts.map(({ source, layers }) => ({ text: source, todo: [...layers] }));
  const merged: Layer[] = [];
  for (
    let next = states.find(({ todo }) => todo.length > 0)?.todo[0];
    next !== undefined;
    next = states.find(({ todo }) => todo.length > 0)?.todo[0]
  ) {
    const edits: Edit[] = [];
    let start = 0;
    for (const state of states) {
      const { length } = state.text;
      if (state.todo[0]?.rule === next.rule) {
        const own = state.todo.shift()?.edits ?? [];
        for (const { at, removed, inserted } of own) edits.push({ at: at + start, removed, inserted });
        state.text = apply(state.text, own);
      }
      start += length + 1;
    }
    merged.push({ ...next, edits });
  }
  return { text: states.map(({ text }) => text).join('\n'), layers: merged };
}

function convertStretch(source: string, people: readonly string[], from: Script, to: Script, options: ConversionOptions): Part {
  const { context = true, without = [] } = options;
  if (from === to) return { source, text: source, layers: [] };
  const { text: opencc, steps } = convertScript(source, from, to);
  const layers: Layer[] = steps.map(({ rule, edits }) => ({ stage: 'convert', rule, script: to, edits }));
  let text = opencc;
  if (context) {
    const mended = convertInContext({ source, from, to, people, text }, () => steps, without);
    text = mended.text;
    layers.push(...mended.layers);
  }
  const style = styleOf(to, options);
  const marks = style === undefined ? [] : quoteEdits(text, style);
  if (marks.length > 0) {
    text = apply(text, marks);
    layers.push({ stage: 'convert', rule: quotesRule.id, script: to, edits: marks });
  }
  return { source, text, layers };
}

/**
 * A text in another script, from string to string: as {@link convert} gives it, without layers, several times faster.
 *
 * @param from the script that the text is in; nothing is detected.
 */
export function convertText(text: string, from: Script, to: Script, options: ConversionOptions = {}): string {
  if (from === to) return text;
  const { context = true, without = [] } = options;
  const { text: opencc, isAligned } = convertAligned(text, from, to);
  // Steps that leave every length as it was are not needed to find a place.
  const stepsOf = () => (isAligned ? [] : convertScript(text, from, to).steps);
  const converted = context ? convertInContext({ source: text, from, to, people: [], text: opencc }, stepsOf, without).text : opencc;
  const style = styleOf(to, options);
  return style === undefined ? converted : apply(converted, quoteEdits(converted, style));
}

/** The quotation marks to write; undefined to leave those that are there. */
function styleOf(to: Script, { quotes = {}, without = [] }: ConversionOptions): QuoteStyle | undefined {
  const style = quotes[to] ?? quoteStyleOf(to);
  return style === 'keep' || without.includes(quotesRule.id) ? undefined : style;
}

function carryBlocks(blocks: readonly Block[], edits: readonly Edit[]): readonly Block[] {
  const carry = offsetMapper(edits);
  return blocks.map((block) => ({
    ...block,
    ...carrySpan(block, carry),
    ...(block.people && { people: block.people.map((person) => ({ ...person, ...carrySpan(person, carry) })) }),
    ...(block.fields && { fields: block.fields.map((field) => ({ ...field, ...carrySpan(field, carry) })) }),
  }));
}

function carrySpan(span: Span, carry: ReturnType<typeof offsetMapper>): Span {
  return { start: carry(span.start, 'start'), end: carry(span.end, 'end') };
}
