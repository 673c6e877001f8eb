/** S3 event notifications. Source: "Event message structure" in the Amazon S3 User Guide; versions 2.x, none is pinned. */
import * as v from 'valibot';
import type { Delivery } from '../delivery.ts';
import { EnvelopeError } from '../errors.ts';
import type { Desk, Envelope } from './envelope.ts';

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

/** What could be opened of a notification, and an error for each record that could not. Only records of created objects are deliveries. */
function openS3Notification(value: unknown): { readonly deliveries: readonly Delivery[]; readonly errors: readonly EnvelopeError[] } {
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
    if (!/^(?:s3:)?ObjectCreated:/.test(eventName) || isFolderMark(s3.object)) continue;
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

/** The S3 console makes "folders" of empty objects whose key ends with a slash: nobody dropped those. */
function isFolderMark({ key, size }: { readonly key: string; readonly size?: number | undefined }): boolean {
  return size === 0 && /(?:\/|%2F)$/i.test(key);
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

/**
 * Hands on every delivery of a notification, whatever becomes of the others.
 *
 * @throws {AggregateError} afterwards, if anything failed: there is no partial answer, it is delivered again whole.
 */
export async function handleS3Notification(value: unknown, { deliver, refuse }: Desk): Promise<void> {
  const { deliveries, errors } = openS3Notification(value);
  errors.forEach(refuse);
  const settled = await Promise.allSettled(deliveries.map(deliver));
  const failures = [...errors, ...settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))];
  if (failures.length === 0) return;
  const reasons = failures.map((failure) => (failure instanceof Error ? failure.message : String(failure))).join('; ');
  throw new AggregateError(failures, `${failures.length} of ${deliveries.length + errors.length} failed: ${reasons}`);
}

export const s3Envelope: Envelope = {
  id: 's3',
  accepts: isS3Notification,
  handle: (event, desk) => handleS3Notification(event, desk),
};
