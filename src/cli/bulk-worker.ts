/** The worker thread of `copydesk normalize --jsonl --jobs N`. Piscina calls it by its name. */
import { type BulkLine, normalizeLine } from '../bulk.ts';
import type { Script } from '../convert/scripts.ts';

export function work({ line, scripts }: { readonly line: Uint8Array; readonly scripts: readonly Script[] }): BulkLine {
  return normalizeLine(line, { scripts });
}
