/** A key that no store, or not this store, can hold. It is the caller's key that is wrong: trying again will not help. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
}

/**
 * Checks what every store demands of a key: it is not empty and it has a UTF-8 form.
 * A lone surrogate has none: encoded, it becomes U+FFFD and two keys would fall together.
 *
 * @throws {KeyError}
 */
export function assertKey(key: string): void {
  if (key === '') throw new KeyError('A key must not be empty.');
  if (/\p{Surrogate}/u.test(key)) throw new KeyError(`The key ${JSON.stringify(key)} has half a surrogate pair in it.`);
}

/** Sorts keys by their UTF-8 bytes, as S3 lists them. JavaScript's own order differs beyond U+FFFF: it puts 😀 before ﹏. */
export function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
