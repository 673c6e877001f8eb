/** The thread that reads formats; started by thread.ts. Each format's library is loaded when the first file of it comes. */
import { type MessagePort, workerData } from 'node:worker_threads';
import { FormatError } from './format.ts';
import { readerOf } from './readers.ts';
import type { Answer, Task } from './thread.ts';

const { port, shared } = workerData as { readonly port: MessagePort; readonly shared: SharedArrayBuffer };
const flag = new Int32Array(shared);

port.on('message', async (task: Task) => {
  const answer = await read(task);
  port.postMessage(answer);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});

async function read(task: Task): Promise<Answer> {
  try {
    const reader = await readerOf(task.format);
    return { reading: await reader(task, { readerOf, level: 0, budget: { left: task.maxUnpacked } }) };
  } catch (error) {
    if (error instanceof FormatError) return { refusal: { code: error.code, message: error.message } };
    // Libraries throw what they like at damaged files.
    const reason = error instanceof Error ? error.message : String(error);
    return {
      refusal: {
        code: 'broken-format',
        message: `the file is no whole ${task.format} file (${reason}); save it as plain text and drop that`,
      },
    };
  }
}
