/** The process in which `copydesk invoke` runs the bundle: takes one event from its parent, sends one answer back. */
import type { Answer } from './invoke.ts';

const bundle = new URL('../lambda/handler.mjs', import.meta.url).href;
const context = {
  functionName: 'copydesk',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:local:000000000000:function:copydesk',
  memoryLimitInMB: '1024',
  awsRequestId: '00000000-0000-0000-0000-000000000000',
  getRemainingTimeInMillis: () => 60_000,
};

process.once('message', (event) => {
  invoke(event).then(
    (answer) => process.send?.(answer),
    (error: unknown) => process.send?.(failure(error)),
  );
});

async function invoke(event: unknown): Promise<Answer> {
  const { handler } = (await import(bundle)) as { handler: (event: unknown, context: unknown) => Promise<unknown> };
  return { response: await handler(event, context) };
}

function failure(error: unknown): Answer {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { error: { errorType: name, errorMessage: message } };
}
