import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent, type SqsEvent } from '../support/events.ts';
import { handle } from '../support/handle-event.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The fields that are read, at any depth; what is below `Records` is read by element. */
const read = new Set([
  'Records',
  'eventSource',
  'eventName',
  's3',
  'bucket',
  'name',
  'object',
  'key',
  'size',
  'eTag',
  'versionId',
  'sequencer',
]);
const readOfMessages = new Set(['Records', 'eventSource', 'messageId', 'body']);

/** Keeps the fields that are read, and lets `replace` give another value, or none, for each of the others. */
function spoil(value: Json, names: ReadonlySet<string>, replace: () => Json | undefined): Json {
  if (Array.isArray(value)) return value.map((one: Json) => spoil(one, names, replace));
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
    if (names.has(name)) return [[name, spoil(inner, names, replace)]];
    const other = replace();
    return other === undefined ? [] : [[name, other]];
  });
  return Object.fromEntries([...kept, ['x-added', replace() ?? null]]);
}

const anything = fc.option(fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>, { nil: undefined });

describe('fields that are not read', () => {
  it.each(['s3-put.json', 's3-multiple-records.json', 's3-object-removed.json', 's3-ipv6.json'])('may be anything: %s', async (name) => {
    const event = readEvent<Json>(name);
    const { refs } = await handle(event);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(anything), async (others) => {
        const spoilt = spoil(event, read, () => others.next().value);
        expect(await handle(spoilt)).toEqual({ refs, refused: [], answer: undefined, thrown: undefined });
      }),
      { numRuns: 300 },
    );
  });

  it.each(['sqs-s3.json', 'sqs-s3-test-event.json'])('may be anything, in messages and in what they carry: %s', async (name) => {
    const event = readEvent<SqsEvent>(name);
    const { refs, answer } = await handle(event);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(anything), async (others) => {
        const next = () => others.next().value;
        // The test event has other fields: it is known by its name.
        const inner = new Set([...read, 'Event']);
        const Records = event.Records.map((message) => ({
          ...message,
          body: JSON.stringify(spoil(JSON.parse(message.body) as Json, inner, next)),
        }));
        const spoilt = spoil({ Records }, readOfMessages, next);
        expect(await handle(spoilt)).toEqual({ refs, refused: [], answer, thrown: undefined });
      }),
      { numRuns: 300 },
    );
  });

  it('are all but the bucket and the key: size, etag, version and sequencer may be missing', async () => {
    const record = { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'b' }, object: { key: 'k' } } };
    expect((await handle({ Records: [record] })).refs).toEqual([{ bucket: 'b', key: 'k' }]);
  });

  it('include the prefix of the event name, and any kind of creation', async () => {
    const names = [
      'ObjectCreated:Put',
      's3:ObjectCreated:Post',
      'ObjectCreated:Copy',
      'ObjectCreated:SomethingNew',
      'ObjectCreatedX:Put',
      'LifecycleExpiration:Delete',
    ];
    const Records = names.map((eventName, index) => ({
      eventSource: 'aws:s3',
      eventName,
      s3: { bucket: { name: 'b' }, object: { key: String(index) } },
    }));
    expect((await handle({ Records })).refs.map(({ key }) => key)).toEqual(['0', '1', '2', '3']);
  });
});
