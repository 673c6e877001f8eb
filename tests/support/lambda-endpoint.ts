import type { Endpoint } from './lambda-stage.ts';
import type { S3Server } from './s3-server.ts';

/** The test server as the endpoint of a stage. */
export function endpointOf(server: S3Server): Endpoint {
  return {
    env: server.env,
    makeBuckets: (buckets) => {
      for (const { name, versioned } of buckets) server.createBucket(name, { versioned });
    },
    writes: (bucket, key) => server.versions(bucket, key).length,
  };
}
