/** The command line on buckets: the same jobs, with the S3 endpoint of tests/support in place of folders. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Client } from '../src/stores/s3.ts';
import { startS3Server } from './support/s3-server.ts';

const cli = fileURLToPath(new URL('../dist/cli/copydesk.js', import.meta.url));
const samples = new URL('./samples/', import.meta.url);
let server: Awaited<ReturnType<typeof startS3Server>>;

beforeAll(async () => {
  server = await startS3Server({ buckets: ['raw', 'archive'], pageSize: 2 });
  const client = createS3Client(server.env);
  for (const name of readdirSync(samples)) {
    await client.send(
      new PutObjectCommand({ Bucket: 'raw', Key: `2018/05/31/要闻 1+1/${name}`, Body: readFileSync(new URL(name, samples)) }),
    );
  }
  await client.send(new PutObjectCommand({ Bucket: 'raw', Key: '2018/05/31/folder/', Body: '' }));
  await client.send(new PutObjectCommand({ Bucket: 'raw', Key: '2019/other.txt', Body: 'elsewhere' }));
});

afterAll(() => server.close());

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, ...server.env };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [cli, ...args], { env })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

describe('copydesk on buckets', () => {
  it('ingests a prefix into a prefix, and nothing twice', async () => {
    const first = await run('ingest', 's3://raw/2018/05', '--archive', 's3://archive/news', '--json');
    expect(first.code).toBe(0);
    const lines = first.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ status }) => status)).toEqual(readdirSync(samples).map(() => 'archived'));
    expect(lines[0].source).toBe(`raw/2018/05/31/要闻 1+1/${readdirSync(samples).sort()[0]}`);
    const keys = server.keys('archive');
    expect(keys.every((key) => key.startsWith('news/'))).toBe(true);
    const again = await run('ingest', 's3://raw/2018/05', '--archive', 's3://archive/news');
    expect(again.stdout).toMatch(/0 archived, 6 duplicate/);
    expect(server.keys('archive')).toEqual(keys);
  });

  it('verifies and reconstructs there', async () => {
    expect(await run('verify', 's3://archive/news')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^whole: 6 articles/) });
    const manifest = server.keys('archive').find((key) => key.endsWith('/manifest.json')) ?? '';
    const article = `s3://archive/${manifest.replace('/manifest.json', '')}`;
    expect(await run('reconstruct', article)).toMatchObject({ code: 0, stdout: expect.stringContaining('as the source') });
  });

  it('refuses a bucket that is its own archive, and watching a bucket', async () => {
    expect(await run('ingest', 's3://raw', '--archive', 's3://raw')).toMatchObject({ code: 2, stderr: expect.stringContaining('itself') });
    expect(await run('ingest', 's3://raw', '--archive', 's3://archive/x', '--watch')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--watch'),
    });
  });

  it('says what is wrong with a bucket that is not there', async () => {
    expect(await run('ingest', 's3://nowhere', '--archive', 's3://archive/x')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/bucket/i),
    });
  });
});
