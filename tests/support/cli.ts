/** The built command line as a child process: `npm run build` must have run. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = fileURLToPath(new URL('../../dist/cli/copydesk.js', import.meta.url));

export interface Run {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stdoutBytes: Buffer;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Run>;
  /** Waits until stdout and stderr hold the text so many times. */
  says(text: string, count?: number): Promise<void>;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function start(args: readonly string[], { cwd = root, env = {} }: RunOptions = {}): Running {
  const { COPYDESK_ARCHIVE: _, COPYDESK_INBOX: __, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...inherited, ...env } });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const listeners = new Set<() => void>();
  for (const [stream, chunks] of [
    [child.stdout, out],
    [child.stderr, err],
  ] as const) {
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<Run>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const stdoutBytes = Buffer.concat(out);
      resolve({ code, signal, stdoutBytes, stdout: stdoutBytes.toString(), stderr: Buffer.concat(err).toString() });
    });
  });
  // A program that has read enough closes its stdin.
  child.stdin.on('error', () => undefined);
  return {
    child,
    ended,
    says: (text, count = 1) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (
            Buffer.concat([...out, ...err])
              .toString()
              .split(text).length <= count
          )
            return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then(({ code, stderr }) => reject(new Error(`ended with ${code} without saying ${JSON.stringify(text)}: ${stderr}`)));
      }),
  };
}

export async function copydesk(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { child, ended } = start(args, options);
  child.stdin.end(options.input ?? '');
  return ended;
}

/** The JSON values of NDJSON. @throws for a line that is none. */
export function jsonLines<T>(text: string): T[] {
  if (text === '') return [];
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}
