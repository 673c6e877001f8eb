/** How a trigger wraps its deliveries, and how it wants to be answered. Each envelope owns both. */
import type { Context } from 'aws-lambda';
import type { Delivery } from '../delivery.ts';
import type { EnvelopeError } from '../errors.ts';

/** What an envelope does with the parts of an event. */
export interface Desk {
  /** Handles one delivery. Throws what is to be tried again. */
  readonly deliver: (delivery: Delivery) => Promise<void>;
  /** Takes note of a part that cannot be opened. */
  readonly refuse: (error: EnvelopeError) => void;
}

export interface Envelope {
  readonly id: string;
  /** Is the event in this envelope? Looks at the fields that it reads and at no others. */
  readonly accepts: (event: unknown) => boolean;
  /**
   * Opens the event, hands every delivery on, and answers as the trigger wants it: so that what failed, and only that, is
   * delivered again.
   */
  readonly handle: (event: unknown, desk: Desk, context: Context) => Promise<unknown>;
}
