/** The worker thread of `copydesk normalize --jsonl --jobs N`. Piscina calls it by its name. */
import { type BulkLine, type BulkOptions, normalizeLine } from '../bulk.ts';

export function work({ line, options }: { readonly line: Uint8Array; readonly options: BulkOptions }): BulkLine {
  return normalizeLine(line, options);
}
