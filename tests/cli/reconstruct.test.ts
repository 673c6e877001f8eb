import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ledgerName, sourceTextName } from '../../src/archive.ts';
import { folderStore } from '../../src/stores/folder.ts';
import { sample } from '../support/articles.ts';
import { copydesk } from '../support/cli.ts';
import { folders } from '../support/folders.ts';
import { keysOf } from '../support/tree.ts';

const folder = folders();

const raws: Readonly<Record<string, Buffer>> = {
  'a noisy file': sample('seed'),
  'UTF-8 with BOM and CRLF': Buffer.from(`\ufeff${sample('hans-noise').toString().replaceAll('\n', '\r\n')}`),
  'UTF-16LE with BOM': Buffer.from(`\ufeff${sample('hans-clean').toString()}`, 'utf16le'),
  'UTF-16BE with BOM': Buffer.from(`\ufeff${sample('hant-tw-clean').toString()}`, 'utf16le').swap16(),
  'damaged UTF-8': Buffer.concat([sample('hant-naive'), Buffer.from([0xe6, 0x96, 0xff, 0x0a])]),
};

async function articleOf(raw: Uint8Array): Promise<string> {
  const place = await folder({ 'in/a.txt': raw });
  await copydesk(['ingest', join(place, 'in'), '--archive', join(place, 'archive')]);
  const [record = ''] = await keysOf(folderStore(join(place, 'archive')), 'articles/');
  return join(place, 'archive', record, '..');
}

describe('reconstruct', () => {
  it.each(Object.entries(raws))('rebuilds the raw bytes of %s', async (_, raw) => {
    const article = await articleOf(raw);
    const output = join(await folder(), '原文.txt');
    const { code, stdout, stderr } = await copydesk(['reconstruct', article, '-o', output]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`: ${raw.length} bytes, SHA-256 [0-9a-f]{64}, as the source\\n$`));
    expect(await readFile(output)).toEqual(raw);
  });

  it("says that the bytes are the source's without writing them where no -o is given", async () => {
    const { code, stdout } = await copydesk(['reconstruct', await articleOf(sample('seed'))]);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/: 5033 bytes, SHA-256 b72c412e\w+, as the source\n$/)]);
  });

  it('gives the extracted text of a Word file, at which its ledger begins, and says so; verify finds nothing', async () => {
    const raw = await readFile(new URL('../formats/same/article.docx', import.meta.url));
    const article = await articleOf(raw);
    const { code, stdout } = await copydesk(['reconstruct', article]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('extracted from the docx file')]);
    const text = (await copydesk(['reconstruct', article, '-o', '-'])).stdout;
    expect(text.split('\n')[0]).toBe('云岭县高山茶园迎来采摘季');
    expect((await copydesk(['verify', join(article, '../../..')])).code).toBe(0);
  });

  it('needs source.txt and ledger.json alone', async () => {
    const article = await articleOf(sample('seed'));
    const [source, ledger] = await Promise.all([readFile(join(article, sourceTextName)), readFile(join(article, ledgerName))]);
    const alone = await folder({ [sourceTextName]: source, [ledgerName]: ledger });
    expect((await copydesk(['reconstruct', alone, '-o', '-'])).stdoutBytes).toEqual(sample('seed'));
  });

  describe('of a changed article', () => {
    let article = '';
    beforeAll(async () => {
      article = await articleOf(sample('seed'));
    });

    async function changed(name: string, change: (text: string) => string): Promise<string> {
      const other = join(await folder(), 'article');
      await cp(article, other, { recursive: true });
      const before = await readFile(join(other, name), 'utf8');
      expect(change(before)).not.toBe(before);
      await writeFile(join(other, name), change(before));
      return other;
    }

    it.each([
      ['the first character of the text', sourceTextName, (text: string) => `王${text.slice(1)}`],
      ['the last character of the text', sourceTextName, (text: string) => `${text.slice(0, -1)}。`],
      ['a line feed at the end of the text', sourceTextName, (text: string) => `${text}\n`],
      ['an inserted text', ledgerName, (text: string) => text.replace('"removed": "(che)"', '"removed": "(chee)"')],
      ['a place', ledgerName, (text: string) => text.replace(/"at": 1(\d+)/, '"at": 2$1')],
      ['the charset', ledgerName, (text: string) => text.replace('"utf-8"', '"utf-16le"')],
      ['the byte order mark', ledgerName, (text: string) => text.replace('"bom": false', '"bom": true')],
      ['the SHA-256', ledgerName, (text: string) => text.replace('"sha256": "b7', '"sha256": "b8')],
      ['the end of the ledger, cut off', ledgerName, (text: string) => text.slice(0, -100)],
      ['all of the ledger', ledgerName, () => '{}'],
    ])('exits with 1, writes nothing and says so without a stack: %s', async (_, name, change) => {
      const other = await changed(name, change);
      const output = join(other, '..', 'raw');
      const { code, stdout, stderr } = await copydesk(['reconstruct', other, '-o', output]);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).not.toBe('');
      expect(stderr).not.toMatch(/^\s+at /m);
      await expect(readFile(output)).rejects.toThrow(/ENOENT/);
    });

    it('exits with 1 for a flipped bit anywhere in source.txt', async () => {
      const bytes = await readFile(join(article, sourceTextName));
      const alone = await folder({ [ledgerName]: await readFile(join(article, ledgerName)) });
      for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 6)) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        await writeFile(join(alone, sourceTextName), flipped);
        expect((await copydesk(['reconstruct', alone])).code, `byte ${at}`).toBe(1);
      }
    });
  });
});
