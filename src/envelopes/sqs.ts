/** S3 notifications through SQS, answered message by message. The batch protocol is Powertools'. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import * as v from 'valibot';
import { EnvelopeError } from '../errors.ts';
import type { Envelope } from './envelope.ts';
import { isS3Notification, openS3Notification, throwAll } from './s3.ts';

const sqsEvent = v.object({
  Records: v.pipe(v.array(v.object({ eventSource: v.literal('aws:sqs'), messageId: v.string(), body: v.string() })), v.minLength(1)),
});

export const sqsEnvelope: Envelope = {
  id: 'sqs',
  accepts: (event) => v.is(sqsEvent, event),
  handle: async (event, deliver, context) => {
    const processor = new BatchProcessor(EventType.SQS);
    const handleMessage = async ({ body }: SQSRecord): Promise<void> => {
      const { deliveries, errors } = openS3Notification(readBody(body));
      const settled = await Promise.allSettled(deliveries.map(deliver));
      throwAll(
        [...errors, ...settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))],
        deliveries.length + errors.length,
      );
    };
    // By default a batch in which all fail throws, and Lambda then counts the invocation itself as an error.
    return processPartialResponse(event as SQSEvent, handleMessage, processor, { context, throwOnFullBatchFailure: false });
  },
};

function readBody(body: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    throw new EnvelopeError('the message body is not JSON; it goes to the dead-letter queue', { cause: error });
  }
  if (!isS3Notification(value)) throw new EnvelopeError('the message body is not an S3 notification; it goes to the dead-letter queue');
  return value;
}
