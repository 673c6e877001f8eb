/** The order of the rules is the order of this array. */
import type { Rule } from '../rule.ts';
import { blankSpace } from './blank-space.ts';
import { bracketWidth } from './bracket-width.ts';
import { dotsAndDashes } from './dots-and-dashes.ts';
import { doubledPunctuation } from './doubled-punctuation.ts';
import { hardWrap } from './hard-wrap.ts';
import { lineEnding } from './line-ending.ts';
import { lineWrap } from './line-wrap.ts';
import { paddedName } from './padded-name.ts';
import { pageFurniture } from './page-furniture.ts';
import { parallelHeadline } from './parallel-headline.ts';
import { punctuationWidth } from './punctuation-width.ts';
import { readingNoise } from './reading-noise.ts';
import { rubyAnnotation } from './ruby-annotation.ts';
import { runTogether } from './run-together.ts';
import { spacedCharacters } from './spaced-characters.ts';
import { straightQuotes } from './straight-quotes.ts';

export const cleaningRules: readonly Rule[] = [
  lineEnding,
  // Read the raw layout, indents and empty lines.
  spacedCharacters,
  pageFurniture,
  hardWrap,
  runTogether,
  blankSpace,
  lineWrap,
  // Before the marks are widened: in 产(chan)(chan),他 the comma stands between Han only when the noise is gone.
  rubyAnnotation,
  readingNoise,
  straightQuotes,
  bracketWidth,
  punctuationWidth,
  dotsAndDashes,
  doubledPunctuation,
  parallelHeadline,
  // Reads credits lines, whose colons are restored by now.
  paddedName,
];
