import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds until moto must answer; its imports alone take seconds on a cold disk. */
const START_LIMIT = 30_000;
const COMMAND = 'moto_server';

export interface Moto {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts moto, an independent imitation of AWS, on 127.0.0.1. @returns undefined if `moto_server` is not on PATH or does not start. */
export async function startMoto(): Promise<Moto | undefined> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(COMMAND, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', detached: true });
  let running = true;
  const ended = new Promise<void>((resolve) => {
    for (const event of ['error', 'exit']) {
      child.once(event, () => {
        running = false;
        resolve();
      });
    }
  });
  const stop = (): void => {
    // The whole group: what is on PATH may be a wrapper around the server.
    if (running && child.pid) process.kill(-child.pid, 'SIGKILL');
  };
  process.once('exit', stop);
  async function close(): Promise<void> {
    process.off('exit', stop);
    stop();
    await ended;
  }

  for (const deadline = Date.now() + START_LIMIT; running && Date.now() < deadline; await sleep(100)) {
    const answer = await fetch(`${url}/moto-api/`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return { url, close };
  }
  await close();
  return undefined;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
