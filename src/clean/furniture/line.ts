/** What a single line is, as far as it can be told without its neighbours. */
import { readByline } from '../../structure/byline.ts';
import { readCaption } from '../../structure/caption.ts';
import { readCredits } from '../../structure/credits.ts';
import { fold } from '../../structure/fold.ts';
import { readNotice } from '../../structure/notice.ts';
import { readAddress } from './address.ts';
import { isOfBars, type Reach, readBar } from './bar.ts';
import { type Call, isAccountName, readCall } from './call.ts';
import { bracketed, hashtags, isDated, isField, isHeading, isHeadingWithLink, leadsOff, otherFurniture } from './patterns.ts';
import { isKeywords, readPrompt } from './prompts.ts';
import { countOf, firstToken, hasWord, tokensOf, tokensWhile, wordsOf } from './tokens.ts';

export type FurnitureKind = 'chrome' | 'related' | 'address';

export type LineReading =
  | { readonly is: 'furniture'; readonly kind: FurnitureKind; readonly reach: Reach }
  /** 相关新闻： — what stands below it goes with it. */
  | { readonly is: 'heading' }
  /** An address by itself: furniture, unless the line above leads to it. */
  | { readonly is: 'address' }
  /** A credit, a source, a date, a notice, an end mark: kept, and stepped over. */
  | { readonly is: 'field' }
  | { readonly is: 'blank' }
  | { readonly is: 'text'; readonly isSentence: boolean };

/** UTF-16 units. Longer lines are text. */
const longest = 120;
const sentenceEnd = /[。！？!?；;][”’」』）)】]*$/;
/** UTF-16 units of the marks that may close a sentence. */
const longestClosing = 8;
const quoted = /^[“「『‘"]/;
/** Marks around a line: 【】, ▶, ——. */
const outerMarks = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu;
const isWhite = /^\s*$/;

/** Reads a line without its newline. */
export function readLine(line: string): LineReading {
  if (isWhite.test(line)) return { is: 'blank' };
  if (readAddress(line)) return { is: 'address' };
  if (line.length > longest || quoted.test(line)) return text(line);
  const folded = fold(line).trim();
  const core = folded.replace(outerMarks, '');
  if (core === '') return { is: 'field' };
  const other = otherFurniture(core, folded);
  if (other !== undefined) return { is: 'furniture', kind: 'chrome', reach: other };
  if (readNotice(line) !== undefined) return { is: 'field' };
  if (isHeading(core)) return { is: 'heading' };
  if (isHeadingWithLink(core) || isKeywords(core) || hashtags.test(folded))
    return { is: 'furniture', kind: 'related', reach: leadsOff.test(core) ? 'anywhere' : 'tail' };
  const prompt = readPrompt(core);
  if (prompt !== undefined) return { is: 'furniture', kind: 'chrome', reach: prompt };
  if (isDated(folded)) return { is: 'field' };
  const worded = readWords(folded);
  if (worded !== undefined) return { is: 'furniture', kind: 'chrome', reach: worded };
  if (isField(core)) return { is: 'field' };
  const isCredit =
    bracketed.test(folded) || readCredits(line) !== undefined || readByline(line) !== undefined || readCaption(line) !== undefined;
  if (isCredit) return { is: 'field' };
  return text(line);
}

/** UTF-16 units of a line that names an account, and before it somebody. */
const longestAccount = 24;

const accountWords = wordsOf('account', 'platform');

/** Where a line is furniture by the words that it is made of. */
function readWords(folded: string): Reach | undefined {
  // Most lines begin with another word or a figure, and need not be cut up: no call does, a bar has nothing else either.
  const first = firstToken(folded)?.kind;
  if (first === 'other' && (folded.length > longestAccount || !hasWord(folded, accountWords))) return undefined;
  const tokens = first === 'number' ? tokensWhile(folded, isOfBars) : tokensOf(folded);
  if (tokens === undefined) return undefined;
  const bar = readBar(tokens);
  if (bar !== undefined) return bar;
  const call = readCall(folded, tokens);
  if (call !== undefined)
    return call.isBare && folded.endsWith('。') ? undefined : reachOfCall(call, countOf(tokens, 'opener', 'verb') > 0);
  return isAccountName(tokens) ? 'tail' : undefined;
}

function reachOfCall({ foreign, isOutlets, hasOutlet, isNamed, hasAccount, isBare }: Call, isUrgent: boolean): Reach | undefined {
  // 关注“一老一小” heads an article as well.
  if (isBare || (isNamed && !hasAccount && !hasOutlet)) return 'tail';
  if ((isOutlets || isNamed) && hasAccount && isUrgent && foreign <= 2) return 'anywhere';
  if (foreign === 0) return 'edge';
  return isOutlets || isNamed || hasAccount ? 'tail' : undefined;
}

function text(line: string): LineReading {
  return { is: 'text', isSentence: sentenceEnd.test(line.slice(-longestClosing)) };
}
