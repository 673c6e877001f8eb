import { copyFileSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { createS3Client } from '../../src/stores/s3.ts';
import { type LambdaRuntime, startLambdaRuntime } from './lambda-runtime.ts';

export const rawBucket = 'copydesk-raw';
export const archiveBucket = 'copydesk-archive';

/** What an S3 endpoint of either kind is to the suites. */
export interface Endpoint {
  /** The environment that leads an AWS SDK to it. */
  readonly env: Readonly<Record<string, string>>;
  /** Leaves these buckets, all empty. */
  readonly makeBuckets: (buckets: readonly { readonly name: string; readonly versioned: boolean }[]) => Promise<void> | void;
  /** How often an object of a versioned bucket was written. */
  readonly writes: (bucket: string, key: string) => Promise<number> | number;
}

type Environment = Readonly<Record<string, string | undefined>>;

export interface Stage {
  /** The sandbox that most tests use; its archive is the whole of `archiveBucket`. */
  readonly lambda: LambdaRuntime;
  /** Empties both buckets. The raw bucket is versioned if wanted; the archive is, so that each write can be counted. */
  reset(options?: { readonly versioned?: boolean }): Promise<void>;
  /** @returns the version id, which a bucket without versions has none of. */
  upload(key: string, bytes: Uint8Array, bucket?: string): Promise<string | undefined>;
  /** Every object of a bucket, by key. */
  files(bucket?: string): Promise<Map<string, Buffer>>;
  /** Another sandbox with the same bundle and endpoint; closed with the stage. */
  start(env?: Environment): Promise<LambdaRuntime>;
  close(): Promise<void>;
}

const bundle = fileURLToPath(new URL('../../dist/lambda/handler.mjs', import.meta.url));

/** The bundle in Lambda sandboxes, and two buckets at an S3 endpoint. */
export async function openStage({ env, makeBuckets }: Endpoint, settings: Environment = {}): Promise<Stage> {
  if (!existsSync(bundle)) throw new Error('dist/lambda/handler.mjs is missing: run npm run build first');
  const client = createS3Client(env);
  // Out of the checkout, as it is deployed: with no node_modules in reach.
  const folder = await mkdtemp(join(tmpdir(), 'copydesk-lambda-'));
  const handlerFile = join(folder, 'handler.mjs');
  copyFileSync(bundle, handlerFile);
  const running: LambdaRuntime[] = [];

  async function start(more: Environment = {}): Promise<LambdaRuntime> {
    const lambda = await startLambdaRuntime({
      handlerFile,
      env: {
        POWERTOOLS_SERVICE_NAME: 'copydesk',
        POWERTOOLS_METRICS_NAMESPACE: 'Copydesk',
        // The SDK's notice that this Node is old; Lambda's is not.
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
        COPYDESK_ARCHIVE: `s3://${archiveBucket}`,
        ...env,
        ...settings,
        ...more,
      },
    });
    running.push(lambda);
    return lambda;
  }

  return {
    lambda: await start(),
    start,
    async reset({ versioned = false } = {}) {
      await makeBuckets([
        { name: rawBucket, versioned },
        { name: archiveBucket, versioned: true },
      ]);
    },
    async upload(Key, Body, Bucket = rawBucket) {
      return (await client.send(new PutObjectCommand({ Bucket, Key, Body }))).VersionId;
    },
    async files(Bucket = archiveBucket) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
      const entries = Contents.map(async ({ Key = '' }) => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return [Key, Buffer.from((await Body?.transformToByteArray()) ?? [])] as const;
      });
      return new Map(await Promise.all(entries));
    },
    async close() {
      await Promise.all(running.map((lambda) => lambda.close()));
      client.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
