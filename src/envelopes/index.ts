/** The triggers, in the order in which they are asked whether an event is theirs. */
import { EnvelopeError } from '../errors.ts';
import type { Envelope } from './envelope.ts';
import { s3Envelope } from './s3.ts';
import { sqsEnvelope } from './sqs.ts';

export const envelopes: readonly Envelope[] = [sqsEnvelope, s3Envelope];

/** @throws {EnvelopeError} for an event of no known trigger. */
export function envelopeOf(event: unknown): Envelope {
  const envelope = envelopes.find(({ accepts }) => accepts(event));
  if (envelope === undefined) {
    throw new EnvelopeError(`the event comes from no known trigger (${envelopes.map(({ id }) => id).join(', ')}); nothing was read`);
  }
  return envelope;
}
