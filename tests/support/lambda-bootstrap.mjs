/**
 * The part of a Lambda sandbox that runs the handler: it loads the module, then asks the Runtime API for one event after the
 * other. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
import { pathToFileURL } from 'node:url';

const { AWS_LAMBDA_RUNTIME_API: api, COPYDESK_TEST_HANDLER_FILE: file = '', COPYDESK_TEST_HANDLER_NAME: name = 'handler' } = process.env;

async function call(path, body, headers = {}) {
  const options = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) ?? 'null', headers };
  return fetch(`http://${api}/2018-06-01/runtime/${path}`, options);
}

/** The error shape of Lambda's own Node runtime. */
function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

function postError(path, error) {
  const description = describe(error);
  return call(path, description, { 'Lambda-Runtime-Function-Error-Type': description.errorType });
}

async function load() {
  try {
    const handler = (await import(pathToFileURL(file).href))[name];
    if (typeof handler !== 'function')
      throw Object.assign(new Error(`${name} is undefined or not exported`), { name: 'Runtime.HandlerNotFound' });
    return handler;
  } catch (error) {
    await postError('init/error', error);
    process.exit(1);
  }
}

const handler = await load();
for (;;) {
  const next = await call('invocation/next');
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const deadline = Number(next.headers.get('lambda-runtime-deadline-ms'));
  process.env._X_AMZN_TRACE_ID = next.headers.get('lambda-runtime-trace-id') ?? '';
  const context = {
    awsRequestId: id,
    invokedFunctionArn: next.headers.get('lambda-runtime-invoked-function-arn'),
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    const result = await handler(await next.json(), context);
    await call(`invocation/${id}/response`, result ?? null);
  } catch (error) {
    await postError(`invocation/${id}/error`, error);
  }
}
