/** `sources/…`: which document a source key holds now. It never goes backwards. */
import { type Pointer, pointerKey } from './archive.ts';
import { PreconditionFailedError } from './errors.ts';
import { attempts, putConditionally, readJson, type StoredRecord } from './stores/record.ts';
import type { Store } from './stores/store.ts';

/** The pointer of a source key, if it has one. */
export function readPointer(archive: Store, sourceKey: string): Promise<StoredRecord<Pointer> | undefined> {
  return readJson<Pointer>(archive, pointerKey(sourceKey));
}

/**
 * Points the source key at what it holds now.
 *
 * @param ordered deliveries of a bucket come in any order, so an older one must not win; an inbox folder holds what it holds.
 * @returns false if the source key holds something newer.
 */
export async function movePointer(
  archive: Store,
  known: StoredRecord<Pointer> | undefined,
  next: Pointer,
  ordered: boolean,
): Promise<boolean> {
  let current = known;
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (current?.value !== undefined && ordered && isNewer(current.value, next)) return false;
    if (current?.value !== undefined && saysNoMore(next, current.value)) return true;
    if ((await putConditionally(archive, pointerKey(next.source.key), next, current?.etag)) !== undefined) return true;
    current = await readPointer(archive, next.source.key);
  }
  throw new PreconditionFailedError(`${pointerKey(next.source.key)} was written by others ${attempts} times in a row; deliver it again`);
}

/** Does the pointer say what is known already, or the same without the sequencer, which some events lack? */
function saysNoMore(next: Pointer, known: Pointer): boolean {
  const { sequencer, ...rest } = known.source;
  const source = next.source.sequencer === undefined && sequencer !== undefined ? rest : known.source;
  return JSON.stringify({ ...known, source }) === JSON.stringify(next);
}

/** By sequencer where both have one (hex; the shorter is padded on the left, as S3 documents), else by time of modification. */
function isNewer(a: Pointer, b: Pointer): boolean {
  const [left, right] = [a.source.sequencer, b.source.sequencer];
  if (left === undefined || right === undefined) return a.source.modified > b.source.modified;
  const width = Math.max(left.length, right.length);
  return left.toUpperCase().padStart(width, '0') > right.toUpperCase().padStart(width, '0');
}
