import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-server-error.ts';
import { sha256Hex, type VerifiedSignature, verifyChunk } from './s3-server-signature.ts';

const DIGESTS: Readonly<Record<string, { length: number; of(bytes: Buffer): Buffer }>> = {
  crc32: { length: 4, of: (bytes) => fourBytes(crc32(bytes)) },
  crc32c: { length: 4, of: (bytes) => fourBytes(crc32c(bytes)) },
  sha1: { length: 20, of: (bytes) => createHash('sha1').update(bytes).digest() },
  sha256: { length: 32, of: (bytes) => createHash('sha256').update(bytes).digest() },
};
const CHECKSUM = 'x-amz-checksum-';
/** Headers that begin like a checksum and are none. */
const ABOUT_CHECKSUMS = [`${CHECKSUM}mode`, `${CHECKSUM}type`, `${CHECKSUM}algorithm`];

/** A body taken out of its transfer coding, with the checksum it came with, if any: `['x-amz-checksum-sha256', base64]`. */
export interface Body {
  readonly bytes: Buffer;
  readonly checksum?: readonly [header: string, value: string];
}

/**
 * Decodes an aws-chunked body and checks every digest the client sent: the payload hash of the signature, Content-MD5,
 * x-amz-checksum-* in headers or trailers.
 *
 * @throws {S3Error} as S3 answers.
 */
export function readBody(raw: Buffer, headers: IncomingHttpHeaders, seed: VerifiedSignature): Body {
  const { bytes, trailers } = unwrap(raw, headers, seed);
  const md5 = headers['content-md5'];
  if (md5 !== undefined) {
    if (Buffer.from(String(md5), 'base64').length !== 16)
      throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 you specified is not valid.');
    if (createHash('md5').update(bytes).digest('base64') !== md5) {
      throw new S3Error(400, 'BadDigest', 'The Content-MD5 you specified did not match what we received.');
    }
  }
  const checksum = checkChecksum(bytes, { ...pick(headers), ...pick(trailers) }, headers['x-amz-sdk-checksum-algorithm']);
  return { bytes, ...(checksum && { checksum }) };
}

function pick(headers: IncomingHttpHeaders): Record<string, string> {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(CHECKSUM) && !ABOUT_CHECKSUMS.includes(name));
  return Object.fromEntries(found.map(([name, value]) => [name, String(value)]));
}

function checkChecksum(bytes: Buffer, given: Record<string, string>, announced: unknown): [string, string] | undefined {
  const [first, ...more] = Object.entries(given);
  if (more.length > 0) {
    throw new S3Error(400, 'InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  if (!first) {
    if (announced === undefined) return undefined;
    throw new S3Error(
      400,
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  const [header, value] = first;
  const digest = DIGESTS[header.slice(CHECKSUM.length)];
  if (!digest) throw new S3Error(501, 'NotImplemented', `${header} is not implemented by this server.`);
  if (Buffer.from(value, 'base64').length !== digest.length)
    throw new S3Error(400, 'InvalidRequest', `Value for ${header} header is invalid.`);
  if (digest.of(bytes).toString('base64') !== value) {
    throw new S3Error(
      400,
      'BadDigest',
      `The ${header.slice(CHECKSUM.length).toUpperCase()} you specified did not match the calculated checksum.`,
    );
  }
  return [header, value];
}

function unwrap(raw: Buffer, headers: IncomingHttpHeaders, seed: VerifiedSignature): { bytes: Buffer; trailers: IncomingHttpHeaders } {
  const scheme = seed.payloadHash;
  if (/^[0-9a-f]{64}$/.test(scheme)) {
    if (sha256Hex(raw) === scheme) return { bytes: raw, trailers: {} };
    throw new S3Error(400, 'XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
  if (scheme === 'UNSIGNED-PAYLOAD') return { bytes: raw, trailers: {} };
  const [, signed, trailer] = /^STREAMING-(AWS4-HMAC-SHA256-PAYLOAD|UNSIGNED-PAYLOAD)(-TRAILER)?$/.exec(scheme) ?? [];
  if (!signed || (signed === 'UNSIGNED-PAYLOAD' && !trailer)) {
    throw new S3Error(
      400,
      'InvalidArgument',
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD or a valid sha256 value.',
    );
  }
  const size = headers['x-amz-decoded-content-length'];
  if (size === undefined) throw new S3Error(411, 'MissingContentLength', 'You must provide the x-amz-decoded-content-length HTTP header.');
  const chunked = decodeChunks(raw, signed === 'UNSIGNED-PAYLOAD' ? undefined : seed);
  if (chunked.bytes.length !== Number(size))
    throw incomplete('You did not provide the number of bytes specified by x-amz-decoded-content-length.');
  const announced = String(headers['x-amz-trailer'] ?? '').toLowerCase();
  const names = Object.keys(chunked.trailers).join(',');
  if (names !== announced)
    throw new S3Error(400, 'MalformedTrailerError', `The request announced the trailers "${announced}" and has "${names}".`);
  return chunked;
}

/** `<hex size>[;chunk-signature=<hex>]CRLF <data> CRLF … 0[;…]CRLF [name:value CRLF …] CRLF` */
function decodeChunks(raw: Buffer, seed: VerifiedSignature | undefined): { bytes: Buffer; trailers: IncomingHttpHeaders } {
  const chunks: Buffer[] = [];
  let at = 0;
  let previous = seed?.signature ?? '';

  function line(): string {
    const end = raw.indexOf('\r\n', at);
    if (end < 0) throw incomplete('The request body terminated unexpectedly.');
    const text = raw.toString('latin1', at, end);
    at = end + 2;
    return text;
  }

  for (let size = -1; size !== 0; ) {
    const [, hex, signature = ''] = /^([0-9a-fA-F]+)(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(line()) ?? [];
    if (hex === undefined) throw incomplete('A chunk of the request body has no size.');
    size = Number.parseInt(hex, 16);
    if (at + size > raw.length) throw incomplete('The request body terminated unexpectedly.');
    const chunk = raw.subarray(at, at + size);
    at += size;
    if (seed) verifyChunk(seed, 'PAYLOAD', previous, chunk, signature);
    previous = signature;
    chunks.push(chunk);
    if (size > 0 && line() !== '') throw incomplete('A chunk of the request body is longer than its size.');
  }

  const trailers: Record<string, string> = {};
  let trailerSignature: string | undefined;
  for (let text = line(); text !== ''; text = at < raw.length ? line() : '') {
    const colon = text.indexOf(':');
    const name = text.slice(0, colon).trim().toLowerCase();
    if (name === 'x-amz-trailer-signature') trailerSignature = text.slice(colon + 1).trim();
    else trailers[name] = text.slice(colon + 1).trim();
  }
  if (seed?.payloadHash.endsWith('-TRAILER')) {
    const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}\n`);
    verifyChunk(seed, 'TRAILER', previous, Buffer.from(lines.join('')), trailerSignature ?? '');
  }
  return { bytes: Buffer.concat(chunks), trailers };
}

function incomplete(message: string): S3Error {
  return new S3Error(400, 'IncompleteBody', message);
}

function fourBytes(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

const CASTAGNOLI = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0x82f63b78 : value >>> 1;
  return value;
});

function crc32c(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (CASTAGNOLI[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return ~value;
}
