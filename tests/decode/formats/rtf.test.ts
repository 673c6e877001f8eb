import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../src/decode/charset.ts';
import { FormatError, type Input, type Reading } from '../../../src/decode/formats/format.ts';
import { textOf } from '../../../src/decode/formats/pieces.ts';
import { readRtf } from '../../../src/decode/formats/rtf.ts';
import { applyLayers } from '../../../src/text/edit.ts';
import { nest } from '../../support/nest.ts';

const folder = new URL('../../formats/rtf/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.rtf'));

function inputOf(bytes: Uint8Array, maxDepth = 400): Input {
  const decoded = decodeBytes(bytes);
  return { bytes, text: applyLayers(decoded.raw, decoded.layers), maxUnpacked: 1e6, maxDepth };
}

async function read(rtf: string | Uint8Array, maxDepth?: number): Promise<Reading> {
  return await readRtf(inputOf(typeof rtf === 'string' ? Buffer.from(rtf, 'latin1') : rtf, maxDepth), nest());
}

async function textIn(rtf: string | Uint8Array): Promise<string> {
  return textOf((await read(rtf)).articles.flatMap(({ pieces }) => pieces));
}

async function kindsIn(rtf: string): Promise<(string | undefined)[]> {
  const [article] = (await read(rtf)).articles;
  const starts = article?.pieces.filter((_, index, all) => index === 0 || all[index - 1]?.text === '\n') ?? [];
  return starts.map(({ kind }) => kind);
}

const fonts =
  '{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}{\\f1\\fnil\\fcharset134 SimSun;}{\\f2\\fnil\\fcharset136 MingLiU;}' +
  '{\\f3\\fnil\\fcharset128 MS Mincho;}{\\f4\\fnil\\fcharset2 Symbol;}{\\f5\\fnil\\fcharset204 Arial CYR;}{\\f6\\fnil\\cpg65001 X;}}';
const styles =
  '{\\stylesheet{\\ql Normal;}{\\s1\\outlinelevel0 heading 1;}{\\s2\\outlinelevel1 heading 2;}{\\s3 Title;}' +
  "{\\s4 \\f1\\'b1\\'ea\\'cc\\'e2 1;}{\\s5\\sbasedon2 \\u31456\\'d5\\u33410\\'bd;}{\\s6 \\f1\\'cc\\'e2\\'d7\\'a2;}{\\s7\\sbasedon7 loop;}{\\*\\cs10 heading 3;}}";

/** A document with these tables; `\uc1`, code page 936. */
function rtf(body: string, page = 936): string {
  return `{\\rtf1\\ansi\\ansicpg${page}\\deff0${fonts}${styles}${body}}`;
}

function u(text: string, fallback = '?'): string {
  return Array.from({ length: text.length }, (_, unit) => `\\u${(text.charCodeAt(unit) << 16) >> 16}${fallback}`).join('');
}

describe('files of writers', () => {
  it.each(names)('reads %s', async (name) => {
    const bytes = readFileSync(new URL(name, folder));
    expect(`${await textIn(bytes)}\n`).toBe(readFileSync(new URL(name.replace(/rtf$/, 'txt'), folder), 'utf8'));
  });

  it('takes the title of the properties as evidence, in Unicode where it is given twice', async () => {
    const [article] = (await read(readFileSync(new URL('word-styles.rtf', folder)))).articles;
    expect(article?.evidence).toEqual({ title: '河口镇新桥通车 三千村民告别摆渡' });
    expect(article?.pieces.flatMap(({ kind }) => kind ?? [])).toEqual(['headline', 'crosshead', 'listItem', 'listItem', 'caption']);
    const given = rtf(`{\\info{\\upr{\\title ??}{\\*\\ud{\\title ${u('新桥')}}}}{\\author ${u('值班')}}}${u('正文')}`);
    expect((await read(given)).articles[0]?.evidence).toEqual({ title: '新桥' });
    expect(await textIn(given)).toBe('正文');
  });
});

describe('bytes', () => {
  it.each([
    ['GBK', "\\f1 \\'d0\\'c2\\'ce\\'c5", '新闻'],
    ['a trail byte as a character', "\\f1 \\'81@\\'82z", '丂倆'],
    ['a trail byte as an escaped character', "\\f2 \\'b3\\\\\\'a5\\\\\\'bb\\\\", '許功蓋'],
    ['half of a character before text', "\\f1 \\'d0 A\\'c2", '\ufffd A\ufffd'],
    ['Big5 and its extension of Hong Kong', "\\f2 \\'b7s\\'bb\\'44\\'fb\\'48", '新聞嘅'],
    ['Shift-JIS', "\\f3 \\'93\\'fa\\'83A\\'b1", '日アｱ'],
    ['Cyrillic', "\\f5 \\'cc\\'e8\\'f0", 'Мир'],
    ['UTF-8', "\\f6 \\'e6\\'96\\'b0", '新'],
    ['a Western font in a Chinese document', "\\f0 \\'d0\\'c2caf\\'e9s", '新cafés'],
    ['a sign of a font of symbols', "\\f4 \\'b7\\'6c\\f1 \\'d0\\'c2", '•新'],
    ['broken over lines', "\\f1 \\'d0\r\n\\'c2\r\n\\'ce\\'c5", '新闻'],
    ['East Asian text by its own font', "\\loch\\af0\\hich\\af0\\dbch\\af1 \\'d0\\'c2\\loch\\af0 \\'93", '新“'],
    ['controls', "\\f1 \\'d0\\'c2\\'09\\'00A\\'0d\\'0a\\'ce\\'c5\x00\x01", '新\tA\n闻'],
  ])('reads %s', async (name, body, text) => {
    expect(await textIn(rtf(body, name.startsWith('East') ? 1252 : 936))).toBe(text);
  });

  it('takes the code page of the document for fonts that name none', async () => {
    expect(await textIn("{\\rtf1\\ansi\\ansicpg950 \\'b7s\\'bbD}")).toBe('新聞');
    expect(await textIn("{\\rtf1\\ansi{\\fonttbl\\f0\\fcharset134 SimSun;}\\f0 \\'d0\\'c2}")).toBe('新');
    expect(await textIn("{\\rtf1\\ansi\\deff1{\\fonttbl{\\f1\\fcharset134 SimSun;}} \\'d0\\'c2\\plain\\'ce\\'c5}")).toBe('新闻');
    expect(await textIn("{\\rtf1\\mac \\'8e}")).toBe('é');
    expect(await textIn("{\\rtf1\\ansi \\'93A\\'94}")).toBe('“A”');
  });

  it('reads bytes of eight bits, though they were not told to be Chinese', async () => {
    const text = '河口镇新桥昨日通车，丂先生说：“好。”';
    const gbk = Buffer.concat([
      Buffer.from(`{\\rtf1\\ansi\\ansicpg936${fonts}{\\stylesheet${'{\\s8 style;}'.repeat(800)}}\\f1 `),
      Buffer.from("\\'ba\\'d3", 'latin1'),
      Buffer.from('bfdad5f2d0c2c7c5d7f2c8d5cda8b3b5a3ac8140cfc8c9facbb5a3baa1b0bac3a1a3a1b1', 'hex'),
      Buffer.from('\\par}'),
    ]);
    const reading = await read(gbk);
    expect(textOf(reading.articles[0]?.pieces ?? [])).toBe(text);
    expect(await textIn(Buffer.from(rtf(text), 'utf8'))).toBe(text);
  });
});

describe('\\u', () => {
  it.each([
    ['negative numbers and pairs', `${u('，𠮷😀')}`, '，𠮷😀'],
    ['fallbacks of no, one and two characters', `\\uc0\\u26032 {\\uc2${u('闻', "\\'ce\\'c5")}}\\u26032 A`, '新闻新A'],
    ['fallbacks of two bytes as text', `\\uc2 ${u('新', "\\'81@")}A`, '新A'],
    ['a fallback that is a control word', '\\u8212\\emdash\\u8220\\ldblquote A', '—“A'],
    ['a fallback that was left out', '\\u26032\\u38395\\par A{\\u26032}B', '新闻\nA新B'],
    ['pairs around a change of the fallback', '\\uc0 \\u55357\\uc1 \\u56832?', '😀'],
    ['numbers above those of 16 bits', '\\u134071?\\u65292?', '𠮷，'],
    ['a fallback of bytes behind line breaks', "\\u26032\r\n\\'3f\r\nA", '新A'],
    ['half of a pair', '\\u55357?A', '\ufffdA'],
    ['signs of fonts of symbols', '\\u-3913 ?A', 'A'],
    ['numbers that are none', '\\u1114112?\\u?A\\u-99999?', 'A'],
  ])('reads %s', async (_, body, text) => {
    expect(await textIn(rtf(body))).toBe(text);
  });
});

describe('text', () => {
  it('knows breaks, tabs, dashes, quotation marks and escapes', async () => {
    expect(await textIn(rtf('A\\par B\\line C\\sect D\\page E\\\nF\\par\\par  \\par G\\column H\\softline I'))).toBe(
      'A\nB\nC\nD\nE\nF\nG\nH\nI',
    );
    expect(await textIn(rtf('A\\tab B\tC\\emdash\\endash\\lquote\\rquote\\ldblquote\\rdblquote\\bullet\\~\\_\\-\\{\\}\\\\D'))).toBe(
      'A\tB\tC—–‘’“”•\u00a0-{}\\D',
    );
  });

  it('keeps the space of Chinese typography at the ends of lines, no other', async () => {
    expect(await textIn(rtf(` \\tab${u('　　')} A \\par \\tab  \\par B`))).toBe('　　 A\nB');
  });

  it('leaves out what is hidden, deleted or not of the text', async () => {
    expect(await textIn(rtf('A{\\v B}{\\v\\v0 C}{\\deleted D}{\\v E\\plain F}\\v G\\v0 H{\\revised I}'))).toBe('ACFHI');
    const groups =
      '{\\*\\generator X;}{\\pict 00ff}{\\object{\\*\\objdata 01}{\\result X}}{\\header X\\par}{\\footerl X}{\\*\\unknown{\\b X}}{\\nonshppict X}' +
      '{\\*\\annotation X}{\\listtext 1.\\tab}{\\xe X}{\\colortbl;\\red0;}{\\*\\bkmkstart X}';
    expect(await textIn(rtf(`A${groups}B`))).toBe('AB');
    expect(await textIn(rtf('{\\field{\\*\\fldinst HYPERLINK "http://a.cn"}{\\fldrslt A}}{\\upr{X}{\\*\\ud B}}'))).toBe('AB');
  });

  it('skips binary data, whatever it holds', async () => {
    expect(await textIn(rtf('A{\\pict\\bin5 }}}{\\}B'))).toBe('AB');
    const raw = Buffer.from(rtf('A{\\pict\\bin6 \xd0\xc2}\xff{\xff}B\\f1 \xd0\xc2'), 'latin1');
    expect(await textIn(raw)).toBe('AB新');
    // A count that reaches behind the file is damage.
    expect(await textIn(rtf('A{\\pict\\bin99999 00}B'))).toBe('AB');
  });

  it('puts footnotes below the text', async () => {
    const body = 'A{\\super\\chftn{\\footnote{\\super\\chftn} X\\par Y}}B{\\super\\chftn{\\*\\footnote\\ftnalt\\chftn  Z}}\\par C';
    expect(await textIn(rtf(body))).toBe('A[1]B[2]\nC\n[1] X\nY\n[2] Z');
  });

  it('puts text boxes below their paragraph', async () => {
    const box = '{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv b}}{\\shptxt X\\par Y\\par}}{\\shprslt{\\*\\do{\\dptxbxtext X}}}}';
    expect(await textIn(rtf(`A${box}B\\par C{\\*\\do\\dobxpage{\\dptxbxtext Z\\par}}`))).toBe('AB\nX\nY\nC\nZ');
  });

  it('reads rows of tables, and layout by tables', async () => {
    const row = (...cells: string[]): string =>
      `\\trowd\\cellx1\\pard\\intbl ${cells.map((cell) => `{${cell}}\\cell `).join('')}\\row\\pard `;
    expect(await textIn(rtf(`A\\par ${row('B', 'C\\par')}${row('D', '', 'E', '')}F`))).toBe('A\nB\tC\nD\t\tE\nF');
    expect(await textIn(rtf(`${row('B', 'C\\par D')}${row('E')}`))).toBe('B\nC\nD\nE');
    expect(await textIn(rtf('A\\cell B\\cell C'))).toBe('A\nB\nC');
  });
});

describe('kinds', () => {
  it('tells headline and crossheads by styles', async () => {
    const body = `\\pard A\\par\\pard\\s1 B\\par\\pard C\\par\\pard\\s4 D\\par\\pard\\s5 E\\line F\\par\\pard\\s6 G\\par\\pard\\s3 H\\par`;
    expect(await kindsIn(rtf(body))).toEqual([undefined, 'headline', undefined, 'crosshead', 'crosshead', undefined, 'caption', undefined]);
    expect(await kindsIn(rtf('{\\pard\\s3 A\\par}{\\pard B\\par}{\\pard\\s2 C\\par}{\\pard\\s7 D\\par}'))).toEqual([
      'headline',
      undefined,
      'crosshead',
      undefined,
    ]);
  });

  it('tells them by levels of the outline', async () => {
    const body = '{\\pard\\outlinelevel0 A\\par}{\\pard\\outlinelevel9 B\\par}{\\pard\\outlinelevel1 C\\par}';
    expect(await kindsIn(rtf(body))).toEqual(['headline', undefined, 'crosshead']);
  });

  it('has no headline far below the top', async () => {
    expect(await kindsIn(rtf('A\\par B\\par C\\par D\\par\\pard\\s1 E\\par\\pard\\s2 F'))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'crosshead',
      'crosshead',
    ]);
  });

  it('tells items of lists', async () => {
    const body = '\\pard\\ls1{\\listtext 1.\\tab}A\\par\\pard{\\pntext\\bullet\\tab}B\\par\\pard\\ls0 C\\par\\pard D\\par\\pard\\ls1\\s2 E';
    expect(await kindsIn(rtf(body))).toEqual(['listItem', 'listItem', undefined, undefined, 'crosshead']);
  });
});

describe('places', () => {
  it('gives runs as they stand, and escapes with the text that they stand for', async () => {
    const source = rtf(`${u('新闻', '?')}Tencent\r\n QQ{\\b 3.0}\\emdash\\{\\'d0\\'c2\\'81@`);
    const [article] = (await read(source)).articles;
    expect(article?.pieces.map(({ text, start, end }) => [text, source.slice(start, end)])).toEqual([
      ['新闻', '\\u26032?\\u-27141?'],
      ['Tencent', 'Tencent'],
      [' QQ', ' QQ'],
      ['3.0', '3.0'],
      ['—', '\\emdash'],
      ['{', '{'],
      ['新丂', "\\'d0\\'c2\\'81@"],
    ]);
  });

  it('trims them with the text', async () => {
    const source = rtf('  AB  {C\\tab }\\par');
    const [article] = (await read(source)).articles;
    expect(article?.pieces.map(({ text, start, end }) => [text, source.slice(start, end)])).toEqual([
      ['AB  ', 'AB  '],
      ['C', 'C'],
    ]);
  });
});

describe('damage', () => {
  it('refuses groups that are nested too deep', async () => {
    await expect(read(rtf('{'.repeat(20)), 10)).rejects.toMatchObject({ name: 'FormatError', code: 'too-deep' });
    await expect(read('{'.repeat(1_000_000))).rejects.toMatchObject({ code: 'too-deep' });
  });

  it.each([
    ['cut in the midst of a byte', "A\\'d", 'Ad'],
    ['cut behind a backslash', 'A\\', 'A'],
    ['cut within a group', 'A{\\b B{\\i C', 'ABC'],
    ['a brace too many', 'A}}B{C}', 'ABC'],
    ['destinations without their braces', 'A\\header B\\pict C', 'ABC'],
    ['nothing', '', ''],
  ])('reads what was %s', async (_, body, text) => {
    expect(await textIn(`{\\rtf1\\ansi ${body}`)).toBe(text);
  });

  it('takes time in step with length', async () => {
    const started = performance.now();
    const long = rtf(
      `${u('新闻'.repeat(50_000))}${"\\'d0".repeat(50_001)}${'\\tab '.repeat(50_000)}${'{\\b  }'.repeat(50_000)}${' '.repeat(100_000)}A`,
    );
    expect((await textIn(long)).length).toBeGreaterThan(100_000);
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('gives a reading or a FormatError for any mutation, with pieces within the text', async () => {
    const files = names.map((name) => readFileSync(new URL(name, folder)));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.oneof(fc.nat(255), fc.constantFrom(...Array.from("{}\\u'*", (one) => one.charCodeAt(0))))), {
          maxLength: 12,
        }),
        fc.nat(),
        fc.nat(),
        async (file, flips, from, to) => {
          const bytes = Buffer.concat([file.subarray(0, from % file.length), file.subarray(to % file.length)]);
          for (const [at, byte] of flips) if (bytes.length > 0) bytes[at % bytes.length] = byte;
          const input = inputOf(bytes, 30);
          let reading: Reading;
          try {
            reading = await readRtf(input, nest());
          } catch (error) {
            if (error instanceof FormatError) return;
            throw error;
          }
          for (const { text, start, end } of reading.articles.flatMap(({ pieces }) => pieces)) {
            expect(text.isWellFormed()).toBe(true);
            if (start === undefined || end === undefined) expect(text).toMatch(/^[\n\t]$/);
            else expect(start >= 0 && start < end && end <= input.text.length).toBe(true);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});
