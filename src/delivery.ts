/** What arrives and what became of it. */

/** Where an object is. The key is decoded, always. */
export interface ObjectRef {
  /** Undefined for a file of an inbox folder. */
  readonly bucket?: string;
  readonly key: string;
  readonly versionId?: string;
  readonly etag?: string;
  /** Bytes. */
  readonly size?: number;
  /** S3's order of writes to one key, hex; absent on some events. */
  readonly sequencer?: string;
}

export interface Delivery {
  readonly ref: ObjectRef;
}

/** `bucket/key`, or the path in the inbox folder: what the archive calls the source key. */
export function sourceKeyOf({ bucket, key }: ObjectRef): string {
  return bucket === undefined ? key : `${bucket}/${key}`;
}

/**
 * - `archived`: the article is new in the archive, or was made anew by a newer pipeline, with other options or for more outputs.
 * - `duplicate`: all of it was there.
 * - `stale`: the object is gone, or the source key holds something newer by now (this version is archived all the same).
 * - `rejected`: the content cannot be taken; a record says why. Never retried.
 * - `failed`: something broke; to be retried.
 */
export interface Outcome {
  readonly delivery: Delivery;
  readonly status: 'archived' | 'duplicate' | 'stale' | 'rejected' | 'failed';
  readonly docId?: string;
  /** The key of the manifest or of the rejection in the archive. */
  readonly record?: string;
  readonly reason?: { readonly code: string; readonly message: string };
  readonly error?: unknown;
}
