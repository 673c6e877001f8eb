/** A store by its address. */
import { ConfigError } from '../errors.ts';
import { folderStore } from './folder.ts';
import { createS3Client, s3Store } from './s3.ts';
import type { Store } from './store.ts';

export interface S3Address {
  readonly bucket: string;
  /** Without a slash at either end; empty for the whole bucket. */
  readonly prefix: string;
}

/** Reads `s3://bucket/prefix`; undefined for anything that does not begin with `s3://`. @throws {ConfigError} without a bucket. */
export function parseS3Address(address: string): S3Address | undefined {
  if (!address.startsWith('s3://')) return undefined;
  const [bucket = '', ...rest] = address.slice('s3://'.length).split('/');
  if (bucket === '') throw new ConfigError(`${address} names no bucket; write s3://bucket or s3://bucket/prefix`);
  return { bucket, prefix: rest.join('/').replace(/^\/+|\/+$/g, '') };
}

let client: ReturnType<typeof createS3Client> | undefined;

/** The bucket as a store, with one client a process. Region, credentials and endpoint come from the environment. */
export function openBucket({ bucket, prefix }: S3Address): Store {
  client ??= createS3Client();
  return s3Store({ client, bucket, prefix });
}

/** @param address `s3://bucket/prefix`, or the path of a folder. */
export function openStore(address: string): Store {
  const s3 = parseS3Address(address);
  return s3 === undefined ? folderStore(address) : openBucket(s3);
}
