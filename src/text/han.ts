/** Character classes of Chinese text. Source: the Unicode Character Database's Script property, as the regex engine carries it. */

const hanPattern = /\p{Script=Han}/u;
const hanRun = /\p{Script=Han}/gu;
const cjkPunctuation = /[\u3000-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65‘’“”…—·]/u;

/** Is this character (one code point) a Han character? */
export function isHan(character: string | undefined): boolean {
  return character !== undefined && hanPattern.test(character);
}

/** Is this character East Asian punctuation, or one of the marks that Chinese shares with Latin typography (“ ” … —)? */
export function isCjkPunctuation(character: string | undefined): boolean {
  return character !== undefined && cjkPunctuation.test(character);
}

/** How many Han characters (code points) the text holds. */
export function countHan(text: string): number {
  let count = 0;
  for (const _ of text.matchAll(hanRun)) count++;
  return count;
}

/** The code point that ends just before the UTF-16 offset `at`, or undefined at the start. */
export function characterBefore(text: string, at: number): string | undefined {
  if (at <= 0) return undefined;
  const low = text.charCodeAt(at - 1);
  const isPair = low >= 0xdc00 && low <= 0xdfff && at >= 2 && (text.codePointAt(at - 2) ?? 0) > 0xffff;
  return text.slice(isPair ? at - 2 : at - 1, at);
}

/** The code point that begins at the UTF-16 offset `at`, or undefined at the end. */
export function characterAt(text: string, at: number): string | undefined {
  const code = text.codePointAt(at);
  return code === undefined ? undefined : String.fromCodePoint(code);
}
