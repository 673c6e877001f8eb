/**
 * Reads formats in a thread of its own: its libraries load only when a file needs them, and a file that takes too much time or memory loses
 * the thread, not the process. The caller waits, so that the pipeline stays one call. See docs/adr/0015.
 */
import { existsSync } from 'node:fs';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { FormatCode, Input, Reading } from './format.ts';
import type { FormatId } from './sniff.ts';

/** What the thread is sent. */
export interface Task extends Input {
  readonly format: FormatId;
}

/** What it answers: a Reading, or why there is none. */
export type Answer =
  | { readonly reading: Reading }
  | { readonly refusal: { readonly code: FormatCode | 'timed-out'; readonly message: string } };

/** Megabytes of heap that the thread may use. */
const mostMemory = 256;

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly flag: Int32Array;
}

let thread: Thread | undefined;

/**
 * @param milliseconds the longest that the file may take.
 * @returns what the reader found, or a refusal: its own, or `timed-out`.
 */
export function readInThread(task: Task, milliseconds: number): Answer {
  thread ??= start();
  const { worker, port, flag } = thread;
  Atomics.store(flag, 0, 0);
  port.postMessage(task);
  const waited = Atomics.wait(flag, 0, 0, milliseconds);
  const answer: { message: Answer } | undefined = waited === 'timed-out' ? undefined : receiveMessageOnPort(port);
  if (answer !== undefined) return answer.message;
  // It hangs, or it died of want of memory.
  thread = undefined;
  port.close();
  void worker.terminate();
  const limits = `${milliseconds / 1000} s and ${mostMemory} MB`;
  return {
    refusal: {
      code: 'timed-out',
      message: `the file could not be read as ${task.format} within ${limits}; save it as plain text and drop that`,
    },
  };
}

function start(): Thread {
  const { port1: port, port2 } = new MessageChannel();
  const shared = new SharedArrayBuffer(4);
  const worker = new Worker(entry(), {
    workerData: { port: port2, shared },
    transferList: [port2],
    resourceLimits: { maxOldGenerationSizeMb: mostMemory },
    execArgv: [],
    // Libraries that speak are not heard.
    stdout: true,
    stderr: true,
  });
  // A thread that fails is seen by what it does not answer.
  worker.on('error', () => {});
  worker.unref();
  port.unref();
  return { worker, port, flag: new Int32Array(shared) };
}

/** The thread's file: beside the Lambda's bundle, above the chunks of the library and the command line, or, of the sources, in what was built. */
function entry(): URL {
  const places = ['./reader-thread.mjs', './reader-thread.js', '../reader-thread.js', '../../../dist/reader-thread.js'];
  const found = places.map((place) => new URL(place, import.meta.url)).find((url) => existsSync(url));
  if (found === undefined) throw new Error('reader-thread.js is missing; run npm run build');
  return found;
}
