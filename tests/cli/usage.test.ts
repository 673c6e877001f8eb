import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copydesk } from '../support/cli.ts';
import { folders } from '../support/folders.ts';

const folder = folders();

describe('usage', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['publish']],
    ['an unknown option', ['ingest', 'tests/samples', '--archive', 'x', '--fast']],
    ['ingest without --archive', ['ingest', 'tests/samples']],
    ['ingest of nothing', ['ingest', '--archive', 'x']],
    ['ingest of a path that is not there', ['ingest', 'tests/samples/nothing.txt', '--archive', 'x']],
    ['ingest of the archive itself', ['ingest', 'tests/samples', '--archive', 'tests/samples/']],
    ['a script that is none', ['ingest', 'tests/samples', '--archive', 'x', '--scripts', 'zh-Hans,zh-CN']],
    ['no scripts', ['ingest', 'tests/samples', '--archive', 'x', '--scripts', '']],
    ['a format that is none', ['ingest', 'tests/samples', '--archive', 'x', '--formats', 'pdf']],
    ['a rule that is none', ['ingest', 'tests/samples', '--archive', 'x', '--without', 'no-rule']],
    ['--jobs 0', ['ingest', 'tests/samples', '--archive', 'x', '--jobs', '0']],
    ['--jobs 1.5', ['ingest', 'tests/samples', '--archive', 'x', '--jobs', '1.5']],
    ['--jobs many', ['normalize', '--jsonl', '--jobs', 'many']],
    ['--watch on a file', ['ingest', 'tests/samples/seed.txt', '--archive', 'x', '--watch']],
    ['a bucket without a name', ['ingest', 's3://', '--archive', 'x']],
    ['normalize of a file that is not there', ['normalize', 'tests/samples/nothing.txt']],
    ['normalize of a folder', ['normalize', 'tests/samples']],
    ['normalize --jsonl of a file that is not there', ['normalize', '--jsonl', 'tests/samples/nothing.jsonl']],
    ['the same with --jobs 3', ['normalize', '--jsonl', '--jobs', '3', 'tests/samples/nothing.jsonl']],
    ['normalize --jsonl of a folder', ['normalize', '--jsonl', 'tests/samples']],
    ['normalize to a format that is none', ['normalize', 'tests/samples/seed.txt', '--format', 'pdf']],
    ['normalize to a script that is none', ['normalize', 'tests/samples/seed.txt', '--script', 'zh']],
    ['reconstruct of a folder that is no article', ['reconstruct', 'tests/samples']],
    ['reconstruct of a folder that is not there', ['reconstruct', 'tests/nothing']],
    ['verify of a folder that is not there', ['verify', 'tests/nothing']],
    ['verify of a file', ['verify', 'tests/samples/seed.txt']],
    ['invoke of an event that is not there', ['invoke', 'events/nothing.json', '--archive', 'x']],
    ['invoke of what is no JSON', ['invoke', 'tests/samples/seed.txt', '--archive', 'x']],
    ['invoke without an archive', ['invoke', 'events/s3-put.json']],
  ])('exits with 2 and says why on stderr alone: %s', async (_, args) => {
    // An archive x that came to be by mistake lies in a folder of the test.
    const x = join(await folder(), 'x');
    const { code, stdout, stderr } = await copydesk(args.map((one) => (one === 'x' ? x : one)));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).not.toBe('');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it.each([['--help'], ['ingest', '--help'], ['help', 'normalize'], ['--version']])(
    'exits with 0 and answers on stdout: %s',
    async (...args) => {
      const { code, stdout, stderr } = await copydesk(args);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout).not.toBe('');
    },
  );
});
