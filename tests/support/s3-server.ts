import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from './s3-server-body.ts';
import { element, notImplemented, S3Error, xmlDocument } from './s3-server-error.ts';
import { keysOf, listObjects } from './s3-server-list.ts';
import { createBucket, currentOf, deleteVersion, findVersion, putVersion, type S3Bucket, type S3Version } from './s3-server-objects.ts';
import { type Credentials, decode, verifySignature } from './s3-server-signature.ts';

interface S3Request {
  readonly operation: string;
  readonly bucket: string;
  readonly key: string;
  /** From 1, in order of arrival over all operations. */
  readonly number: number;
  readonly headers: IncomingMessage['headers'];
}

/**
 * What goes wrong with a request: `reset` closes the connection before anything is done, `drop-response` after all of it
 * is done, `cut-body` in the middle of the answer's body; an object is answered as an error in S3's format, nothing done.
 */
type Fault = 'drop-response' | 'reset' | 'cut-body' | { readonly status: number; readonly code: string };

export interface S3ServerOptions {
  /** Made at the start. */
  readonly buckets?: readonly string[];
  readonly credentials?: Credentials;
  readonly region?: string;
  /** The most entries of a page of a list, at most S3's 1000. */
  readonly pageSize?: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly fault?: (request: S3Request) => Fault | undefined;
}

export interface S3Server {
  readonly url: string;
  readonly credentials: Credentials;
  readonly region: string;
  /** The environment that leads an AWS SDK, in this process or a child, to this server. */
  readonly env: Readonly<Record<string, string>>;
  /** Requests per operation since the start, refused ones and failed ones included. */
  readonly counts: Readonly<Record<string, number>>;
  /** Replaceable at any time. */
  fault: ((request: S3Request) => Fault | undefined) | undefined;
  createBucket(name: string, options?: { readonly versioned?: boolean }): void;
  /** Keys of the objects there are, in the order of their UTF-8 bytes. */
  keys(bucket: string): string[];
  object(bucket: string, key: string): S3Version | undefined;
  /** All versions and delete markers of a key, the newest last. */
  versions(bucket: string, key: string): readonly S3Version[];
  close(): Promise<void>;
}

/** The sub-resources and parameters that are understood, per operation. Anything else is refused rather than overlooked. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  CreateBucket: [],
  HeadBucket: [],
  PutBucketVersioning: ['versioning'],
  ListObjectsV2: ['list-type', 'prefix', 'delimiter', 'max-keys', 'start-after', 'continuation-token', 'encoding-type', 'fetch-owner'],
  PutObject: [],
  GetObject: ['versionId'],
  HeadObject: ['versionId'],
  DeleteObject: ['versionId'],
};
const REFUSED_HEADERS: Readonly<Record<string, readonly string[]>> = {
  PutObject: ['x-amz-copy-source', 'x-amz-tagging', 'x-amz-server-side-encryption-customer-algorithm'],
  GetObject: ['range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'],
  HeadObject: ['range', 'if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since'],
  DeleteObject: ['if-match'],
};

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/**
 * An S3 endpoint over HTTP on 127.0.0.1, path-style, for tests: it verifies signatures and checksums, and its conditional
 * writes are atomic. Not there: multipart uploads, ranges, conditional reads, copies, presigned URLs, ACLs. They answer 501.
 */
export async function startS3Server(options: S3ServerOptions = {}): Promise<S3Server> {
  const { region = 'us-east-1', pageSize = 1000, now = Date.now } = options;
  const credentials = options.credentials ?? { accessKeyId: 'AKIDTEST', secretAccessKey: 'not/a+secret' };
  const buckets = new Map<string, S3Bucket>((options.buckets ?? []).map((name) => [name, createBucket()]));
  const counts: Record<string, number> = {};
  let requests = 0;
  let writes = 0;

  const http = createServer((request, response) => {
    void answer(request, response).catch(() => request.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
    const method = request.method ?? 'GET';
    const number = ++requests;
    const raw = await readAll(request);
    let fault: Fault | undefined;
    let reply: Answer;
    try {
      const [bucket = '', key = ''] = path
        .slice(1)
        .split(/\/(.*)/s)
        .map(decode);
      const parameters = parseQuery(query);
      const operation = operationOf(method, key, parameters);
      counts[operation] = (counts[operation] ?? 0) + 1;
      fault = server.fault?.({ operation, bucket, key, number, headers: request.headers });
      if (fault === 'reset') {
        request.socket.destroy();
        return;
      }
      if (typeof fault === 'object') throw new S3Error(fault.status, fault.code, 'Injected by the test.');
      const seed = verifySignature({ method, path, query, headers: request.headers }, credentials, region, now());
      const unknown = [...parameters.keys()].find((name) => name !== 'x-id' && !PARAMETERS[operation]?.includes(name));
      const refused = unknown ?? REFUSED_HEADERS[operation]?.find((name) => request.headers[name] !== undefined);
      if (refused) throw notImplemented(refused);
      const body = readBody(raw, request.headers, seed);
      reply = perform();

      function perform(): Answer {
        if (operation === 'CreateBucket') {
          if (buckets.has(bucket))
            throw new S3Error(409, 'BucketAlreadyOwnedByYou', 'Your previous request to create the named bucket succeeded.');
          buckets.set(bucket, createBucket());
          return { status: 200, headers: { location: `/${bucket}` } };
        }
        const target = buckets.get(bucket);
        if (!target) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
        switch (operation) {
          case 'PutBucketVersioning':
            target.versioning = body.bytes.includes('<Status>Enabled</Status>') ? 'Enabled' : 'Suspended';
            return { status: 200 };
          case 'ListObjectsV2':
            return { status: 200, headers: { 'content-type': 'application/xml' }, body: listObjects(bucket, target, parameters, pageSize) };
          case 'PutObject': {
            const version = putVersion(target, key, body, request.headers, nextSequencer(), now());
            return { status: 200, headers: { etag: `"${version.etag}"`, ...versionHeader(target, version), ...checksumHeader(version) } };
          }
          case 'GetObject':
          case 'HeadObject': {
            const version = findVersion(target, key, parameters.get('versionId'));
            return {
              status: 200,
              headers: {
                'content-type': 'binary/octet-stream',
                ...version.headers,
                etag: `"${version.etag}"`,
                'last-modified': new Date(version.lastModified).toUTCString(),
                ...versionHeader(target, version),
                ...(request.headers['x-amz-checksum-mode'] === 'ENABLED' && checksumHeader(version)),
              },
              body: version.bytes,
            };
          }
          case 'DeleteObject': {
            const gone = deleteVersion(target, key, parameters.get('versionId'), nextSequencer(), now());
            const headers = gone ? { ...versionHeader(target, gone), ...(gone.deleteMarker && { 'x-amz-delete-marker': 'true' }) } : {};
            return { status: 204, headers };
          }
          default:
            return { status: 200 };
        }
      }
    } catch (error) {
      reply = errorAnswer(error, path, number);
    }
    send(request, response, reply, fault, number);
  }

  function nextSequencer(): string {
    return (0x66_0000_0000_0000n + BigInt(++writes)).toString(16).toUpperCase().padStart(18, '0');
  }

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const server: S3Server = {
    url,
    credentials,
    region,
    env: {
      AWS_ENDPOINT_URL_S3: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    },
    counts,
    fault: options.fault,
    createBucket(name, { versioned = false } = {}) {
      buckets.set(name, { ...createBucket(), versioning: versioned ? 'Enabled' : undefined });
    },
    keys: (bucket) => keysOf(buckets.get(bucket) ?? createBucket()),
    object: (bucket, key) => currentOf(buckets.get(bucket) ?? createBucket(), key),
    versions: (bucket, key) => buckets.get(bucket)?.versions.get(key) ?? [],
    close: () => closeServer(http),
  };
  return server;
}

export function closeServer(http: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    http.close((error) => (error ? reject(error) : resolve()));
    http.closeAllConnections();
  });
}

export async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseQuery(query: string): Map<string, string> {
  const pairs = query === '' ? [] : query.split('&').map((pair) => pair.split(/=(.*)/s));
  return new Map(pairs.map(([name = '', value = '']) => [decode(name), decode(value)]));
}

function operationOf(method: string, key: string, parameters: ReadonlyMap<string, string>): string {
  if (key !== '') return { PUT: 'PutObject', GET: 'GetObject', HEAD: 'HeadObject', DELETE: 'DeleteObject' }[method] ?? `${method}Object`;
  if (method === 'PUT') return parameters.has('versioning') ? 'PutBucketVersioning' : 'CreateBucket';
  if (method === 'HEAD') return 'HeadBucket';
  if (method === 'GET' && parameters.get('list-type') === '2') return 'ListObjectsV2';
  throw notImplemented(`${method} of a bucket`);
}

function versionHeader(bucket: S3Bucket, version: S3Version): Record<string, string> {
  return bucket.versioning === undefined ? {} : { 'x-amz-version-id': version.versionId };
}

function checksumHeader({ checksum }: S3Version): Record<string, string> {
  return checksum ? { [checksum[0]]: checksum[1] } : {};
}

function errorAnswer(error: unknown, path: string, number: number): Answer {
  const known = error instanceof S3Error ? error : new S3Error(500, 'InternalError', String(error));
  const body = xmlDocument('Error', [
    element('Code', known.code),
    element('Message', known.message),
    element('Resource', path),
    element('RequestId', String(number)),
  ]);
  return { status: known.status, headers: { 'content-type': 'application/xml', ...known.headers }, body };
}

function send(request: IncomingMessage, response: ServerResponse, reply: Answer, fault: Fault | undefined, number: number): void {
  if (fault === 'drop-response') {
    request.socket.destroy();
    return;
  }
  const body = Buffer.from(reply.body ?? '');
  response.writeHead(reply.status, {
    ...reply.headers,
    'x-amz-request-id': String(number),
    ...(reply.status !== 204 && { 'content-length': body.length }),
  });
  if (fault === 'cut-body') response.write(body.subarray(0, body.length / 2), () => request.socket.destroy());
  else response.end(request.method === 'HEAD' ? undefined : body);
}
