import { element, S3Error, xmlDocument } from './s3-server-error.ts';
import { currentOf, type S3Bucket } from './s3-server-objects.ts';

/**
 * Answers ListObjectsV2. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html
 *
 * @param pageSize the most entries of a page, whatever `max-keys` asks for; S3's own limit is 1000.
 * @throws {S3Error} InvalidArgument.
 */
export function listObjects(name: string, bucket: S3Bucket, query: ReadonlyMap<string, string>, pageSize: number): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const encoding = query.get('encoding-type');
  if (encoding !== undefined && encoding !== 'url')
    throw new S3Error(400, 'InvalidArgument', 'Invalid Encoding Method specified in Request');
  const asked = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(asked) || asked < 0)
    throw new S3Error(400, 'InvalidArgument', 'Provided max-keys not an integer or within integer range');
  const limit = Math.min(asked, pageSize);
  const token = query.get('continuation-token');
  const after = token === undefined ? (query.get('start-after') ?? '') : readToken(token);
  const shown = encoding === 'url' ? formEncode : (text: string) => text;

  const contents: string[] = [];
  const prefixes = new Set<string>();
  let last = '';
  let truncated = false;
  for (const key of keysOf(bucket)) {
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = end < 0 ? key : key.slice(0, end + delimiter.length);
    if (
      !key.startsWith(prefix) ||
      Buffer.compare(Buffer.from(key), Buffer.from(after)) <= 0 ||
      (end >= 0 && (prefixes.has(entry) || entry === after))
    ) {
      continue;
    }
    if (contents.length + prefixes.size >= limit) {
      truncated = limit > 0;
      break;
    }
    last = entry;
    const version = currentOf(bucket, key);
    if (end >= 0) prefixes.add(entry);
    else if (version) {
      contents.push(
        element('Contents', [
          element('Key', shown(key)),
          element('LastModified', new Date(version.lastModified).toISOString()),
          element('ETag', `"${version.etag}"`),
          element('Size', version.bytes.length),
          element('StorageClass', 'STANDARD'),
        ]),
      );
    }
  }

  return xmlDocument('ListBucketResult', [
    element('Name', name),
    element('Prefix', shown(prefix)),
    ...(delimiter === '' ? [] : [element('Delimiter', shown(delimiter))]),
    element('KeyCount', contents.length + prefixes.size),
    element('MaxKeys', asked),
    ...(encoding === undefined ? [] : [element('EncodingType', encoding)]),
    element('IsTruncated', truncated),
    ...(token === undefined ? [] : [element('ContinuationToken', token)]),
    ...(truncated ? [element('NextContinuationToken', Buffer.from(last).toString('base64'))] : []),
    ...contents,
    ...[...prefixes].map((found) => element('CommonPrefixes', [element('Prefix', shown(found))])),
  ]);
}

/** The keys of the objects there are, in the order of their UTF-8 bytes. */
export function keysOf(bucket: S3Bucket): string[] {
  return [...bucket.versions.keys()].filter((key) => currentOf(bucket, key)).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function readToken(token: string): string {
  const key = Buffer.from(token, 'base64').toString();
  if (key === '') throw new S3Error(400, 'InvalidArgument', 'The continuation token provided is incorrect');
  return key;
}

/** As S3 encodes listed keys: like a form, but for the slash. */
function formEncode(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1).replaceAll('%2F', '/');
}
