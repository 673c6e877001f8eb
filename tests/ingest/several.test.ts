/** A file with several articles: a folder for each, and one for the file, which has the ledger. */
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../src/archive.ts';
import { normalize } from '../../src/normalize.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import type { Store } from '../../src/stores/store.ts';
import { type Finding, verify } from '../../src/verify.ts';
import { altered, intake } from '../support/intake.ts';
import { jsonAt, keysOf, textAt } from '../support/tree.ts';

const dump = [
  '两部门部署水库巡查',
  '　　新华社青川2019年6月6日电（记者官文静）记者6日从有关部门获悉，全省水库巡查分三批进行，总数达到六百座。',
  '　　首批巡查已经结束。（完）',
  '',
  '老城新增五处观鸟平台',
  '　　中新网柏原2019年6月11日电（尉迟珊 农振威）柏原县11日启用五处观鸟平台，平台不设灯光和扩音设备。（完）责任编辑：危岚',
].join('\n');

async function findingsOf(store: Store): Promise<Finding[]> {
  const findings: Finding[] = [];
  for await (const finding of verify(store)) findings.push(finding);
  return findings;
}

async function archived() {
  const { inbox, archive, take } = intake();
  await inbox.put('dump.txt', Buffer.from(dump));
  return { archive, take, outcome: await take('dump.txt') };
}

describe('a wire dump', () => {
  it('is one Result with its articles, each with its day', () => {
    const { id, text, articles } = normalize(Buffer.from(dump));
    expect(articles.map(({ id, date }) => [id, date?.iso])).toEqual([
      [`${id}-1`, '2019-06-06'],
      [`${id}-2`, '2019-06-11'],
    ]);
    expect(articles.map(({ start, end }) => text.slice(start, end).split('\n')[0])).toEqual(['两部门部署水库巡查', '老城新增五处观鸟平台']);
    expect(articles[0]?.start).toBe(0);
    expect(articles[1]?.start).toBe((articles[0]?.end ?? 0) + 1);
    expect(articles[1]?.end).toBe(text.length);
  });

  it('has a folder for each article under its day, and one for the file', async () => {
    const { archive, outcome } = await archived();
    const { docId = '' } = outcome;
    expect(outcome.record).toBe(`articles/dt=undated/${docId}/manifest.json`);
    expect(await keysOf(archive, 'articles/')).toEqual(
      expect.arrayContaining([
        `articles/dt=2019-06-06/${docId}-1/zh-Hant.ninjs.json`,
        `articles/dt=2019-06-11/${docId}-2/source.txt`,
        `articles/dt=undated/${docId}/ledger.json`,
      ]),
    );
    expect(await keysOf(archive, 'index/')).toEqual([`index/dt=2019-06-06/${docId}-1.jsonl`, `index/dt=2019-06-11/${docId}-2.jsonl`]);
    const file = await jsonAt<Manifest>(archive, outcome.record ?? '');
    expect(file.outputs.map(({ name }) => name)).toEqual(['source.txt', 'zh-Hans.txt', 'zh-Hant.txt', 'ledger.json']);
    expect(file.articles?.map(({ docId }) => docId)).toEqual([`${docId}-1`, `${docId}-2`]);
    const whole = await textAt(archive, `articles/dt=undated/${docId}/source.txt`);
    for (const { record, start, end } of file.articles ?? []) {
      const part = await jsonAt<Manifest>(archive, record);
      expect(part.partOf).toEqual({ docId, record: outcome.record, start, end });
      expect(await textAt(archive, record.replace('manifest.json', 'source.txt'))).toBe(whole.slice(start, end));
    }
    const ninjs = await jsonAt<{ uri: string; title: string; by: string; contentCreated: string }>(
      archive,
      `articles/dt=2019-06-11/${docId}-2/zh-Hant.ninjs.json`,
    );
    expect(ninjs).toMatchObject({
      uri: `urn:copydesk:${docId}-2:zh-Hant`,
      title: '老城新增五處觀鳥平臺',
      by: '尉遲珊、農振威',
      contentCreated: '2019-06-11T00:00:00+08:00',
    });
  });

  it('is whole for verify, and a duplicate the second time', async () => {
    const { archive, take } = await archived();
    expect(await findingsOf(archive)).toEqual([]);
    expect((await take('dump.txt')).status).toBe('duplicate');
    expect((await take('dump.txt', { scripts: ['zh-Hant-TW'] })).status).toBe('archived');
    expect(await findingsOf(archive)).toEqual([]);
  });

  it('is found broken where an article is not that of the file', async () => {
    const { archive, outcome } = await archived();
    const part = `articles/dt=2019-06-06/${outcome.docId}-1/`;
    await archive.put(`index/dt=2019-06-06/${outcome.docId}-1.jsonl`, Buffer.from('{}\n'));
    const manifest = await jsonAt<Manifest>(archive, `${part}manifest.json`);
    const { partOf } = manifest;
    await archive.put(
      `${part}manifest.json`,
      Buffer.from(JSON.stringify({ ...manifest, partOf: { ...partOf, end: (partOf?.end ?? 0) - 1 } })),
    );
    expect((await findingsOf(archive)).map(({ kind, key }) => [kind, key])).toEqual(
      expect.arrayContaining([
        ['broken', part],
        ['broken', `index/dt=2019-06-06/${outcome.docId}-1.jsonl`],
      ]),
    );
    await archive.delete(`${part}manifest.json`);
    expect((await findingsOf(archive)).map(({ kind, key }) => [kind, key])).toContainEqual(['broken', outcome.record]);
  });

  it('leaves nothing broken wherever a run stops', async () => {
    for (let most = 0; ; most++) {
      const store = memoryStore();
      let puts = 0;
      const breaking = altered(store, {
        put: async (...args) => {
          if (puts++ >= most) throw new Error('broken');
          return store.put(...args);
        },
      });
      const { inbox, take } = intake({ archive: breaking });
      await inbox.put('dump.txt', Buffer.from(dump));
      const isDone = await take('dump.txt').then(
        () => true,
        () => false,
      );
      for (const { kind, key, reason } of await findingsOf(store)) expect(kind, `${most} puts, ${key}: ${reason}`).toBe('unfinished');
      if (isDone) break;
    }
  });
});

describe('what looks like several and is not', () => {
  it.each([
    [
      'crossheads',
      '一条街的三次改造\n　　本报讯（记者王文）老街要改造了，居民们都很关心。\n一、拆与不拆\n　　讨论进行了三个月，意见终于统一。\n二、修旧如旧\n　　工程由本地匠人完成，去年完工。',
    ],
    [
      'a list',
      '三条新规下月施行\n　　本报讯（记者王文）下月起，三条新规施行，涉及出行与消费。\n1.电动车须上牌后上路行驶；\n2.外卖须封签送达；\n3.押金须当日退还。',
    ],
  ])('%s', (_, text) => {
    expect(normalize(Buffer.from(text)).articles).toHaveLength(1);
  });

  it('is left whole with a message where something speaks for several', () => {
    const text =
      '两地春耕\n　　本报讯（记者王文）春耕全面展开，各地农时不等人，田间一片繁忙。\n东乡机手忙\n本报记者 李强\n　　东乡的机手一天要耕二十亩地，忙到天黑才收工。';
    const { articles, messages } = normalize(Buffer.from(text));
    expect(articles).toHaveLength(1);
    expect(messages.map(({ rule }) => rule)).toContain('several-articles');
  });
});
