import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { ConfigError, PreconditionFailedError } from '../errors.ts';
import { assertKey, KeyError } from './key.ts';
import type { Store, StoredHead, StoredObject } from './store.ts';

/** Bytes of UTF-8, prefix included. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_LIMIT = 1024;
/** A body that breaks off is not retried by the SDK, which has answered by then. */
const READ_ATTEMPTS = 3;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A client for AWS, or for the endpoint in AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL, which is then addressed path-style
 * (`http://host/bucket/key`): few S3-compatible servers answer to `bucket.host`.
 * Five attempts in all, unless AWS_MAX_ATTEMPTS says otherwise; 3 s to connect, 20 s of silence end an attempt.
 * Checksums are computed and verified wherever S3 supports them, which is the SDK's default.
 *
 * @throws {ConfigError} for an endpoint that is not a URL, or a number of attempts that is not one.
 */
export function createS3Client(env: Environment = process.env): S3Client {
  const endpoint = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true' ? undefined : env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  if (endpoint && !URL.canParse(endpoint))
    throw new ConfigError(`AWS_ENDPOINT_URL must be a URL, such as http://127.0.0.1:9000, not ${endpoint}.`);
  const maxAttempts = Number(env.AWS_MAX_ATTEMPTS || 5);
  if (!(Number.isInteger(maxAttempts) && maxAttempts > 0))
    throw new ConfigError(`AWS_MAX_ATTEMPTS must be a whole number from 1, not ${env.AWS_MAX_ATTEMPTS}.`);
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || (endpoint && 'us-east-1');
  const config: S3ClientConfig = {
    maxAttempts,
    retryMode: 'standard',
    requestHandler: { connectionTimeout: 3_000, socketTimeout: 20_000 },
  };
  if (endpoint) Object.assign(config, { endpoint, forcePathStyle: true });
  if (region) config.region = region;
  // The SDK's own chain of credentials reads the process's environment; any other must be handed to it.
  if (env !== process.env && env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) {
    config.credentials = {
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      ...(env.AWS_SESSION_TOKEN && { sessionToken: env.AWS_SESSION_TOKEN }),
    };
  }
  return new S3Client(config);
}

/**
 * A bucket, or the part of it under `prefix` (a `/` is added to it where it has none). Etags are S3's without their
 * quotation marks, as events carry them.
 *
 * A PUT whose answer is lost is sent again by the SDK, and with a precondition it then meets its own object: callers
 * must treat equal bytes at the key as success (`putOnce` and `holds` in once.ts do).
 *
 * The role needs `s3:ListBucket`: without it S3 answers 403 for a missing object, which is an error here, as it must be.
 * A directory bucket (S3 Express) lists in no order, so `list` is not sorted there.
 */
export function s3Store({ client, bucket, prefix = '' }: { client: S3Client; bucket: string; prefix?: string }): Store {
  const root = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  const url = `s3://${bucket}/${root}`;

  function at(key: string): { Bucket: string; Key: string } {
    assertKey(key);
    const Key = root + key;
    if (Buffer.byteLength(Key) > KEY_LIMIT) throw new KeyError(`The key ${Key} is longer than S3's ${KEY_LIMIT} bytes.`);
    return { Bucket: bucket, Key };
  }

  /** @throws {S3ServiceException} and what the network throws. Only a body that breaks off or fails its checksum is asked for again. */
  async function read(key: string, VersionId: string | undefined): Promise<StoredObject> {
    for (let attempt = 1; ; attempt++) {
      const output = await client.send(new GetObjectCommand({ ...at(key), ...(VersionId !== undefined && { VersionId }) }));
      try {
        const bytes = (await output.Body?.transformToByteArray()) ?? new Uint8Array();
        const size = output.ContentLength ?? bytes.length;
        if (size !== bytes.length) throw new Error(`${url}${key} ended after ${bytes.length} of ${size} bytes.`);
        return { ...headOf(key, output), size, bytes };
      } catch (error) {
        if (attempt === READ_ATTEMPTS) throw error;
      }
    }
  }

  return {
    url,

    async get(key, version) {
      try {
        return await read(key, version?.versionId);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },

    async head(key) {
      try {
        return headOf(key, await client.send(new HeadObjectCommand(at(key))));
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },

    async put(key, bytes, { contentType, ifNoneMatch, ifMatch } = {}) {
      const command = new PutObjectCommand({
        ...at(key),
        Body: bytes,
        ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
        ...(contentType !== undefined && { ContentType: contentType }),
        ...(ifNoneMatch !== undefined && { IfNoneMatch: ifNoneMatch }),
        ...(ifMatch !== undefined && { IfMatch: `"${ifMatch}"` }),
      });
      try {
        return { etag: unquote((await client.send(command)).ETag) };
      } catch (error) {
        if (isLost(error) || (ifMatch !== undefined && isMissing(error))) {
          throw new PreconditionFailedError(`${url}${key} ${ifMatch === undefined ? 'exists already' : `is not at etag ${ifMatch}`}.`, {
            cause: error,
          });
        }
        throw error;
      }
    },

    async *list(prefix) {
      const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: root + prefix, EncodingType: 'url' });
      for await (const page of pages) {
        for (const { Key, Size, LastModified } of page.Contents ?? []) {
          const full = page.EncodingType === 'url' ? decodeListed(Key ?? '') : (Key ?? '');
          const key = full.slice(root.length);
          // The S3 console makes folders: an empty object named like the prefix itself.
          if (key !== '') yield { key, size: Size ?? 0, lastModified: LastModified?.getTime() ?? 0 };
        }
      }
    },

    async delete(key) {
      await client.send(new DeleteObjectCommand(at(key)));
    },
  };
}

function headOf(
  key: string,
  { ContentLength, ETag, LastModified, ContentType, VersionId, Metadata = {} }: Omit<HeadObjectCommandOutput, '$metadata'>,
): StoredHead {
  return {
    key,
    size: ContentLength ?? 0,
    etag: unquote(ETag),
    lastModified: LastModified?.getTime() ?? 0,
    ...(ContentType !== undefined && { contentType: ContentType }),
    ...(VersionId !== undefined && { versionId: VersionId }),
    ...(Object.keys(Metadata).length > 0 && { metadata: Metadata }),
  };
}

function unquote(etag = ''): string {
  return etag.replace(/^"|"$/g, '');
}

/** `encoding-type=url` is form encoding (a space is `+`), and the SDK leaves it as it comes. Without it a key may hold characters XML cannot. */
function decodeListed(key: string): string {
  return decodeURIComponent(key.replaceAll('+', '%20'));
}

/** No such object or version; a missing bucket is an error instead. HEAD has no body to say which it is, and no name but NotFound. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  if (['NoSuchKey', 'NotFound', 'NoSuchVersion'].includes(error.name)) return true;
  // A version id that is a delete marker, or that S3 could never have given out.
  if (error.name === 'MethodNotAllowed') return true;
  return error.name === 'InvalidArgument' && /version id/i.test(error.message);
}

function isLost(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return false;
  return error.$metadata.httpStatusCode === 412 || error.name === 'ConditionalRequestConflict';
}
