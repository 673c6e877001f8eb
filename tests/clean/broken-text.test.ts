/** Text that was broken on its way: wrong charsets, escapes of other formats, lost characters. The breakage is made here. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Rule, runRules } from '../../src/clean/rule.ts';
import { characterReference } from '../../src/clean/rules/character-reference.ts';
import { lostCharacter } from '../../src/clean/rules/lost-character.ts';
import { mojibake } from '../../src/clean/rules/mojibake.ts';
import { percentEncoding } from '../../src/clean/rules/percent-encoding.ts';
import { unicodeEscape } from '../../src/clean/rules/unicode-escape.ts';
import { apply, invert } from '../../src/text/edit.ts';

const rules: readonly Rule[] = [mojibake, percentEncoding, unicodeEscape, characterReference, lostCharacter];

function run(rule: Rule, text: string): string {
  return runRules(text, 'clean', [rule]).text;
}

/** The bytes of a text in a double-byte charset; undefined if the charset lacks one of its characters. */
function encoder(label: string): (text: string) => Uint8Array | undefined {
  const decoder = new TextDecoder(label);
  const codes = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = trail === 0x7f ? '\ufffd' : decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && character !== '\ufffd' && !codes.has(character)) codes.set(character, [lead, trail]);
    }
  }
  return (text) => {
    const bytes = [...text].map((character) => (character < '\x80' ? [character.charCodeAt(0)] : codes.get(character)));
    return bytes.every((code) => code !== undefined) ? Uint8Array.from(bytes.flat()) : undefined;
  };
}

const utf8 = (text: string) => Buffer.from(text, 'utf8');
const [gbk, big5] = [encoder('gb18030'), encoder('big5')];

const read = (label: string) => (bytes: Uint8Array | undefined) => bytes && new TextDecoder(label).decode(bytes);
const [asGbk, asBig5, asWindows1252] = [read('gb18030'), read('big5'), read('windows-1252')];
const asLatin1 = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('latin1');

/** Ways to misread a text; undefined where the charset cannot write it. */
const misreadings: Readonly<Record<string, (text: string) => string | undefined>> = {
  'UTF-8 as GBK': (text) => asGbk(utf8(text)),
  'UTF-8 as windows-1252': (text) => asWindows1252(utf8(text)),
  'UTF-8 as ISO 8859-1': (text) => asLatin1(utf8(text)),
  'UTF-8 as Big5': (text) => asBig5(utf8(text)),
  'GBK as windows-1252': (text) => asWindows1252(gbk(text)),
  'GBK as ISO 8859-1': (text) => asLatin1(gbk(text)),
  'Big5 as windows-1252': (text) => asWindows1252(big5(text)),
  'Big5 as ISO 8859-1': (text) => asLatin1(big5(text)),
  'GBK as Big5': (text) => asBig5(gbk(text)),
  'Big5 as GBK': (text) => asGbk(big5(text)),
  'UTF-8 as windows-1252, twice': (text) => asWindows1252(utf8(asWindows1252(utf8(text)) ?? '')),
  'UTF-8 as ISO 8859-1, twice': (text) => asLatin1(utf8(asLatin1(utf8(text)) ?? '')),
  // Only where the first reading lost nothing.
  'UTF-8 as GBK, twice': (text) => (asGbk(utf8(text))?.includes('\ufffd') ? undefined : asGbk(utf8(asGbk(utf8(text)) ?? ''))),
};

const simplified = [
  '新闻',
  '市长讲话',
  '全市春耕生产全面展开',
  '记者昨天从市政府了解到，这条路年底前通车。',
  '“我们把群众的小事当作大事来办”，李明说：“一件一件抓落实。”',
  '据介绍，2024年全市粮食总产量达到21.6万吨，同比增长3.5%，其中夏粮8.2万吨、秋粮13.4万吨；农民人均收入增加1,200元。',
  '会议指出，去年以来，各部门认真落实党中央的决定，扎实推进重点项目建设，取得了新的成绩。会议强调，今年是实现目标的关键一年，要把思想和行动统一到中央的要求上来，加快发展现代产业，切实保障和改善民生，让人民群众有更多的获得感。要加强基层治理，完善公共服务，提高办事效率；要坚持绿色发展，保护好青山绿水；要守住安全底线，做好防汛、防火和道路交通安全工作。会议还听取了教育、医疗、养老等方面的情况汇报，研究了有关问题。市长在总结时说，干部要多到困难多的地方去，带着问题下去，拿着办法回来，不能把调研当成走过场。',
];

const traditional = [
  '新聞',
  '市長講話',
  '立法院今天三讀通過預算案',
  '記者昨天從市政府了解到，這條路年底前通車。',
  '「我們要把學生的安全放在第一位」，校長說：「一件一件去做。」',
  '交通部表示，2024年全年旅客人數達到2,160萬人次，比去年增加3.5%，其中東部線成長最多；票價三年內不會調整。',
  '議員在會上質詢時指出，老舊社區的電梯常常故障，長者上下樓十分不便，希望政府儘快提出改善計畫。局長回應說，今年已經完成三十個社區的檢查，明年將再增加經費，優先處理有長者和身心障礙者居住的大樓。他強調，公共安全沒有折扣，凡是檢查不合格的，一律限期改善，逾期不改的會依法處罰。與會的居民代表說，大家最關心的是什麼時候開工、什麼時候完成，希望每個月公布一次進度，讓鄰居們都能看得到。主持人最後表示，會把各方的意見整理成報告，下個月再開一次會，請相關單位說明辦理的情形，並且把結果公開在網站上。',
];

describe('a wrong charset', () => {
  describe.each(Object.entries(misreadings))('%s', (_, misread) => {
    it.each([...simplified, ...traditional].map((text) => [text.length, text] as const))('is read again: %d units', (_, text) => {
      const broken = misread(text);
      if (broken === undefined) return;
      const repaired = run(mojibake, broken);
      // A byte without a partner is lost, and what it belonged to stays; a text of a few characters may be told too little by.
      if (broken.includes('\ufffd') || text.length < 10) {
        const kept = repaired === broken || repaired === text;
        expect(kept || broken.includes('\ufffd'), repaired).toBe(true);
      } else expect(repaired).toBe(text);
    });
  });

  it('is read again in the shortest words where the bytes are of UTF-8', () => {
    for (const text of ['新闻', '新聞', '中国', '台灣']) {
      for (const kind of ['UTF-8 as windows-1252', 'UTF-8 as ISO 8859-1', 'UTF-8 as windows-1252, twice']) {
        expect(run(mojibake, misreadings[kind]?.(text) ?? ''), kind).toBe(text);
      }
    }
    expect(run(mojibake, '鏂伴椈')).toBe('新闻');
    expect(run(mojibake, 'ÐÂÎÅ')).toBe('新闻');
  });

  it('leaves what has lost a byte, and gives back the rest', () => {
    const broken = asGbk(utf8('市府会议批注报告的')) ?? '';
    expect(broken).toMatch(/鐨\ufffd$/);
    expect(run(mojibake, broken)).toBe('市府会议批注报告鐨\ufffd');
    // The other rule tells of U+FFFD.
    expect(runRules(broken, 'clean', [mojibake]).messages).toEqual([]);
    expect(runRules(broken.slice(0, -1), 'clean', [mojibake]).messages).toMatchObject([
      { rule: 'mojibake', severity: 'warning', reason: expect.stringContaining('review'), start: 8, end: 9 },
    ]);
  });

  it('is found in a stretch of a clean line', () => {
    expect(run(mojibake, `本报讯：${asGbk(utf8('全市春耕生产全面展开'))}，记者李明。`)).toBe('本报讯：全市春耕生产全面展开，记者李明。');
    expect(run(mojibake, `標題是“${asWindows1252(gbk('全市春耕生产'))}”。`)).toBe('標題是“全市春耕生产”。');
    expect(run(mojibake, `据${asGbk(big5('立法院今天三讀通過預算案'))}報導`)).toBe('据立法院今天三讀通過預算案報導');
  });

  it('is taken for granted in a short line where other lines have it', () => {
    const lines = ['健康', '编辑：应川', ...simplified.slice(3, 6)];
    for (const kind of ['GBK as Big5', 'GBK as windows-1252', 'UTF-8 as windows-1252']) {
      const broken = lines.map((line) => misreadings[kind]?.(line) ?? '');
      expect(run(mojibake, broken.join('\n')).split('\n').slice(1), kind).toEqual(lines.slice(1));
    }
  });

  it('leaves clean lines between misread ones', () => {
    const clean = ['记者冼翀、柘荣县摄影', '饕餮与罍', '“亳州芍花”', 'Café Müller，佢哋瞓醒', '約翰·史密斯'];
    for (const [kind, misread] of Object.entries(misreadings)) {
      const broken = simplified.slice(3).flatMap((line, index) => [misread(line) ?? line, clean[index] ?? '']);
      const lines = run(mojibake, [...broken, clean[4]].join('\n')).split('\n');
      for (const line of clean) expect(lines, kind).toContain(line);
    }
  });

  it.each(['UTF-8 as GBK', 'UTF-8 as windows-1252', 'UTF-8 as Big5', 'GBK as windows-1252', 'GBK as Big5', 'Big5 as GBK'])(
    'gives the same text back when the reading is misread again: %s',
    (kind) => {
      for (const text of [...simplified, ...traditional]) {
        const edits = mojibake.find(misreadings[kind]?.(text) ?? '', { report: () => {} });
        for (const { removed, inserted } of edits) expect(misreadings[kind]?.(inserted)).toBe(removed);
      }
    },
  );

  const articles = new URL('../quality/articles/development/', import.meta.url);
  const sentences = readdirSync(articles)
    .flatMap((name) => readFileSync(new URL(name, articles), 'utf8').split('\n'))
    .flatMap((line) => line.match(/[^。！？]+[。！？”」』）]*/g) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{Script=Han}/u.test(sentence));
  it.each([
    ['UTF-8 as windows-1252', 1],
    ['UTF-8 as ISO 8859-1, twice', 1],
    ['GBK as windows-1252', 0.94],
    ['Big5 as ISO 8859-1', 0.94],
    ['GBK as Big5', 0.8],
    ['Big5 as GBK', 0.8],
  ])('gives back sentences of the articles for development: %s', (kind, share) => {
    const broken = sentences.map((sentence) => [sentence, misreadings[kind]?.(sentence)] as const);
    const whole = broken.filter(([, text]) => text !== undefined && !text.includes('\ufffd')).slice(0, 300);
    expect(whole).toHaveLength(300);
    const restored = whole.filter(([sentence, text]) => run(mojibake, text ?? '') === sentence);
    expect(restored.length / whole.length).toBeGreaterThanOrEqual(share);
  });

  it('changes no clean line of the articles for development', () => {
    for (const sentence of sentences) expect(rules.flatMap((rule) => rule.find(sentence, { report: () => {} }))).toEqual([]);
  });
});

/** What people write, and what no rule here may touch or speak of. */
const legitimate = [
  ...['鏂、涓、銆、鐨是四个少见的字', '王涓和李瑾昨天到会', '龘靐齉齾爩鱻麤灪', '犇骉羴猋麤毳淼焱垚', '玤玡玭玦玪玨玫玠玬玞'],
  ...[
    '耄耋之年、饕餮纹、囹圄、齟齬、踟躕、蹀躞',
    '忐忑',
    '蟋蟀在草丛里叫',
    '啁啾',
    '嗡嗡嚶嚶',
    '碔砆混玉',
    '詰屈磝碻',
    '崚嶒',
    '碧玡瑱瑀琤',
  ],
  ...['子曰：“學而時習之，不亦說乎？”', '邾儀父盟於蔑，紀履緰來逆女', '旃旌、旄旆、鞗革', '薨于鄫，諡曰僖', '氍毹、罽毯與氈毳'],
  ...[
    '佢哋話呢個係好嘢，唔該晒',
    '喺度啱啱瞓醒，攞咗把遮',
    '臺灣的鄉鎮、里長與麵線',
    '鄭龑與劉䶮',
    '𠮷野家與𡃁仔',
    '俞飞鸿、闫妮、綦江、郫都',
  ],
  ...[
    '咖啡馆叫Café Müller',
    'naïve、façade、crème brûlée',
    'Đà Nẵng和Huế',
    'nǚ、lǜ、xiǎo lǘ',
    'Zürich、Köln、Malmö、Łódź',
    'ÀÁÂÃÄÅ是带符号的A',
    'São Paulo的Gonçalves',
  ],
  ...[
    'Ångström与Ørsted',
    '法语“été à Paris”',
    '£5、¥100、€20、25°C、±3',
    '第§A条和第§B条',
    '«Le café»',
    'Ärzte, Öl und Übung',
    'pâté（鹅肝酱）',
  ],
  ...[
    '新聞を読む働き方',
    'ありがとう',
    '込める、峠、畑、働く',
    '뉴스와 신문',
    'Жизнь и новости',
    'Ελληνική γλώσσα',
    'ㄅㄆㄇㄈ注音',
    '①②③ⅠⅡⅢ─│┌┐',
  ],
  ...[
    '图标\ue601\ue602\ue60a',
    '\ue000\ue001',
    '约翰·史密斯，阿卜杜拉·本·萨勒曼',
    '他说：“好。”——完',
    '增长100%，占比50%。',
    '100%E的车型',
    '%d和%s',
    '满意率%90',
  ],
  ...['https://a.cn/%E6%96%B0%E9%97%BB?a=%E6%96%B0', 'www.a.cn/?q=%u65b0%u95fb', 'a=1&b=%E6%96%B0%E9%97%BB', '“新”的编码是%E6%96%B0'],
  ...[
    '汉字是[\\u4e00-\\u9fa5]',
    '写作\\u65b0',
    'C:\\users\\face\\uadmin',
    '正则/\\u65b0\\u95fb/',
    '`\\u65b0\\u95fb`',
    'JSON里写"\\\\u65b0\\\\u95fb"',
  ],
  ...[
    'AT&T、R&D;、Q&A',
    '见https://a.cn/?a=1&copy=2',
    'https://a.cn/?a=1&amp;b=2&quot;',
    '换行写作&lt;br&gt;，不是&quot;',
    '`a &amp;&amp; b`',
    '空格写作“&nbsp;”',
  ],
  ...[
    '真的吗？？？大家都不信',
    '什么???你说什么',
    '“锟斤拷”是怎么来的',
    '他喊：“烫烫烫！”',
    '三公斤拷贝纸',
    '陈锟斤斤计较',
    '你去过吗??',
    '你认识王瑾?',
  ],
];

describe('legitimate text', () => {
  it('is varied', () => expect(new Set(legitimate).size).toBeGreaterThanOrEqual(60));

  it.each(legitimate)('is kept, and nothing is said of it: %s', (text) => {
    const { text: cleaned, messages } = runRules(text, 'clean', rules);
    expect(cleaned).toBe(text);
    expect(messages.filter(({ reason }) => !reason.includes('escaped markup'))).toEqual([]);
  });

  it('is kept all together', () => {
    expect(runRules(legitimate.join('\n'), 'clean', rules).layers).toEqual([]);
  });
});

describe('escapes', () => {
  it('of HTML come off, however deep, and give no control characters', () => {
    expect(run(characterReference, '&amp;amp;amp;amp;nbsp;')).toBe('\u00a0');
    expect(run(characterReference, '&#8226;&bull;&#x2022;')).toBe('•••');
    expect(run(characterReference, '&amp;unknown;')).toBe('&unknown;');
    for (const reference of ['&#0;', '&#7;', '&#13;', '&#x85;&#10;', '&#x2028;', '&#xdfff;', '&#xfffe;', '&#99999999;']) {
      expect(run(characterReference, reference)).not.toMatch(/[\p{Cc}\p{Cs}\p{Cn}\u2028]/u);
    }
  });

  it('of HTML never make a reference of what was none', () => {
    for (const text of ['&l&#116;;', '&#3&#56;;', '&&#108;t;', '&amp;&#108;t;', '&am&#112;;lt;', '&lt&#59;']) {
      const once = run(characterReference, text);
      expect(run(characterReference, once)).toBe(once);
    }
  });

  it('say where markup is escaped', () => {
    const { messages } = runRules('正文\n段落&lt;p&gt;', 'clean', [characterReference]);
    expect(messages).toMatchObject([{ severity: 'warning', start: 5, end: 10 }]);
  });

  it('of bytes come off in names of files', () => {
    expect(run(percentEncoding, encodeURIComponent('市长讲话（一）2024年.docx'))).toBe('市长讲话（一）2024年.docx');
    expect(run(percentEncoding, '附件%D0%C2%CE%C5%B1%A8%B5%C0')).toBe('附件新闻报道');
    expect(run(percentEncoding, '%e6%96%b0%e9%97%bb')).toBe('新闻');
  });

  it('of UTF-16 come off, in pairs as well', () => {
    const escaped = (text: string) => text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
    for (const text of [...simplified, ...traditional]) {
      const plain = text.replace(/[\dA-Z]/g, '');
      expect(run(unicodeEscape, escaped(plain).replaceAll('\\u0025', '%'))).toBe(plain);
    }
    expect(run(unicodeEscape, escaped('好😀𠮷'))).toBe('好😀𠮷');
    expect(run(unicodeEscape, '好\\ud83d\\u65b0\\u95fb')).toBe('好\\ud83d新闻');
  });
});

describe('lost characters', () => {
  const messagesOf = (text: string) => runRules(text, 'clean', [lostCharacter]).messages;

  it.each([
    ['据\ufffd\ufffd方消息', 1, 3],
    ['记者锟斤拷锟斤拷报道', 2, 8],
    ['记者斤拷锟报道', 2, 5],
    ['内容烫烫烫烫为空', 2, 6],
    ['内容屯屯屯为空', 2, 5],
    ['工作报鐨?新', 3, 5],
    ['工作报鐨\ufffd新', 3, 5],
    ['记者???报道', 2, 5],
    ['第？？？？号', 1, 5],
    ['ï¿½ï¿½方', 0, 6],
  ])('are told of and kept: %s', (text, start, end) => {
    expect(messagesOf(text)).toMatchObject([{ rule: 'lost-character', severity: 'warning', start, end }]);
    expect(run(lostCharacter, text)).toBe(text);
  });

  it('are counted behind the twentieth place', () => {
    const messages = messagesOf('据\ufffd方'.repeat(50));
    expect(messages).toHaveLength(21);
    expect(messages.at(-1)?.reason).toContain('30 more');
    expect(messagesOf('据\ufffd方'.repeat(20))).toHaveLength(20);
  });
});

describe('every rule for broken text', () => {
  const pieces = [
    ...[...simplified, ...traditional].flatMap((text) => [
      text,
      ...Object.values(misreadings).map((misread) => misread(text.slice(0, 40)) ?? ''),
    ]),
    ...legitimate,
    ...[
      '鏂',
      '伴',
      '椈',
      '\ufffd',
      '?',
      '€',
      'æ–',
      '°',
      'Ã',
      '\u0080',
      '\n',
      '\ud83d',
      '\ude00',
      '“',
      '·',
      '\ue652',
      '穝',
      '籇',
      'ÐÂ',
      '，',
    ],
    ...['&', '&amp;', 'amp;', '#38;', '#', 'lt;', '&lt;', '&#108;', ';', 'x26;', '&#96;', '`', '<b>', 'http://', '?', '&#63;', '&nbsp;'],
    ...[
      '%E6%96%B0',
      '%',
      '%25',
      '%20',
      '%34%31',
      'E6',
      '%D0%C2',
      '\\u65b0',
      '\\u',
      '\\ud83d',
      '\\ude00',
      '\\u005c',
      '\\u0075',
      '%u95fb',
      '-',
      '[',
    ],
  ];
  const broken = fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...pieces) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
        {
          weight: 1,
          arbitrary: fc.uint8Array({ maxLength: 12 }).map((bytes) => new TextDecoder('gb18030').decode(bytes)),
        },
      ),
      { maxLength: 24, size: 'max' },
    )
    .map((parts) => parts.join(''));

  it.each(rules.map((rule) => [rule.id, rule] as const))('finds nothing in what it has cleaned, and can be undone: %s', (_, rule) => {
    fc.assert(
      fc.property(broken, (text) => {
        const edits = rule.find(text, { report: () => {} });
        const cleaned = apply(text, edits);
        expect(apply(cleaned, invert(edits))).toBe(text);
        expect(rule.find(cleaned, { report: () => {} })).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it.each(rules.map((rule) => [rule.id, rule] as const))('reports places that are there, 21 at most: %s', (_, rule) => {
    fc.assert(
      fc.property(broken, (text) => {
        let count = 0;
        rule.find(text, {
          report: ({ start = -1, end = -1 }) => {
            count++;
            expect(start >= 0 && start < end && end <= text.length).toBe(true);
          },
        });
        expect(count).toBeLessThanOrEqual(21);
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    '鏂',
    '鏂伴椈a',
    'æ',
    'Ã¦',
    'Ðb ',
    '“',
    '\ue652\ue145',
    '穝籇',
    '龘靐',
    '&',
    '&amp;',
    '`',
    '%E6 ',
    '%',
    '\\u65b0a',
    '?',
    '锟斤',
    'http://',
  ])('does not slow down on a row of %j', (piece) => {
    const text = piece.repeat(Math.ceil(300_000 / piece.length));
    for (const rule of rules) expect(apply(text, rule.find(text, { report: () => {} })).length).toBeGreaterThan(0);
  });
});
