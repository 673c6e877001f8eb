import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Body } from './s3-server-body.ts';
import { notImplemented, S3Error } from './s3-server-error.ts';

/** Headers kept with an object and given back with it. */
const KEPT = /^(content-type|cache-control|content-disposition|content-language|expires|x-amz-meta-.*)$/;

/** One version of an object, or a mark that it was deleted. */
export interface S3Version {
  readonly versionId: string;
  readonly deleteMarker: boolean;
  /** Replaceable, so that a test can spoil what is stored. */
  bytes: Buffer;
  /** Hex MD5, without quotation marks. */
  readonly etag: string;
  /** Milliseconds since the epoch. */
  readonly lastModified: number;
  /** Hex; grows with every write to the server, as the sequencer of an event does. */
  readonly sequencer: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly checksum?: readonly [header: string, value: string];
}

export interface S3Bucket {
  versioning: 'Enabled' | 'Suspended' | undefined;
  /** Newest version last. */
  readonly versions: Map<string, S3Version[]>;
}

export function createBucket(): S3Bucket {
  return { versioning: undefined, versions: new Map() };
}

/** The object as a plain GET finds it. */
export function currentOf(bucket: S3Bucket, key: string): S3Version | undefined {
  const newest = bucket.versions.get(key)?.at(-1);
  return newest?.deleteMarker ? undefined : newest;
}

/**
 * The version a GET or HEAD asks for.
 *
 * @throws {S3Error} NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker, InvalidArgument for what is no version id.
 */
export function findVersion(bucket: S3Bucket, key: string, versionId: string | undefined): S3Version {
  if (versionId === undefined) {
    const found = currentOf(bucket, key);
    if (found) return found;
    throw new S3Error(
      404,
      'NoSuchKey',
      'The specified key does not exist.',
      bucket.versions.has(key) ? { 'x-amz-delete-marker': 'true' } : {},
    );
  }
  if (!/^[\w.-]+$/.test(versionId)) throw new S3Error(400, 'InvalidArgument', 'Invalid version id specified');
  const found = bucket.versions.get(key)?.find((version) => version.versionId === versionId);
  if (!found) throw new S3Error(404, 'NoSuchVersion', 'The specified version does not exist.');
  if (found.deleteMarker) {
    throw new S3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      'x-amz-delete-marker': 'true',
    });
  }
  return found;
}

/**
 * Writes a version if its conditions hold. Nothing here waits, so of writers at the same time one comes first.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 *
 * @throws {S3Error} PreconditionFailed; NoSuchKey for If-Match where nothing is.
 */
export function putVersion(
  bucket: S3Bucket,
  key: string,
  body: Body,
  headers: IncomingHttpHeaders,
  sequencer: string,
  now: number,
): S3Version {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined && (ifNoneMatch !== '*' || ifMatch !== undefined)) throw notImplemented('If-None-Match');
  const present = currentOf(bucket, key);
  if (ifMatch !== undefined && !present) throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
  if ((ifNoneMatch === '*' && present) || (ifMatch !== undefined && ifMatch.replaceAll('"', '') !== present?.etag)) {
    throw new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  const kept = Object.entries(headers).filter(([name]) => KEPT.test(name));
  const version: S3Version = {
    versionId: newVersionId(bucket),
    deleteMarker: false,
    bytes: body.bytes,
    etag: createHash('md5').update(body.bytes).digest('hex'),
    lastModified: now,
    sequencer,
    headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    ...(body.checksum && { checksum: body.checksum }),
  };
  append(bucket, key, version);
  return version;
}

/** @returns the version removed or the marker written, if any. */
export function deleteVersion(
  bucket: S3Bucket,
  key: string,
  versionId: string | undefined,
  sequencer: string,
  now: number,
): S3Version | undefined {
  const versions = bucket.versions.get(key) ?? [];
  if (versionId !== undefined || bucket.versioning === undefined) {
    const removed = versions.find((version) => version.versionId === (versionId ?? 'null'));
    const rest = versions.filter((version) => version !== removed);
    if (rest.length > 0) bucket.versions.set(key, rest);
    else bucket.versions.delete(key);
    return removed;
  }
  const marker = {
    versionId: newVersionId(bucket),
    deleteMarker: true,
    bytes: Buffer.alloc(0),
    etag: '',
    lastModified: now,
    sequencer,
    headers: {},
  };
  append(bucket, key, marker);
  return marker;
}

function newVersionId(bucket: S3Bucket): string {
  return bucket.versioning === 'Enabled' ? randomBytes(24).toString('base64url') : 'null';
}

function append(bucket: S3Bucket, key: string, version: S3Version): void {
  const others = (bucket.versions.get(key) ?? []).filter(({ versionId }) => versionId !== version.versionId);
  bucket.versions.set(key, [...others, version]);
}
