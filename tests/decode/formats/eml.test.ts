import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../src/decode/charset.ts';
import { readEml } from '../../../src/decode/formats/eml.ts';
import { FormatError, type Reading } from '../../../src/decode/formats/format.ts';
import { contentOf, type Part, parseMime } from '../../../src/decode/formats/mime.ts';
import { decodeWords, readField } from '../../../src/decode/formats/mime-header.ts';
import { decodeText } from '../../../src/decode/formats/mime-text.ts';
import { editsOf, textOf } from '../../../src/decode/formats/pieces.ts';
import { readerOf } from '../../../src/decode/formats/readers.ts';
import { apply, applyLayers, invert } from '../../../src/text/edit.ts';

const folder = new URL('../../formats/eml/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.eml'));

function decoded(bytes: Uint8Array): string {
  const { raw, layers } = decodeBytes(bytes);
  return applyLayers(raw, layers);
}

async function read(mail: string | Uint8Array, maxUnpacked = 1e6): Promise<Reading> {
  const bytes = typeof mail === 'string' ? Buffer.from(mail) : mail;
  const nest = { readerOf, level: 0, budget: { left: maxUnpacked } };
  return await readEml({ bytes, text: decoded(bytes), maxUnpacked, maxDepth: 400 }, nest);
}

async function textIn(mail: string | Uint8Array): Promise<string> {
  return textsOf(await read(mail)).join('\n');
}

function textsOf({ articles }: Reading): string[] {
  return articles.map(({ pieces }) => textOf(pieces));
}

async function refusal(mail: string | Uint8Array): Promise<string> {
  try {
    await read(mail);
  } catch (error) {
    if (error instanceof FormatError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'none';
}

const title = '青石镇万亩茶园开采';
const lines = [
  '6月10日，青石镇万亩高山茶园迎来夏茶采摘季，三千多户茶农忙着采茶、制茶，镇上的收购点从清晨排起了长队。',
  '“今年的夏茶比去年早了一周，品质也更好。”茶农张大山说，镇里去年修通了进山公路，运茶的时间缩短了一半。',
];
const article = [title, ...lines].join('\n');
const other = [
  '云溪村千年古树换新颜',
  '近日，云溪村村口的千年香樟树完成修复，村民们又能在树下乘凉、议事了。镇里请来林业专家制定方案，清腐、支撑、填土，前后用了四个月。',
].join('\n');

function word(text: string, charset = 'utf-8'): string {
  return `=?${charset}?B?${iconv.encode(text, charset).toString('base64')}?=`;
}

/** A mail with these headers over the usual ones. */
function mail(body: string, { subject = word(title), type = 'text/plain; charset=utf-8', more = '' } = {}): string {
  const headers = `From: ${word('青石镇融媒体中心')} <qs@shancheng.example>\nTo: desk@shancheng.example\nSubject: ${subject}\nDate: Mon, 11 Jun 2018 18:00:00 +0800\nMIME-Version: 1.0`;
  return `${headers}\nContent-Type: ${type}\n${more}\n${body}`;
}

function part(content: string | Uint8Array, headers: string): string {
  return `${headers}\nContent-Transfer-Encoding: base64\n\n${Buffer.from(content).toString('base64').replaceAll(/.{76}/g, '$&\n')}`;
}

function file(name: string, content: string | Uint8Array, type = 'application/octet-stream'): string {
  return part(content, `Content-Type: ${type}\nContent-Disposition: attachment; filename="${word(name)}"`);
}

function multipart(parts: readonly string[], subject = word(title), kind = 'mixed', boundary = '=_b'): string {
  const body = [...parts.map((one) => `--${boundary}\n${one}\n`), `--${boundary}--\n`].join('');
  return mail(body, { subject, type: `multipart/${kind}; boundary="${boundary}"` });
}

const plain = (text: string): string => part(text, 'Content-Type: text/plain; charset=utf-8');
const html = (text: string): string => part(text, 'Content-Type: text/html; charset=utf-8');
const jpeg = Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF\0', 'latin1');
const doc = Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0', 'latin1');

describe('files of mailers', () => {
  it.each(names)('reads %s', async (name) => {
    const bytes = readFileSync(new URL(name, folder));
    expect(`${await textIn(bytes)}\n`).toBe(readFileSync(new URL(name.replace(/eml$/, 'txt'), folder), 'utf8'));
  });

  it('takes the day at +08:00 and the subject as evidence, not the sender', async () => {
    const { articles, messages } = await read(readFileSync(new URL('foxmail-forward.eml', folder)));
    expect(articles.map(({ evidence }) => evidence)).toEqual([
      { published: '2018-06-12', time: '20:30:00', title: '河口镇新桥通车 两岸村民告别摆渡' },
    ]);
    expect(messages).toEqual([]);
  });

  it('names the articles by their files, and what it could not read', async () => {
    const { articles, messages } = await read(readFileSync(new URL('attachments.eml', folder)));
    expect(articles.map(({ name }) => name)).toEqual(['河口镇新桥通车（定稿）.txt', '云溪古树.html']);
    expect(messages.map(({ rule, severity }) => [rule, severity])).toEqual([['attachment', 'warning']]);
    expect(messages[0]?.reason).toMatch(/旧稿\.doc was left out: .*save it as \.docx/);
  });

  it('says where text stands that stands there as it is', async () => {
    const bytes = readFileSync(new URL('thunderbird-flowed.eml', folder));
    const [article] = (await read(bytes)).articles;
    expect(article?.pieces.filter(({ text }) => text !== '\n').every(({ start }) => start !== undefined)).toBe(true);
    const text = decoded(bytes);
    for (const { text: own, start, end } of article?.pieces ?? []) if (start !== undefined) expect(text.slice(start, end)).toBe(own);
  });
});

describe('charsets', () => {
  const hant =
    '青石鎮萬畝茶園開採\n茶農張大山說，鎮裡去年修通了進山公路，運茶的時間縮短了一半，今年夏茶比去年早了一周，品質也更好。鎮公所表示，將建設茶葉加工園區，開發茶飲料與茶食品。';
  const cases = [
    ['gb2312', 'gb18030', article],
    ['gbk', 'gbk', article],
    ['GB18030', 'gb18030', article],
    ['Big5', 'big5', hant],
    ['utf-8', 'utf-8', hant],
    ['gb2312', 'big5', hant],
    ['big5', 'gb18030', article],
    ['iso-8859-1', 'gb18030', article],
    ['us-ascii', 'utf-8', article],
    ['x-unknown', 'big5', hant],
    ['', 'gb18030', article],
  ] as const;

  it.each(cases)('reads what declares %s and is %s', async (declared, real, text) => {
    const bytes = iconv.encode(text, real);
    const type = declared === '' ? 'text/plain' : `text/plain; charset=${declared}`;
    const coded = mail(bytes.toString('base64'), { type, more: 'Content-Transfer-Encoding: base64\n' });
    expect(await textIn(coded)).toContain(text);
    const raw = Buffer.concat([Buffer.from(mail('', { type, more: 'Content-Transfer-Encoding: 8bit\n' })), bytes]);
    expect(await textIn(raw)).toContain(text);
    const quoted = [...bytes]
      .map((byte) => `=${byte.toString(16).padStart(2, '0').toUpperCase()}`)
      .join('')
      .replaceAll(/.{72}/g, '$&=\r\n');
    expect(await textIn(mail(quoted, { type, more: 'Content-Transfer-Encoding: quoted-printable\n' }))).toContain(text);
  });

  it('reads a page whose style sheet is longer than what is looked at to tell', () => {
    const page = `<style>${'p { margin: 0 }\n'.repeat(900)}</style><p>${article}`;
    for (const declared of [undefined, 'gb2312', 'iso-8859-1']) expect(decodeText(iconv.encode(page, 'gbk'), declared).text).toBe(page);
  });

  it('takes the declared charset of a few bytes', () => {
    for (const [label, charset, text] of [
      ['big5', 'big5', '見附件'],
      ['GBK', 'gbk', '见附件'],
      ['hz-gb-2312', '', '见附件'],
      ['iso-8859-1', 'latin1', 'Café Müller'],
    ] as const) {
      const bytes = charset === '' ? Buffer.from('~{<{8=<~~}') : iconv.encode(text, charset);
      expect(decodeText(bytes, label).text).toBe(text);
    }
  });

  it('says how many bytes stand for nothing', async () => {
    const bytes = Buffer.from(article);
    const broken = Buffer.concat([bytes.subarray(0, 40), bytes.subarray(41)]);
    const { messages } = await read(mail(broken.toString('base64'), { more: 'Content-Transfer-Encoding: base64\n' }));
    expect(messages.map(({ rule, severity }) => [rule, severity])).toEqual([['charset', 'warning']]);
  });

  it('reads a mail that was saved as UTF-16', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(mail(article), 'utf16le')]);
    expect(await textIn(bytes)).toBe(article);
  });
});

describe('headers', () => {
  it('joins words that cut a character in two', () => {
    const bytes = iconv.encode(title, 'gbk');
    const cut = [bytes.subarray(0, 7), bytes.subarray(7)].map((one) => `=?GB2312?B?${one.toString('base64')}?=`);
    expect(decodeWords(cut.join('\r\n '))).toBe(title);
    expect(decodeWords(`Fw: ${cut.join(' ')} (2)`)).toBe(`Fw: ${title} (2)`);
    expect(decodeWords('=?utf-8*zh-CN?Q?=E8=8C=B6_=E5=9B=AD?=')).toBe('茶 园');
    expect(decodeWords('a =? b ?= =?utf-8?x?y?= =?utf-8?B?')).toBe('a =? b ?= =?utf-8?x?y?= =?utf-8?B?');
  });

  it('reads parameters in parts, in charsets and in quotes', () => {
    const { value, parameters } = readField(
      `Attachment (a comment); filename*1*=%EE; filename*0*=gb18030'zh'%B2%E8%D4; title="a\\"b;c"; size=10; Size=11; flag`,
    );
    expect(value).toBe('attachment');
    expect(Object.fromEntries(parameters)).toEqual({ filename: '茶灶', title: 'a"b;c', size: '10' });
  });

  it.each([
    [`转发：${title}`, title],
    [`Re: Fw: 【投稿】${title}`, title],
    [`投稿：${title}`, title],
    [`投稿——《${title}》`, title],
    [`青石镇供稿：${title}`, title],
    [`[来稿] 投稿 ${title}`, title],
  ])('takes from %s the headline', async (subject, headline) => {
    const { articles } = await read(mail(lines.join('\n'), { subject: word(subject) }));
    expect(articles[0]?.pieces[0]).toEqual({ text: headline, kind: 'headline' });
    expect(articles[0]?.evidence.title).toBe(headline);
  });

  it.each(['投稿', '稿件2篇', '转发：新闻稿', '6月11日稿件', '青石镇投稿', '(无主题)', 'news'])('takes from %s none', async (subject) => {
    const { articles } = await read(mail(lines.join('\n'), { subject: word(subject) }));
    expect(textOf(articles[0]?.pieces ?? [])).toBe(lines.join('\n'));
    expect(articles[0]?.evidence.title).toBeUndefined();
  });

  it('does not repeat a headline that the text begins with, in other words or on two lines', async () => {
    for (const head of [
      title,
      `${title} 三千户茶农忙采摘`,
      '青石镇万亩茶园\n今日开采',
      `乡村振兴看青石\n${title}`,
      '青石镇：万亩茶园昨日开采',
    ]) {
      const text = `${head}\n${lines.join('\n')}`;
      expect(await textIn(mail(text))).toBe(text);
    }
  });

  it('says where a subject stands that is not encoded', async () => {
    const bytes = iconv.encode(mail(lines.join('\n'), { subject: `转发：${title}`, type: 'text/plain' }), 'gbk');
    const [first] = (await read(bytes)).articles[0]?.pieces ?? [];
    expect(first?.text).toBe(title);
    expect(decoded(bytes).slice(first?.start, first?.end)).toBe(title);
  });
});

describe('the text of a mail', () => {
  const page = `<html><body>${[title, ...lines].map((line) => `<p>${line}</p>`).join('')}</body></html>`;

  it('prefers the plain text where it is whole, and the HTML where the plain text is a stub', async () => {
    const whole = `${article}\n\n（完）`;
    expect(await textIn(multipart([plain(whole), html(page)], word(title), 'alternative'))).toBe(whole);
    expect(await textIn(multipart([plain('请用 HTML 查看'), html(page)], word(title), 'alternative'))).toBe(article);
    expect(await textIn(multipart([plain('??????????'), html(page)], word(title), 'alternative'))).toBe(article);
    expect(await textIn(mail(page, { type: 'text/html; charset=utf-8' }))).toBe(article);
    expect(
      (await read(mail(page, { type: 'text/html; charset=utf-8' }))).articles[0]?.pieces.some(({ start }) => start !== undefined),
    ).toBe(false);
  });

  it('reads the parts of a multipart/related and of several texts between pictures', async () => {
    const related = `Content-Type: multipart/related; boundary=r\n\n--r\n${html(page)}\n--r\n${part(jpeg, 'Content-Type: image/jpeg\nContent-ID: <1>')}\n--r--`;
    expect(await textIn(multipart([plain('请用 HTML 查看'), related], word(title), 'alternative'))).toBe(article);
    const picture = part(jpeg, 'Content-Type: image/jpeg; name=a.jpg\nContent-Disposition: inline');
    expect(await textIn(multipart([plain(`${title}\n${lines[0]}`), picture, plain(lines[1] ?? '')]))).toBe(
      `${title}\n${lines[0]}\n\n${lines[1]}`,
    );
  });

  it.each([
    ['a signature', `${article}\n\n-- \n张三\n青石镇融媒体中心\n电话：0700-5550123`],
    ['a signature below a rule', `${article}\n\n------------------\n张三\nzs@shancheng.example`],
    ['a telephone', `${article}\n\n发自我的 iPhone`],
    ['a telephone', `${article}\n\n來自我的 iPad`],
    ['a mailer', `${article}\n\n从 Windows 版邮件发送`],
    ['a mailer', `${article}\nSent from my Xiaomi`],
    ['a disclaimer', `${article}\n\n本邮件及其附件含有保密信息，仅限于发送给上面列出的收件人。如误收本邮件，请立即删除。`],
    [
      'a disclaimer',
      `${article}\n\nThis e-mail and its attachments contain confidential information, which\nis intended only for the addressee.`,
    ],
    ['greetings', `尊敬的编辑老师：\n您好！\n现投稿一篇，请审阅，谢谢！\n\n${article}\n\n此致\n敬礼！`],
    ['greetings', `各位老師好，\n稿件如下，敬請查收：\n${article}\n順頌編祺`],
    ['a quote', `${article}\n\n> 请尽快发来稿件。\n> 谢谢`],
    ['the mail it answers', `已修改，请查收：\n${article}\n\n在 2018年6月11日，08:30，王某 <w@a.example> 写道：\n\n请把第二段改一下。`],
    ['the mail it answers', `${article}\n\nOn Mon, Jun 11, 2018 at 8:30 AM Wang Mou <w@a.example>\nwrote:\n> 请把第二段改一下。`],
    [
      'headers',
      `老师，请看。\n\n-----原始邮件-----\n发件人：张三\n发送时间：2018年6月11日 08:30\n收件人：李四\n主题：${title}\n\n${article}`,
    ],
    [
      'headers',
      `\n---------- Forwarded message ---------\nFrom: a@b.example\nDate: 2018年6月11日周一 08:30\nSubject: 稿件\nTo: <c@d.example>\n\n\n${article}`,
    ],
    ['headers', `寄件者: 張三\n\n寄件日期: 2018年6月11日\n\n收件者: 李四\n\n主旨: 稿件\n\n${article}`],
    ['headers', `发件人: 张三\n收件人: 李四 <l@a.example>,\n 王五 <w@a.example>\n日期: 2018-06-11\n主题: 稿件\n${article}`],
    ['quoting', `请看下面这篇。\n\n${article.replaceAll(/^/gm, '> ')}`],
    ['pictures', `[cid:image001.png@01D40277]\n${article}\n[图片]`],
  ])('leaves out %s', async (_, text) => {
    expect(await textIn(mail(text, { subject: word(`转发：${title}`) }))).toBe(article);
  });

  it.each([
    `${title}\n时间：6月10日上午\n地点：青石镇\n${lines.join('\n')}`,
    `${title}\n2018年，他在日记里写道：\n${lines.join('\n')}`,
    `${title}\n来自我的家乡\n来自设备车间的劳模\n${lines.join('\n')}\n发自青石镇`,
    `${title}\n--\n${lines.join('\n')}\n${lines.join('\n')}`,
    `${title}\n----------\n${lines.join('\n')}`,
    `${title}\n${lines[0]}\n记者在邮件中看到，该公司要求删除。\n${lines[1]}`,
    `请查收！这份青石镇茶园赏花指南\n${lines.join('\n')}`,
  ])('keeps what only looks like it: %#', async (text) => {
    expect(await textIn(mail(text, { subject: word('稿件') }))).toBe(text);
  });

  it('takes of two articles in a chain the newest of an answer and the longest of what was passed on, and says so', async () => {
    const chain = `${other}\n\n-----原始邮件-----\n发件人：张三\n主题：稿件\n\n${article}`;
    const answered = await read(mail(chain, { subject: word('回复：稿件') }));
    expect([textsOf(answered), answered.messages.map(({ rule }) => rule)]).toEqual([[other], ['mail-chain']]);
    expect(await textIn(mail(chain, { subject: word('转发：稿件') }))).toBe(article);
  });

  it('joins the lines of format=flowed', async () => {
    const flowed = `${title}\n \n${lines[0]?.slice(0, 20)} \n${lines[0]?.slice(20)}\n From Qingshi to \nthe city, 2 hours.\n-- \n张三`;
    const text = `${title}\n\n${lines[0]}\nFrom Qingshi to the city, 2 hours.`;
    expect(await textIn(mail(flowed, { type: 'text/plain; charset=utf-8; format=flowed' }))).toBe(text);
    const deleted = `${title}\n${lines[0]?.slice(0, 9)} \n${lines[0]?.slice(9)}\nQing \nshi`;
    const type = 'text/plain; charset=utf-8; format=flowed; delsp=yes';
    expect(await textIn(mail(deleted, { type }))).toBe(`${title}\n${lines[0]}\nQingshi`);
  });

  it('leaves lines wrapped at a width as they are', async () => {
    const wrapped = article.replaceAll(/.{38}(?=.)/gu, '$&\n');
    expect(await textIn(mail(wrapped))).toBe(wrapped);
  });

  it('gives the file back from its text and edits', async () => {
    const bytes = Buffer.from(mail(`您好！\r\n\r\n${article.replaceAll('\n', '\r\n')}\r\n\r\n-- \r\n张三\r\n`));
    const text = decoded(bytes);
    const pieces = (await read(bytes)).articles.flatMap((one) => one.pieces);
    const edits = editsOf(text, pieces);
    expect(apply(text, edits)).toBe(article);
    expect(apply(article, invert(edits))).toBe(text);
    expect(edits.every(({ inserted }) => inserted === '' || inserted === '\n')).toBe(true);
  });
});

describe('attachments', () => {
  const note = '编辑老师：\n您好！附件是我镇的稿件，请查收。\n祝编安！\n青石镇融媒体中心 张三\n电话：0700-5550123';

  it('reads them where the text is a note', async () => {
    const both = multipart([
      plain(note),
      file('茶园.txt', iconv.encode(article, 'gb18030'), 'text/plain'),
      file('古树.html', `<html><body><h1>${other.replace('\n', '</h1><p>')}</p></body></html>`),
    ]);
    const { articles, messages } = await read(both);
    expect(articles.map(({ name, pieces }) => [name, textOf(pieces)])).toEqual([
      ['茶园.txt', article],
      ['古树.html', other],
    ]);
    expect(articles.every(({ evidence }) => evidence.published === '2018-06-11' && evidence.title === undefined)).toBe(true);
    expect(messages).toEqual([]);
    const one = await read(multipart([plain('见附件'), file('稿.txt', article)]));
    expect(one.articles.map(({ name, evidence }) => [name, evidence.title])).toEqual([['稿.txt', title]]);
  });

  it('reads the text, and both where both are articles, and one that is in both once', async () => {
    expect(textsOf(await read(multipart([plain(article), file('a.jpg', jpeg, 'image/jpeg')])))).toEqual([article]);
    expect(textsOf(await read(multipart([plain(article), file('古树.txt', other)])))).toEqual([article, other]);
    expect(textsOf(await read(multipart([plain(`您好！\n${article}`), file('茶园.txt', `${article}\n（完）`)])))).toEqual([
      `${article}\n（完）`,
    ]);
    const short = '快讯：青石镇茶园今日开采。';
    expect(textsOf(await read(multipart([plain(short), file('a.jpg', jpeg)], word('稿件'))))).toEqual([short]);
  });

  it('reads a text that is shown in the mail and has a name as a file', async () => {
    const inline = part(article, 'Content-Type: text/plain; charset=utf-8; name=a.txt\nContent-Disposition: inline; filename=a.txt');
    expect((await read(multipart([plain('请查收'), inline]))).articles.map(({ name }) => name)).toEqual(['a.txt']);
  });

  it('goes on where one cannot be read, and throws where nothing else is there', async () => {
    const { articles, messages } = await read(
      multipart([plain(note), file('旧稿.doc', doc), file('茶园.txt', article), file('a.bin', '\0\x01\x02')]),
    );
    expect(articles.map(({ name }) => name)).toEqual(['茶园.txt']);
    expect(messages.map(({ reason }) => reason.replace(/:.*/, ''))).toEqual([
      'the attachment 旧稿.doc was left out',
      'the attachment a.bin was left out',
    ]);
    expect(await refusal(multipart([plain(note), file('旧稿.doc', doc)]))).toMatch(/^unsupported-format: .*旧稿\.doc.*legacy Office/);
    expect(await refusal(multipart([plain('请查收'), file('a.jpg', jpeg)]))).toMatch(/^unsupported-format: .*JPEG/);
    expect(await refusal(multipart([plain('见附件'), file('a.p7m', 'x', 'application/pkcs7-mime')]))).toMatch(/^encrypted: /);
    expect(textsOf(await read(multipart([plain('见附件')], word('稿件'))))).toEqual(['见附件']);
    expect((await read(mail(''))).articles).toEqual([]);
  });

  it('reads mails in mails, three deep', async () => {
    let inner = mail(article);
    for (let level = 0; level < 3; level++)
      inner = multipart([plain('见附件'), `Content-Type: message/rfc822\n\n${inner}`], word('转发'), 'mixed', `b${level}`);
    expect(textsOf(await read(inner))).toEqual([article]);
    inner = multipart([`Content-Type: message/rfc822\n\n${inner}`], word('转发'), 'mixed', 'outer');
    expect(await refusal(inner)).toMatch(/^too-deep: /);
    expect(textsOf(await read(multipart([plain('见附件'), file('稿.eml', mail(article))])))).toEqual([article]);
  });

  it('leaves out signatures of ciphers, calendars and receipts', async () => {
    const signed = multipart([plain(article), part('x', 'Content-Type: application/pgp-signature; name=s.asc')], word(title), 'signed');
    expect(await read(signed)).toMatchObject({ messages: [] });
    expect(textsOf(await read(multipart([plain(article), part('BEGIN:VCARD', 'Content-Type: text/vcard; name=a.vcf')])))).toEqual([
      article,
    ]);
  });

  it('stops at the limits', async () => {
    const deep = Array.from({ length: 450 }, (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`).join('');
    expect(await refusal(`From: a\nTo: b\n${deep}`)).toMatch(/^too-deep: /);
    expect(await refusal(`From: a\nContent-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(3000)}`)).toMatch(/^too-large: /);
    const large = multipart([plain('见附件'), file('a.txt', article.repeat(100))]);
    await expect(read(large, 1000)).rejects.toThrow(FormatError);
  });
});

function leaves(one: Part): Part[] {
  return one.parts.length === 0 ? [one] : one.parts.flatMap(leaves);
}

describe('the parts of a mail', () => {
  it('are told by type, name and content', () => {
    const bytes = readFileSync(new URL('attachments.eml', folder));
    const own = leaves(parseMime(bytes, 400));
    expect(own.map(({ type, disposition, name }) => [type, disposition, name])).toEqual([
      ['text/plain', '', undefined],
      ['text/plain', 'attachment', '河口镇新桥通车（定稿）.txt'],
      ['application/octet-stream', 'attachment', '云溪古树.html'],
      ['image/jpeg', 'attachment', 'bridge.jpg'],
      ['application/msword', 'attachment', '旧稿.doc'],
    ]);
    const picture = own.flatMap((one) => (one.type === 'image/jpeg' ? [...contentOf(bytes, one)] : []));
    expect(picture.slice(0, 12)).toEqual([0xff, 0xd8, 0xff, 0xe0, 0, 0x10, 0x4a, 0x46, 0x49, 0x46, 0, 1]);
    expect(picture).toHaveLength(102);
  });

  it('are read where delimiters lack, repeat or stand in the wrong place', async () => {
    const type = 'multipart/mixed; boundary="b"';
    expect(await textIn(mail(article, { type }))).toBe(article);
    expect(await textIn(mail(`--b\n${plain(article)}`, { type }))).toBe(article);
    expect(await textIn(mail(`--b\n--b\n${plain(article)}\n--b--\n--b--\nepilogue`, { type }))).toBe(article);
    expect(await textIn(mail(`--b\n${article}\n--b--`, { type }))).toBe(article);
    const crossed = `--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n${plain(article)}\n--b\n${file('古树.txt', other)}\n--b--`;
    expect(textsOf(await read(mail(crossed, { type })))).toEqual([article, other]);
  });

  it('are text where they only claim to be base64', async () => {
    expect(await textIn(mail(article, { more: 'Content-Transfer-Encoding: base64\n' }))).toBe(article);
  });
});

describe('any bytes', () => {
  const valid = [
    ...names.map((name) => readFileSync(new URL(name, folder))),
    Buffer.from(mail(article)),
    Buffer.from(multipart([plain('见附件'), file('茶园.txt', article), `Content-Type: message/rfc822\n\n${mail(other)}`])),
  ];

  it('give a reading or a FormatError, and places within the text', async () => {
    const mutation = fc.record({
      bytes: fc.constantFrom(...valid),
      flips: fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 12 }),
      from: fc.nat(),
      to: fc.nat(),
      kind: fc.constantFrom('flip', 'cut', 'double'),
    });
    await fc.assert(
      fc.asyncProperty(mutation, async ({ bytes, flips, from, to, kind }) => {
        const [start, end] = [from % bytes.length, to % bytes.length].sort((a, b) => a - b);
        const mutated =
          kind === 'cut'
            ? Buffer.concat([bytes.subarray(0, start), bytes.subarray(end)])
            : kind === 'double'
              ? Buffer.concat([bytes.subarray(0, end), bytes.subarray(start)])
              : Buffer.from(bytes);
        for (const [at, byte] of flips) mutated[at % mutated.length] = byte;
        const text = decoded(mutated);
        let reading: Reading;
        try {
          reading = await read(mutated);
        } catch (error) {
          if (error instanceof FormatError) return;
          throw error;
        }
        for (const { pieces } of reading.articles) {
          for (const { text: own, start: at, end: stop } of pieces) if (at !== undefined) expect(text.slice(at, stop)).toBe(own);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('take time in proportion to their length', async () => {
    const long = 20_000;
    for (const body of [
      '--\n'.repeat(long),
      '日期：1\n'.repeat(long),
      '> '.repeat(long),
      `本邮件及${'本邮件及'.repeat(long)}`,
      `${'稿件'.repeat(long)}\n`.repeat(3),
      '发件人：a\n\n'.repeat(long),
      '-----原始邮件-----\n'.repeat(long),
      `${'a'.repeat(9)} \n`.repeat(long),
    ]) {
      const start = performance.now();
      await read(mail(body, { type: 'text/plain; charset=utf-8; format=flowed' }));
      await read(mail(body, { type: 'text/plain; charset=utf-8' }));
      expect(performance.now() - start).toBeLessThan(4000);
    }
    for (const header of [
      '=?a?b?'.repeat(long),
      ';a="'.repeat(long),
      `;${' '.repeat(long)}`.repeat(2),
      `${word('茶园')} `.repeat(3000),
      '('.repeat(long),
    ]) {
      const start = performance.now();
      await read(mail(article, { subject: header, type: `text/plain${header}` }));
      expect(performance.now() - start).toBeLessThan(4000);
    }
  });
});
