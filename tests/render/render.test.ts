import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { escapeHtml, renderHtmlBody } from '../../src/render/html.ts';
import { renderJsonLd } from '../../src/render/jsonld.ts';
import { renderMarkdown } from '../../src/render/markdown.ts';
import { renderNinjs } from '../../src/render/ninjs.ts';
import { renderNinjs16 } from '../../src/render/ninjs16.ts';
import type { Article } from '../../src/structure/article.ts';
import { findBlocks } from '../../src/structure/index.ts';

function article(...lines: string[]): Article {
  const text = lines.join('\n');
  return { docId: '0'.repeat(32), sha256: '0'.repeat(64), language: 'zh-Hans', text, blocks: findBlocks(text) };
}

const plain = article(
  '市长在会上强调',
  '春耕全面展开',
  '王文出席并讲话',
  '春耕现场',
  '各部门要落实责任。',
  '农时不等人。',
  '责任编辑：周文 编辑：李强 王芳',
);
const hostile = article('[视频] "是：否" - 完 # 1', '1. 第一<script>alert(1)</script>&。', '# 井号*星*_线_。');

describe('ninjs 3.1', () => {
  it('gives every field its place', () => {
    expect(renderNinjs(plain)).toMatchObject({
      uri: `urn:copydesk:${'0'.repeat(32)}:zh-Hans`,
      language: 'zh-Hans',
      title: '春耕全面展开',
      headlines: [
        { role: 'main', value: '春耕全面展开' },
        { role: 'kicker', value: '市长在会上强调' },
        { role: 'subheadline', value: '王文出席并讲话' },
      ],
      bodies: [
        { role: 'text', contentType: 'text/plain', charCount: 16, value: '各部门要落实责任。\n农时不等人。' },
        { role: 'html', contentType: 'text/html' },
      ],
      people: [
        { rel: 'responsibleEditor', name: '周文' },
        { rel: 'editor', name: '李强' },
        { rel: 'editor', name: '王芳' },
      ],
      associations: [{ type: 'picture', descriptions: [{ role: 'caption', value: '春耕现场' }] }],
      edNote: '责任编辑：周文 编辑：李强 王芳',
      altIds: [{ role: 'sha256' }],
    });
  });

  it('leaves out what the article does not have', () => {
    expect(Object.keys(renderNinjs(article('一句话说完。')))).toEqual([
      'uri',
      'type',
      'standard',
      'language',
      'title',
      'headlines',
      'bodies',
      'altIds',
    ]);
  });
});

describe('Markdown', () => {
  it.each([
    ['plain', plain],
    ['hostile', hostile],
  ])('has front matter that YAML reads back (%s)', (_, one) => {
    const [, front = ''] = renderMarkdown(one).split(/^---\n/m);
    expect(parse(front)).toMatchObject({ lang: 'zh-Hans', id: '0'.repeat(32), title: renderNinjs(one).title });
  });

  it('escapes what would be markup', () => {
    const body = renderMarkdown(hostile).split('---\n\n')[1];
    expect(body).toContain('1\\. 第一\\<script\\>');
    expect(body).toContain('\\# 井号\\*星\\*\\_线\\_。');
  });
});

describe('HTML', () => {
  it('is escaped', () => {
    expect(escapeHtml('<b>"&"</b>')).toBe('&lt;b&gt;&quot;&amp;&quot;&lt;/b&gt;');
    expect(renderHtmlBody(hostile)).not.toContain('<script>');
  });
});

describe('JSON-LD and ninjs 1.6', () => {
  it('carry headline, people and body', () => {
    expect(renderJsonLd(plain)).toMatchObject({
      '@type': 'NewsArticle',
      headline: '春耕全面展开',
      alternativeHeadline: ['市长在会上强调', '王文出席并讲话'],
      editor: [{ name: '周文' }, { name: '李强' }, { name: '王芳' }],
      image: [{ caption: '春耕现场' }],
    });
    expect(renderNinjs16(plain)).toMatchObject({
      headline: '春耕全面展开',
      body_text: '各部门要落实责任。\n农时不等人。',
      description_text: '王文出席并讲话',
    });
  });
});
