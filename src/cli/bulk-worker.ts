/** The worker thread of `copydesk normalize --jsonl --jobs N`. Piscina calls it by its name. */
import { normalizeLine } from '../bulk.ts';
import type { Script } from '../convert/scripts.ts';

export function work({ line, scripts }: { readonly line: string; readonly scripts: readonly Script[] }): string {
  return normalizeLine(line, { scripts });
}
