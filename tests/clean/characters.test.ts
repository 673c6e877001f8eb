import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildIdeographs } from '../../scripts/build-ideographs.ts';
import { ideographBlocks } from '../../src/clean/ideographs.generated.ts';
import { runRules } from '../../src/clean/rule.ts';
import { compatibilityIdeograph } from '../../src/clean/rules/compatibility-ideograph.ts';
import { fullwidthAlphanumeric } from '../../src/clean/rules/fullwidth-alphanumeric.ts';
import { homoglyph } from '../../src/clean/rules/homoglyph.ts';
import { invisibleCharacter } from '../../src/clean/rules/invisible-character.ts';
import { privateUse } from '../../src/clean/rules/private-use.ts';
import { applyLayers, undoLayers } from '../../src/text/edit.ts';

const rules = [invisibleCharacter, compatibilityIdeograph, fullwidthAlphanumeric, homoglyph, privateUse];
const named = rules.map((rule) => [rule.id, rule] as const);

const cleanWith = (rule: (typeof rules)[number]) => (text: string) => runRules(text, 'clean', [rule]).text;

describe.each(named)('%s', (_, rule) => {
  const run = cleanWith(rule);

  it.each(rule.examples.map(({ raw, clean }) => [raw, clean]))('mends %j', (raw, clean) => {
    expect(run(raw)).toBe(clean);
    expect(run(clean)).toBe(clean);
  });

  it.each(rule.keeps.map((text) => [text]))('keeps %j', (text) => {
    expect(run(text)).toBe(text);
  });

  it('says why', () => {
    expect(rule.why).toMatch(/\p{Script=Han}/u);
    expect(rule.examples.length * rule.keeps.length).toBeGreaterThan(0);
  });
});

describe('invisible characters', () => {
  const run = cleanWith(invisibleCharacter);

  it.each([
    ['新\u200b闻\u200b：中共中央政治局\u200d常委', '新闻：中共中央政治局常委'],
    ['新\u2060聞\u200c標\u200e題', '新聞標題'],
    ['標題\u{e0061}\u{e0062}\u{e007f}正文', '標題正文'],
    ['葛\u{e0101}飾區', '葛飾區'],
    ['註\ufff9漢字\ufffa\ufffb音', '註漢字音'],
    ['第一行\u0000\u0008\u001b\u007f\u0080\u0084\u0086\u009f', '第一行'],
    ['글\u3164\uffa0자\u115f\u1160', '글자'],
    ['中国。\ufe00，\ufe01', '中国。，'],
    ['😀\ufe0f\ufe0f', '😀\ufe0f'],
    ['😀\u{e0068}\u{e0069}', '😀'],
    ['🏴\u{e0068}', '🏴'],
    ['👍\u200b🏽', '👍🏽'],
    ['1\ufe0f号', '1号'],
    ['1\u200b\ufe0f\u20e3', '1\ufe0f\u20e3'],
    ['👩\u200d是', '👩是'],
    ['是\u200d👩', '是👩'],
    ['م\u200b\u200cم', 'م\u200cم'],
    ['\u202d订单\u202c\nשלום \u202a1\u202c', '订单\nשלום \u202a1\u202c'],
    ['\u202a1\u061c', '1'],
  ])('%j is %j', (raw, clean) => {
    expect(run(raw)).toBe(clean);
    expect(run(clean)).toBe(clean);
  });

  it.each([
    '🏳\ufe0f\u200d🌈🏴\u200d☠\ufe0f👁\ufe0f\u200d🗨\ufe0f👨🏻\u200d🦰🚶\u200d➡\ufe0f☎\ufe0e#\ufe0f\u20e3',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}🇨🇳',
    'עברית\u200e, َ\u200d',
    '한글 \u115fᅡ ᄀ\u1160',
    '第一行\t第二行\n第三行\r\n\v\f\u0085\u2028\u2029',
    '\u00a0\u2000\u2003\u200a\u202f\u205f\u3000\u2800',
  ])('stay in %j', (text) => {
    expect(run(text)).toBe(text);
  });

  it('do not let the halves of a broken pair come together', () => {
    for (const text of ['\ud83d\u200b\ude00', '\udb40\u200b\udc41', '\ud800\u{e0041}\udc00']) expect(run(text)).toBe(text);
    expect(run('\ud83d\u200b新\u200b\ude00')).toBe('\ud83d新\ude00');
  });
});

describe('radicals and compatibility ideographs', () => {
  const run = cleanWith(compatibilityIdeograph);

  it.each([
    ['⼈⼝⼤县的⻘年⼈和⺟亲', '人口大县的青年人和母亲'],
    ['⾧江⾵⾬⾶⿂⿃⿓', '長江風雨飛魚鳥龍'],
    ['⼀、⽔利；⼆、⼭、⽔、林、⽥', '一、水利；二、山、水、林、田'],
    ['全⼒部署，⻄⽅部分国家', '全力部署，西方部分国家'],
    ['部首⽊写作⽊，“⽊”字', '部首木写作木，“木”字'],
    ['\u{2f800}\ufa19\ufa0d', '丽神嗀'],
    ['⻳⺟⻅⻓', '龟母见长'],
    ['⽤⼾说', '用户说'],
    ['⽤⼾說，⾨⼾', '用戶說，門戶'],
    ['⼀⼾', '一戶'],
  ])('%j is %j', (raw, clean) => {
    expect(run(raw)).toBe(clean);
    expect(run(clean)).toBe(clean);
  });

  it.each(['⼀部', '（⾡）⻌', '⽔部：', '⼀ ⼁ ⼂', '⺈⺌⺼⻏⺮⻊', '⺿字頭、⺮字头', '⽂'])(
    'are kept where they are spoken of: %j',
    (text) => {
      expect(run(text)).toBe(text);
    },
  );

  it('are mended but where many more are spoken of', () => {
    const list = '⼀、⼁、⼂、⼃、⼄、⼅、⼆、⼇、⼈';
    expect(run(`${list}，又如提手旁⺘`)).toBe(`${list}，又如提手旁扌`);
    expect(run('“⼀”、“⼁”，⼈⺠')).toBe('“一”、“丨”，人民');
  });

  it('are in the table that the script builds', () => {
    expect(buildIdeographs()).toContain(ideographBlocks[0]?.ideographs);
    const targets = ideographBlocks.flatMap(({ ideographs }) => [...ideographs]).filter((one) => one !== ' ');
    expect(targets.length).toBeGreaterThan(1300);
    for (const target of targets) {
      expect(target).toMatch(/^\p{Unified_Ideograph}$/u);
      expect(run(`字${target}字`)).toBe(`字${target}字`);
    }
  });

  it('leave every character of the text that NFC leaves, but radicals', () => {
    for (let code = 0xa0; code < 0x30000; code++) {
      const character = String.fromCodePoint(code);
      if ((code >= 0x2e80 && code <= 0x2fd5) || /\p{Ideographic}/u.test(character)) continue;
      if (compatibilityIdeograph.find(`字${character}`, { report: () => {} }).length > 0) expect.fail(code.toString(16));
    }
    for (const code of [0xf900, 0xfa0c, 0xfa6d, 0xfad9, 0x2f800, 0x2fa1d]) {
      expect(run(String.fromCodePoint(code))).toBe(String.fromCodePoint(code).normalize('NFC'));
    }
  });
});

describe('fullwidth letters and digits', () => {
  const run = cleanWith(fullwidthAlphanumeric);

  it.each([
    ['Ａ股ＰＭ２．５降１２．３％', 'A股PM2.5降12.3%'],
    ['１．５．３', '1.5.3'],
    ['１．本報訊', '1．本報訊'],
    ['３：１，２', '3：1，2'],
    ['Ａ．Ｂ％', 'A．B％'],
    ['％５％％', '％5%％'],
    ['ａｚＡＺ０９', 'azAZ09'],
    ['２０２４－２５／７', '2024－25／7'],
  ])('%j is %j', (raw, clean) => {
    expect(run(raw)).toBe(clean);
    expect(run(clean)).toBe(clean);
  });
});

describe('homoglyphs', () => {
  const run = cleanWith(homoglyph);

  it.each([
    ['称Мicrоsоft與ТikТоk', '称Microsoft與TikTok'],
    ['рН值', 'рН值'],
    ['рH值、Сu、А4L', 'pH值、Cu、A4L'],
    ['ΑΙ与ΑI', 'ΑΙ与AI'],
    ['сafе́', 'cafe\u0301'],
    ['Sберbank', 'Sберbank'],
    ['αpple', 'αpple'],
    ['Роccия', 'Роccия'],
  ])('%j is %j', (raw, clean) => {
    expect(run(raw)).toBe(clean);
    expect(run(clean)).toBe(clean);
  });
});

describe('private-use characters and noncharacters', () => {
  const report = (text: string) => runRules(text, 'clean', [privateUse]);

  it('are told of where they stand', () => {
    const { layers, messages } = report('😀张\ue5e5和\u{10fffd}\ufdd0、𠮷\u{2ffff}');
    expect(layers).toEqual([]);
    expect(messages).toMatchObject([
      { rule: 'private-use', severity: 'warning', start: 3, end: 4, reason: expect.stringContaining('U+E5E5 is kept') },
      { start: 5, end: 8, reason: expect.stringContaining('U+10FFFD U+FDD0 are kept') },
      { start: 11, end: 13, reason: expect.stringContaining('U+2FFFF is kept') },
    ]);
  });

  it('are counted where there are many', () => {
    const { messages } = report('字\ue000'.repeat(50));
    expect(messages.length).toBe(21);
    expect(messages.at(-1)?.reason).toContain('30 more');
    expect(report('\ue000'.repeat(100)).messages[0]?.reason).toContain('U+E000 and 92 more are kept');
  });

  it('are no characters of a standard', () => {
    for (const text of ['\ud7ff\uf900\ufffd', '\u{1fffd}\u{20000}\u{efffd}', '\ud83f\udfff'.slice(0, 1)])
      expect(report(text).messages).toEqual([]);
  });
});

describe('for random texts', () => {
  const pieces = fc.constantFrom(
    ...['新闻', '新聞', '字', '部', '字旁', '、', '“', '”', '\n', '\r\n', ' ', '8', 'Apple', 'm', '.', '%', '，'],
    ...['\u200b', '\u200c', '\u200d', '\u200e', '\u061c', '\u202a', '\u202c', '\u2067', '\u2069', '\u00ad', '\ufeff', '\0', '\x9f'],
    ...['\ufe0e', '\ufe0f', '\ufe00', '\u20e3', '#', '\u{e0101}', '\u{e0067}', '\u{e0062}', '\u{e0065}', '\u{e007f}'],
    ...[
      '😀',
      '👨',
      '👩',
      '🏽',
      '🏴',
      '❤',
      '©',
      '🇨',
      '𠮷',
      'محمد',
      '\u064b',
      'שלום',
      'क',
      '\u094d',
      'ᠨ',
      '\u180b',
      '\u180e',
      'ᄀ',
      '\u115f',
      '\u1160',
    ],
    ...['⽂', '⼀', '⼁', '⼂', '⼃', '⺮', '⻓', '\uf900', '﨎', '\u{2f800}', '\u{2fa1d}', '\ufad9'],
    ...['Ａ', '９', '０', '．', '％', '：', 'р', 'О', 'ο', 'α', 'ж', 'Δ', 'é', '\u0301'],
    ...['\ue5e5', '\u{f0000}', '\uffff', '\u{1ffff}', '\ud83d', '\udb40', '\ud87e', '\udc41', '\udc00', '\ude00'],
  );
  const text = fc
    .array(fc.oneof({ weight: 6, arbitrary: pieces }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 2 }) }), {
      maxLength: 40,
      size: 'max',
    })
    .map((parts) => parts.join(''));
  const runs = { numRuns: 3000 };

  it.each(named)('%s finds nothing in what it has cleaned, and its edits are sound', (_, rule) => {
    fc.assert(
      fc.property(text, (raw) => {
        const once = runRules(raw, 'clean', [rule]);
        expect(rule.find(once.text, { report: () => {} })).toEqual([]);
        expect(applyLayers(raw, once.layers)).toBe(once.text);
        expect(undoLayers(once.text, once.layers)).toBe(raw);
      }),
      runs,
    );
  });

  it('astral characters are whole after all rules, and those that no rule means are in their order', () => {
    const astral = fc.integer({ min: 0x10000, max: 0x10ffff }).map((code) => String.fromCodePoint(code));
    const wholePieces = pieces.filter((piece) => piece.isWellFormed());
    const meant = /[\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/gu;
    fc.assert(
      fc.property(fc.array(fc.oneof(astral, wholePieces)), (parts) => {
        const raw = parts.join('').replace(/[\u{2f800}-\u{2fa1d}]/gu, '');
        const cleaned = runRules(raw, 'clean', rules).text;
        expect(cleaned.isWellFormed()).toBe(true);
        expect(cleaned.replace(meant, '').match(/[^\0-\uffff]/gu)).toEqual(raw.replace(meant, '').match(/[^\0-\uffff]/gu));
      }),
      runs,
    );
  });
});
