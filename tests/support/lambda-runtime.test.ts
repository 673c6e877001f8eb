import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type LambdaRuntime, startLambdaRuntime } from './lambda-runtime.ts';

let folder = '';
let count = 0;
let runtime: LambdaRuntime | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lambda-runtime-'));
});
afterEach(() => runtime?.close());
afterAll(() => rm(folder, { recursive: true, force: true }));

async function start(source: string, options: { handlerName?: string; env?: Record<string, string> } = {}): Promise<LambdaRuntime> {
  const handlerFile = join(folder, `handler ${++count}.mjs`);
  await writeFile(handlerFile, source);
  runtime = await startLambdaRuntime({ handlerFile, ...options });
  return runtime;
}

describe('Lambda runtime', () => {
  it('calls the handler with the event and a context', async () => {
    const lambda = await start(
      `export const handler = async (event, context) => {
        console.log('入', event.name);
        console.error('warned');
        return { name: event.name, left: context.getRemainingTimeInMillis(), id: context.awsRequestId, arn: context.invokedFunctionArn,
          trace: process.env._X_AMZN_TRACE_ID, mine: process.env.MINE, home: process.env.HOME };
      };`,
      { env: { MINE: '設定' } },
    );
    const result = await lambda.invoke({ name: '新闻 😀' }, { deadlineMs: 5_000 });
    expect(result).toEqual({
      ok: true,
      response: {
        name: '新闻 😀',
        left: expect.any(Number),
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        arn: 'arn:aws:lambda:us-east-1:123456789012:function:copydesk-test',
        trace: expect.stringMatching(/^Root=1-/),
        mine: '設定',
      },
    });
    const { left } = (result as { response: { left: number } }).response;
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(5_000);
    expect(lambda.logs()).toContain('入 新闻 😀\n');
    expect(lambda.logs()).toContain('warned\n');
  });

  it('answers null for undefined, and calls the export it is told', async () => {
    const lambda = await start('export async function other() {}', { handlerName: 'other' });
    expect(await lambda.invoke({})).toEqual({ ok: true, response: null });
  });

  it('gives back what the handler throws', async () => {
    const lambda = await start(
      `export const handler = (event) => { if (event.plain) throw 'a string'; throw Object.assign(new Error('no bucket'), { name: 'ConfigError' }); };`,
    );
    expect(await lambda.invoke({})).toEqual({ ok: false, error: { errorType: 'ConfigError', errorMessage: 'no bucket' } });
    expect(await lambda.invoke({ plain: true })).toEqual({ ok: false, error: { errorType: 'string', errorMessage: 'a string' } });
    expect(lambda.starts()).toBe(1);
  });

  it('keeps one process for all events, one at a time', async () => {
    const lambda = await start(
      `let calls = 0; let busy = false;
      export const handler = async () => {
        if (busy) throw new Error('two at once');
        busy = true; await new Promise((resolve) => setTimeout(resolve, 20)); busy = false;
        return [process.pid, ++calls];
      };`,
    );
    const results = await Promise.all([lambda.invoke(1), lambda.invoke(2), lambda.invoke(3)]);
    const answers = results.map((result) => (result.ok ? (result.response as [number, number]) : undefined));
    expect(answers.map((answer) => answer?.[1])).toEqual([1, 2, 3]);
    expect(new Set(answers.map((answer) => answer?.[0])).size).toBe(1);
    expect(lambda.initError()).toBeUndefined();
  });

  it('reports a module that does not load', async () => {
    const lambda = await start(`throw new TypeError('BUCKET is not set'); export const handler = () => 1;`);
    const error = { errorType: 'TypeError', errorMessage: 'BUCKET is not set' };
    expect(await lambda.invoke({})).toEqual({ ok: false, error });
    expect(lambda.initError()).toEqual(error);
  });

  it('reports a missing export', async () => {
    const lambda = await start('export const other = 1;');
    expect(await lambda.invoke({})).toMatchObject({ ok: false, error: { errorType: 'Runtime.HandlerNotFound' } });
  });

  it('reports a process that ends, and starts another for the next event', async () => {
    const lambda = await start(
      `export const handler = (event) => { if (event.die) process.exit(7); if (event.kill) process.kill(process.pid, 'SIGKILL'); return 'alive'; };`,
    );
    expect(await lambda.invoke({ die: true })).toEqual({
      ok: false,
      error: { errorType: 'Runtime.ExitError', errorMessage: 'Error: Runtime exited with error: exit status 7' },
    });
    expect(await lambda.invoke({ kill: true })).toMatchObject({ error: { errorMessage: 'Error: Runtime exited with signal: SIGKILL' } });
    expect(await lambda.invoke({})).toEqual({ ok: true, response: 'alive' });
    expect(lambda.starts()).toBe(3);
  });

  it('reports a process that ends while it loads', async () => {
    const lambda = await start('process.exit(3); export const handler = () => 1;');
    expect(await lambda.invoke({})).toMatchObject({ ok: false, error: { errorType: 'Runtime.ExitError' } });
  });

  it('ends a handler at its deadline', async () => {
    const lambda = await start(
      `export const handler = (event) => (event.hang ? new Promise((resolve) => setTimeout(resolve, 60_000)) : 'quick');`,
    );
    expect(await lambda.invoke({ hang: true }, { deadlineMs: 100 })).toMatchObject({ ok: false, error: { errorType: 'Sandbox.Timedout' } });
    expect(await lambda.invoke({})).toEqual({ ok: true, response: 'quick' });
  });
});
