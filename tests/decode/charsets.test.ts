/**
 * The charsets of Chinese. The bytes of charsets.json were made with Python's codecs (GB, Big5, HKSCS, HZ, UTF), the C library's iconv (EUC-TW,
 * ISO-2022-CN) and uao-js (UAO), not with the decoder here.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from '../../src/decode/charset.ts';
import { decode } from '../../src/decode/index.ts';
import { normalize } from '../../src/normalize.ts';
import { reconstruct } from '../../src/reconstruct.ts';
import { undoLayers } from '../../src/text/edit.ts';
import fixtures from './charsets.json' with { type: 'json' };

const texts: Readonly<Record<string, string>> = fixtures.texts;
const cases = fixtures.cases.map(({ name, text, base64 }) => [name, texts[text] ?? '', Buffer.from(base64, 'base64')] as const);
/** What a reading is called where it is not by its own name. */
const charsets: Readonly<Record<string, string>> = {
  gbk: 'gb18030',
  gb2312: 'gb18030',
  // Nothing in the bytes tells plain Big5 from its extensions.
  big5: 'big5-hkscs',
  // Escapes can be written in more than one way, so that the bytes are carried.
  hz: 'latin1',
  'iso-2022-cn': 'latin1',
  'iso-2022-cn, CNS': 'latin1',
  'utf-16le with a mark': 'utf-16le',
  'utf-32le with a mark': 'utf-32le',
};

describe.each(cases)('%s', (name, text, bytes) => {
  it('is read whole, and written back to the byte', () => {
    const decoded = decode(bytes);
    expect(decoded.text).toBe(text);
    expect(decoded.charset).toBe(charsets[name] ?? name);
    expect(decoded.bom).toBe(name.includes('mark'));
    expect(decoded.refusal).toBeUndefined();
    expect(bytes.equals(Buffer.from(encode(undoLayers(decoded.text, decoded.layers), decoded.charset, decoded.bom)))).toBe(true);
  });

  it('is read when it is cut anywhere, and still written back to the byte', () => {
    const wide = name.startsWith('utf-32') ? 160 : 90;
    let read = 0;
    let all = 0;
    for (let start = 8; start + wide < bytes.length; start += 7) {
      const cut = bytes.subarray(start, start + wide);
      const { text: found, layers, charset, bom } = decode(cut);
      expect(Buffer.from(encode(undoLayers(found, layers), charset, bom)).equals(cut)).toBe(true);
      // Without what stands for the halves of characters at both ends.
      const inner = [...found].slice(4, -4).join('');
      all++;
      if (text.includes(inner)) read++;
    }
    expect(read / all).toBeGreaterThanOrEqual(floors[name] ?? 0.97);
  });

  it('gives the raw bytes back from its Result', () => {
    const { text: clean, ledger, source } = normalize(bytes);
    expect(Buffer.compare(Buffer.from(reconstruct(clean, ledger.layers, source)), bytes)).toBe(0);
    expect(source.lossless).toBe(true);
  });
});

/** Where a cut takes the escapes away, what is left of a line is told by its look alone. */
const floors: Readonly<Record<string, number>> = { hz: 0.8, 'iso-2022-cn': 0.6, 'iso-2022-cn, CNS': 0.6 };

describe('any bytes', () => {
  it('come back from what was read of them', () => {
    const parts = [
      ...cases.map(([, , bytes]) => fc.nat(bytes.length).map((at) => bytes.subarray(at, at + 40))),
      fc.uint8Array({ maxLength: 40 }),
    ];
    fc.assert(
      fc.property(fc.array(fc.oneof(...parts), { maxLength: 5 }), (list) => {
        const bytes = Buffer.concat(list);
        if (bytes.length === 0) return;
        const { text, layers, charset, bom, lossless } = decode(bytes);
        expect(lossless).toBe(true);
        expect(Buffer.from(encode(undoLayers(text, layers), charset, bom)).equals(bytes)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('tells the charset of a page behind a long head, whatever the head declares', async () => {
    const iconv = (await import('iconv-lite')).default;
    const script = `<script>${'var page = { id: 1, next: 2 };\n'.repeat(600)}</script>`;
    for (const [charset, declared] of [
      ['gbk', 'gb2312'],
      ['gbk', 'utf-8'],
      ['big5', 'big5'],
    ] as const) {
      const body = charset === 'big5' ? '縣府今天宣布新圖書館下週啟用，歡迎民眾參觀。' : '县政府今天宣布新图书馆下周启用，欢迎市民参观。';
      const page = iconv.encode(`<html><head><meta charset="${declared}">${script}</head><body><p>${body}</p></body></html>`, charset);
      expect(decode(page).text).toBe(body);
    }
  });

  it('takes what a file was sent as for evidence: it decides between readings that are alike, and is overruled where it is wrong', async () => {
    const iconv = (await import('iconv-lite')).default;
    const text = '县政府今天宣布新图书馆下周启用，欢迎市民参观。';
    for (const contentType of ['text/plain; charset=gbk', 'text/plain; charset=big5', 'text/plain; charset=nonsense', 'text/plain']) {
      expect(decode(iconv.encode(text, 'gbk'), { contentType }).text).toBe(text);
    }
  });
});
