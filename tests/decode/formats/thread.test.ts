import { describe, expect, it } from 'vitest';
import { readInThread, type Task } from '../../../src/decode/formats/thread.ts';

const task = (text: string): Task => ({ format: 'html', bytes: Buffer.from(text), text, maxUnpacked: 1e6, maxDepth: 400 });
const page = '<html><body><h1>新馆开放</h1><p>县文化馆新馆昨天开放，首日接待读者两千三百人次，馆内设有儿童阅览区。</p></body></html>';

describe('the thread that reads formats', () => {
  it('answers with what the reader found', () => {
    const answer = readInThread(task(page), 10_000);
    expect('reading' in answer && answer.reading.articles).toHaveLength(1);
  });

  it('gives up a file that takes too long, says so, and reads the next', () => {
    const long = task(`<html><body>${'<p>县文化馆新馆昨天开放，首日接待读者。</p>'.repeat(50_000)}</body></html>`);
    expect(readInThread(long, 1)).toMatchObject({ refusal: { code: 'timed-out' } });
    expect(readInThread(task(page), 10_000)).toHaveProperty('reading');
  });

  it('gives up a file that fills its memory, and reads the next', () => {
    const answer = readInThread(task(`<html><body>${'<b>县</b>'.repeat(1_500_000)}</body></html>`), 5000);
    expect(answer).toMatchObject({ refusal: { code: 'timed-out' } });
    expect(readInThread(task(page), 10_000)).toHaveProperty('reading');
  });
});
