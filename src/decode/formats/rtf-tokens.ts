/** What RTF is made of: groups, control words, bytes and text. Source: Rich Text Format Specification 1.9.1, "RTF Syntax". */

interface Place {
  /** UTF-16 offsets into the file's text. */
  readonly start: number;
  readonly end: number;
}

export type Token = Place &
  (
    | { readonly type: 'open' | 'close' }
    /** A control word, or a control symbol by its character. `\par` is also written as a backslash before a line break. */
    | { readonly type: 'word'; readonly name: string; readonly value: number | undefined }
    /** `\'xx` */
    | { readonly type: 'byte'; readonly byte: number }
    /** Text as it stands; of `\{`, `\}` and `\\` the character behind the backslash. */
    | { readonly type: 'text' }
  );

const word = /\\([A-Za-z]{1,32})(-?\d{1,10})? ?/y;
const hexadecimal = /\\'([\dA-Fa-f]{2})/y;
const plain = /[^\\{}\r\n]+/y;

/**
 * @param binaryEnd where so many bytes of `\bin` end that begin at an offset.
 */
export function* tokensOf(text: string, binaryEnd: (start: number, bytes: number) => number): Generator<Token> {
  const match = (pattern: RegExp, start: number): RegExpExecArray | null => {
    pattern.lastIndex = start;
    return pattern.exec(text);
  };
  for (let start = 0, end = 0; start < text.length; start = end) {
    const character = text.charAt(start);
    end = start + 1;
    if (character === '{') yield { type: 'open', start, end };
    else if (character === '}') yield { type: 'close', start, end };
    else if (character === '\\') {
      const [matched, name, digits] = match(word, start) ?? [];
      const [, byte] = match(hexadecimal, start) ?? [];
      if (matched !== undefined && name !== undefined) {
        end = start + matched.length;
        const value = digits === undefined ? undefined : Number(digits);
        if (name === 'bin' && value !== undefined && value > 0) end = binaryEnd(end, value);
        yield { type: 'word', name, value, start, end };
      } else if (byte !== undefined) {
        end = start + 4;
        yield { type: 'byte', byte: Number.parseInt(byte, 16), start, end };
      } else {
        const symbol = text.charAt(start + 1);
        end = start + (text.startsWith('\r\n', start + 1) ? 3 : 2);
        if (/[\\{}]/.test(symbol)) yield { type: 'text', start: start + 1, end };
        else if (symbol !== '') yield { type: 'word', name: symbols[symbol] ?? symbol, value: undefined, start, end };
      }
    } else if (character !== '\r' && character !== '\n') {
      end = start + (match(plain, start)?.[0].length ?? 1);
      yield { type: 'text', start, end };
    }
  }
}

const symbols: Readonly<Record<string, string>> = { '\r': 'par', '\n': 'par', '\t': 'tab' };

export interface ByteMap {
  /** The bytes that units of the text were decoded from; undefined if that cannot be told. */
  readonly bytesOf: (start: number, end: number) => Uint8Array | undefined;
  /** Where so many bytes end that begin at a unit. */
  readonly endOf: (start: number, bytes: number) => number;
}

/**
 * How units of the text and bytes of the file answer to each other. UTF-8, damaged or not, is told by its length: of what is damaged every byte
 * reads as U+FFFD. Anything else that is no ASCII is counted as two bytes, as the charsets of Chinese have it.
 */
export function byteMapOf(text: string, bytes: Uint8Array): ByteMap {
  const base = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const startsBy = (widthOf: (code: number) => number): Uint32Array => {
    const starts = new Uint32Array(text.length + 1);
    let sum = base;
    for (let unit = 0; unit < text.length; unit++) {
      starts[unit] = sum;
      sum += widthOf(text.charCodeAt(unit));
    }
    starts[text.length] = sum;
    return starts;
  };
  const utf8 = startsBy(utf8Width);
  const isUtf8 = utf8[text.length] === bytes.length;
  const starts = isUtf8 ? utf8 : startsBy((code) => (code < 0x80 || code === 0xfffd ? 1 : 2));
  return {
    bytesOf: (start, end) => (isUtf8 ? bytes.subarray(starts[start], starts[end]) : undefined),
    endOf: (start, count) => {
      const target = (starts[start] ?? 0) + count;
      // A count that reaches behind the file is damage.
      if (target > (starts[text.length] ?? 0)) return start;
      let low = start;
      for (let high = text.length; low < high; ) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) < target) low = middle + 1;
        else high = middle;
      }
      return low;
    },
  };
}

function utf8Width(code: number): number {
  if (code < 0x80 || code === 0xfffd) return 1;
  if (code < 0x800) return 2;
  // Two halves of a pair are four bytes.
  return code >= 0xd800 && code < 0xe000 ? 2 : 3;
}
