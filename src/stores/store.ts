/** Where bytes live: a bucket, a folder or memory. One contract suite (tests/stores) holds for all of them. */

/** What a listing says of an object: what every store knows without reading it. */
export interface Listed {
  /** The key, decoded, `/`-separated, relative to the store's root. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
}

/** What a store knows of an object without its bytes. */
export interface StoredHead extends Listed {
  /** Opaque; equal etags mean equal bytes within one store. Used for `ifMatch`. */
  readonly etag: string;
  readonly contentType?: string;
  readonly versionId?: string;
  /** What whoever put it wrote beside it, names in small letters; S3's user metadata. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** An object with its bytes. */
export interface StoredObject extends StoredHead {
  readonly bytes: Uint8Array;
}

export interface PutOptions {
  readonly contentType?: string;
  /** Write only if nothing is at the key. */
  readonly ifNoneMatch?: '*';
  /** Write only if the object at the key has this etag. */
  readonly ifMatch?: string;
}

export interface Store {
  /** Where the store is, for messages: `s3://bucket/prefix` or a path. */
  readonly url: string;
  /** The object, or undefined if there is none (or none with this `versionId`). */
  get(key: string, version?: { readonly versionId?: string }): Promise<StoredObject | undefined>;
  head(key: string): Promise<StoredHead | undefined>;
  /**
   * Writes the whole object or nothing; readers never see a part.
   *
   * @throws {PreconditionFailedError} if `ifNoneMatch` or `ifMatch` does not hold.
   */
  put(key: string, bytes: Uint8Array, options?: PutOptions): Promise<{ readonly etag: string }>;
  /** Every object whose key begins with `prefix`, sorted by key as UTF-8 bytes. */
  list(prefix: string): AsyncIterable<Listed>;
  /** Removes the object; no error if there is none. */
  delete(key: string): Promise<void>;
  /** Clears away what writers that were killed have left; only where a store can have such. The next write does it, too. */
  settle?(): Promise<void>;
}
