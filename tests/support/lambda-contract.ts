import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Pointer, pointerKey, type Rejection, sha256Hex } from '../../src/archive.ts';
import { comparable, folderRun } from './archive-files.ts';
import { type EventObject, formEncode, readEvent, type S3Notification, type SqsEvent, s3Event, sqsEvent } from './events.ts';
import type { LambdaRuntime } from './lambda-runtime.ts';
import { archiveBucket, type Endpoint, openStage, rawBucket, type Stage } from './lambda-stage.ts';
import { readLogs } from './log-lines.ts';

const samples = new URL('../samples/', import.meta.url);
export const seedPath = fileURLToPath(new URL('seed.txt', samples));
export const seed = readFileSync(seedPath);
const other = readFileSync(new URL('hant-tw-clean.txt', samples));

/** An article's record in the archive. */
export const manifestKey = (bytes: Uint8Array): string => `articles/dt=undated/${sha256Hex(bytes).slice(0, 32)}/manifest.json`;
const manifestsIn = (files: ReadonlyMap<string, Buffer>): string[] => [...files.keys()].filter((key) => key.endsWith('/manifest.json'));

/** `events/sqs-s3.json` for what was uploaded: S3 names a version only where there are versions. */
export function seedMessage(versionId?: string): SqsEvent {
  const [message] = readEvent<SqsEvent>('sqs-s3.json').Records;
  const [record] = (JSON.parse(message?.body ?? '') as S3Notification).Records;
  return sqsEvent(s3Event([{ ...record?.s3.object, versionId }]));
}

/** The statuses that the handler logs during the work, sorted. */
export async function logged(lambda: LambdaRuntime, count: number, work: () => Promise<unknown>): Promise<string[]> {
  const before = lambda.logs().length;
  await work();
  return vi.waitFor(() => {
    const { logs } = readLogs(lambda.logs().slice(before));
    expect(logs.length).toBeGreaterThanOrEqual(count);
    return logs.map(({ message }) => message).toSorted();
  });
}

/** An answer with nothing to be tried again. */
export const allDone = { ok: true, response: { batchItemFailures: [] } };
/** What an asynchronous invocation answers when nothing failed. */
export const nothing = { ok: true, response: null };
/** The processes share a machine with other tests. */
export const patience = { deadlineMs: 20_000 };

/** What must hold at every S3 endpoint: the bundle, in Lambda's protocol, with the SDK that is in it. */
export function lambdaContract(name: string, endpoint: Endpoint): void {
  describe(`the Lambda bundle on ${name}`, () => {
    let stage: Stage;
    let expected: Record<string, string>;

    beforeAll(async () => {
      stage = await openStage(endpoint);
      expected = comparable(await folderRun(seedPath));
    });
    afterAll(() => stage.close());
    beforeEach(() => stage.reset());

    const invoke = (event: unknown) => stage.lambda.invoke(event, patience);
    const pointer = async (key: string): Promise<Pointer> => {
      const found = (await stage.files()).get(pointerKey(`${rawBucket}/${key}`));
      return JSON.parse(String(found)) as Pointer;
    };

    it('archives what comes through SQS, byte for byte as a run on a folder does', async () => {
      await stage.upload('seed.txt', seed);
      expect(await invoke(seedMessage())).toEqual(allDone);
      const files = await stage.files();
      expect(comparable(files)).toEqual(expected);
      expect(Object.keys(expected).map((key) => key.split('/')[0])).toEqual(expect.arrayContaining(['articles', 'index', 'raw']));
      expect(manifestsIn(files)).toEqual([manifestKey(seed)]);
      expect(await pointer('seed.txt')).toMatchObject({
        docId: sha256Hex(seed).slice(0, 32),
        record: manifestKey(seed),
        status: 'archived',
      });
    });

    it('archives the same from an event of S3 itself', async () => {
      await stage.upload('seed.txt', seed);
      expect(await invoke(s3Event([{ versionId: undefined }]))).toEqual(nothing);
      expect(comparable(await stage.files())).toEqual(expected);
    });

    it('answers a batch message by message: only what is not JSON is delivered again', async () => {
      await stage.upload('seed.txt', seed);
      await stage.upload('2018/05/31/要闻 1+1.txt', other);
      const event = JSON.stringify(readEvent('sqs-s3-batch.json')).replaceAll(/\\"versionId\\":\\"\w+\\",/g, '');
      expect(event).not.toContain('versionId');
      expect(await invoke(JSON.parse(event))).toEqual({
        ok: true,
        response: { batchItemFailures: [{ itemIdentifier: '527afbcc-91dc-4c54-975c-98a3ca59083c' }] },
      });
      expect(manifestsIn(await stage.files()).toSorted()).toEqual([manifestKey(seed), manifestKey(other)].toSorted());
    });

    it.each(['要闻/五月 31日+A1版 100%.txt', '%E8%A6%81 + %2B.txt', 'a!\'()*~_-.=&?#[]"<>\\😀.txt'])('finds the key %s', async (key) => {
      await stage.upload(key, seed);
      const encoded = { key: formEncode(key), versionId: undefined };
      expect(await invoke(sqsEvent(s3Event([encoded])))).toEqual(allDone);
      expect(comparable(await stage.files())).toEqual(expected);
      expect((await pointer(key)).source.key).toBe(`${rawBucket}/${key}`);
    });

    it('fails a key with a malformed % alone', async () => {
      await stage.upload('seed.txt', seed);
      const event = s3Event([{ key: '100%.txt' }, { versionId: undefined }]);
      expect(await invoke(event)).toMatchObject({
        ok: false,
        error: { errorMessage: expect.stringMatching(/^1 of 2 failed: .*100%\.txt/) },
      });
      expect(comparable(await stage.files())).toEqual(expected);

      await stage.reset();
      await stage.upload('seed.txt', seed);
      expect(await invoke(sqsEvent(event))).toEqual({ ok: true, response: { batchItemFailures: [{ itemIdentifier: 'message-1' }] } });
      expect(comparable(await stage.files())).toEqual(expected);
    });

    it('records a file that it rejects, and does not ask for it again', async () => {
      const noText = Buffer.from('   \n');
      await stage.upload('empty.txt', Buffer.alloc(0));
      await stage.upload('blank.txt', noText);
      const objects = ['empty.txt', 'blank.txt'].map((key) => s3Event([{ key, versionId: undefined }]));
      const statuses = await logged(stage.lambda, 2, async () => expect(await invoke(sqsEvent(...objects))).toEqual(allDone));
      expect(statuses).toEqual(['rejected', 'rejected']);
      const files = await stage.files();
      expect(manifestsIn(files)).toEqual([]);
      const rejections = [...files]
        .filter(([key]) => key.startsWith('rejected/dt='))
        .map(([, bytes]) => JSON.parse(String(bytes)) as Rejection);
      expect(rejections.map(({ source, reason }) => [source.key, reason.code]).toSorted()).toEqual([
        [`${rawBucket}/blank.txt`, 'no-text'],
        [`${rawBucket}/empty.txt`, 'empty'],
      ]);
      expect(files.get(`raw/${sha256Hex(noText).slice(0, 2)}/${sha256Hex(noText)}`)).toEqual(noText);
      expect(await pointer('blank.txt')).toMatchObject({ status: 'rejected' });

      expect(await invoke(sqsEvent(...objects))).toEqual(allDone);
      expect(await stage.files()).toEqual(files);
    });

    it('writes an article once however often it is delivered', async () => {
      await stage.upload('seed.txt', seed);
      expect(await invoke(seedMessage())).toEqual(allDone);
      const files = await stage.files();
      const again = await logged(stage.lambda, 2, async () => {
        expect(await invoke(seedMessage())).toEqual(allDone);
        expect(await invoke(seedMessage())).toEqual(allDone);
      });
      expect(again).toEqual(['duplicate', 'duplicate']);
      expect(await stage.files()).toEqual(files);
      for (const key of files.keys()) expect(await endpoint.writes(archiveBucket, key), key).toBe(1);
    });

    it('writes one manifest when two sandboxes get the same event at once, and a third message beside it', async () => {
      await stage.upload('seed.txt', seed);
      await stage.upload('again/seed.txt', seed);
      const second = await stage.start();
      await second.invoke(readEvent('s3-test-event.json'), patience);
      const event = sqsEvent(
        s3Event([{ versionId: undefined }]),
        s3Event([{ versionId: undefined }]),
        s3Event([{ key: 'again/seed.txt', versionId: undefined }]),
      );
      expect(await Promise.all([invoke(event), second.invoke(event, patience)])).toEqual([allDone, allDone]);
      const files = await stage.files();
      expect(comparable(files)).toEqual(expected);
      expect(await endpoint.writes(archiveBucket, manifestKey(seed))).toBe(1);
      expect((await pointer('seed.txt')).source.sha256).toBe(sha256Hex(seed));
      expect((await pointer('again/seed.txt')).source.sha256).toBe(sha256Hex(seed));
    });

    describe('with a versioned raw bucket', () => {
      let first: EventObject;
      let second: EventObject;

      beforeEach(async () => {
        await stage.reset({ versioned: true });
        // The shorter sequencer is the earlier: they are compared as numbers.
        first = { versionId: await stage.upload('seed.txt', seed), sequencer: 'F1133AFB7' };
        second = { versionId: await stage.upload('seed.txt', other), sequencer: '6B04F2EF1133AFB8' };
        expect(first.versionId).not.toBe(second.versionId);
      });

      it('reads the version that the event names, though a newer one is current', async () => {
        expect(await invoke(sqsEvent(s3Event([first])))).toEqual(allDone);
        expect(comparable(await stage.files())).toEqual(expected);
        const { source } = await pointer('seed.txt');
        expect(source).toMatchObject({ versionId: first.versionId, sequencer: first.sequencer, sha256: sha256Hex(seed) });
        const manifest = JSON.parse(String((await stage.files()).get(manifestKey(seed)))) as { readonly source: object };
        expect(manifest.source).toMatchObject({ key: `${rawBucket}/seed.txt`, versionId: first.versionId, sequencer: first.sequencer });
      });

      it.each(['in order', 'the newer first', 'at once', 'the newer first and the older twice'])(
        'points the key at the newest version: %s',
        async (order) => {
          const [older, newer] = [s3Event([first]), s3Event([second])];
          const events = {
            'in order': [sqsEvent(older), sqsEvent(newer)],
            'the newer first': [sqsEvent(newer), sqsEvent(older)],
            'at once': [sqsEvent(older, newer)],
          }[order] ?? [sqsEvent(newer), sqsEvent(older), sqsEvent(older)];
          for (const event of events) expect(await invoke(event)).toEqual(allDone);
          expect((await pointer('seed.txt')).source).toMatchObject({ sequencer: second.sequencer, sha256: sha256Hex(other) });
          // The older text is archived all the same.
          expect(manifestsIn(await stage.files()).toSorted()).toEqual([manifestKey(seed), manifestKey(other)].toSorted());
        },
      );
    });
  });
}
