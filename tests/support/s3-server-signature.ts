import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { S3Error } from './s3-server-error.ts';

/** Milliseconds between the clocks that S3 allows. */
const SKEW = 15 * 60_000;

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A request as it came over the wire. */
export interface SignedRequest {
  readonly method: string;
  /** Undecoded, without the query. */
  readonly path: string;
  /** Undecoded, without the `?`. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
}

/** What a chunked body's signatures build on. */
export interface VerifiedSignature {
  readonly date: string;
  readonly scope: string;
  readonly signingKey: Buffer;
  /** Hex. */
  readonly signature: string;
  /** The value of x-amz-content-sha256: a hash to hold the body against, or the name of a streaming scheme. */
  readonly payloadHash: string;
}

/**
 * Checks a Signature Version 4 in the Authorization header, from scratch.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 *
 * @param now milliseconds since the epoch.
 * @throws {S3Error} as S3 answers.
 */
export function verifySignature(request: SignedRequest, credentials: Credentials, region: string, now: number): VerifiedSignature {
  const { headers } = request;
  const authorization = headers.authorization;
  if (!authorization) throw new S3Error(403, 'AccessDenied', 'Anonymous access is forbidden');
  const match = /^AWS4-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(authorization);
  if (!match) throw new S3Error(400, 'AuthorizationHeaderMalformed', 'The authorization header is malformed');
  const [, credential = '', signedHeaders = '', signature = ''] = match;

  const [accessKeyId, day, scopeRegion, service, terminator] = credential.split('/');
  if (accessKeyId !== credentials.accessKeyId) {
    throw new S3Error(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  }
  if (scopeRegion !== region || service !== 's3' || terminator !== 'aws4_request') {
    throw new S3Error(400, 'AuthorizationHeaderMalformed', `The authorization header is malformed; expecting '${region}/s3/aws4_request'`);
  }
  if (headers['x-amz-security-token'] !== credentials.sessionToken) {
    throw new S3Error(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.');
  }

  const date = String(headers['x-amz-date'] ?? '');
  if (!/^\d{8}T\d{6}Z$/.test(date)) {
    throw new S3Error(403, 'AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header');
  }
  const time = Date.parse(date.replace(/^(....)(..)(..T..)(..)/, '$1-$2-$3:$4:'));
  if (Number.isNaN(time) || day !== date.slice(0, 8)) {
    throw new S3Error(400, 'AuthorizationHeaderMalformed', 'The date of the credential scope is not that of the request.');
  }
  if (Math.abs(now - time) > SKEW) {
    throw new S3Error(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.');
  }

  const names = signedHeaders.split(';');
  const unsigned = Object.keys(headers).filter((name) => (name === 'host' || name.startsWith('x-amz-')) && !names.includes(name));
  if (unsigned.length > 0) {
    throw new S3Error(403, 'AccessDenied', `There were headers present in the request which were not signed: ${unsigned.join(', ')}`);
  }
  const payloadHash = headers['x-amz-content-sha256'];
  if (typeof payloadHash !== 'string') {
    throw new S3Error(400, 'MissingSecurityHeader', 'Your request was missing a required header: x-amz-content-sha256');
  }

  const canonicalRequest = [
    request.method,
    encode(decode(request.path), true),
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${canonicalValue(headers[name])}`),
    '',
    signedHeaders,
    payloadHash,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const stringToSign = ['AWS4-HMAC-SHA256', date, scope, sha256Hex(canonicalRequest)].join('\n');
  const signingKey = [day, region, 's3', 'aws4_request'].reduce<Buffer>(
    (key, part) => hmac(key, part ?? ''),
    Buffer.from(`AWS4${credentials.secretAccessKey}`),
  );
  assertSignature(hmac(signingKey, stringToSign).toString('hex'), signature);
  return { date, scope, signingKey, signature, payloadHash };
}

/**
 * Checks the signature of one chunk, or of the trailers, which covers the one before it.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 *
 * @param previous the hex signature of the chunk before, or of the request.
 * @throws {S3Error} SignatureDoesNotMatch.
 */
export function verifyChunk(seed: VerifiedSignature, kind: 'PAYLOAD' | 'TRAILER', previous: string, data: Buffer, signature: string): void {
  const hashes = kind === 'PAYLOAD' ? [sha256Hex(''), sha256Hex(data)] : [sha256Hex(data)];
  const stringToSign = [`AWS4-HMAC-SHA256-${kind}`, seed.date, seed.scope, previous, ...hashes].join('\n');
  assertSignature(hmac(seed.signingKey, stringToSign).toString('hex'), signature);
}

/** @throws {S3Error} InvalidURI for a malformed `%`. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

export function sha256Hex(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function assertSignature(expected: string, given: string): void {
  if (given.length === expected.length && timingSafeEqual(Buffer.from(expected), Buffer.from(given))) return;
  throw new S3Error(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  );
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [encode(decode(name)), encode(decode(value.join('=')))] as const;
    })
    .sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalValue(value: string | string[] | undefined): string {
  return [value ?? ''].flat().join(',').trim().replace(/ +/g, ' ');
}

function encode(text: string, keepSlash = false): string {
  const encoded = encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return keepSlash ? encoded.replaceAll('%2F', '/') : encoded;
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
