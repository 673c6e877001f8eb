import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import {
  ChecksumAlgorithm,
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3Server } from './s3-server.ts';

let server: S3Server;
let client: S3Client;
let skew = 0;
const Bucket = 'desk';

beforeAll(async () => {
  server = await startS3Server({ buckets: [Bucket], now: () => Date.now() + skew });
  client = connect();
});
afterEach(() => {
  server.fault = undefined;
  skew = 0;
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

function connect(config: S3ClientConfig = {}): S3Client {
  const { url: endpoint, region, credentials } = server;
  return new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1, ...config });
}

/** Changes what the SDK is about to send, after it has signed it, as somebody on the line could. */
function tampering(change: (request: { headers: Record<string, string>; body: unknown; query: Record<string, string> }) => void): S3Client {
  const tampered = connect();
  tampered.middlewareStack.add(
    (next) => (args) => {
      change(args.request as Parameters<typeof change>[0]);
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'tamper' },
  );
  return tampered;
}

async function body(output: { Body?: { transformToString(): Promise<string> } | undefined }): Promise<string | undefined> {
  return output.Body?.transformToString();
}

describe('the S3 server refuses', () => {
  const put = (Key = 'refused') => new PutObjectCommand({ Bucket, Key, Body: 'bytes' });

  it('a wrong secret', async () => {
    const stranger = connect({ credentials: { ...server.credentials, secretAccessKey: 'wrong' } });
    await expect(stranger.send(put())).rejects.toMatchObject({ name: 'SignatureDoesNotMatch', $metadata: { httpStatusCode: 403 } });
    await expect(stranger.send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  });

  it('an unknown key id, and a token it has not given', async () => {
    const unknown = connect({ credentials: { ...server.credentials, accessKeyId: 'AKIDOTHER' } });
    await expect(unknown.send(put())).rejects.toMatchObject({ name: 'InvalidAccessKeyId' });
    const token = connect({ credentials: { ...server.credentials, sessionToken: 'made up' } });
    await expect(token.send(put())).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('another region', async () => {
    const elsewhere = connect({ region: 'cn-north-1', followRegionRedirects: false });
    await expect(elsewhere.send(put())).rejects.toMatchObject({ name: 'AuthorizationHeaderMalformed' });
  });

  it('a request without a signature', async () => {
    const response = await fetch(`${server.url}/${Bucket}/k`);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<Code>AccessDenied</Code>');
  });

  it('a clock that is a quarter of an hour off, and takes one that is a little off', async () => {
    // Only what the server sees is moved: the SDK corrects its own clock by the Date header otherwise.
    skew = 16 * 60_000;
    await expect(connect().send(put())).rejects.toMatchObject({ name: 'RequestTimeTooSkewed', $metadata: { httpStatusCode: 403 } });
    skew = -16 * 60_000;
    await expect(connect().send(put())).rejects.toMatchObject({ name: 'RequestTimeTooSkewed' });
    skew = 14 * 60_000;
    await connect().send(put('a little off'));
  });

  it('a body, a header, a query or a key changed on the way', async () => {
    const changedBody = tampering((request) => {
      request.body = 'BYTES';
    });
    await expect(changedBody.send(put())).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
    const changedHeader = tampering((request) => {
      request.headers['content-type'] = 'text/html';
    });
    await expect(changedHeader.send(put())).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    const addedHeader = tampering((request) => {
      request.headers['x-amz-meta-added'] = 'x';
    });
    await expect(addedHeader.send(put())).rejects.toMatchObject({ name: 'AccessDenied' });
    const changedQuery = tampering((request) => {
      request.query.prefix = 'secret/';
    });
    await expect(changedQuery.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
    expect(server.object(Bucket, 'refused')).toBeUndefined();
  });

  it.each(Object.values(ChecksumAlgorithm).filter((name) => ['CRC32', 'CRC32C', 'SHA1', 'SHA256'].includes(name)))(
    'a wrong %s, and takes the right one',
    async (ChecksumAlgorithm) => {
      await client.send(new PutObjectCommand({ Bucket, Key: `sum ${ChecksumAlgorithm}`, Body: '新闻', ChecksumAlgorithm }));
      const head = await client.send(new HeadObjectCommand({ Bucket, Key: `sum ${ChecksumAlgorithm}`, ChecksumMode: 'ENABLED' }));
      const right = head[`Checksum${ChecksumAlgorithm as 'SHA256'}`] ?? '';
      expect(right).not.toBe('');
      const send = (value: string) =>
        client.send(new PutObjectCommand({ Bucket, Key: 'refused', Body: '新闻', [`Checksum${ChecksumAlgorithm}`]: value }));
      await send(right);
      const wrong = Buffer.from(right, 'base64').map((byte) => byte ^ 1);
      await expect(send(Buffer.from(wrong).toString('base64'))).rejects.toMatchObject({ name: 'BadDigest' });
      await expect(send('AAAA')).rejects.toMatchObject({ name: 'InvalidRequest' });
      await client.send(new DeleteObjectCommand({ Bucket, Key: 'refused' }));
    },
  );

  it('a wrong Content-MD5', async () => {
    const md5 = (text: string) => createHash('md5').update(text).digest('base64');
    await client.send(new PutObjectCommand({ Bucket, Key: 'md5', Body: 'x', ContentMD5: md5('x') }));
    await expect(client.send(new PutObjectCommand({ Bucket, Key: 'md5', Body: 'x', ContentMD5: md5('y') }))).rejects.toMatchObject({
      name: 'BadDigest',
    });
    await expect(client.send(new PutObjectCommand({ Bucket, Key: 'md5', Body: 'x', ContentMD5: 'short' }))).rejects.toMatchObject({
      name: 'InvalidDigest',
    });
  });

  it('a stale If-Match, and If-None-Match where something is', async () => {
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key: 'match', Body: '1' }));
    await client.send(new PutObjectCommand({ Bucket, Key: 'match', Body: '2', IfMatch: ETag }));
    const stale = client.send(new PutObjectCommand({ Bucket, Key: 'match', Body: '3', IfMatch: ETag }));
    await expect(stale).rejects.toMatchObject({ name: 'PreconditionFailed', $metadata: { httpStatusCode: 412 } });
    const taken = client.send(new PutObjectCommand({ Bucket, Key: 'match', Body: '3', IfNoneMatch: '*' }));
    await expect(taken).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const nothing = client.send(new PutObjectCommand({ Bucket, Key: 'nothing', Body: '3', IfMatch: ETag }));
    await expect(nothing).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    expect(await body(await client.send(new GetObjectCommand({ Bucket, Key: 'match' })))).toBe('2');
  });

  it('what it does not know, rather than overlook it', async () => {
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'match', Range: 'bytes=0-1' }))).rejects.toMatchObject({
      name: 'NotImplemented',
    });
    await expect(client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', Tagging: 'a=b' }))).rejects.toMatchObject({
      name: 'NotImplemented',
    });
    await expect(client.send(new GetObjectCommand({ Bucket: 'nowhere', Key: 'k' }))).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('the S3 server takes chunked bodies', () => {
  const stream = () => Readable.from([Buffer.alloc(70_000, '新'), Buffer.alloc(30_000, '闻')], { objectMode: false });
  const upload = (Key: string) =>
    new PutObjectCommand({ Bucket, Key, Body: stream(), ContentLength: 100_000, ChecksumAlgorithm: 'SHA256' });

  it('unsigned, with a checksum in the trailer, as the SDK sends a stream', async () => {
    let scheme: unknown;
    server.fault = ({ headers }) => {
      scheme = headers['x-amz-content-sha256'];
      return undefined;
    };
    await client.send(upload('streamed'));
    expect(scheme).toBe('STREAMING-UNSIGNED-PAYLOAD-TRAILER');
    const stored = server.object(Bucket, 'streamed');
    expect(stored?.bytes.equals(Buffer.concat([Buffer.alloc(70_000, '新'), Buffer.alloc(30_000, '闻')]))).toBe(true);
    expect(stored?.checksum).toEqual(['x-amz-checksum-sha256', sha256(stored?.bytes ?? '', 'base64')]);
    expect((await (await client.send(new GetObjectCommand({ Bucket, Key: 'streamed' }))).Body?.transformToByteArray())?.length).toBe(
      100_000,
    );
  });

  it('signed chunk by chunk, and refuses a chunk or a trailer changed on the way', async () => {
    const chunks = [Buffer.alloc(65_536, 'a'), Buffer.from('the rest')];
    expect(await putSigned('signed', chunks)).toBe(200);
    expect(server.object(Bucket, 'signed')?.bytes).toEqual(Buffer.concat(chunks));
    expect(await putSigned('changed', chunks, { changedChunk: true })).toBe(403);
    expect(await putSigned('trailer', chunks, { trailer: true })).toBe(200);
    expect(server.object(Bucket, 'trailer')?.checksum).toEqual(['x-amz-checksum-sha256', sha256(Buffer.concat(chunks), 'base64')]);
    expect(await putSigned('changed', chunks, { trailer: true, changedTrailer: true })).toBe(403);
    expect(await putSigned('changed', chunks, { trailer: true, wrongChecksum: true })).toBe(400);
    expect(await putSigned('changed', chunks, { short: true })).toBe(400);
    expect(server.object(Bucket, 'changed')).toBeUndefined();
  });
});

describe('the S3 server keeps objects', () => {
  it('with their type, metadata, MD5 and time', async () => {
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key: '报 纸+1.txt',
        Body: 'hello',
        ContentType: 'text/plain; charset=gb18030',
        Metadata: { desk: 'x' },
      }),
    );
    const output = await client.send(new GetObjectCommand({ Bucket, Key: '报 纸+1.txt' }));
    expect(output).toMatchObject({
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      ContentType: 'text/plain; charset=gb18030',
      ContentLength: 5,
      Metadata: { desk: 'x' },
    });
    expect(Math.abs((output.LastModified?.getTime() ?? 0) - Date.now())).toBeLessThan(5_000);
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('in versions once a bucket has them, with a sequencer that grows', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'versioned' }));
    await expect(client.send(new CreateBucketCommand({ Bucket: 'versioned' }))).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
    await client.send(new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration: { Status: 'Enabled' } }));
    const at = { Bucket: 'versioned', Key: 'k' };
    const first = await client.send(new PutObjectCommand({ ...at, Body: '1' }));
    await client.send(new PutObjectCommand({ ...at, Body: '2' }));
    const marker = await client.send(new DeleteObjectCommand(at));
    expect(marker.DeleteMarker).toBe(true);
    await expect(client.send(new GetObjectCommand(at))).rejects.toMatchObject({ name: 'NoSuchKey' });
    expect(await body(await client.send(new GetObjectCommand({ ...at, VersionId: first.VersionId })))).toBe('1');
    await expect(client.send(new GetObjectCommand({ ...at, VersionId: 'gone' }))).rejects.toMatchObject({ name: 'NoSuchVersion' });
    await expect(client.send(new GetObjectCommand({ ...at, VersionId: marker.VersionId }))).rejects.toMatchObject({
      name: 'MethodNotAllowed',
    });
    await client.send(new DeleteObjectCommand({ ...at, VersionId: marker.VersionId }));
    expect(await body(await client.send(new GetObjectCommand(at)))).toBe('2');
    const sequencers = server.versions('versioned', 'k').map(({ sequencer }) => sequencer);
    expect(sequencers).toEqual([...new Set(sequencers)].sort());
    expect(sequencers).toHaveLength(2);
  });

  it('and lists them by page, prefix and delimiter', async () => {
    server.createBucket('list');
    for (const Key of ['a/1', 'a/2', 'a-', 'b', 'c/1', 'c 2+']) await client.send(new PutObjectCommand({ Bucket: 'list', Key, Body: Key }));
    const pages: string[][] = [];
    for (let ContinuationToken: string | undefined, more = true; more; ) {
      const page = await client.send(new ListObjectsV2Command({ Bucket: 'list', MaxKeys: 2, Delimiter: '/', ContinuationToken }));
      pages.push([...(page.Contents ?? []).map(({ Key }) => Key ?? ''), ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? '')]);
      ContinuationToken = page.NextContinuationToken;
      more = page.IsTruncated ?? false;
    }
    expect(pages).toEqual([['a-', 'a/'], ['b', 'c 2+'], ['c/']]);
    const encoded = await client.send(new ListObjectsV2Command({ Bucket: 'list', Prefix: 'c', EncodingType: 'url', StartAfter: 'b' }));
    expect(encoded.Contents?.map(({ Key }) => Key)).toEqual(['c+2%2B', 'c/1']);
  });
});

describe('the S3 server goes wrong on demand', () => {
  it('before, after and in the middle of a request', async () => {
    const counted = server.counts.PutObject ?? 0;
    server.fault = () => 'reset';
    await expect(client.send(new PutObjectCommand({ Bucket, Key: 'reset', Body: 'x' }))).rejects.toThrow();
    expect(server.object(Bucket, 'reset')).toBeUndefined();
    server.fault = ({ operation, key }) => (operation === 'PutObject' && key === 'dropped' ? 'drop-response' : undefined);
    await expect(client.send(new PutObjectCommand({ Bucket, Key: 'dropped', Body: 'x'.repeat(1000) }))).rejects.toThrow();
    expect(server.object(Bucket, 'dropped')?.bytes).toHaveLength(1000);
    server.fault = () => 'cut-body';
    await expect(client.send(new GetObjectCommand({ Bucket, Key: 'dropped' })).then(body)).rejects.toThrow();
    server.fault = () => ({ status: 503, code: 'SlowDown' });
    await expect(client.send(new PutObjectCommand({ Bucket, Key: 'slow', Body: 'x' }))).rejects.toMatchObject({ name: 'SlowDown' });
    expect(server.counts.PutObject).toBe(counted + 3);
  });
});

function sha256(data: string | Buffer, encoding: 'hex' | 'base64' = 'hex'): string {
  return createHash('sha256').update(data).digest(encoding);
}

/** A PUT whose chunks are signed (STREAMING-AWS4-HMAC-SHA256-PAYLOAD), which this SDK never sends. @returns the status. */
async function putSigned(
  key: string,
  chunks: readonly Buffer[],
  { trailer = false, changedChunk = false, changedTrailer = false, wrongChecksum = false, short = false } = {},
): Promise<number> {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/${server.region}/s3/aws4_request`;
  const signingKey = scope
    .split('/')
    .reduce<Buffer>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      Buffer.from(`AWS4${server.credentials.secretAccessKey}`),
    );
  const sign = (kind: string, ...lines: string[]): string =>
    createHmac('sha256', signingKey)
      .update([kind, date, scope, ...lines].join('\n'))
      .digest('hex');

  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const headers: Record<string, string> = {
    host: new URL(server.url).host,
    'x-amz-content-sha256': `STREAMING-AWS4-HMAC-SHA256-PAYLOAD${trailer ? '-TRAILER' : ''}`,
    'x-amz-date': date,
    'x-amz-decoded-content-length': String(short ? size + 1 : size),
    ...(trailer && { 'x-amz-trailer': 'x-amz-checksum-sha256' }),
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `PUT\n/${Bucket}/${key}\n\n${lines.join('')}\n${names}\n${headers['x-amz-content-sha256']}`;
  let previous = sign('AWS4-HMAC-SHA256', sha256(canonical));
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${server.credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${previous}`;

  const parts: Buffer[] = [];
  for (const chunk of [...chunks, Buffer.alloc(0)]) {
    previous = sign('AWS4-HMAC-SHA256-PAYLOAD', previous, sha256(''), sha256(chunk));
    const sent = changedChunk ? Buffer.from(chunk.map((byte) => byte ^ 1)) : chunk;
    parts.push(Buffer.from(`${chunk.length.toString(16)};chunk-signature=${previous}\r\n`), sent);
    if (chunk.length > 0) parts.push(Buffer.from('\r\n'));
  }
  if (trailer) {
    const checksum = `x-amz-checksum-sha256:${sha256(wrongChecksum ? 'other' : Buffer.concat(chunks), 'base64')}`;
    const signature = sign('AWS4-HMAC-SHA256-TRAILER', previous, sha256(`${checksum}\n`));
    parts.push(
      Buffer.from(`${changedTrailer ? `${checksum} ` : checksum}${changedTrailer ? 'x' : ''}\r\nx-amz-trailer-signature:${signature}\r\n`),
    );
  }
  parts.push(Buffer.from('\r\n'));
  const payload = Buffer.concat(parts);
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      `${server.url}/${Bucket}/${key}`,
      { method: 'PUT', headers: { ...headers, 'content-length': payload.length } },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      },
    );
    outgoing.on('error', reject).end(payload);
  });
}
