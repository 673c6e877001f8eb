import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { isIPv4, isIPv6 } from 'node:net';
import { describe, expect, it } from 'vitest';

interface S3Record {
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly eventTime: string;
  readonly eventName: string;
  readonly requestParameters: { readonly sourceIPAddress: string };
  readonly s3: {
    readonly bucket: { readonly name: string; readonly arn: string };
    readonly object: {
      readonly key: string;
      readonly size?: number;
      readonly eTag?: string;
      readonly versionId?: string;
      readonly sequencer?: string;
    };
  };
}

interface S3TestEvent {
  readonly Service: string;
  readonly Event: string;
  readonly Bucket: string;
}

interface SqsRecord {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly eventSource: string;
  readonly eventSourceARN: string;
}

const folder = new URL('../../events/', import.meta.url);
const files = readdirSync(folder).sort();

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const records = <T>(event: unknown): readonly T[] => (event as { readonly Records: readonly T[] }).Records;
const s3 = (name: string): readonly S3Record[] => records<S3Record>(read(name));
const sqs = (name: string): readonly SqsRecord[] => records<SqsRecord>(read(name));
const onlyObject = (name: string): S3Record['s3']['object'] | undefined => s3(name)[0]?.s3.object;
const decoded = (key: string): string => decodeURIComponent(key.replaceAll('+', ' '));

const shapes: { readonly [name: string]: () => void } = {
  's3-put': () => {
    expect(s3('s3-put').map(({ eventName }) => eventName)).toEqual(['ObjectCreated:Put']);
    expect(onlyObject('s3-put')).toMatchObject({ key: 'seed.txt', size: 5033, eTag: '3ab2f356366b32d64ab41a6a647e3264' });
  },
  's3-put-chinese-key': () => {
    const key = onlyObject('s3-put-chinese-key')?.key ?? '';
    expect(key).toMatch(/^[!-~]+$/);
    expect(decoded(key)).toBe('2018/05/31/要闻 1+1.txt');
    // The usual mistake: this decoder leaves the plus where the space was.
    expect(decodeURIComponent(key)).not.toBe(decoded(key));
  },
  's3-multiple-records': () => {
    const all = s3('s3-multiple-records');
    expect(all.map(({ eventName }) => eventName)).toEqual([
      'ObjectCreated:Put',
      'ObjectCreated:Copy',
      'ObjectCreated:CompleteMultipartUpload',
    ]);
    expect(new Set(all.map(({ s3: { object } }) => object.key)).size).toBe(3);
    // An etag of a multipart upload is no MD5 of the bytes.
    expect(all[2]?.s3.object.eTag).toMatch(/^[0-9a-f]{32}-\d+$/);
  },
  's3-test-event': () => isTestEvent(read('s3-test-event')),
  's3-object-removed': () => {
    expect(s3('s3-object-removed').map(({ eventName }) => eventName)).toEqual(['ObjectRemoved:DeleteMarkerCreated']);
    expect(onlyObject('s3-object-removed')).not.toHaveProperty('size');
  },
  's3-ipv6': () => {
    const [record] = s3('s3-ipv6');
    expect(isIPv6(record?.requestParameters.sourceIPAddress ?? '')).toBe(true);
    expect(record?.eventVersion).toBe('2.4');
    expect(record?.s3.object).not.toHaveProperty('sequencer');
    expect(record?.s3.object).not.toHaveProperty('versionId');
  },
  'sqs-s3': () => {
    const messages = sqs('sqs-s3');
    expect(messages).toHaveLength(1);
    expect(JSON.parse(messages[0]?.body ?? '')).toEqual(read('s3-put'));
  },
  'sqs-s3-batch': () => {
    const bodies = sqs('sqs-s3-batch').map(({ body }) => body);
    expect(bodies).toHaveLength(3);
    expect(JSON.parse(bodies[0] ?? '')).toEqual(read('s3-put'));
    expect(() => JSON.parse(bodies[1] ?? '')).toThrow(SyntaxError);
    expect(JSON.parse(bodies[2] ?? '')).toEqual(read('s3-put-chinese-key'));
  },
  'sqs-s3-test-event': () => {
    const messages = sqs('sqs-s3-test-event');
    expect(messages).toHaveLength(1);
    isTestEvent(JSON.parse(messages[0]?.body ?? ''));
  },
};

function isTestEvent(event: unknown): void {
  expect(event).toMatchObject({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'copydesk-raw' } satisfies S3TestEvent);
  expect(event).not.toHaveProperty('Records');
}

describe('events', () => {
  it('each of these shapes has its file', () => {
    expect(files).toEqual(expect.arrayContaining(Object.keys(shapes).map((name) => `${name}.json`)));
  });

  it.each(files)('%s is JSON', (file) => {
    expect(file).toMatch(/^[a-z0-9-]+\.json$/);
    expect(read(file.replace(/\.json$/, ''))).toBeTypeOf('object');
  });

  it.each(Object.entries(shapes))('%s has the shape its name says', (_name, check) => {
    check();
  });

  it.each(Object.keys(shapes).filter((name) => name.startsWith('s3-') && name !== 's3-test-event'))('%s is what S3 sends', (name) => {
    for (const record of s3(name)) {
      expect(record).toMatchObject({
        eventSource: 'aws:s3',
        awsRegion: 'ap-southeast-1',
        s3: { bucket: { name: 'copydesk-raw', arn: 'arn:aws:s3:::copydesk-raw' } },
      });
      expect(record.eventVersion).toMatch(/^2\.\d+$/);
      expect(new Date(record.eventTime).toISOString()).toBe(record.eventTime);
      expect(isIPv4(record.requestParameters.sourceIPAddress) || isIPv6(record.requestParameters.sourceIPAddress)).toBe(true);
      expect(record.s3.object.sequencer ?? '0').toMatch(/^[0-9A-F]+$/);
    }
  });

  it.each(Object.keys(shapes).filter((name) => name.startsWith('sqs-')))('%s is what SQS hands to a function', (name) => {
    const messages = sqs(name);
    expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(messages.length);
    for (const message of messages) {
      expect(message).toMatchObject({ eventSource: 'aws:sqs', eventSourceARN: 'arn:aws:sqs:ap-southeast-1:123456789012:copydesk-ingest' });
      expect(message.md5OfBody).toBe(createHash('md5').update(message.body).digest('hex'));
    }
  });

  it('a removal is later than the upload it follows', () => {
    const [put, removed] = ['s3-put', 's3-object-removed'].map((name) => onlyObject(name)?.sequencer ?? '');
    expect(put?.length).toBe(removed?.length);
    expect(removed && put && removed > put).toBe(true);
  });
});
