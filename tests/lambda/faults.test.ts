import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/archive.ts';
import { comparable, folderRun } from '../support/archive-files.ts';
import { allDone, logged, manifestKey, patience, seed, seedMessage, seedPath } from '../support/lambda-contract.ts';
import { endpointOf } from '../support/lambda-endpoint.ts';
import type { LambdaRuntime } from '../support/lambda-runtime.ts';
import { archiveBucket, openStage, rawBucket, type Stage } from '../support/lambda-stage.ts';
import { startS3Server } from '../support/s3-server.ts';

const server = await startS3Server();
const failed = { ok: true, response: { batchItemFailures: [{ itemIdentifier: 'message-1' }] } };
const unavailable = { status: 503, code: 'ServiceUnavailable' };
let stage: Stage;
/** Sends each request once, so that every fault comes through. */
let hasty: LambdaRuntime;
let expected: Record<string, string>;

beforeAll(async () => {
  stage = await openStage(endpointOf(server));
  hasty = await stage.start({ AWS_MAX_ATTEMPTS: '1' });
  expected = comparable(await folderRun(seedPath));
});
afterAll(async () => {
  await stage.close();
  await server.close();
});
beforeEach(async () => {
  await stage.reset();
  await stage.upload('seed.txt', seed);
});
afterEach(() => {
  server.fault = undefined;
});

/** A fault for the first request of each operation and key. */
function once(fault: NonNullable<typeof server.fault>): typeof server.fault {
  const seen = new Set<string>();
  return (request) => {
    const name = `${request.operation} ${request.bucket}/${request.key}`;
    if (seen.has(name)) return undefined;
    seen.add(name);
    return fault(request);
  };
}

async function requestsOf(work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = [];
  server.fault = ({ operation, bucket, key }) => {
    seen.push(`${operation} ${bucket}/${key}`);
    return undefined;
  };
  await work();
  server.fault = undefined;
  return seen;
}

describe('the requests for an article', () => {
  it('are twelve PUTs and three GETs, and no other', async () => {
    const requests = await requestsOf(async () => expect(await stage.lambda.invoke(seedMessage(), patience)).toEqual(allDone));
    const names = await stage.files();
    const puts = requests.filter((request) => request.startsWith('PutObject'));
    const rest = requests.filter((request) => !request.startsWith('PutObject'));
    expect(puts).toHaveLength(12);
    expect(puts.toSorted()).toEqual([...names.keys()].map((key) => `PutObject ${archiveBucket}/${key}`).toSorted());
    expect(rest).toEqual([
      `GetObject ${rawBucket}/seed.txt`,
      expect.stringContaining(`GetObject ${archiveBucket}/sources/`),
      `GetObject ${archiveBucket}/${manifestKey(seed)}`,
    ]);
  });

  it('are three GETs the second time', async () => {
    await stage.lambda.invoke(seedMessage(), patience);
    const requests = await requestsOf(async () => expect(await stage.lambda.invoke(seedMessage(), patience)).toEqual(allDone));
    expect(requests.map((request) => request.split(' ')[0])).toEqual(['GetObject', 'GetObject', 'GetObject']);
  });

  it('write the raw bytes first; then the outputs, the manifest, the index and the pointer in this order', async () => {
    const requests = await requestsOf(() => stage.lambda.invoke(seedMessage(), patience));
    const puts = requests.filter((request) => request.startsWith('PutObject')).map((request) => request.slice('PutObject '.length));
    expect(puts[0]).toMatch(/\/raw\//);
    expect(puts.slice(-3)).toEqual([
      `${archiveBucket}/${manifestKey(seed)}`,
      `${archiveBucket}/index/dt=undated/${sha256Hex(seed).slice(0, 32)}.jsonl`,
      expect.stringContaining('/sources/'),
    ]);
  });
});

describe('S3 that fails for a while', () => {
  it.each([
    ['answers 503', () => unavailable],
    ['answers 500', () => ({ status: 500, code: 'InternalError' })],
    ['says to slow down', ({ key }) => (key.startsWith('raw/') ? { status: 503, code: 'SlowDown' } : undefined)],
    ['closes the connection', () => 'reset'],
    ['drops the response after a PUT', ({ operation }) => (operation === 'PutObject' ? 'drop-response' : undefined)],
    ['breaks a body off', ({ operation }) => (operation === 'GetObject' ? 'cut-body' : undefined)],
  ] as const satisfies readonly (readonly [string, NonNullable<typeof server.fault>])[])(
    '%s: the same bytes in the end',
    async (_, fault) => {
      let faults = 0;
      server.fault = once((request) => {
        const found = fault(request);
        if (found !== undefined) faults++;
        return found;
      });
      expect(await stage.lambda.invoke(seedMessage(), patience)).toEqual(allDone);
      server.fault = undefined;
      expect(faults).toBeGreaterThan(0);
      expect(comparable(await stage.files())).toEqual(expected);
      for (const key of (await stage.files()).keys()) {
        // An output whose answer was lost is written again, the same; whatever is written under a condition is not.
        const most = /\/(manifest\.json|raw\/.*|sources\/.*)$/.test(`/${key}`) ? 1 : 2;
        expect(server.versions(archiveBucket, key).length, key).toBeLessThanOrEqual(most);
      }
    },
  );
});

describe('S3 that goes on failing', () => {
  it('has the message delivered again, and the redelivery ends the same', async () => {
    server.fault = ({ key }) => (key.endsWith('zh-Hant.md') ? unavailable : undefined);
    const statuses = await logged(hasty, 1, async () => expect(await hasty.invoke(seedMessage(), patience)).toEqual(failed));
    expect(statuses).toEqual(['failed']);
    expect(server.object(archiveBucket, manifestKey(seed))).toBeUndefined();
    server.fault = undefined;
    expect(await hasty.invoke(seedMessage(), patience)).toEqual(allDone);
    expect(comparable(await stage.files())).toEqual(expected);
  });

  it.each(['fails', 'answers but is not heard'])(
    'ends the same from wherever it broke off: every request from the n-th on %s',
    async (how) => {
      const total = (await requestsOf(() => hasty.invoke(seedMessage(), patience))).length;
      expect(total).toBe(15);
      for (let first = 1; first <= total; first++) {
        await stage.reset();
        await stage.upload('seed.txt', seed);
        let count = 0;
        server.fault = () => (++count >= first ? (how === 'fails' ? unavailable : 'drop-response') : undefined);
        expect(await hasty.invoke(seedMessage(), patience), `request ${first}`).toEqual(failed);
        server.fault = undefined;
        expect(await hasty.invoke(seedMessage(), patience), `after request ${first}`).toEqual(allDone);
        expect(comparable(await stage.files()), `after request ${first}`).toEqual(expected);
        expect(server.versions(archiveBucket, manifestKey(seed)), `after request ${first}`).toHaveLength(1);
      }
    },
  );

  it('ends the same after a sandbox that Lambda killed at its deadline', async () => {
    server.fault = ({ key }) => (key.endsWith('manifest.json') ? unavailable : undefined);
    const stubborn = await stage.start({ AWS_MAX_ATTEMPTS: '50' });
    expect(await stubborn.invoke(seedMessage(), { deadlineMs: 800 })).toMatchObject({
      ok: false,
      error: { errorType: 'Sandbox.Timedout' },
    });
    server.fault = undefined;
    expect(await stubborn.invoke(seedMessage(), patience)).toEqual(allDone);
    expect(comparable(await stage.files())).toEqual(expected);
    expect(stubborn.starts()).toBe(2);
  });

  it.each([
    ['a bucket that is not there', { status: 404, code: 'NoSuchBucket' }],
    ['a refusal', { status: 403, code: 'AccessDenied' }],
  ])('takes %s for a failure, not for a file that is gone', async (_, fault) => {
    server.fault = ({ bucket }) => (bucket === rawBucket ? fault : undefined);
    expect(await hasty.invoke(seedMessage(), patience)).toEqual(failed);
    expect(server.keys(archiveBucket)).toEqual([]);
  });
});
