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

export function detectScript(text: string): DetectedScript {
  let hans = 0;
  let hant = 0;
  for (const character of text) {
    if (simplifiedOnly().has(character)) hans++;
    else if (traditionalOnly().has(character)) hant++;
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
