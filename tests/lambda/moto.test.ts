import { CreateBucketCommand, ListObjectVersionsCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterAll, it } from 'vitest';
import { createS3Client } from '../../src/stores/s3.ts';
import { lambdaContract } from '../support/lambda-contract.ts';
import { startMoto } from '../support/moto.ts';

const moto = await startMoto();

if (moto) {
  const { url, close } = moto;
  const env = { AWS_ENDPOINT_URL_S3: url, AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  const client = createS3Client(env);
  afterAll(async () => {
    client.destroy();
    await close();
  });
  lambdaContract('moto', {
    env,
    makeBuckets: async (buckets) => {
      await (await fetch(`${url}/moto-api/reset`, { method: 'POST' })).arrayBuffer();
      for (const { name: Bucket, versioned } of buckets) {
        await client.send(new CreateBucketCommand({ Bucket }));
        if (versioned) await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
      }
    },
    writes: async (Bucket, Prefix) => (await client.send(new ListObjectVersionsCommand({ Bucket, Prefix }))).Versions?.length ?? 0,
  });
} else {
  it('the Lambda bundle on moto', ({ skip }) => skip('NOT RUN: moto_server is not on PATH or does not start'));
}
