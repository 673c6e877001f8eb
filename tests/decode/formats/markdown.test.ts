import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError, type Piece, type Reading } from '../../../src/decode/formats/format.ts';
import { isMarkdown, readMarkdown } from '../../../src/decode/formats/markdown.ts';
import { textOf } from '../../../src/decode/formats/pieces.ts';
import { renderMarkdown } from '../../../src/render/markdown.ts';
import { findBlocks } from '../../../src/structure/index.ts';
import { nest } from '../../support/nest.ts';

const folder = new URL('../../formats/markdown/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.md'));

async function read(text: string, maxDepth = 400): Promise<Reading> {
  return await readMarkdown({ bytes: Buffer.from(text), text, maxUnpacked: 1e6, maxDepth }, nest());
}

async function piecesIn(text: string): Promise<readonly Piece[]> {
  return (await read(text)).articles.flatMap(({ pieces }) => pieces);
}

async function textIn(text: string): Promise<string> {
  return textOf(await piecesIn(text));
}

/** The lines with their kinds. */
async function linesIn(text: string): Promise<string[]> {
  return (await piecesIn(text))
    .map(({ text: own, kind }) => `${kind === undefined ? '' : `${kind}:`}${own}`)
    .join('')
    .split('\n');
}

describe('files of writers', () => {
  it.each(names)('reads %s', async (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    expect(isMarkdown(text)).toBe(true);
    expect(`${await textIn(text)}\n`).toBe(readFileSync(new URL(name.replace(/md$/, 'txt'), folder), 'utf8'));
    expect(await textIn(text.replaceAll('\n', '\r\n'))).toBe(await textIn(text));
  });

  it('reads back what is rendered', async () => {
    const lines = [
      '市长在会上强调',
      '快讯：“新桥”*昨日*通车',
      '王文出席并讲话',
      '通车现场',
      '1. 各部门要落实<责任>，[视频]见a_b_c与`代码`。',
      '# 不是标题。- 也不是列表\\',
      '- 不是列表。',
      '张**、李**等人参加，王*和赵*没有到场。',
      '责任编辑：周文 编辑：李强 王芳',
    ];
    const text = lines.join('\n');
    const rendered = renderMarkdown({
      docId: '0'.repeat(32),
      sha256: '0'.repeat(64),
      language: 'zh-Hans',
      text,
      blocks: findBlocks(text),
    });
    expect(isMarkdown(rendered)).toBe(true);
    expect(await textIn(rendered)).toBe(text);
  });
});

describe('isMarkdown', () => {
  it.each([
    ['front matter', '---\ntitle: 新桥通车\n---\n正文。'],
    ['front matter in Chinese, with Windows line breaks', '---\r\n标题: 新桥通车\r\n日期: 2019-10-08\r\n---\r\n正文。'],
    ['a heading and bold', '\n# 新桥通车\n\n**本报讯** 正文。'],
    ['two headings', '## 新桥通车\n正文\n## 三千村民\n'],
    ['a heading and a link', '# 新桥通车\n见[官网](https://a.cn)。'],
    ['a heading and a picture', '# 新桥通车\n![图](a.jpg)'],
    ['a heading and a quote', '# 新桥通车\n> 编者按'],
    ['three signs', '导语\n- 甲\n- 乙\n见[官网](https://a.cn)。\n**小标题**\n'],
    ['a table and a list below a heading', '# 车流\n\n- 甲\n- 乙\n\n| a | b |\n|---|---|\n| 1 | 2 |'],
  ])('knows %s', (_, text) => {
    expect(isMarkdown(text)).toBe(true);
  });

  it.each([
    ['plain text', '新桥通车\n\n　　本报讯 10月8日，新桥通车。'],
    ['a heading alone', '# 新桥通车\n\n正文。'],
    ['hashtags', '#新桥通车#\n#話題 正文\n# 新桥通车#\n**重点**'],
    ['lines that part texts', '新桥通车\n***\n正文\n* * *\n# # #\n---\n===='],
    ['numbers and dashes', '新桥通车\n1. 第一\n2. 第二\n- 完 -\n* 注：数据由镇政府提供'],
    ['hidden names', '新桥通车\n张**、李**和王**到场。\n王*和李*说，“张**”不在。\n*ST新桥涨停'],
    ['names of files', '# 附件a_b_c.doc与_d_\n正文'],
    ['one link', '新桥通车\n见[官网](https://a.cn)。\n> 相关新闻'],
    ['a line of dashes first', '---\n新桥通车\n---\n正文'],
    ['keys that no article has', '---\nfoo: bar\n---\n正文'],
    ['front matter without its end', '---\ntitle: 新桥通车\n正文'],
    ['full-width marks', '＃ 新桥通车\n＊＊重点＊＊\n［官网］（http://a.cn）\n＞ 引文'],
    ['nothing', ''],
  ])('knows that it is not: %s', (_, text) => {
    expect(isMarkdown(text)).toBe(false);
  });
});

describe('headings', () => {
  it('makes the first the headline, later ones crossheads', async () => {
    expect(await linesIn('# 新桥通车 ##\n正文\n## 一\n### 二#\n# 三\n####### 四\n#五')).toEqual([
      'headline:新桥通车',
      '正文',
      'crosshead:一',
      'crosshead:二#',
      'crosshead:三',
      '####### 四 #五',
    ]);
  });

  it('takes the highest near the top', async () => {
    expect(await linesIn('### 民生\n# 新桥通车\n## 一')).toEqual(['民生', 'headline:新桥通车', 'crosshead:一']);
    expect(await linesIn('甲\n\n乙\n\n丙\n\n丁\n\n戊\n\n# 一')).toEqual(['甲', '乙', '丙', '丁', '戊', 'crosshead:一']);
  });

  it('knows those that are underlined, not sentences above dashes', async () => {
    expect(await linesIn('新桥通车\n===\n正文。\n---\n三千村民\n---\n尾声\n\n---')).toEqual([
      'headline:新桥通车',
      '正文。',
      'crosshead:三千村民',
      '尾声',
    ]);
  });
});

describe('front matter', () => {
  it('is evidence, and its title the headline if the text has none', async () => {
    const text =
      "---\ntitle: \"新桥\\\"通车\\u201d\\t1\"\ndate: 2019-10-08 08:30:00 +0800\nauthor: 林晓舟 沈知远\nsource: '临河''晚报' # 注\n---\n# 一\n正文";
    const [article] = (await read(text)).articles;
    expect(article?.evidence).toEqual({
      published: '2019-10-08',
      time: '08:30:00',
      title: '新桥"通车” 1',
      source: "临河'晚报",
      authors: ['林晓舟', '沈知远'],
    });
    expect(await linesIn(text)).toEqual(['headline:新桥"通车” 1', 'crosshead:一', '正文']);
    expect(article?.pieces.slice(0, 4).map(({ start, end }) => text.slice(start, end))).toEqual(['新桥', '"通车', '\\u201d', '\\t']);
  });

  it('does not say again what the text begins with', async () => {
    expect(await linesIn('---\ntitle: 新桥通车\n---\n**民生**\n\n# 快讯：“新桥”通车\n\n正文')).toEqual([
      '民生',
      'headline:快讯：“新桥”通车',
      '正文',
    ]);
    expect(await linesIn('---\ntitle: 新桥通车\n---\n新桥通车\n\n正文')).toEqual(['headline:新桥通车', '正文']);
  });

  it.each([
    ['a list', 'authors:\n  - 林晓舟\n  - name: 沈知远\n  - "唐晚晴"', ['林晓舟', '沈知远', '唐晚晴']],
    ['a list in brackets', 'author: ["林晓舟", 沈知远 , \'唐,晚晴\']', ['林晓舟', '沈知远', '唐', '晚晴']],
    ['one value', 'author: 林晓舟、沈知远', ['林晓舟', '沈知远']],
    ['nothing', 'author:\nlayout: post', undefined],
    ['null', 'author: ~\nlayout: post', undefined],
  ])('reads %s', async (_, yaml, authors) => {
    expect((await read(`---\n${yaml}\n---\n正文`)).articles[0]?.evidence.authors).toEqual(authors);
  });

  it('takes no address for a source, and no midnight for a time', async () => {
    const text = '---\ntitle: >-\n  新桥\n  通车\nsource: https://a.cn/b\ndate: 2019-10-08T00:00:00+08:00\n---\n正文';
    expect((await read(text)).articles[0]?.evidence).toEqual({ title: '新桥通车', published: '2019-10-08' });
  });
});

describe('text', () => {
  it.each([
    ['**粗**和*斜*与`码`、_斜_', '粗和斜与码、斜'],
    ['**“引语”**他说，这是**《镇志》**的。', '“引语”他说，这是《镇志》的。'],
    ['***粗斜***和**粗*斜*粗**', '粗斜和粗斜粗'],
    ['~~删去~~与好~~，~一~', '删去与好~~，~一~'],
    ['a_b_c与中文_不是_强调', 'a_b_c与中文_不是_强调'],
    ['张**、李**到场', '张**、李**到场'],
    ['“张**”和“李**”到场', '“张**”和“李**”到场'],
    ['2 * 3 * 4，** 空 **，单*星', '2 * 3 * 4，** 空 **，单*星'],
    ['*未完**与**未完', '*未完与未完'],
    ['\\*不是\\*，C:\\路径\\a', '*不是*，C:\\路径\\a'],
    ['`` a`b ``与`*码*`，`未完', 'a`b与*码*，`未完'],
    ['[官网](https://a.cn "官网")与[空]()，[a](<b c>)', '官网与空，a'],
    ['[**粗**与`码`](a(b)c)', '粗与码'],
    ['[外[内](a)](b)', '[外内](b)'],
    ['[^1]与[不是]与[x] (a)', '[^1]与[不是]与[x] (a)'],
    ['<https://a.cn/b>与<a@b.cn>', 'https://a.cn/b与a@b.cn'],
    ['&amp;&ldquo;&#26032;&nbsp;&unknown;&x', '&“新\u00a0&unknown;&x'],
    ['甲<b>乙</b><span style="a">丙</span><AK47><新华社>1<2>0', '甲乙丙<AK47><新华社>1<2>0'],
    ['<ruby>新<rt>xīn</rt></ruby>', '<ruby>新<rt>xīn</rt></ruby>'],
    ['甲<!-- 注 -->乙<!---->', '甲乙'],
    ['<script>\n\nlet a\n</script>甲', '甲'],
  ])('reads %s', async (markdown, text) => {
    expect(await textIn(markdown)).toBe(text);
  });

  it('follows references of links', async () => {
    expect(await textIn('见[官网][a]与[ B  b ][]、[a]、[c][d]。\n\n[A]: http://a.cn\n[b b]: <x y> "z"\n')).toBe(
      '见官网与 B  b 、a、[c][d]。',
    );
  });

  it('joins wrapped lines: of Chinese with nothing, of others with a space', async () => {
    expect(await textIn('河口镇新桥昨日\n通车，\n三千村民说：“Hello\nWorld”，𠮷田\n𠮷说\nOK\n**好**')).toBe(
      '河口镇新桥昨日通车，三千村民说：“Hello World”，𠮷田𠮷说 OK 好',
    );
  });

  it('keeps breaks that are marked, or that end a paragraph or a field', async () => {
    expect(await textIn('甲  \n乙\\\n丙<br>丁<br/>\n戊')).toBe('甲\n乙\n丙\n丁\n戊');
    expect(await textIn('新桥昨日通车。\n三千村民参加。**好。**\n“好。”')).toBe('新桥昨日通车。\n三千村民参加。好。\n“好。”');
    expect(await textIn('甲，\n　　乙\n一、丙\n（二）丁')).toBe('甲，\n　　乙\n一、丙\n（二）丁');
    expect(await textIn('2019-10-08\n来源：临河晚报\n作者：林晓舟')).toBe('2019-10-08\n来源：临河晚报\n作者：林晓舟');
  });

  it('reads lists', async () => {
    const text = '- 甲\n- 乙\n  续\n\n  段\n* 丙\n\n1. 丁\n2) 戊\n   - 己\n\n- [ ] 庚\n- 完 -\n\n-辛';
    expect(await linesIn(text)).toEqual([
      'listItem:甲',
      'listItem:乙续',
      '段',
      'listItem:丙',
      'listItem:1. 丁',
      'listItem:2) 戊',
      'listItem:己',
      'listItem:[ ] 庚',
      '- 完 -',
      '-辛',
    ]);
    expect(await linesIn('到了\n2018. 年')).toEqual(['到了 2018. 年']);
  });

  it('reads quotes', async () => {
    expect(await textIn('> 编者按：\n> 甲\n乙\n>\n> - 丙\n>> 丁\n\n>戊\n> # 己')).toBe('编者按：甲乙\n丙\n丁\n戊\n己');
  });

  it('reads code as it stands', async () => {
    expect(await textIn('甲\n```js\n  a **b**\n\n# c\n```\n乙\n~~~\n```\n~~~\n> ```\n> d\n> ```')).toBe('甲\n  a **b**\n# c\n乙\n```\nd');
  });

  it('reads tables', async () => {
    expect(await textIn('甲\n\n| 年 | **数** |\n|---|:-:|\n| 2018 | |\n| | a\\|b |\n|[x](y)|2|3|\n\n丙')).toBe(
      '甲\n年\t数\n2018\n\ta|b\nx\t2\t3\n丙',
    );
    expect(await textIn('a | b\n--- | ---\n1 | 2')).toBe('a\tb\n1\t2');
    expect(await textIn('甲|乙\n---')).toBe('甲|乙');
  });

  it('makes lines of the captions of pictures', async () => {
    expect(await linesIn('![图为*现场*](a.jpg "t")\n\n![](b) ![image](c) ![DSC_01.JPG](d)\n\n甲![乙](e)丙[![丁](f)](g)\n戊')).toEqual([
      'caption:图为现场',
      '甲丙戊',
      'caption:乙',
      'caption:丁',
    ]);
    expect(await linesIn('![现场](a)\n现场\n\n<figure><img src="a" alt="旧貌"><figcaption>老桥旧貌</figcaption></figure>')).toEqual([
      '现场',
      'caption:旧貌',
      'caption:老桥旧貌',
    ]);
  });

  it('knows blocks of HTML', async () => {
    expect(
      await linesIn('<h1>新桥</h1>\n<p align="center">甲</p><p>乙</p>\n<ul><li>丙</li></ul><table><tr><td>1</td><td>2</td></tr></table>'),
    ).toEqual(['headline:新桥', '甲', '乙', 'listItem:丙', '1\t2']);
  });
});

describe('places', () => {
  it('gives runs as they stand, and references with the text that they stand for', async () => {
    const text = '> **新桥**通\\*车&amp;\n> A [站](b)';
    expect((await piecesIn(text)).map(({ text: own, start, end }) => [own, text.slice(start, end)])).toEqual([
      ['新桥', '新桥'],
      ['通', '通'],
      ['*车', '*车'],
      ['&', '&amp;'],
      [' ', '\n> '],
      ['A ', 'A '],
      ['站', '站'],
    ]);
  });
});

describe('damage', () => {
  it('refuses what is nested too deep', async () => {
    await expect(read('> '.repeat(20), 10)).rejects.toMatchObject({ name: 'FormatError', code: 'too-deep' });
    await expect(read(`${'- '.repeat(100_000)}a`)).rejects.toMatchObject({ code: 'too-deep' });
    expect((await read(`${'> '.repeat(8)}甲`, 10)).articles).toHaveLength(1);
  });

  it('has no article where there is no text', async () => {
    expect((await read('')).articles).toEqual([]);
    expect((await read('---\n\n***\n<!-- a -->\n[a]: b\n![](c)\n#\n**')).articles[0]?.pieces.map(({ text }) => text)).toEqual(['**']);
  });

  it.each([
    '[',
    '![',
    '[a](',
    '[a](\\(',
    '[a](b "',
    '*a_',
    '**a*',
    '`',
    '`` ` ',
    '<',
    '<a ',
    '<!--',
    '<script',
    '&',
    '&am',
    '\\',
    '> a\n',
    '- a\n',
    '| a |\n|-|\n',
    '[a]\n',
    '[a]: ',
    '# ',
    '___ ',
    '~~a',
    'a  \n',
    '![a](b) ',
    ']',
    '\0',
  ])('takes time in step with length: %s', async (part) => {
    const text = `# 新\n${part.repeat(30_000)}`;
    const started = performance.now();
    isMarkdown(text);
    await read(text).catch((error) => expect(error).toBeInstanceOf(FormatError));
    expect(performance.now() - started).toBeLessThan(3000);
  });

  it('gives a reading or a FormatError for any mutation, with pieces within the text', async () => {
    const files = names.map((name) => readFileSync(new URL(name, folder), 'utf8'));
    const marks = fc.constantFrom(
      ...'*_`[]()<>!#-|\\&~:"\n\r \0\u3000\ud83d',
      '![',
      '](',
      '**',
      '```',
      '<!--',
      '<p>',
      '\n\n',
      '> ',
      '---\n',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(fc.tuple(fc.nat(), fc.nat(3), marks), { maxLength: 12 }),
        fc.nat(),
        fc.nat(),
        async (file, changes, from, to) => {
          let text = file.slice(0, from % file.length) + file.slice(to % file.length);
          for (const [at, length, mark] of changes) {
            const start = at % (text.length + 1);
            text = text.slice(0, start) + mark + text.slice(start + length);
          }
          isMarkdown(text);
          for (const { text: own, start, end } of await piecesIn(text)) {
            expect(own).not.toBe('');
            if (start === undefined || end === undefined) expect(own).toMatch(/^[\n\t ]$/);
            else expect(start >= 0 && start < end && end <= text.length).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
