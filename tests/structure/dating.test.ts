import { describe, expect, it } from 'vitest';
import { normalize } from '../../src/normalize.ts';
import { findDates } from '../../src/structure/dates.ts';
import { dayOfKey, isDay } from '../../src/structure/given-dates.ts';

const body = '　　春耕全面展开，各地农时不等人，田间一片繁忙景象。';
const of = (lines: readonly string[], options = {}) => normalize(Buffer.from(lines.join('\n')), options);
const dateOf = (lines: readonly string[], options = {}) => {
  const { date } = of(lines, options).articles[0] ?? {};
  return date && `${date.iso} ${date.basis}`;
};

describe('dates in a text', () => {
  it.each([
    ['2018年6月12日', { year: 2018, month: 6, day: 12 }],
    ['二〇一八年六月十二日', { year: 2018, month: 6, day: 12 }],
    ['二零一八年十二月三十一日', { year: 2018, month: 12, day: 31 }],
    ['二○一八年六月', { year: 2018, month: 6 }],
    ['民國107年3月12日', { year: 2018, month: 3, day: 12 }],
    ['民國一百零七年三月十二日', { year: 2018, month: 3, day: 12 }],
    ['2018-06-12 07:53', { year: 2018, month: 6, day: 12, time: '07:53:00' }],
    ['2022年8月30日　6:42pm', { year: 2022, month: 8, day: 30, time: '18:42:00' }],
    ['6月12日', { month: 6, day: 12 }],
    ['9月5日（周六）', { month: 9, day: 5, weekday: 6 }],
    ['今(27)日', { day: 27, relative: 0 }],
    ['周一（1日）', { day: 1 }],
    ['昨天', { relative: -1 }],
  ])('%s', (text, expected) => {
    expect(findDates(`在${text}，`)).toEqual([expect.objectContaining(expected)]);
  });

  it.each(['2月30日', '13月1日', '3.5日元', '每日', '100日', '107年'])('%s is none, or no day of one', (text) => {
    expect(findDates(text).filter(({ day }) => day !== undefined)).toEqual([]);
  });
});

describe('the day of an article', () => {
  it.each<[string, readonly string[], object, string | undefined]>([
    ['metadata before all', ['春耕', '发布时间：2018-06-12', body], { published: '2018-06-13' }, '2018-06-13 metadata'],
    ['the line of publication', ['春耕', '发布时间：2018-06-12 07:53　来源：北乡日报', body], {}, '2018-06-12 published'],
    ['the page line', ['北乡日报 2018年06月01日 01版', '春耕', body], {}, '2018-06-01 page-line'],
    ['a full date in the dateline', ['春耕', `新华社北京2018年6月12日电 ${body.trim()}`], {}, '2018-06-12 dateline'],
    ['the nearest year', ['春耕', `新华社北京12月30日电 ${body.trim()}`], { reference: '2019-01-02' }, '2018-12-30 nearest'],
    ['the nearest month', ['春耕', `（中央社台北30日電）${body.trim()}`], { reference: '2019-01-02' }, '2018-12-30 nearest'],
    ['今(27)日', ['春耕', '　　北乡县今（27）日举行春耕现场会，各地农时不等人。'], { reference: '2018-06-28' }, '2018-06-27 nearest'],
    ['no reference', ['春耕', `新华社北京12月30日电 ${body.trim()}`], {}, undefined],
    ['nothing but a reference', ['春耕', body], { reference: '2019-01-02' }, undefined],
    [
      'the day in the name',
      ['春耕', `新华社北京5月30日电 ${body.trim()}`],
      { reference: dayOfKey('20180531_01.txt') },
      '2018-05-30 nearest',
    ],
  ])('%s', (_, lines, options, expected) => {
    expect(dateOf(lines, options)).toBe(expected);
  });

  it('is counted from for the other dates of the text, each with its place', () => {
    const { text, dates } = of(['春耕', '发布时间：2018-06-12', '　　6月10日，春耕全面展开，比2017年早。昨天下了雨。']);
    expect(dates.map(({ start, end, iso, precision, basis }) => [text.slice(start, end), iso, precision, basis])).toEqual([
      ['2018-06-12', '2018-06-12', 'day', 'published'],
      ['6月10日', '2018-06-10', 'day', 'nearest'],
      ['2017年', '2017', 'year', 'written'],
      ['昨天', '2018-06-11', 'day', 'relative'],
    ]);
  });

  it('stands in ninjs as contentCreated, with the time where it is given', () => {
    const { scripts } = of(['春耕', '发布时间：2018-06-12 07:53', body]);
    expect(scripts['zh-Hans']?.ninjs.contentCreated).toBe('2018-06-12T07:53:00+08:00');
    expect(of(['春耕', body]).scripts['zh-Hans']?.ninjs.contentCreated).toBeUndefined();
  });

  it('warns of a weekday that does not fit', () => {
    const { messages, text } = of(['春耕', '发布时间：2018-06-12', '　　2018年9月5日（周六），春耕全面展开，各地农时不等人。']);
    const [message] = messages.filter(({ rule }) => rule === 'date-weekday');
    expect(message?.reason).toBe('2018年9月5日 is given as a Saturday, but 2018-09-05 is a Wednesday');
    expect(text.slice(message?.start, message?.end)).toBe('2018年9月5日');
    expect(of(['春耕', '2018年9月5日（周三），春耕全面展开，各地农时不等人。']).messages).toEqual([]);
  });

  it('107年 is 2018 in a text of Taiwan alone', () => {
    expect(dateOf(['春耕', '發布日期：民國107年3月12日', body])).toBe('2018-03-12 published');
    expect(dateOf(['農損補助', '發布日期：107年3月12日', '　　屏東縣政府今年首度編列預算，補助農民汰換設備。'])).toBe(
      '2018-03-12 published',
    );
    expect(dateOf(['春耕', '发布日期：107年3月12日', body])).toBeUndefined();
  });
});

describe('days that are given', () => {
  it.each([
    ['in/2018/05/31/x.txt', '2018-05-31'],
    ['20180531_01.txt', '2018-05-31'],
    ['2018-05-31.txt', '2018-05-31'],
    ['x/2018_05_31-1.txt', '2018-05-31'],
    ['20181399.txt', undefined],
    ['120180531.txt', undefined],
    ['page1.txt', undefined],
  ])('%s', (key, day) => {
    expect(dayOfKey(key)).toBe(day);
  });

  it('have to be days', () => {
    expect(['2018-06-12', '2016-02-29', '2018-02-29', '2018-6-1', '20180612', 'x'].map(isDay)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(() => normalize(Buffer.from(body), { reference: '2018-6-1' })).toThrow('reference: "2018-6-1" is no day');
  });
});
