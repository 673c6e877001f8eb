import { describe, expect, it } from 'vitest';
import { readByline } from '../../src/structure/byline.ts';
import { readCaption } from '../../src/structure/caption.ts';
import { readCredits } from '../../src/structure/credits.ts';
import { findBlocks } from '../../src/structure/index.ts';

const kinds = (...lines: string[]) => findBlocks(lines.join('\n')).map(({ kind }) => kind);

describe('title area', () => {
  it.each([
    ['a headline alone', ['春耕全面展开', '各地农时不等人。'], ['headline', 'paragraph']],
    ['kicker and headline', ['市长在会上强调', '春耕要抓紧', '各地农时不等人。'], ['kicker', 'headline', 'paragraph']],
    ['headline and deck', ['春耕全面展开', '——北乡见闻', '各地农时不等人。'], ['headline', 'deck', 'paragraph']],
    ['all three', ['市长在会上强调', '春耕要抓紧落实', '王文出席并讲话', '各地农时不等人。'], ['kicker', 'headline', 'deck', 'paragraph']],
    ['no headline', ['各地农时不等人。', '春耕全面展开。'], ['paragraph', 'paragraph']],
    ['a caption under the titles', ['春耕全面展开', '春耕现场', '各地农时不等人。'], ['headline', 'caption', 'paragraph']],
    ['short lines without a body', ['床前明月光', '疑是地上霜', '举头望明月'], ['headline', 'paragraph', 'paragraph']],
    ['a kicker form as the last title', ['春耕要抓紧', '市长在会上强调', '各地农时不等人。'], ['headline', 'deck', 'paragraph']],
  ])('%s', (_, lines, expected) => {
    expect(kinds(...lines)).toEqual(expected);
  });

  it('an empty text has no blocks', () => {
    expect(findBlocks('')).toEqual([]);
  });
});

describe('credits', () => {
  const read = (line: string) => readCredits(line)?.map(({ role, start, end }) => `${role} ${line.slice(start, end)}`);

  it.each([
    ['責任編輯：周彥榮 編輯：藍圖', ['responsibleEditor 周彥榮', 'editor 藍圖']],
    ['责任编辑:周文 编辑:李强　王芳', ['responsibleEditor 周文', 'editor 李强', 'editor 王芳']],
    ['（责编：周文、李强 审核：王芳）', ['responsibleEditor 周文', 'responsibleEditor 李强', 'reviewer 王芳']],
    ['【编辑：周文】', ['editor 周文']],
    ['责任编辑：', []],
    ['责编：Demi Xia', ['responsibleEditor Demi Xia']],
    ['监制：阿卜杜·买买提', ['producer 阿卜杜·买买提']],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it.each([
    '责任编辑制度要落实。',
    '记者：你好',
    '他说，编辑：这是一句话，要写清楚。',
    '记者站设在北乡',
    '编辑部：请各位作者按时交稿，谢谢合作。',
    '',
  ])('%s is none', (line) => {
    expect(read(line)).toBeUndefined();
  });
});

describe('bylines', () => {
  const read = (line: string) => readByline(line)?.map(({ start, end }) => line.slice(start, end));

  it.each([
    ['記者許雅琴／楓溪報導', ['許雅琴']],
    ['（陳怡君/台北報導）', ['陳怡君']],
    ['本报记者 周文 李强', ['周文', '李强']],
    ['本报记者：周文', ['周文']],
    ['社會中心／綜合報導', []],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it.each(['记者在现场看到，救援仍在进行', '春耕全面展开', '记者证 管理办法'])('%s is none', (line) => {
    expect(read(line)).toBeUndefined();
  });
});

describe('captions', () => {
  it.each(['会议现场', '會議現場', '图为春耕现场。陈树 摄', '▲警消到場', '周文攝', '資料照片'])('%s', (line) => {
    expect(readCaption(line)).toBeDefined();
  });

  it.each(['春耕全面展开', '他回到现场，看见了火光。', '记者在现场看到，救援仍在进行'])('%s is none', (line) => {
    expect(readCaption(line)).toBeUndefined();
  });
});
