import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/result.ts';
import { article, sample } from '../support/articles.ts';
import { copydesk, jsonLines, program, start } from '../support/cli.ts';
import { folders } from '../support/folders.ts';

const folder = folders();
const text = sample('hans-noise').toString();
const ids = (stdout: string) => jsonLines<Result>(stdout).map(({ id }) => id);

describe.each(['1', '3'])('normalize --jsonl --jobs %s', (jobs) => {
  const bulk = (input: string | Uint8Array) => copydesk(['normalize', '--jsonl', '--jobs', jobs], { input });

  it('answers each line with one Result, in the order of the lines', async () => {
    // Long and short by turns, so that later lines are done before earlier ones.
    const lines = Array.from({ length: 60 }, (_, number) =>
      JSON.stringify({ id: `第${number}条`, text: number % 3 === 0 ? text.repeat(8) : '山城云岭' }),
    );
    const { code, stdout, stderr } = await bulk(`${lines.join('\n')}\n`);
    expect([code, stderr]).toEqual([0, '']);
    expect(ids(stdout)).toEqual(lines.map((_, number) => `第${number}条`));
    expect(jsonLines<Result>(stdout).every(({ status }) => status === 'ok')).toBe(true);
  });

  it('answers a bad line with a rejected Result and goes on', async () => {
    const lines = [
      '{"id":"1","text":"山城云岭"}',
      'no json',
      '',
      '[]',
      'null',
      '{"id":"6"}',
      '{"id":"7","bytes":"not base64!"}',
      '{"id":8,"text":"山城云岭"}',
      '{"id":"9","bytes":""}',
      '{"id":"10","text":"山城云岭"}',
    ];
    const { code, stdout } = await bulk(lines.join('\n'));
    expect(code).toBe(1);
    const results = jsonLines<Result>(stdout);
    expect(results.map(({ status }) => status)).toEqual(['ok', ...Array.from({ length: 8 }, () => 'rejected'), 'ok']);
    expect(results.map(({ reason }) => reason?.code)).toEqual([
      undefined,
      ...Array.from({ length: 7 }, () => 'bad-record'),
      'empty',
      undefined,
    ]);
    expect([results[5]?.id, results[6]?.id, results[9]?.id]).toEqual(['6', '7', '10']);
  });

  it('takes bytes in base64, with their name', async () => {
    const raw = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), sample('seed')]);
    const { stdout } = await bulk(JSON.stringify({ id: 'b', bytes: raw.toString('base64'), name: 'seed.txt', contentType: 'text/plain' }));
    const [result] = jsonLines<Result>(stdout);
    expect(result).toMatchObject({ id: 'b', status: 'ok', source: { bytes: raw.length, bom: true, name: 'seed.txt' } });
  });

  it('takes text with half a surrogate pair, and tells its source back exactly', async () => {
    const { stdout } = await bulk('{"id":"s","text":"山城\\ud83d云岭用好一口百年老井"}\n');
    const [result] = jsonLines<Result>(stdout);
    expect(result).toMatchObject({ id: 's', status: 'ok', source: { charset: 'utf-16le' } });
    expect(result?.text).toBe('山城\ufffd云岭用好一口百年老井');
    expect(result?.ledger.layers[0]).toEqual({
      stage: 'decode',
      rule: 'lone-surrogate',
      edits: [{ at: 2, removed: '\ud83d', inserted: '\ufffd' }],
    });
  });

  it('ends lines at a line feed alone, with or without a carriage return, and not within a record', async () => {
    const lines = ['{"id":"1","text":"山城\u2028云岭"}', '{"id":"2","text":"山城\u2029云岭\u0085"}', '{"id":"3",\r"text":"山城云岭"}'];
    const { stdout } = await bulk(`${lines.join('\r\n')}\r\n`);
    expect(ids(stdout)).toEqual(['1', '2', '3']);
    expect(jsonLines<Result>(stdout).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok']);
  });

  it('passes over a byte order mark at the start', async () => {
    const { stdout } = await bulk('\ufeff{"id":"1","text":"山城云岭"}\n');
    expect(jsonLines<Result>(stdout)).toMatchObject([{ id: '1', status: 'ok' }]);
  });

  it('answers nothing with nothing', async () => {
    expect(await bulk('')).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('takes lines that come in pieces, cut within a character', async () => {
    const { child, ended } = start(['normalize', '--jsonl', '--jobs', jobs]);
    const bytes = Buffer.from(
      `${JSON.stringify({ id: '1', text: '山城云岭😀'.repeat(30) })}\n${JSON.stringify({ id: '2', text: '云岭' })}`,
    );
    for (let at = 0; at < bytes.length; at += 7) {
      child.stdin.write(bytes.subarray(at, at + 7));
      if (at % 70 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    child.stdin.end();
    const results = jsonLines<Result>((await ended).stdout);
    expect(results.map(({ id, text }) => [id, text])).toEqual([
      ['1', '山城云岭😀'.repeat(30)],
      ['2', '云岭'],
    ]);
  });

  it('ends quietly when its reader has read enough', async () => {
    const place = await folder({
      'in.jsonl': Array.from({ length: 500 }, (_, id) => JSON.stringify({ id: `${id}`, text })).join('\n'),
    });
    const command = `"$0" "$1" normalize --jsonl --jobs ${jobs} "$2" | head -1 | cut -c1-8; echo "\${PIPESTATUS[0]}"`;
    const shell = spawn('bash', ['-c', command, process.execPath, program, join(place, 'in.jsonl')]);
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    shell.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    shell.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    await new Promise((resolve) => shell.once('close', resolve));
    expect(Buffer.concat(err).toString()).toBe('');
    expect(Buffer.concat(out).toString()).toBe('{"id":"0\n0\n');
  });

  it('runs through 3,000 lines in bounded memory', async () => {
    // The shortest of the samples: it is the number of lines that must not count.
    const lines = Array.from({ length: 3_000 }, (_, number) =>
      JSON.stringify({ id: `${number}`, text: article(number * 6 + 3).toString() }),
    );
    const place = await folder({ 'in.jsonl': `${lines.join('\n')}\n` });
    const { child, ended } = start(['normalize', '--jsonl', '--jobs', jobs, '--scripts', 'zh-Hans', join(place, 'in.jsonl')]);
    let peak = 0;
    const timer = setInterval(() => {
      void residentBytes(child.pid ?? 0).then((bytes) => {
        peak = Math.max(peak, bytes);
      });
    }, 20);
    const { code, stdout } = await ended;
    clearInterval(timer);
    expect(code).toBe(0);
    expect([...stdout.matchAll(/^\{"id":"(\d+)","status":"ok"/gm)].map(([, id]) => id)).toEqual(lines.map((_, number) => `${number}`));
    // A thread has a heap of its own with the dictionaries in it.
    expect(peak).toBeLessThan(300_000_000 + (Number(jobs) - 1) * 100_000_000);
  });

  it('reads no further while nobody reads its answers', async () => {
    const { child, ended } = start(['normalize', '--jsonl', '--jobs', jobs]);
    child.stdout.pause();
    const line = `${JSON.stringify({ text })}\n`;
    const count = 3_000;
    let taken = 0;
    for (let stalled = false; taken < count && !stalled; ) {
      stalled = await Promise.race([
        new Promise<boolean>((resolve) => child.stdin.write(line, () => resolve(false))),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 700)),
      ]);
      if (!stalled) taken++;
    }
    expect(taken).toBeLessThan(count / 4);
    child.kill();
    child.stdout.resume();
    await ended;
  });
});

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}
