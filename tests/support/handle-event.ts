import type { Context } from 'aws-lambda';
import type { Delivery, ObjectRef } from '../../src/delivery.ts';
import { envelopeOf } from '../../src/envelopes/index.ts';
import type { EnvelopeError } from '../../src/errors.ts';

interface Handled {
  /** In the order of the event. */
  readonly refs: readonly ObjectRef[];
  readonly refused: readonly EnvelopeError[];
  readonly answer: unknown;
  readonly thrown: unknown;
}

/** Puts an event through its envelope; nothing is done with the deliveries unless a function is given. */
export async function handle(event: unknown, deliver?: (delivery: Delivery) => Promise<void>): Promise<Handled> {
  const refs: ObjectRef[] = [];
  const refused: EnvelopeError[] = [];
  const desk = {
    deliver: async (delivery: Delivery) => {
      refs.push(delivery.ref);
      await deliver?.(delivery);
    },
    refuse: (error: EnvelopeError) => {
      refused.push(error);
    },
  };
  try {
    return { refs, refused, answer: await envelopeOf(event).handle(event, desk, {} as Context), thrown: undefined };
  } catch (error) {
    return { refs, refused, answer: undefined, thrown: error };
  }
}
