/** S3 event notifications. Source: "Event message structure" in the Amazon S3 User Guide; versions 2.x, none is pinned. */
import * as v from 'valibot';
import type { Delivery } from '../delivery.ts';
import { EnvelopeError } from '../errors.ts';
import type { Envelope } from './envelope.ts';

const s3Record = v.object({
  eventName: v.string(),
  s3: v.object({
    bucket: v.object({ name: v.string() }),
    object: v.object({
      key: v.string(),
      size: v.optional(v.number()),
      eTag: v.optional(v.string()),
      versionId: v.optional(v.string()),
      sequencer: v.optional(v.string()),
    }),
  }),
});

const notification = v.object({ Records: v.array(v.object({ eventSource: v.literal('aws:s3') })) });
const testEvent = v.object({ Event: v.literal('s3:TestEvent') });

/** Is the value what S3 sends: records, or the test event of a new notification, which has none? */
export function isS3Notification(value: unknown): boolean {
  return v.is(testEvent, value) || v.is(notification, value);
}

/** What could be opened of a notification, and an error for each record that could not. */
export interface Opened {
  readonly deliveries: readonly Delivery[];
  readonly errors: readonly EnvelopeError[];
}

/** Opens a notification. Only records of created objects are deliveries. */
export function openS3Notification(value: unknown): Opened {
  const deliveries: Delivery[] = [];
  const errors: EnvelopeError[] = [];
  const { Records = [] } = value as { readonly Records?: readonly unknown[] };
  for (const [index, record] of Records.entries()) {
    const parsed = v.safeParse(s3Record, record);
    if (!parsed.success) {
      errors.push(new EnvelopeError(`record ${index} of the S3 event: ${v.summarize(parsed.issues)}`));
      continue;
    }
    const { eventName, s3 } = parsed.output;
    if (!/^(?:s3:)?ObjectCreated:/.test(eventName)) continue;
    try {
      deliveries.push({ ref: refOf(s3) });
    } catch (error) {
      errors.push(
        new EnvelopeError(`record ${index} of the S3 event: its key ${s3.object.key} is not form-encoded UTF-8`, { cause: error }),
      );
    }
  }
  return { deliveries, errors };
}

function refOf({ bucket, object }: v.InferOutput<typeof s3Record>['s3']): Delivery['ref'] {
  return {
    bucket: bucket.name,
    key: decodeFormKey(object.key),
    ...(object.versionId !== undefined && { versionId: object.versionId }),
    ...(object.eTag !== undefined && { etag: object.eTag }),
    ...(object.size !== undefined && { size: object.size }),
    ...(object.sequencer !== undefined && { sequencer: object.sequencer }),
  };
}

/** Keys in notifications are form-encoded: `+` is a space, `%2B` a plus. @throws {URIError} for a malformed `%`. */
export function decodeFormKey(key: string): string {
  return decodeURIComponent(key.replaceAll('+', ' '));
}

export const s3Envelope: Envelope = {
  id: 's3',
  accepts: isS3Notification,
  handle: async (event, deliver) => {
    const { deliveries, errors } = openS3Notification(event);
    const settled = await Promise.allSettled(deliveries.map(deliver));
    throwAll([...errors, ...settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))], deliveries.length + errors.length);
    return undefined;
  },
};

/** An asynchronous invocation has no partial answer: it is thrown for, and tried again whole. What was done stays done. */
export function throwAll(failures: readonly unknown[], of: number): void {
  if (failures.length === 0) return;
  throw new AggregateError(
    failures,
    `${failures.length} of ${of} failed: ${failures.map((failure) => (failure instanceof Error ? failure.message : String(failure))).join('; ')}`,
  );
}
