import { describe, expect, it } from 'vitest';
import type { ObjectRef } from '../../src/delivery.ts';
import { envelopeOf, envelopes } from '../../src/envelopes/index.ts';
import { EnvelopeError } from '../../src/errors.ts';
import { eventFiles, readEvent } from '../support/events.ts';
import { handle } from '../support/handle-event.ts';

const seed: ObjectRef = {
  bucket: 'copydesk-raw',
  key: 'seed.txt',
  size: 5033,
  etag: '3ab2f356366b32d64ab41a6a647e3264',
  versionId: 'u6BNgn3Pu6vtOT1BPbaSU1C0nPOV53q_',
  sequencer: '006B04F2EF1133AFB7',
};
const chinese: ObjectRef = {
  bucket: 'copydesk-raw',
  key: '2018/05/31/要闻 1+1.txt',
  size: 2764,
  etag: 'bcef8b0171edcb27bde27a66a1a7b722',
  versionId: 'TZXHN7_LIjvuInOKOWMZ_I8josICDP6h',
  sequencer: '006B04F2F0D02EDF6B',
};
const { versionId: _version, sequencer: _sequencer, ...seedAlone } = seed;

const expected: Readonly<Record<string, { readonly envelope: string; readonly refs: readonly ObjectRef[]; readonly refused?: number }>> = {
  's3-put.json': { envelope: 's3', refs: [seed] },
  's3-put-chinese-key.json': { envelope: 's3', refs: [chinese] },
  's3-ipv6.json': { envelope: 's3', refs: [seedAlone] },
  's3-multiple-records.json': {
    envelope: 's3',
    refs: [
      seed,
      {
        bucket: 'copydesk-raw',
        key: '2018/05/31/要聞.txt',
        size: 3188,
        etag: '56db61180e90c5495220123adb155cb6',
        versionId: 'VufHilLLmq_FO8OeLGpMcuX1fAN6v6vB',
        sequencer: '006B04F2F03D41A6E0',
      },
      {
        bucket: 'copydesk-raw',
        key: '2018/06/01/版面 A01.html',
        size: 20413117,
        etag: 'c67905f8249f73a1fb3dffc187ec3539-3',
        versionId: '3lmcO29V3xiwjnxj7cJVEK3UaSKAaldC',
        sequencer: '006B04F2F19A4EEEFB',
      },
    ],
  },
  's3-object-removed.json': { envelope: 's3', refs: [] },
  's3-test-event.json': { envelope: 's3', refs: [] },
  'sqs-s3.json': { envelope: 'sqs', refs: [seed] },
  'sqs-s3-batch.json': { envelope: 'sqs', refs: [seed, chinese], refused: 1 },
  'sqs-s3-test-event.json': { envelope: 'sqs', refs: [] },
};

describe('the events of events/', () => {
  it('are all known here', () => {
    expect(Object.keys(expected).toSorted()).toEqual([...eventFiles].toSorted());
  });

  it.each(Object.entries(expected))('%s is opened by one envelope, into its deliveries', async (name, { envelope, refs, refused = 0 }) => {
    const event = readEvent(name);
    expect(envelopes.filter(({ accepts }) => accepts(event)).map(({ id }) => id)).toEqual([envelope]);
    const opened = await handle(event);
    expect(opened.refs).toEqual(refs);
    expect(opened.refused).toHaveLength(refused);
  });
});

describe('an event of no known trigger', () => {
  it.each([undefined, null, 0, '', [], {}, { Records: {} }, { Records: [null] }, { Records: [{}] }, { Event: 's3:OtherEvent' }])(
    'is refused: %j',
    (event) => {
      expect(() => envelopeOf(event)).toThrow(EnvelopeError);
      expect(() => envelopeOf(event)).toThrow('the event comes from no known trigger (sqs, s3); nothing was read');
    },
  );
});
