/** `copydesk invoke`: the bundled Lambda handler on an event file, in a process of its own as in Lambda. */
import { fork } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../errors.ts';
import { print } from './output.ts';

interface Options {
  readonly archive?: string;
  readonly inbox?: string;
}

/** What the child answers. */
export type Answer = { readonly response: unknown } | { readonly error: { readonly errorType: string; readonly errorMessage: string } };

export async function invokeCommand(file: string, { archive, inbox }: Options): Promise<void> {
  const event = await readEvent(file);
  if (archive === undefined && process.env.COPYDESK_ARCHIVE === undefined) {
    throw new ConfigError('name the archive with --archive or COPYDESK_ARCHIVE');
  }
  const env = {
    ...process.env,
    POWERTOOLS_SERVICE_NAME: 'copydesk',
    POWERTOOLS_METRICS_NAMESPACE: 'Copydesk',
    ...(archive !== undefined && { COPYDESK_ARCHIVE: archive }),
    ...(inbox !== undefined && { COPYDESK_INBOX: inbox }),
  };
  // The handler's logs come on its stdout and are logs here: they go to stderr, so that stdout holds the answer alone.
  // Bundled, this file is a chunk in dist/chunks.
  const child = fork(fileURLToPath(new URL('../cli/invoke-child.js', import.meta.url)), { env, stdio: ['ignore', 2, 2, 'ipc'] });
  const answer = await new Promise<Answer>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Answer));
    child.once('exit', (code) => reject(new Error(`the handler's process ended with exit code ${code} and no answer`)));
    child.send(event as Parameters<typeof child.send>[0]);
  });
  child.disconnect();
  await print(`${JSON.stringify('error' in answer ? answer.error : (answer.response ?? null), null, 2)}\n`);
  if ('error' in answer) process.exitCode = 1;
}

async function readEvent(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${file} cannot be read as a JSON event: ${error instanceof Error ? error.message : error}`);
  }
}
