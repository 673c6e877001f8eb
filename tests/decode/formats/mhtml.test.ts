import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../src/decode/charset.ts';
import { FormatError, type Reading } from '../../../src/decode/formats/format.ts';
import { readMhtml } from '../../../src/decode/formats/mhtml.ts';
import { textOf } from '../../../src/decode/formats/pieces.ts';
import { readerOf } from '../../../src/decode/formats/readers.ts';
import { sniffText } from '../../../src/decode/formats/sniff.ts';
import { applyLayers } from '../../../src/text/edit.ts';

const folder = new URL('../../formats/mhtml/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.mhtml'));

function decoded(bytes: Uint8Array): string {
  const { raw, layers } = decodeBytes(bytes);
  return applyLayers(raw, layers);
}

async function read(bytes: Uint8Array): Promise<Reading> {
  const nest = { readerOf, level: 0, budget: { left: 1e6 } };
  return await readMhtml({ bytes, text: decoded(bytes), maxUnpacked: 1e6, maxDepth: 400 }, nest);
}

async function textIn(bytes: Uint8Array): Promise<string> {
  return (await read(bytes)).articles.map(({ pieces }) => textOf(pieces)).join('\n');
}

const title = '青石镇万亩茶园开采';
const lines = [
  '6月10日，青石镇万亩高山茶园迎来夏茶采摘季，三千多户茶农忙着采茶、制茶，镇上的收购点从清晨排起了长队。',
  '“今年的夏茶比去年早了一周，品质也更好。”茶农张大山说，镇里去年修通了进山公路，运茶的时间缩短了一半。',
];
const article = [title, ...lines].join('\n');

function page(charset: string, body = `<h1>${title}</h1>${lines.map((line) => `<p>${line}</p>`).join('')}`): string {
  return `<html><head><meta charset="${charset}"><title>${title}-山城新闻网</title></head><body><div>${body}</div></body></html>`;
}

function part(type: string, content: Uint8Array, headers = ''): string {
  return `Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n${headers}\r\n${Buffer.from(content).toString('base64').replaceAll(/.{76}/g, '$&\r\n')}\r\n`;
}

function saved(parts: readonly string[], parameters = ''): Buffer {
  const head = `From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.shancheng.example/1.html\r\nSubject: x\r\nDate: Mon, 11 Jun 2018 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="--b----"${parameters}\r\n\r\n\r\n`;
  return Buffer.from(`${head}${parts.map((one) => `----b----\r\n${one}`).join('')}----b------\r\n`);
}

describe('files of browsers', () => {
  it.each(names)('reads %s', async (name) => {
    const bytes = readFileSync(new URL(name, folder));
    expect(sniffText(decoded(bytes))).toBe('mhtml');
    expect(`${await textIn(bytes)}\n`).toBe(readFileSync(new URL(name.replace(/mhtml$/, 'txt'), folder), 'utf8'));
  });

  it('takes what the page says of itself, not the day it was saved', async () => {
    const chromium = await read(readFileSync(new URL('chromium.mhtml', folder)));
    expect(chromium.articles[0]?.evidence).toMatchObject({ published: '2018-06-12', time: '08:30:00' });
    expect(chromium.articles[0]?.pieces.some(({ start }) => start !== undefined)).toBe(false);
    expect(chromium.articles[0]?.pieces.filter(({ kind }) => kind !== undefined).map(({ kind }) => kind)).toEqual(['headline', 'caption']);
    expect((await read(readFileSync(new URL('ie.mhtml', folder)))).articles[0]?.evidence.published).toBeUndefined();
  });
});

describe('the page', () => {
  it('is in the charset that it is in, whatever it says', async () => {
    for (const [declared, real] of [
      ['gb2312', 'gb18030'],
      ['utf-8', 'utf-8'],
      ['gb2312', 'utf-8'],
      ['utf-8', 'gbk'],
    ] as const) {
      const content = iconv.encode(page(declared), real);
      expect(await textIn(saved([part('text/html', content)]))).toBe(article);
      expect(await textIn(saved([part(`text/html; charset=${declared}`, content)]))).toBe(article);
    }
    const styled = page('gbk').replace('<title>', `<style>${'p { margin: 0 }\n'.repeat(900)}</style><title>`);
    expect(await textIn(saved([part('text/html', iconv.encode(styled, 'gbk'))]))).toBe(article);
  });

  it('is the part that the file names, else the first of HTML', async () => {
    const frame = part(
      'text/html',
      Buffer.from(page('utf-8', '<p>广告：本店茶叶大减价，欢迎各位新老顾客前来选购，电话订购另有优惠。</p>')),
    );
    const main = part('text/html', Buffer.from(page('utf-8')), 'Content-ID: <main@mhtml.blink>\r\n');
    const css = part('text/css', Buffer.from('p { color: red }'));
    expect(await textIn(saved([css, main, frame]))).toBe(article);
    expect(await textIn(saved([frame, css, main], ';\r\n\tstart="<main@mhtml.blink>"'))).toBe(article);
    const frames = part('text/html', Buffer.from('<html><frameset cols="1,1"><frame src="cid:main"></frameset></html>'));
    expect(await textIn(saved([frames, main]))).toBe(article);
    expect(await textIn(Buffer.from(`MIME-Version: 1.0\r\n${part('text/html', Buffer.from(page('utf-8')))}`))).toBe(article);
  });

  it('is none in a file of pictures', async () => {
    expect(await read(saved([part('image/png', Buffer.from('x'))]))).toEqual({ articles: [], messages: [] });
    expect(await read(Buffer.from(''))).toEqual({ articles: [], messages: [] });
  });
});

describe('any bytes', () => {
  it('give a reading or a FormatError', async () => {
    const valid = [...names.map((name) => readFileSync(new URL(name, folder))), saved([part('text/html', Buffer.from(page('utf-8')))])];
    const mutation = fc.record({
      bytes: fc.constantFrom(...valid),
      flips: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
      from: fc.nat(),
      to: fc.nat(),
      isCut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ bytes, flips, from, to, isCut }) => {
        const [start = 0, end = 0] = [from % bytes.length, to % bytes.length].sort((a, b) => a - b);
        const mutated = isCut
          ? Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
          : Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)]);
        for (const [at, byte] of flips) mutated[at % mutated.length] = byte;
        try {
          await read(mutated);
        } catch (error) {
          if (!(error instanceof FormatError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
