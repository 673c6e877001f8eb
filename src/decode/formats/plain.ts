/** Is it plain text, and Chinese? What is not gets a reason that a person can act on. */
import { runRules } from '../../clean/rule.ts';
import { brokenText } from '../../clean/rules/index.ts';
import { countHan } from '../../text/han.ts';
import type { FormatCode } from './format.ts';

export interface Refusal {
  readonly code: FormatCode | 'bad-record' | 'empty' | 'binary' | 'timed-out' | 'undecodable' | 'not-chinese';
  readonly message: string;
}

/** A reason to refuse the bytes for their number, or undefined. */
export function refuseSize(bytes: Uint8Array, maxBytes: number): Refusal | undefined {
  if (bytes.length === 0) return { code: 'empty', message: 'the file has no bytes; drop it again if the upload was cut' };
  if (bytes.length > maxBytes) {
    return {
      code: 'too-large',
      message: `the file has ${bytes.length} bytes, the limit is ${maxBytes}; split it or raise COPYDESK_MAX_BYTES (--max-bytes)`,
    };
  }
  return undefined;
}

/** A reason to refuse the text, or undefined. `undecodableBytes` and `bytes` say how much could not be decoded. */
export function refuseText(text: string, undecodableBytes: number): Refusal | undefined {
  if (text === '') return { code: 'empty', message: 'the file holds a byte order mark and nothing else' };
  const controls = text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/g)?.length ?? 0;
  if (text.includes('\0') || controls > text.length / 100) {
    return {
      code: 'binary',
      message: 'the file holds NUL or many control characters: it is not text in an encoding that is read',
    };
  }
  const decodedHan = countHan(text);
  if (undecodableBytes > decodedHan) {
    return {
      code: 'undecodable',
      message: `${undecodableBytes} bytes stand for nothing in any encoding that is read; convert the file to UTF-8 and drop it again`,
    };
  }
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return { code: 'no-text', message: 'the file holds no letters, only space, digits or marks' };
  const kana = text.match(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  // The noisiest Chinese seen (a reading behind a third of the characters) is still over a quarter Han.
  if ((decodedHan < letters / 10 || kana > decodedHan / 5) && !hidesChinese(text)) {
    return {
      code: 'not-chinese',
      message: `${decodedHan} of ${letters} letters are Chinese characters${kana > 0 ? `, ${kana} are kana` : ''}; only Chinese articles are taken`,
    };
  }
  return undefined;
}

/** Is the text Chinese once it is decoded rightly: æ–°é—», %E6%96%B0, \u65b0? Cleaning repairs it then. */
function hidesChinese(text: string): boolean {
  const { text: repaired, layers } = runRules(text, 'clean', brokenText);
  return layers.length > 0 && countHan(repaired) > (repaired.match(/\p{L}/gu)?.length ?? 0) / 4;
}
