import { describe, expect, it } from 'vitest';
import { normalize } from '../../../src/normalize.ts';
import { reconstruct } from '../../../src/reconstruct.ts';

const sentence = '县文化馆新馆昨天开放，首日接待读者两千三百人次，馆内设有儿童阅览区和地方志展厅。';
const other = '副馆长何静宜说，新馆每周开放六天，周一闭馆，夜间延长到九点，方便上班的人来看书。';

function read(raw: string) {
  const bytes = Buffer.from(raw);
  const result = normalize(bytes, { scripts: [] });
  expect(Buffer.compare(reconstruct(result.text, result.ledger.layers, result.source), bytes)).toBe(0);
  return result;
}

const kinds = ({ text, blocks }: ReturnType<typeof read>) => blocks.map(({ kind, start, end }) => [kind, text.slice(start, end)]);

describe('XML formats', () => {
  it('reads the entries of an RSS feed as articles, HTML in CDATA and escaped', () => {
    const result = read(`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>山城新闻网</title>
<item><title>新馆开放</title><pubDate>Mon, 11 Jun 2018 02:00:00 GMT</pubDate><content:encoded><![CDATA[<p>${sentence}</p><p>${other}</p>]]></content:encoded></item>
<item><title>夜市 &amp; 书市</title><pubDate>Tue, 12 Jun 2018 23:00:00 GMT</pubDate><description>&lt;p&gt;${other}&lt;/p&gt;</description></item>
</channel></rss>`);
    expect(result.source.format).toBe('feed');
    expect(result.text).toBe(`新馆开放\n${sentence}\n${other}\n夜市 & 书市\n${other}`);
    expect(result.articles.map(({ date }) => date?.iso)).toEqual(['2018-06-11', '2018-06-13']);
  });

  it('reads an Atom entry', () => {
    const result = read(
      `<feed xmlns="http://www.w3.org/2005/Atom"><title>山城</title><entry><title>新馆开放</title><published>2018-06-11T10:00:00+08:00</published><author><name>李文远</name></author><content type="xhtml"><div><p>${sentence}</p></div></content></entry></feed>`,
    );
    expect(result.text).toBe(`新馆开放\n${sentence}`);
  });

  it('reads NewsML-G2 with HTML in line, and says what it left out', () => {
    const result = read(`<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:x:1"><itemMeta><provider><name>山城社</name></provider><versionCreated>2018-06-11T10:00:00+08:00</versionCreated></itemMeta>
<contentMeta><headline>新馆开放</headline><headline role="hld:subHeadline">首日接待两千多人</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html><body><p>${sentence}</p><p>${other}</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:x:2"><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem></itemSet></newsMessage>`);
    expect(result.text).toBe(`新馆开放\n首日接待两千多人\n${sentence}\n${other}`);
    expect(result.messages.map(({ rule }) => rule)).toContain('newsml-g2');
  });

  it('reads CNML by its plain elements', () => {
    const result = read(
      `<CNML><Items><Item><MetaInfo><HeadLine>新馆开放</HeadLine><SubHeadLine>首日接待两千多人</SubHeadLine></MetaInfo><ContentItem><DataContent>${sentence}\n${other}</DataContent></ContentItem></Item></Items></CNML>`,
    );
    expect(result.text).toBe(`新馆开放\n首日接待两千多人\n${sentence}\n${other}`);
  });

  it('expands no entity that a file declares, and fetches none', () => {
    const { text } = read(
      `<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "哈">]><nitf><body><body.head><hedline><hl1>新馆开放</hl1></hedline></body.head><body.content><p>${sentence}&x;&y;</p></body.content></body></nitf>`,
    );
    expect(text).toContain('&x;&y;');
  });

  it('refuses what is nested too deep', () => {
    const { reason } = normalize(Buffer.from(`<nitf>${'<p>'.repeat(50_000)}${sentence}`), { scripts: [] });
    expect(reason?.code).toBe('too-deep');
  });
});

describe('JSON', () => {
  it('reads every object with a text, escapes and lists of paragraphs', () => {
    const result = read(
      JSON.stringify({
        data: [
          { title: '新馆开放', content: [sentence, other] },
          { 标题: '夜市', 正文: `${other}\n他说“好”。` },
        ],
      }).replaceAll('馆', '\\u9986'),
    );
    expect(result.text).toBe(`新馆开放\n${sentence}\n${other}\n夜市\n${other}\n他说“好”。`);
    expect(result.articles).toHaveLength(2);
  });

  it('reads HTML in a field', () => {
    expect(read(JSON.stringify({ title: '新馆开放', body: `<p>${sentence}</p><p>${other}</p>` })).text).toBe(
      `新馆开放\n${sentence}\n${other}`,
    );
  });

  it('reads JSON Lines, and names the lines that hold no article', () => {
    const result = read(`{"title":"新馆开放","text":"${sentence}"}\n{"broken\n{"title":"夜市","text":"${other}"}\n`);
    expect(result.text).toBe(`新馆开放\n${sentence}\n夜市\n${other}`);
    expect(result.messages.map(({ reason }) => reason)).toContainEqual(expect.stringContaining('2'));
  });

  it('reads ninjs', () => {
    const ninjs = {
      uri: 'urn:x:1',
      standard: { name: 'ninjs', version: '3.1' },
      headlines: [
        { role: 'subheadline', value: '首日接待两千多人' },
        { role: 'main', value: '新馆开放' },
      ],
      bodies: [{ contentType: 'text/plain', value: `${sentence}\n${other}` }],
      edNote: '（责任编辑：何静）',
    };
    expect(read(JSON.stringify(ninjs)).text).toBe(`新馆开放\n首日接待两千多人\n${sentence}\n${other}\n（责任编辑：何静）`);
  });

  it('refuses what is nested too deep or has no text, with what to do', () => {
    expect(normalize(Buffer.from('['.repeat(5000) + ']'.repeat(5000)), { scripts: [] }).reason?.code).toBe('too-deep');
    expect(normalize(Buffer.from('{"a":"标题"}'), { scripts: [] }).reason?.message).toContain('content');
  });
});

describe('CSV', () => {
  it('reads an article a row, quotes and breaks in cells', () => {
    const result = read(`标题,正文,日期\r\n新馆开放,"${sentence}\n他说""好""。",2018-06-11\r\n夜市,${other},2018/6/12\r\n`);
    expect(result.source.format).toBe('csv');
    expect(result.articles.map(({ date }) => date?.iso)).toEqual(['2018-06-11', '2018-06-12']);
    expect(kinds(result)[0]).toEqual(['headline', '新馆开放']);
  });

  it('does not take a text whose first line has commas for one', () => {
    expect(read(`正文，标题\n${sentence}`).source.format).toBe('text');
  });
});
