import type { Nest } from '../../src/decode/formats/format.ts';
import { readerOf } from '../../src/decode/formats/readers.ts';

/** What a reader gets for a file that stands in no other. */
export function nest(maxUnpacked = 64 * 1024 * 1024): Nest {
  return { readerOf, level: 0, budget: { left: maxUnpacked } };
}
