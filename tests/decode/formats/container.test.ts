import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { describe, expect, it } from 'vitest';
import { normalize } from '../../../src/normalize.ts';

const one = '县文化馆新馆开放\n县文化馆新馆昨天开放，首日接待读者两千三百人次，馆内设有儿童阅览区和地方志展厅。';
const two = '夜市延长营业\n副馆长何静宜说，新馆每周开放六天，周一闭馆，夜间延长到九点，方便上班的人来看书。';
const read = (bytes: Uint8Array) => normalize(bytes, { scripts: [] });

/** Of one text, by the zstd program. */
const zstd =
  'KLUv/QRonQIAlATljr/mlofljJbppobmlrDppoblvIDmlL4K5pio5aSp77yM6aaW5pel5o6l5b6F6K+76ICF5Lik5Y2D5LiJ55m+5Lq65qyh44CCAgBCDSX25hiIreBL';

describe('containers', () => {
  it('reads the members of a ZIP, each an article, names what it left out, and says that the ledger begins at the text', () => {
    const zip = zipSync({
      'a/one.txt': strToU8(one),
      'two.html': strToU8(`<html><body><h1>夜市延长营业</h1><p>${two.split('\n')[1]}</p></body></html>`),
      'a.png': strToU8('\u0089PNG\r\n'),
      '__MACOSX/._one.txt': strToU8('x'),
      'raw.bin': new Uint8Array([0, 1, 2, 3, 0, 0, 0]),
    });
    const result = read(zip);
    expect(result).toMatchObject({ status: 'ok', source: { format: 'zip', lossless: false } });
    expect(result.text).toBe(`${one}\n${two}`);
    expect(result.articles).toHaveLength(2);
    expect(result.messages.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('raw.bin'));
  });

  it('reads a TAR, a TAR in gzip and a text in gzip', async () => {
    const tar = await packTar(
      [one, two].map((text, index) => ({
        header: { name: `${index}.txt`, size: Buffer.byteLength(text), type: 'file' as const },
        body: text,
      })),
    );
    for (const bytes of [tar, gzipSync(tar)]) expect(read(bytes).text).toBe(`${one}\n${two}`);
    expect(read(gzipSync(one)).text).toBe(one);
  });

  it('reads a text in Zstandard', () => {
    expect(read(Buffer.from(zstd, 'base64')).text).toBe('县文化馆新馆开放\n县文化馆新馆昨天开放，首日接待读者两千三百人次。');
  });

  it('refuses bombs, paths that lead out, and what is nested too deep', () => {
    const bomb = gzipSync(Buffer.alloc(80 * 1024 * 1024));
    expect(read(bomb).reason?.code).toBe('too-large');
    expect(read(zipSync({ 'a.txt': new Uint8Array(80 * 1024 * 1024) })).reason?.code).toBe('too-large');
    expect(read(zipSync({ '../a.txt': strToU8(one) })).reason?.code).toBe('unsafe-path');
    let nested = zipSync({ 'one.txt': strToU8(one) });
    for (let level = 0; level < 4; level++) nested = zipSync({ 'inner.zip': nested });
    expect(read(nested).reason?.code).toBe('too-deep');
  });

  it('refuses what is damaged or has nothing to read, and says what to do', () => {
    const cut = gzipSync(one).subarray(0, 60);
    expect(read(cut).reason).toMatchObject({ code: 'broken-format', message: expect.stringContaining('again') });
    expect(read(zipSync({})).reason?.code).toBe('no-text');
    expect(read(zipSync({ 'a.txt': strToU8('English only, and not a word of anything else here.') })).reason?.message).toContain('a.txt');
  });
});
