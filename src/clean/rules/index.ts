/** The order of the rules is the order of this array. */
import type { Rule } from '../rule.ts';
import { blankSpace } from './blank-space.ts';
import { bracketWidth } from './bracket-width.ts';
import { characterReference } from './character-reference.ts';
import { compatibilityIdeograph } from './compatibility-ideograph.ts';
import { dotsAndDashes } from './dots-and-dashes.ts';
import { doubledPunctuation } from './doubled-punctuation.ts';
import { fullwidthAlphanumeric } from './fullwidth-alphanumeric.ts';
import { gluedCredits } from './glued-credits.ts';
import { hardWrap } from './hard-wrap.ts';
import { homoglyph } from './homoglyph.ts';
import { invisibleCharacter } from './invisible-character.ts';
import { leakedAddress } from './leaked-address.ts';
import { lineEnding } from './line-ending.ts';
import { lineWrap } from './line-wrap.ts';
import { lostCharacter } from './lost-character.ts';
import { mojibake } from './mojibake.ts';
import { paddedName } from './padded-name.ts';
import { pageChrome } from './page-chrome.ts';
import { pageFurniture } from './page-furniture.ts';
import { parallelHeadline } from './parallel-headline.ts';
import { percentEncoding } from './percent-encoding.ts';
import { privateUse } from './private-use.ts';
import { punctuationWidth } from './punctuation-width.ts';
import { readingNoise } from './reading-noise.ts';
import { relatedLinks } from './related-links.ts';
import { rubyAnnotation } from './ruby-annotation.ts';
import { runTogether } from './run-together.ts';
import { spacedCharacters } from './spaced-characters.ts';
import { straightQuotes } from './straight-quotes.ts';
import { unicodeEscape } from './unicode-escape.ts';
import { watermark } from './watermark.ts';

/** Text that was decoded wrongly, or encoded once too often. */
export const brokenText: readonly Rule[] = [mojibake, percentEncoding, unicodeEscape, characterReference, lostCharacter];

export const cleaningRules: readonly Rule[] = [
  // Before anything that could touch the bytes of a broken character: U+0085 is no line end there, U+00A0 no space.
  ...brokenText,
  lineEnding,
  invisibleCharacter,
  compatibilityIdeograph,
  fullwidthAlphanumeric,
  homoglyph,
  privateUse,
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
  pageChrome,
  relatedLinks,
  leakedAddress,
  watermark,
  straightQuotes,
  bracketWidth,
  punctuationWidth,
  dotsAndDashes,
  doubledPunctuation,
  parallelHeadline,
  gluedCredits,
  // Reads credits lines, whose colons are restored by now.
  paddedName,
];
