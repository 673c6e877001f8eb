import type { Edit } from '../text/edit.ts';
import type { Converting } from './context.ts';
import { convertText } from './opencc.ts';

/** Edits that give characters of the source back where OpenCC turned each into another. @param places UTF-16 offsets of `source`. */
export function keepCharacters(places: Iterable<number>, { source, to, text, carry }: Converting): Edit[] {
  const edits: Edit[] = [];
  for (const place of [...places].sort((a, b) => a - b)) {
    const written = source.charAt(place);
    const at = carry(place);
    const converted = text.charAt(at);
    // Only a change of the character itself is undone; anything else at the place is another rule's.
    if (converted === written || convertText(converted, to, 'zh-Hans') !== written) continue;
    edits.push({ at, removed: converted, inserted: written });
  }
  return edits;
}
