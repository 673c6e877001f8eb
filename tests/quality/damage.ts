/** Ways in which clean text comes to a newsroom damaged, one for each rule that mends it. */
import { convertText } from '../../src/convert/opencc.ts';
import { layouts, wrapArticle } from '../support/wrap.ts';

export interface Damage {
  /** The rule that mends it. */
  readonly rule: string;
  /** The damaged text, or undefined where there is nothing to damage. */
  readonly damage: (text: string, random: () => number) => string | undefined;
  /** How many damaged places a text has, or is left with. */
  readonly sites: RegExp;
}

/** Replaces, and gives undefined if nothing was there to replace. */
function replaced(text: string, pattern: RegExp, by: (found: string) => string): string | undefined {
  const damaged = text.replace(pattern, by);
  return damaged === text ? undefined : damaged;
}

const radicals: Readonly<Record<string, string>> = {
  一: '⼀',
  人: '⼈',
  大: '⼤',
  文: '⽂',
  日: '⽇',
  水: '⽔',
  生: '⽣',
  老: '⽼',
  高: '⾼',
  年: '年',
};
const homoglyphs: Readonly<Record<string, string>> = { a: 'а', e: 'е', o: 'о', p: 'р', c: 'с' };
/** What NFKC makes of the marks of full width. */
export const flat: Readonly<Record<string, string>> = { '，': ',', '：': ':', '；': ';', '！': '!', '？': '?', '（': '(', '）': ')' };
const entities: Readonly<Record<string, string>> = { '“': '&ldquo;', '”': '&rdquo;', '「': '&#12300;', '」': '&#x300d;', '—': '&mdash;' };
const paragraph = /^.{60,}$/gmu;

export const damages: readonly Damage[] = [
  { rule: 'line-ending', sites: /\r/g, damage: (text) => replaced(text, /\n/g, () => '\r\n') },
  { rule: 'blank-space', sites: /\n\n/g, damage: (text) => `　　${text.replaceAll('\n', '\n\n　　')}  \n` },
  { rule: 'hard-wrap', sites: /(?<=\p{Script=Han})\n(?=\p{Script=Han})/gu, damage: (text) => wrapArticle(text, 32, layouts[0], 'push') },
  { rule: 'run-together', sites: /　　/g, damage: (text) => replaced(text, /(?<=[。！？”」])\n(?=.{40})/g, () => '　　') },
  {
    rule: 'spaced-characters',
    sites: /(?<=\p{Script=Han}) (?=\p{Script=Han})/gu,
    damage: (text) => replaced(text, /^[\p{Script=Han}，。、；：“”「」？！]{40,}$/gmu, (line) => [...line].join(' ')),
  },
  {
    rule: 'invisible-character',
    sites: /[\u200b\u00ad\u2060]/g,
    damage: (text, random) => replaced(text, /\p{Script=Han}/gu, (one) => (random() < 0.02 ? `${one}\u200b` : one)),
  },
  {
    rule: 'compatibility-ideograph',
    sites: /[\u2f00-\u2fdf\uf900-\ufaff]/g,
    damage: (text) => replaced(text, /[一人大文日水生老高年]/g, (one) => radicals[one] ?? one),
  },
  {
    rule: 'fullwidth-alphanumeric',
    sites: /[０-９Ａ-Ｚａ-ｚ]/g,
    damage: (text) => replaced(text, /[0-9A-Za-z]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  },
  {
    rule: 'homoglyph',
    sites: /[а-я]/g,
    damage: (text, random) =>
      replaced(text, /[A-Za-z]{5,}/g, (word) => word.replace(/[aeopc]/, (one) => (random() < 0.7 ? (homoglyphs[one] ?? one) : one))),
  },
  { rule: 'mojibake', sites: /[\u0080-\u00ff]{2}/g, damage: (text) => Buffer.from(text).toString('latin1') },
  { rule: 'character-reference', sites: /&#?\w+;/g, damage: (text) => replaced(text, /[“”「」—]/g, (one) => entities[one] ?? one) },
  {
    rule: 'unicode-escape',
    sites: /\\u[0-9a-f]{4}/g,
    damage: (text) =>
      replaced(text, paragraph, (line) =>
        line.replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
      ),
  },
  {
    rule: 'punctuation-width',
    sites: /(?<=\p{Script=Han})[,:;!?](?=\p{Script=Han}|$)/gmu,
    damage: (text) => replaced(text, /[，：；！？（）]/g, (one) => flat[one] ?? one),
  },
  { rule: 'straight-quotes', sites: /"/g, damage: (text) => replaced(text, /[“”]/g, () => '"') },
  { rule: 'dots-and-dashes', sites: /\.\.\.|--/g, damage: (text) => replaced(text, /……|——/g, (one) => (one === '……' ? '...' : '--')) },
  {
    rule: 'doubled-punctuation',
    sites: /，，|。。/g,
    damage: (text, random) => replaced(text, /[，。]/g, (one) => (random() < 0.05 ? one + one : one)),
  },
  {
    // What is left by a converter that goes character by character: those that both scripts have.
    rule: 'naive-conversion',
    sites: /[并于后范]/g,
    damage: (text) =>
      convertText(text, 'zh-Hant-TW', 'zh-Hans') === text
        ? undefined
        : replaced(text, /[於後幹範並準製裡]/g, (one) => convertText(one, 'zh-Hant-TW', 'zh-Hans')),
  },
];
