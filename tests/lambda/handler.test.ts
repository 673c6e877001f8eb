import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { comparable, filesOf, folderRun } from '../support/archive-files.ts';
import { eventFiles, readEvent, s3Event, sqsEvent } from '../support/events.ts';
import { allDone, logged, manifestKey, nothing, patience, seed, seedMessage, seedPath } from '../support/lambda-contract.ts';
import { endpointOf } from '../support/lambda-endpoint.ts';
import { archiveBucket, openStage, rawBucket, type Stage } from '../support/lambda-stage.ts';
import { metricSum, readLogs } from '../support/log-lines.ts';
import { startS3Server } from '../support/s3-server.ts';

/** The server's clock, where a test stops it. */
let stoppedAt: number | undefined;
const server = await startS3Server({ now: () => stoppedAt ?? Date.now() });
const seedEvent = s3Event([{ versionId: undefined }]);
let stage: Stage;

beforeAll(async () => {
  stage = await openStage(endpointOf(server));
});
afterAll(async () => {
  await stage.close();
  await server.close();
});
beforeEach(() => stage.reset());

const invoke = (event: unknown) => stage.lambda.invoke(event, patience);

describe('an event without anything to archive', () => {
  it.each(['s3-test-event.json', 's3-object-removed.json'])('is done at once: %s', async (name) => {
    await stage.upload('seed.txt', seed);
    const before = { ...server.counts };
    expect(await invoke(readEvent(name))).toEqual(nothing);
    expect(await invoke(sqsEvent(readEvent(name)))).toEqual(allDone);
    expect(server.counts).toEqual(before);
    expect(server.keys(archiveBucket)).toEqual([]);
  });

  it('is done at once: the test event as SQS delivers it, and no records', async () => {
    expect(await invoke(readEvent('sqs-s3-test-event.json'))).toEqual(allDone);
    expect(await invoke({ Records: [] })).toEqual(nothing);
  });

  it.each([
    ['an object that is gone', undefined],
    ['a version that is gone', 'u6BNgn3Pu6vtOT1BPbaSU1C0nPOV53q_'],
  ])('is %s: reported as stale, and not a failure', async (_, versionId) => {
    if (versionId !== undefined) await stage.upload('seed.txt', seed);
    const statuses = await logged(stage.lambda, 1, async () => expect(await invoke(seedMessage(versionId))).toEqual(allDone));
    expect(statuses).toEqual(['stale']);
    expect(server.keys(archiveBucket)).toEqual([]);
  });
});

describe('versions whose events have no sequencer', () => {
  it.each([
    ['neither has one', undefined, undefined],
    ['the older has one', '00F2', undefined],
    ['the newer has one', undefined, '00F2'],
  ])('are ordered by the time of their upload: %s', async (_, olderSequencer, newerSequencer) => {
    await stage.reset({ versioned: true });
    stoppedAt = Date.now() - 60_000;
    const older = { versionId: await stage.upload('seed.txt', seed), sequencer: olderSequencer };
    stoppedAt = undefined;
    const newer = { versionId: await stage.upload('seed.txt', Buffer.concat([seed, seed])), sequencer: newerSequencer };
    for (const object of [newer, older]) expect(await invoke(sqsEvent(s3Event([object])))).toEqual(allDone);
    const [pointer] = server.keys(archiveBucket).filter((key) => key.startsWith('sources/'));
    expect(JSON.parse(String(server.object(archiveBucket, pointer ?? '')?.bytes))).toMatchObject({
      source: { versionId: newer.versionId },
    });
    expect(server.keys(archiveBucket)).toContain(manifestKey(seed));
  });

  it('do not take the place of what is known of the same version', async () => {
    await stage.reset({ versioned: true });
    // Within a second, which is as fine as S3 tells the time.
    stoppedAt = Date.now();
    const older = { versionId: await stage.upload('seed.txt', seed), sequencer: '00F1' };
    const newer = { versionId: await stage.upload('seed.txt', Buffer.concat([seed, seed])), sequencer: '00F2' };
    stoppedAt = undefined;
    for (const object of [newer, { ...newer, sequencer: undefined }, older])
      expect(await invoke(sqsEvent(s3Event([object])))).toEqual(allDone);
    expect(pointed()).toMatchObject(newer);
  });

  function pointed(): unknown {
    const [key = ''] = server.keys(archiveBucket).filter((name) => name.startsWith('sources/'));
    return (JSON.parse(String(server.object(archiveBucket, key)?.bytes)) as { readonly source: unknown }).source;
  }
});

describe('an event of no known trigger', () => {
  it.each([
    ['{}', {}],
    ['null', null],
    ['a string', 'seed.txt'],
    ['an EventBridge event', { source: 'aws.s3', 'detail-type': 'Object Created', detail: { object: { key: 'seed.txt' } } }],
    ['records of DynamoDB', { Records: [{ eventSource: 'aws:dynamodb', dynamodb: {} }] }],
    ['records of two sources', { Records: [...readEvent<{ Records: object[] }>('sqs-s3.json').Records, ...seedEvent.Records] }],
  ])('is an error that says so: %s', async (_, event) => {
    expect(await invoke(event)).toEqual({
      ok: false,
      error: { errorType: 'EnvelopeError', errorMessage: 'the event comes from no known trigger (sqs, s3); nothing was read' },
    });
  });
});

describe('failures', () => {
  it('of a whole batch are listed, not thrown, and each is logged with its message', async () => {
    const before = stage.lambda.logs().length;
    const answer = await invoke(sqsEvent('请重新导入', '{"hello":1}', 'null', s3Event([{ key: '%E8%A6' }])));
    expect(answer).toEqual({ ok: true, response: { batchItemFailures: [1, 2, 3, 4].map((n) => ({ itemIdentifier: `message-${n}` })) } });
    await vi.waitFor(() => {
      const { logs } = readLogs(stage.lambda.logs().slice(before));
      const messages = logs.map(({ level, message, error }) => `${level} ${message} ${(error as { readonly message: string }).message}`);
      expect(messages).toEqual([
        expect.stringMatching(/^ERROR failed .*message-1 is not JSON/),
        expect.stringMatching(/^ERROR failed .*message-2 is not an S3 notification/),
        expect.stringMatching(/^ERROR failed .*message-3 is not an S3 notification/),
        expect.stringMatching(/^ERROR failed .*%E8%A6 is not form-encoded/),
      ]);
    });
    await vi.waitFor(() => expect(metricSum(stage.lambda.logs().slice(before), 'Failed')).toBe(4));
  });

  it('leave the other objects of the same message archived', async () => {
    await stage.upload('seed.txt', seed);
    const event = s3Event([{ versionId: undefined }]);
    const broken = { eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { bucket: { name: rawBucket }, object: {} } };
    const answer = await invoke(sqsEvent({ Records: [broken, ...event.Records] }));
    expect(answer).toEqual({ ok: true, response: { batchItemFailures: [{ itemIdentifier: 'message-1' }] } });
    expect(server.keys(archiveBucket)).toContain(manifestKey(seed));
  });
});

describe('an object inside the archive', () => {
  it('is refused when the archive is the whole bucket', async () => {
    await stage.upload('seed.txt', seed, archiveBucket);
    const event = s3Event([{ versionId: undefined }], archiveBucket);
    expect(await invoke(event)).toMatchObject({
      ok: false,
      error: { errorMessage: expect.stringMatching(/copydesk-archive\/seed\.txt lies in the archive .*take the notification/) },
    });
    expect(await invoke(sqsEvent(event, seedEvent))).toEqual({
      ok: true,
      response: { batchItemFailures: [{ itemIdentifier: 'message-1' }] },
    });
    expect(server.keys(archiveBucket)).toEqual(['seed.txt']);
  });

  it('is refused below the prefix of an archive in the raw bucket, and taken beside it', async () => {
    const lambda = await stage.start({ COPYDESK_ARCHIVE: `s3://${rawBucket}/ablage/` });
    for (const key of ['ablage/seed.txt', 'ablage-2/seed.txt']) await stage.upload(key, seed);
    const events = ['ablage/seed.txt', 'ablage-2/seed.txt'].map((key) => s3Event([{ key, versionId: undefined }]));
    expect(await lambda.invoke(sqsEvent(...events), patience)).toEqual({
      ok: true,
      response: { batchItemFailures: [{ itemIdentifier: 'message-1' }] },
    });
    const keys = server.keys(rawBucket);
    expect(keys).toContain(`ablage/${manifestKey(seed)}`);
    expect(keys.filter((key) => key.startsWith('ablage/sources/'))).toHaveLength(1);
  });
});

describe('the settings', () => {
  it('are checked while the module loads, and the error says what to set', async () => {
    const lambda = await stage.start({ COPYDESK_ARCHIVE: undefined });
    expect(await lambda.invoke(seedEvent, patience)).toMatchObject({ ok: false, error: { errorType: 'ConfigError' } });
    expect(lambda.initError()?.errorMessage).toMatch(/COPYDESK_ARCHIVE.*s3:\/\/.*folder/);
  });

  it('name a bucket, or the module does not load', async () => {
    const lambda = await stage.start({ COPYDESK_ARCHIVE: 's3://' });
    expect(await lambda.invoke(seedEvent, patience)).toMatchObject({ ok: false, error: { errorType: 'ConfigError' } });
    expect(lambda.initError()?.errorMessage).toBe('s3:// names no bucket; write s3://bucket or s3://bucket/prefix');
  });

  it('choose scripts, formats and the largest file', async () => {
    const lambda = await stage.start({ COPYDESK_SCRIPTS: 'zh-Hant-TW', COPYDESK_FORMATS: 'text', COPYDESK_MAX_BYTES: String(seed.length) });
    await stage.upload('seed.txt', seed);
    await stage.upload('large.txt', Buffer.concat([seed, seed]));
    const events = ['seed.txt', 'large.txt'].map((key) => s3Event([{ key, versionId: undefined }]));
    const statuses = await logged(lambda, 2, async () => expect(await lambda.invoke(sqsEvent(...events), patience)).toEqual(allDone));
    expect(statuses).toEqual(['archived', 'rejected']);
    const names = server.keys(archiveBucket).filter((key) => key.startsWith('articles/'));
    expect(names.map((key) => key.split('/').at(-1))).toEqual(['ledger.json', 'manifest.json', 'source.txt', 'zh-Hant-TW.txt']);
  });

  it('put a folder in the place of the buckets, which has no versions', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'copydesk-inbox-'));
    try {
      const [inbox, archive] = [join(folder, 'inbox'), join(folder, 'archive')];
      await mkdir(inbox);
      await copyFile(seedPath, join(inbox, 'seed.txt'));
      const lambda = await stage.start({ COPYDESK_ARCHIVE: archive, COPYDESK_INBOX: inbox });
      const before = { ...server.counts };
      // As it stands, version and all: what `copydesk invoke` is given.
      expect(await lambda.invoke(readEvent('sqs-s3.json'), patience)).toEqual(allDone);
      const files = await filesOf(archive);
      expect(comparable(files)).toEqual(comparable(await folderRun(seedPath)));
      const manifest = JSON.parse(String(files.get(manifestKey(seed)))) as { readonly source: object };
      expect(manifest.source).toMatchObject({ key: `${rawBucket}/seed.txt`, sequencer: '006B04F2EF1133AFB7' });
      expect(manifest.source).not.toHaveProperty('versionId');
      expect(server.counts).toEqual(before);
      expect(await readdir(inbox)).toEqual(['seed.txt']);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('logs and metrics', () => {
  it('are lines of JSON, whatever the event', async () => {
    const lambda = await stage.start();
    await stage.upload('seed.txt', seed);
    await stage.upload('empty.txt', Buffer.alloc(0));
    const inArchive = s3Event([{ versionId: undefined }], archiveBucket);
    const events = [seedEvent, seedEvent, s3Event([{ key: 'empty.txt', versionId: undefined }]), s3Event([{ key: '%' }]), {}, inArchive];
    for (const event of [...events, ...eventFiles.map((name) => readEvent(name))]) await lambda.invoke(event, patience);
    await vi.waitFor(() => expect(lambda.logs().match(/"message":"stale"/g)?.length).toBeGreaterThan(4));

    const { logs, metrics } = readLogs(lambda.logs());
    const about = (status: string) => logs.filter(({ message }) => message === status);
    expect(about('archived')).toEqual([
      expect.objectContaining({
        level: 'INFO',
        service: 'copydesk',
        source: `${rawBucket}/seed.txt`,
        docId: manifestKey(seed).split('/')[2],
        record: manifestKey(seed),
        function_request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      }),
    ]);
    // Of events/ one names no version, and the same key.
    expect(about('duplicate')).toHaveLength(2);
    expect(about('rejected')).toEqual([expect.objectContaining({ level: 'WARN', reason: expect.objectContaining({ code: 'empty' }) })]);
    for (const { error, level } of about('failed')) {
      expect(level).toBe('ERROR');
      expect(error).toMatchObject({ name: expect.stringMatching(/^(Envelope|Config)Error$/), message: expect.any(String) });
    }
    const names = { archived: 'Archived', duplicate: 'Duplicates', stale: 'Stale', rejected: 'Rejected', failed: 'Failed' };
    for (const [status, name] of Object.entries(names)) expect(metricSum(lambda.logs(), name), name).toBe(about(status).length);
    for (const line of metrics) {
      const [directive] = line._aws.CloudWatchMetrics;
      expect(line.service).toBe('copydesk');
      expect(directive).toMatchObject({ Namespace: 'Copydesk', Dimensions: [['service']] });
      expect(directive?.Metrics.length).toBeGreaterThan(0);
      for (const { Name, Unit } of directive?.Metrics ?? []) {
        expect(Unit).toBe('Count');
        expect(line).toHaveProperty(Name);
      }
    }
  });
});
