import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { closeServer, readAll } from './s3-server.ts';

const BOOTSTRAP = fileURLToPath(new URL('./lambda-bootstrap.mjs', import.meta.url));
const FUNCTION_NAME = 'copydesk-test';
/** Milliseconds that Lambda gives a module to load. */
const INIT_LIMIT = 10_000;

interface LambdaError {
  readonly errorType: string;
  readonly errorMessage: string;
}

type InvokeResult = { readonly ok: true; readonly response: unknown } | { readonly ok: false; readonly error: LambdaError };

export interface LambdaRuntimeOptions {
  /** A module, as bundled for Lambda. */
  readonly handlerFile: string;
  /** The export to call; `handler` by default. */
  readonly handlerName?: string;
  /** Added to what Lambda sets. Nothing of this process's environment but PATH is passed on. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface LambdaRuntime {
  /**
   * Sends an event in and waits for its answer; events that come while one is in work wait, as one sandbox takes one at a
   * time. At the deadline (3 s unless told) the process is killed and the answer is Sandbox.Timedout. A process that has
   * ended is started anew for the next event, as a new sandbox would be.
   */
  invoke(event: unknown, options?: { readonly deadlineMs?: number }): Promise<InvokeResult>;
  /** What the module's loading threw, the last time it was loaded. */
  initError(): LambdaError | undefined;
  /** Everything the handler has written to stdout and stderr. */
  logs(): string;
  /** How many processes have been started: 1 + restarts. */
  starts(): number;
  close(): Promise<void>;
}

interface Job {
  readonly id: string;
  readonly body: string;
  readonly deadlineMs: number;
  readonly settle: (result: InvokeResult) => void;
}

/**
 * A Lambda sandbox on this machine: the Runtime API 2018-06-01 on 127.0.0.1 and a child process that takes its events.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function startLambdaRuntime({ handlerFile, handlerName = 'handler', env = {} }: LambdaRuntimeOptions): Promise<LambdaRuntime> {
  const waiting: Job[] = [];
  let current: (Job & { timer?: NodeJS.Timeout }) | undefined;
  let idle: ServerResponse | undefined;
  let failure: LambdaError | undefined;
  let output = '';
  let starts = 0;
  /** Whether the process has loaded the module and asked for an event. */
  let loaded = false;
  let sandbox: ReturnType<typeof startSandbox> | undefined;

  const http = createServer((request, response) => {
    void route(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const api = `127.0.0.1:${(http.address() as AddressInfo).port}`;

  async function route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await readAll(request)).toString();
    const [, path = ''] = /^\/2018-06-01\/runtime\/(.*)$/.exec(request.url ?? '') ?? [];
    if (request.method === 'GET' && path === 'invocation/next') {
      idle = response;
      loaded = true;
      hand();
      return;
    }
    const [, id, kind] = /^invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (request.method === 'POST' && path === 'init/error') failure = parseError(body);
    else if (request.method === 'POST' && id !== undefined && id === current?.id) {
      settle(kind === 'response' ? { ok: true, response: JSON.parse(body) } : { ok: false, error: parseError(body) });
    } else {
      response.writeHead(id === undefined ? 404 : 400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ errorType: 'InvalidRequestID', errorMessage: `Nothing in work for ${request.url}` }));
      return;
    }
    response.writeHead(202, { 'content-type': 'application/json' });
    response.end('{"status":"OK"}');
  }

  function startSandbox() {
    starts++;
    failure = undefined;
    loaded = false;
    const child = spawn(process.execPath, [BOOTSTRAP], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env.PATH,
        TZ: ':UTC',
        LANG: 'en_US.UTF-8',
        AWS_REGION: 'us-east-1',
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: FUNCTION_NAME,
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024',
        AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
        AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${FUNCTION_NAME}`,
        AWS_LAMBDA_LOG_STREAM_NAME: 'test',
        ...env,
        AWS_LAMBDA_RUNTIME_API: api,
        COPYDESK_TEST_HANDLER_FILE: handlerFile,
        COPYDESK_TEST_HANDLER_NAME: handlerName,
      },
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk;
      });
    }
    const limit = setTimeout(() => {
      if (!loaded) child.kill('SIGKILL');
    }, INIT_LIMIT);
    const ended = new Promise<void>((resolve) => {
      child.once('close', (code, signal) => {
        clearTimeout(limit);
        sandbox = undefined;
        idle = undefined;
        const exit: LambdaError = {
          errorType: 'Runtime.ExitError',
          errorMessage: `Error: Runtime exited ${signal ? `with signal: ${signal}` : `with error: exit status ${code}`}`,
        };
        // The event that a process was started for has been tried, even if the process never came to ask for it.
        if (!current && !loaded) take();
        settle({ ok: false, error: failure ?? exit });
        resolve();
      });
    });
    return { child, ended };
  }

  /** Gives the first event in the queue to the process that asks for one; starts the process if there is none. */
  function hand(): void {
    if (current || waiting.length === 0) return;
    sandbox ??= startSandbox();
    if (!idle) return;
    const job = take();
    if (!job) return;
    const response = idle;
    idle = undefined;
    response.writeHead(200, {
      'content-type': 'application/json',
      'Lambda-Runtime-Aws-Request-Id': job.id,
      'Lambda-Runtime-Deadline-Ms': String(Date.now() + job.deadlineMs),
      'Lambda-Runtime-Invoked-Function-Arn': `arn:aws:lambda:us-east-1:123456789012:function:${FUNCTION_NAME}`,
      'Lambda-Runtime-Trace-Id': `Root=1-${job.id.slice(0, 8)}-${job.id.replaceAll('-', '').slice(8)};Sampled=0`,
    });
    response.end(job.body);
    job.timer = setTimeout(() => {
      const seconds = (job.deadlineMs / 1000).toFixed(2);
      settle({
        ok: false,
        error: { errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${job.id} Error: Task timed out after ${seconds} seconds` },
      });
      sandbox?.child.kill('SIGKILL');
    }, job.deadlineMs);
  }

  function take(): typeof current {
    current = waiting.shift();
    return current;
  }

  function settle(result: InvokeResult): void {
    const job = current;
    current = undefined;
    clearTimeout(job?.timer);
    job?.settle(result);
    hand();
  }

  return {
    invoke: (event, { deadlineMs = 3_000 } = {}) =>
      new Promise((resolve) => {
        waiting.push({ id: randomUUID(), body: JSON.stringify(event), deadlineMs, settle: resolve });
        hand();
      }),
    initError: () => failure,
    logs: () => output,
    starts: () => starts,
    async close() {
      const last = sandbox;
      waiting.length = 0;
      last?.child.kill('SIGKILL');
      await last?.ended;
      await closeServer(http);
    },
  };
}

function parseError(body: string): LambdaError {
  const { errorType, errorMessage } = JSON.parse(body) as Partial<LambdaError>;
  return { errorType: errorType ?? 'Unknown', errorMessage: errorMessage ?? '' };
}
