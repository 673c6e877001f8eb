/** What a caller may choose of the pure pipeline. */
import { type Script, scripts } from './convert/scripts.ts';
import type { Charset } from './decode/charset.ts';

export interface NormalizeOptions {
  /** The scripts to convert to. Default: `zh-Hans` and `zh-Hant`. */
  readonly scripts?: readonly Script[];
  /** Bytes; a larger file is rejected as `too-large`. Default: 16 MiB. */
  readonly maxBytes?: number;
  /** Echoed as the Result's `id`. Default: the docId. */
  readonly id?: string;
  /** The file's name, for `source.name`. */
  readonly name?: string;
  /** The encoding, where it is known and need not be detected. */
  readonly charset?: Charset;
}

export const defaultScripts: readonly Script[] = ['zh-Hans', 'zh-Hant'];

/** 16 MiB: some 5 million characters, fifty times the longest newspaper page. */
export const defaultMaxBytes = 16 * 1024 * 1024;

/** Scripts in the one order that outputs are written in, each once. */
export function inOrder(wanted: Iterable<Script>): Script[] {
  const set = new Set(wanted);
  return scripts.filter((script) => set.has(script));
}
