/** A store by its address. */
import { ConfigError } from '../errors.ts';
import { folderStore } from './folder.ts';
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

let s3: Promise<(address: S3Address) => Store> | undefined;

/**
 * The bucket as a store, with one client a process. Region, credentials and endpoint come from the environment.
 * The SDK is loaded with the first bucket: a run on folders does not pay for it.
 */
export async function openBucket(address: S3Address): Promise<Store> {
  s3 ??= import('./s3.ts').then(({ createS3Client, s3Store }) => {
    const client = createS3Client();
    return ({ bucket, prefix }) => s3Store({ client, bucket, prefix });
  });
  return (await s3)(address);
}

/** @param address `s3://bucket/prefix`, or the path of a folder. */
export async function openStore(address: string): Promise<Store> {
  const bucket = parseS3Address(address);
  return bucket === undefined ? folderStore(address) : openBucket(bucket);
}
