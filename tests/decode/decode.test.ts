import { describe, expect, it } from 'vitest';
import { decodeBytes, encode } from '../../src/decode/charset.ts';
import { decode } from '../../src/decode/index.ts';

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('decode', () => {
  it.each([
    ['utf-8', bytes('标题'), { charset: 'utf-8', bom: false, text: '标题' }],
    ['utf-8 with BOM', bytes([0xef, 0xbb, 0xbf], '标题'), { charset: 'utf-8', bom: true, text: '标题' }],
    ['utf-16le with BOM', bytes([0xff, 0xfe], [0x07, 0x68, 0x98, 0x98]), { charset: 'utf-16le', bom: true, text: '标题' }],
    ['utf-16be with BOM', bytes([0xfe, 0xff], [0x68, 0x07, 0x98, 0x98]), { charset: 'utf-16be', bom: true, text: '标题' }],
  ])('reads %s', (_, raw, expected) => {
    expect(decode(raw)).toMatchObject(expected);
    expect(decode(raw).refusal).toBeUndefined();
  });

  it.each([
    ['UTF-8 read as Latin-1', Buffer.from('全市春耕生产全面展开，农技人员下田指导。').toString('latin1')],
    ['percent-encoding', encodeURIComponent('全市春耕生产全面展开')],
    ['escapes', '\\u5168\\u5e02\\u6625\\u8015\\u751f\\u4ea7'],
  ])('takes Chinese that hides behind %s', (_, text) => {
    expect(decode(Buffer.from(text)).refusal).toBeUndefined();
  });

  it('keeps undecodable bytes in the ledger, reads them as U+FFFD and says where they are', () => {
    const raw = bytes('标题', [0xe6, 0xa0], '正文要长过坏处', [0xff]);
    const decoded = decode(raw);
    expect(decoded).toMatchObject({ charset: 'latin1', text: '标题\ufffd\ufffd正文要长过坏处\ufffd' });
    expect(decoded.layers).toMatchObject([{ stage: 'decode', rule: 'utf-8' }]);
    expect(decoded.messages[0]?.reason).toContain('2 at 6, 1 at 29');
  });

  it('reads a lone surrogate of a UTF-16 file as U+FFFD, with the surrogate in the ledger', () => {
    const decoded = decode(bytes([0xff, 0xfe, 0x07, 0x68, 0x00, 0xd8, 0x98, 0x98]));
    expect(decoded.text).toBe('标\ufffd题');
    expect(decoded.layers).toEqual([
      { stage: 'decode', rule: 'lone-surrogate', edits: [{ at: 1, removed: '\ud800', inserted: '\ufffd' }] },
    ]);
  });

  it.each([
    ['no bytes', bytes(), 'empty'],
    ['a BOM alone', bytes([0xef, 0xbb, 0xbf]), 'empty'],
    ['a PNG', bytes([0x89], 'PNG\r\n\x1a\n'), 'binary'],
    ['a legacy Word file', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'unsupported-format'],
    ['a RAR archive', bytes('Rar!', [0x1a, 7, 0]), 'unsupported-format'],
    ['NUL bytes', bytes('标题', [0, 0]), 'binary'],
    ['bytes of no charset', bytes([0xff, 0xfd, 0xf9, 0xff, 0x81, 0xff, 0xfc, 0xff, 0xfb]), 'undecodable'],
    ['a web page without text', bytes('<!DOCTYPE html><html><body><img src="a.png"></body></html>'), 'no-text'],
    ['space and marks', bytes('  \n。，1234 !\n'), 'no-text'],
    ['English', bytes('The quick brown fox jumps over the lazy dog.'), 'not-chinese'],
    ['Japanese', bytes('これは日本語の文章です。東京都内で開かれた会議について。'), 'not-chinese'],
    ['Korean', bytes('이것은 한국어 문장입니다. 서울에서 열린 회의.'), 'not-chinese'],
  ])('refuses %s as %s, with the bytes kept', (_, raw, code) => {
    const decoded = decode(raw);
    expect(decoded.refusal?.code).toBe(code);
    expect(decoded.refusal?.message).toMatch(/\w+ \w+/);
    expect(decoded.lossless).toBe(true);
  });

  it('refuses what is larger than the limit without reading it', () => {
    expect(decode(bytes('标题标题'), { maxBytes: 8 })).toMatchObject({ refusal: { code: 'too-large' }, lossless: false, text: '' });
  });

  it.each([
    [
      'a Japanese title quoted in a Chinese article',
      '他翻译的《ノルウェイの森》在国内出版，读者众多，评论界也给予了很高的评价，各地书店均有销售，销量一直很好。',
    ],
    ['much English', '苹果公司CEO Tim Cook在WWDC大会上发布了iOS和macOS新版本。'],
  ])('takes %s', (_, text) => {
    expect(decode(bytes(text)).refusal).toBeUndefined();
  });
});

describe('encode', () => {
  it('refuses what the charset cannot hold', () => {
    expect(() => encode('标', 'latin1', false)).toThrow(/latin1/);
    expect(() => encode('\ud800', 'utf-8', false)).toThrow(/surrogate/);
  });

  it('is the inverse of decodeBytes for every two-byte sequence', () => {
    for (let first = 0; first < 256; first += 3) {
      for (let second = 0; second < 256; second++) {
        const raw = Buffer.from([first, second, 0x41]);
        const { raw: text, charset, bom } = decodeBytes(raw);
        expect(Buffer.compare(encode(text, charset, bom), raw)).toBe(0);
      }
    }
  });
});
