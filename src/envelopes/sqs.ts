/** S3 notifications through SQS, answered message by message. The batch protocol is Powertools'. */
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import * as v from 'valibot';
import { EnvelopeError } from '../errors.ts';
import type { Envelope } from './envelope.ts';
import { handleS3Notification, isS3Notification } from './s3.ts';

const sqsEvent = v.object({
  Records: v.pipe(v.array(v.object({ eventSource: v.literal('aws:sqs'), messageId: v.string(), body: v.string() })), v.minLength(1)),
});

export const sqsEnvelope: Envelope = {
  id: 'sqs',
  accepts: (event) => v.is(sqsEvent, event),
  handle: async (event, desk, context) => {
    const processor = new BatchProcessor(EventType.SQS);
    const handleMessage = async (message: SQSRecord): Promise<void> => {
      const notification = readBody(message);
      if (notification instanceof EnvelopeError) {
        desk.refuse(notification);
        throw notification;
      }
      await handleS3Notification(notification, desk);
    };
    // By default a batch in which all fail throws, and Lambda then counts the invocation itself as an error.
    return processPartialResponse(event as SQSEvent, handleMessage, processor, { context, throwOnFullBatchFailure: false });
  },
};

function readBody({ messageId, body }: SQSRecord): unknown {
  try {
    const value: unknown = JSON.parse(body);
    if (isS3Notification(value)) return value;
    return new EnvelopeError(`the body of message ${messageId} is not an S3 notification; it goes to the dead-letter queue`);
  } catch (error) {
    return new EnvelopeError(`the body of message ${messageId} is not JSON; it goes to the dead-letter queue`, { cause: error });
  }
}
