import { describe, expect, it } from 'vitest';
import { runRules } from '../../src/clean/rule.ts';
import { leakedAddress } from '../../src/clean/rules/leaked-address.ts';
import { pageChrome } from '../../src/clean/rules/page-chrome.ts';
import { relatedLinks } from '../../src/clean/rules/related-links.ts';
import { watermark } from '../../src/clean/rules/watermark.ts';
import { renderJsonLd } from '../../src/render/jsonld.ts';
import { renderNinjs } from '../../src/render/ninjs.ts';
import { renderNinjs16 } from '../../src/render/ninjs16.ts';
import { findBlocks } from '../../src/structure/index.ts';
import { readNotice } from '../../src/structure/notice.ts';

const body = '施工单位表示，将在确保质量的前提下加快进度，明年国庆前通车。';
const kinds = (...lines: string[]) => findBlocks(lines.join('\n')).map(({ kind }) => kind);

describe('notices', () => {
  const rights = [
    '未经授权不得转载',
    '未经本报书面许可，严禁转载、摘编。',
    '版权声明：本报所刊作品，版权均属临江日报社所有。',
    '版权所有，违者必究',
    '转载请注明出处',
    '本文版权归作者所有',
    '（图片来自网络，如有侵权请联系删除）',
    '版權所有，不得轉載或節錄',
    '未經同意，請勿轉載',
    '著作權聲明：本文未經同意不得轉載。',
  ];
  const disclaimers = [
    '免责声明：本文仅代表作者个人观点，与临江网无关。',
    '本文不构成投资建议。',
    '以上内容仅供参考，据此操作，风险自担。',
    '※本文言論不代表南嶼新聞網立場',
    '（本文僅反映作者意見，不代表本社立場）',
    '本文不能代替专业医疗建议，如有不适请就医。',
  ];
  const safety = [
    '市场有风险，投资需谨慎。',
    '投資有風險，申購前應詳閱公開說明書。',
    '風險提示：過往績效不代表未來收益。',
    '生命線協談專線：1995',
    '心理援助热线：12356',
    '如有需要，可致電防止自殺求助熱線2382 0000。',
    '珍惜生命，自殺不能解決問題，生命一定可以找到出路。',
    '未滿18歲禁止飲酒',
    '飲酒過量，有害健康',
    '酒后请勿驾车',
    '吸菸有害健康',
  ];
  const pseudonyms = [
    '（应受访者要求，文中人物均为化名）',
    '（文中小林为化名）',
    '※為保護當事人，文中人物皆為化名',
    '注：文中王某系化名。',
  ];

  it.each([
    ['notice/rights', rights],
    ['notice/disclaimer', disclaimers],
    ['notice/safety', safety],
    ['notice/pseudonym', pseudonyms],
  ])('%s', (rule, lines) => {
    expect(lines.map((line) => [line, readNotice(line)?.rule])).toEqual(lines.map((line) => [line, rule]));
  });

  it.each([
    '法院认为，未经授权不得转载的声明并不能免除其侵权责任。',
    '未经许可不得使用该标志。',
    '版权归谁所有，双方各执一词。',
    '禁止转载的声明，他贴了一遍又一遍。',
    '图片版权归属引发争议，案件将择期宣判。',
    '市场风险加大，投资者需要注意。',
    '他常说，市场有风险，投资需谨慎。',
    '警方提醒，可撥打165反詐騙專線查證。',
    '議員質疑，局方一年只接獲5宗求助，熱線的宣傳是否足夠？',
    '12355热线开通以来，共接听电话2300个。',
    '珍惜生命，这是他留给孩子们的最后一句话。',
    '未滿18歲的學生不得參加。',
    '小林是化名，真名他不愿透露。',
    '“未经授权，不得转载。”他把这句话念了两遍。',
    body,
    '',
  ])('%s is none', (line) => {
    expect(readNotice(line)).toBeUndefined();
  });

  it.each([...rights, ...disclaimers, ...safety, ...pseudonyms])('%s is kept behind a text', (line) => {
    const text = `三桥主塔封顶\n${body}\n${line}`;
    expect(runRules(text, 'clean', [pageChrome, relatedLinks, leakedAddress, watermark]).text).toBe(text);
    expect(kinds(...text.split('\n'))).toEqual(['headline', 'paragraph', 'notice']);
  });
});

describe('the title area', () => {
  it('takes no notice for a title, and goes on behind it', () => {
    expect(kinds('未经授权不得转载', '三桥主塔封顶', body)).toEqual(['notice', 'headline', 'paragraph']);
    expect(kinds('市长在会上强调', '版权所有 不得转载', '三桥要抓紧', body)).toEqual(['kicker', 'notice', 'headline', 'paragraph']);
  });

  it('keeps a headline that reads like one', () => {
    expect(kinds('珍惜生命 远离毒品', body)).toEqual(['headline', 'paragraph']);
    expect(kinds('投资有风险，入市需谨慎', '——一位散户的账本', body)).toEqual(['headline', 'deck', 'paragraph']);
  });
});

describe('the renderers', () => {
  const text = ['三桥主塔封顶', body, '本文不构成投资建议。', '未经授权不得转载', '转载请注明出处', '生命線協談專線：1995'].join('\n');
  const article = { docId: '0'.repeat(32), sha256: '0'.repeat(64), language: 'zh-Hans', text, blocks: findBlocks(text) };

  it('give the notices of rights as terms of use, and have none in the body', () => {
    const terms = '未经授权不得转载\n转载请注明出处';
    expect(renderNinjs(article)).toMatchObject({ usageTerms: terms, bodies: [{ value: body }, { value: `<p>${body}</p>` }] });
    expect(renderNinjs16(article)).toMatchObject({ usageterms: terms, body_text: body });
    expect(renderJsonLd(article)).toMatchObject({ copyrightNotice: terms, articleBody: body });
  });

  it('leave out the terms of an article that has none', () => {
    const plain = { ...article, text: body, blocks: findBlocks(body) };
    expect(renderNinjs(plain)).not.toHaveProperty('usageTerms');
  });
});
