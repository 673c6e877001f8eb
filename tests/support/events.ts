import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../events/', import.meta.url);

/** The objects of a notification, as far as tests set them. The key is as it stands in the event: form-encoded. */
export interface EventObject {
  readonly key?: string;
  readonly size?: number;
  readonly eTag?: string;
  readonly versionId?: string | undefined;
  readonly sequencer?: string | undefined;
}

export interface S3Notification {
  readonly Records: readonly {
    readonly eventName: string;
    readonly s3: { readonly bucket: { readonly name: string }; readonly object: EventObject };
  }[];
}

interface SqsMessage {
  readonly messageId: string;
  readonly body: string;
}

export interface SqsEvent {
  readonly Records: readonly SqsMessage[];
}

export const eventFiles: readonly string[] = readdirSync(folder).filter((name) => name.endsWith('.json'));

/** An event of `events/`, as parsed JSON; what it is, the caller knows. */
export function readEvent<T = unknown>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;
}

/** `events/s3-put.json` with a record for each object; what is given replaces what stands there, undefined removes it. */
export function s3Event(objects: readonly EventObject[], bucket = 'copydesk-raw'): S3Notification {
  const [record] = readEvent<S3Notification>('s3-put.json').Records;
  if (record === undefined) throw new Error('s3-put.json has no record');
  const { eventName, s3, ...rest } = record;
  return {
    Records: objects.map((object) => ({
      ...rest,
      eventName,
      s3: { ...s3, bucket: { ...s3.bucket, name: bucket }, object: { ...s3.object, ...object } },
    })),
  };
}

/** `events/sqs-s3.json` with a message for each body, its id made of its number. A body that is no string is written as JSON. */
export function sqsEvent(...bodies: readonly unknown[]): SqsEvent {
  const [message] = readEvent<SqsEvent>('sqs-s3.json').Records;
  return {
    Records: bodies.map((body, index) => ({
      ...message,
      messageId: `message-${index + 1}`,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })),
  };
}

/** A key as S3 writes it into notifications: a space is `+`, and all but letters, digits and `-_.*~/` is escaped. */
export function formEncode(key: string): string {
  return [...Buffer.from(key)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      if (/[\w.*~/-]/.test(character)) return character;
      return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}
