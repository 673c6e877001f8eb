/** Which script a text is in, by the characters that only one of the scripts has. */
import { lineSpans, type Span, sliceOf } from '../text/span.ts';
import { simplifiedOnly, traditionalOnly } from './opencc.ts';

export interface DetectedScript {
  /** `none`: no character of the text belongs to one script alone. */
  readonly detected: 'zh-Hans' | 'zh-Hant' | 'mixed' | 'none';
  /** 0..1, with Laplace's correction: one telling character gives 0.667, a hundred of one script 0.99. */
  readonly confidence: number;
}

/** From this share of telling characters on, the minority is no slip (a name, a quotation) but a mixture. */
const mixture = 0.15;

const HANS = 1;
const HANT = 2;
/** A high surrogate: the character is looked up whole. */
const PAIR = 3;

let kinds: Uint8Array | undefined;

function kindsByUnit(): Uint8Array {
  if (kinds !== undefined) return kinds;
  kinds = new Uint8Array(0x10000).fill(PAIR, 0xd800, 0xdc00);
  for (const character of simplifiedOnly()) if (character.length === 1) kinds[character.charCodeAt(0)] = HANS;
  for (const character of traditionalOnly()) if (character.length === 1) kinds[character.charCodeAt(0)] = HANT;
  return kinds;
}

export function detectScript(text: string): DetectedScript {
  let hans = 0;
  let hant = 0;
  const kindOf = kindsByUnit();
  for (let at = 0; at < text.length; at++) {
    const kind = kindOf[text.charCodeAt(at)];
    if (kind === HANS) hans++;
    else if (kind === HANT) hant++;
    else if (kind === PAIR) {
      const character = text.slice(at, ++at + 1);
      if (simplifiedOnly().has(character)) hans++;
      else if (traditionalOnly().has(character)) hant++;
    }
  }
  const all = hans + hant;
  if (all === 0) return { detected: 'none', confidence: 0 };
  const share = Math.max(hans, hant) / all;
  const confidence = Math.round(((Math.max(hans, hant) + 1) / (all + 2)) * 1000) / 1000;
  if (share < 1 - mixture) return { detected: 'mixed', confidence };
  return { detected: hans > hant ? 'zh-Hans' : 'zh-Hant', confidence };
}

/** Lines of one script that stand together, as a span of the text. */
export interface Stretch extends Span {
  readonly script: 'zh-Hans' | 'zh-Hant';
}

/**
 * The stretches of a mixed text, each by the evidence of its own lines; a line that tells nothing, or is mixed itself, goes with
 * the line before it, and counts as Simplified at the start.
 */
export function stretchesOf(text: string): Stretch[] {
  const stretches: { start: number; end: number; script: Stretch['script'] }[] = [];
  for (const line of lineSpans(text)) {
    const { detected } = detectScript(sliceOf(text, line));
    const last = stretches.at(-1);
    const script = detected === 'zh-Hans' || detected === 'zh-Hant' ? detected : (last?.script ?? 'zh-Hans');
    if (last?.script === script) last.end = line.end;
    else stretches.push({ start: line.start, end: line.end, script });
  }
  return stretches;
}
