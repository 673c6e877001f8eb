/** A line cut into the words of furniture and what is between them. */
import { classesOf, type WordClass } from './words.ts';

/** `name`: an address, an account or a short quotation, which stands for itself. `other`: a Han character or a Latin word that is no word of furniture. */
export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly classes: readonly WordClass[] }
  | { readonly kind: 'name' | 'number' | 'mark' | 'other'; readonly text: string };

/** UTF-16 units that a quoted name may have: 《港灣時報》, “临江发布”. */
const longestName = 14;

const address = /(?:https?:\/\/|www\.)[\w./?#&=%~:+-]{1,120}|@[\p{L}\p{N}_]{1,20}/uy;
/** Figures with their unit: 3.2w, 1.5万+. */
const number = /[0-9]+(?:[.,:][0-9]+)*(?:[wk](?![a-z0-9])|[万萬亿])?\+?/y;
const latin = /(?:(?!\p{Script=Han})[\p{L}\p{M}])+/uy;
const mark = /[^\p{L}\p{N}@“「『《‘]+|./suy;
const quotes: Readonly<Record<string, string>> = { '“': '”', '「': '」', '『': '』', '《': '》', '‘': '’' };
const isHan = /\p{Script=Han}/u;
const isLatin = /[a-z0-9]/;

/** The words that begin with a code unit, the longest first, so that 分享到 is not read as 分享. */
type WordTable = readonly (readonly string[] | undefined)[];
const allWords = tableOf(classesOf.keys());

function tableOf(words: Iterable<string>): WordTable {
  const table: string[][] = [];
  for (const word of [...words].sort((a, b) => b.length - a.length)) {
    const unit = word.charCodeAt(0);
    const words = table[unit];
    if (words === undefined) table[unit] = [word];
    else words.push(word);
  }
  return table;
}

/** The words of these classes, for {@link hasWord}. */
export function wordsOf(...classes: readonly WordClass[]): WordTable {
  return tableOf([...classesOf].filter(([, ofWord]) => ofWord.some((name) => classes.includes(name))).map(([word]) => word));
}

/** Does one of the words stand anywhere in a folded line, be it within a longer word? */
export function hasWord(folded: string, words: WordTable): boolean {
  for (let at = 0; at < folded.length; at++) {
    const from = words[folded.charCodeAt(at)];
    if (from !== undefined) for (const word of from) if (folded.startsWith(word, at)) return true;
  }
  return false;
}

/** Reads a folded line. */
export function tokensOf(folded: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < folded.length; ) {
    const token = tokenAt(folded, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

/** As {@link tokensOf}, or undefined as soon as a token is not as it should be. */
export function tokensWhile(folded: string, isRight: (token: Token) => boolean): Token[] | undefined {
  const tokens: Token[] = [];
  for (let at = 0; at < folded.length; ) {
    const token = tokenAt(folded, at);
    if (!isRight(token)) return undefined;
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

/** The first token that is no mark, or undefined. */
export function firstToken(folded: string): Token | undefined {
  for (let at = 0; at < folded.length; ) {
    const token = tokenAt(folded, at);
    if (token.kind !== 'mark') return token;
    at += token.text.length;
  }
  return undefined;
}

function tokenAt(folded: string, at: number): Token {
  const first = folded[at] ?? '';
  const closing = quotes[first];
  if (closing !== undefined) {
    const end = folded.slice(at, at + longestName + 2).indexOf(closing);
    if (end > 1) return { kind: 'name', text: folded.slice(at, at + end + 1) };
    return { kind: 'mark', text: first };
  }
  if (first === 'h' || first === 'w' || first === '@') {
    const found = matchAt(address, folded, at);
    if (found !== undefined) return { kind: 'name', text: found };
  }
  const word = wordAt(folded, at, first);
  if (word !== undefined) return { kind: 'word', text: word, classes: classesOf.get(word) ?? [] };
  if (first >= '0' && first <= '9') return { kind: 'number', text: matchAt(number, folded, at) ?? first };
  const character = String.fromCodePoint(folded.codePointAt(at) ?? 0);
  if (isHan.test(character)) return { kind: 'other', text: character };
  const letters = matchAt(latin, folded, at);
  return letters === undefined ? { kind: 'mark', text: matchAt(mark, folded, at) ?? first } : { kind: 'other', text: letters };
}

function wordAt(folded: string, at: number, first: string): string | undefined {
  const words = allWords[first.charCodeAt(0)];
  if (words === undefined) return undefined;
  for (const word of words) if (folded.startsWith(word, at) && isParted(folded, at, word)) return word;
  return undefined;
}

/** A Latin word is none within a longer one: line in online. */
function isParted(folded: string, at: number, word: string): boolean {
  const end = at + word.length;
  const isBegun = isLatin.test(word[0] ?? '') && isLatin.test(folded[at - 1] ?? '');
  return !isBegun && !(isLatin.test(word.at(-1) ?? '') && isLatin.test(folded[end] ?? ''));
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** How many of the tokens are words of one of these classes. */
export function countOf(tokens: readonly Token[], ...classes: readonly WordClass[]): number {
  let count = 0;
  for (const one of tokens) if (one.kind === 'word' && one.classes.some((name) => classes.includes(name))) count++;
  return count;
}
