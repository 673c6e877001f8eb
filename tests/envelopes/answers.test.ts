import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/delivery.ts';
import { EnvelopeError } from '../../src/errors.ts';
import { s3Event, sqsEvent } from '../support/events.ts';
import { handle } from '../support/handle-event.ts';

const event = (...keys: readonly string[]) => s3Event(keys.map((key) => ({ key })));
const broken = new Error('the store is broken');

/** Fails what is named so, after the others. */
async function deliver({ ref }: Delivery): Promise<void> {
  if (ref.key.startsWith('slow')) await new Promise((resolve) => setTimeout(resolve, 20));
  if (ref.key.includes('bad')) throw broken;
}

describe('an event of S3 itself', () => {
  it('answers nothing when all is done', async () => {
    expect(await handle(event('a', 'b'), deliver)).toMatchObject({ answer: undefined, thrown: undefined, refused: [] });
  });

  it('throws when something failed, after all were tried', async () => {
    const done: string[] = [];
    const { refs, refused, thrown } = await handle(event('bad-1', '%', 'slow', 'slow-bad'), async (delivery) => {
      await deliver(delivery);
      done.push(delivery.ref.key);
    });
    expect(refs.map(({ key }) => key)).toEqual(['bad-1', 'slow', 'slow-bad']);
    expect(done).toEqual(['slow']);
    expect(refused).toHaveLength(1);
    expect(thrown).toBeInstanceOf(AggregateError);
    expect((thrown as AggregateError).errors).toEqual([expect.any(EnvelopeError), broken, broken]);
    expect((thrown as AggregateError).message).toMatch(/^3 of 4 failed: .*%.*; the store is broken; the store is broken$/);
  });

  it('says what was thrown even if it is no error', async () => {
    const { thrown } = await handle(event('a'), () => Promise.reject('a string'));
    expect((thrown as AggregateError).message).toBe('1 of 1 failed: a string');
  });
});

describe('an event of SQS', () => {
  const failures = (...numbers: readonly number[]) => ({ batchItemFailures: numbers.map((n) => ({ itemIdentifier: `message-${n}` })) });

  it('lists nothing when all is done', async () => {
    expect(await handle(sqsEvent(event('a'), event('b')), deliver)).toMatchObject({ answer: failures(), refused: [] });
  });

  it('lists a message once if anything in it failed, after all of it was tried', async () => {
    const { answer, refs } = await handle(sqsEvent(event('a'), event('bad', 'c', 'slow-bad'), event('d')), deliver);
    expect(answer).toEqual(failures(2));
    expect(refs.map(({ key }) => key).toSorted()).toEqual(['a', 'bad', 'c', 'd', 'slow-bad']);
  });

  it('lists all when all failed, and does not throw', async () => {
    const { answer, thrown } = await handle(sqsEvent(event('bad'), 'no JSON'), deliver);
    expect(thrown).toBeUndefined();
    expect((answer as ReturnType<typeof failures>).batchItemFailures).toHaveLength(2);
    expect(answer).toEqual({ batchItemFailures: expect.arrayContaining(failures(1, 2).batchItemFailures) });
  });

  it.each([
    ['no JSON', 'not JSON'],
    ['', 'not JSON'],
    ['"seed.txt"', 'not an S3 notification'],
    ['{"Records":[{"eventSource":"aws:sns"}]}', 'not an S3 notification'],
  ])('refuses the body %j by the id of its message', async (body, reason) => {
    const { refused, answer } = await handle(sqsEvent(event('a'), body), deliver);
    expect(answer).toEqual(failures(2));
    expect(refused).toEqual([expect.any(EnvelopeError)]);
    expect(refused[0]?.message).toBe(`the body of message message-2 is ${reason}; it goes to the dead-letter queue`);
  });
});
