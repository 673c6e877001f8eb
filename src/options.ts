/** What a caller may choose of the pure pipeline. */
import type { ConversionOptions } from './convert/index.ts';
import { type Script, scripts } from './convert/scripts.ts';
import type { Charset } from './decode/charset.ts';
import type { GivenDates } from './structure/given-dates.ts';

export interface NormalizeOptions extends ConversionOptions, GivenDates {
  /** The scripts to convert to. Default: `zh-Hans` and `zh-Hant`. */
  readonly scripts?: readonly Script[];
  /** Bytes; a larger file is rejected as `too-large`. Default: 5 MiB. */
  readonly maxBytes?: number;
  /** Echoed as the Result's `id`. Default: the docId. */
  readonly id?: string;
  /** The file's name, for `source.name`. */
  readonly name?: string;
  /** Ids of rules to turn off, those of cleaning as well; `copydesk rules` lists them. Default: none. */
  readonly without?: readonly string[];
  /** What the file was sent as, `text/html; charset=gb2312`: evidence for its encoding, which what the bytes read as overrules. */
  readonly contentType?: string;
  /** The encoding, where it is known and need not be detected. */
  readonly charset?: Charset;
}

export const defaultScripts: readonly Script[] = ['zh-Hans', 'zh-Hant'];

/** 5 MiB: some 1.7 million characters, a thousand long articles; a batch of ten must fit the function's memory. */
export const defaultMaxBytes = 5 * 1024 * 1024;

/** Scripts in the one order that outputs are written in, each once. */
export function inOrder(wanted: Iterable<Script>): Script[] {
  const set = new Set(wanted);
  return scripts.filter((script) => set.has(script));
}
