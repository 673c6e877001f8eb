/** The list of the rules, and what holds when any of them is off. What the rules of cleaning mend and keep is in tests/clean/rules.test.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convert, convertText } from '../src/convert/index.ts';
import { type Script, scripts } from '../src/convert/scripts.ts';
import { ConfigError } from '../src/errors.ts';
import { normalize, reconstruct } from '../src/index.ts';
import type { Result } from '../src/result.ts';
import { inRuleOrder, isRule, rules } from '../src/rules.ts';
import { outerBlocks } from '../src/structure/article.ts';
import { applyLayers } from '../src/text/edit.ts';
import { article, sample, samples } from './support/articles.ts';

const ids = rules.map(({ id }) => id);
const convertRules = rules.filter(({ stage }) => stage === 'convert');

describe('the list', () => {
  it('has every rule of cleaning, repair and conversion once, in the order that they run in', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect([...new Set(rules.map(({ stage }) => stage))]).toEqual(['clean', 'repair', 'convert']);
    expect(ids).toEqual(expect.arrayContaining(['line-ending', 'naive-conversion', 'context/word-boundary', 'quotes']));
  });

  it('has every layer of the ledger but those of decoding and of OpenCC', () => {
    const layers = samples.flatMap((name) => normalize(sample(name), { scripts }).ledger.layers);
    const others = layers.filter(({ stage, rule }) => stage !== 'decode' && !isRule(rule)).map(({ rule }) => rule);
    expect(others.filter((rule) => !rule.startsWith('opencc/'))).toEqual([]);
    for (const { rule, stage } of layers) expect(rules.find(({ id }) => id === rule)?.stage ?? stage).toBe(stage);
  });

  it('is data', () => {
    expect(JSON.parse(JSON.stringify(rules))).toEqual(rules);
    for (const { why, examples, keeps } of rules) expect([why !== '', examples.length > 0, keeps.length > 0]).toEqual([true, true, true]);
  });

  it('puts ids in its order, each once', () => {
    expect(inRuleOrder(['quotes', 'line-wrap', 'quotes', 'line-ending'])).toEqual(['line-ending', 'line-wrap', 'quotes']);
    expect(inRuleOrder([...ids].reverse())).toEqual(ids);
  });
});

describe.each(convertRules.map((rule) => [rule.id, rule] as const))('%s', (id, { examples, keeps }) => {
  const run = (raw: string, script: Script, without: readonly string[] = []) =>
    normalize(Buffer.from(raw), { scripts: [script], without }).scripts[script]?.text;

  it.each(examples.map(({ raw, clean, script = 'zh-Hans' }) => [raw, clean, script] as const))('makes %s %s', (raw, clean, script) => {
    expect(run(raw, script)).toBe(clean);
    expect(run(raw, script, [id])).not.toBe(clean);
  });

  it.each(keeps.map((text) => [text]))('keeps %s', (text) => {
    const { layers } = normalize(Buffer.from(text), { scripts }).ledger;
    expect(layers.map(({ rule }) => rule)).not.toContain(id);
  });
});

describe('a rule that is off', () => {
  const inputs = [...samples.map(sample), ...rules.flatMap(({ examples }) => examples.map(({ raw }) => Buffer.from(raw)))];

  it.each(ids)('leaves no layer and no message: %s', (id) => {
    for (const input of inputs) {
      const { ledger, messages } = normalize(input, { scripts, without: [id] });
      expect([...ledger.layers, ...messages].map(({ rule }) => rule)).not.toContain(id);
    }
  });

  it.each(ids)('leaves all layers there are, where it had none: %s', (id) => {
    for (const input of inputs) {
      const on = normalize(input, { scripts });
      if (![...on.ledger.layers, ...on.messages].some(({ rule }) => rule === id)) {
        expect(normalize(input, { scripts, without: [id] })).toEqual(on);
      }
    }
  });

  it('is told apart from the others: the article is what it is without its edits', () => {
    const { text } = normalize(sample('seed'));
    expect(text).toContain('領導幹部');
    const off = normalize(sample('seed'), { without: ['naive-conversion'] });
    expect(off.text).toBe(
      text.replaceAll('領導幹部', '領導干部').replaceAll('並講話', '并講話').replaceAll('關於', '關于').replaceAll('防範遏', '防范遏'),
    );
    expect(off.script.repaired).toBe(false);
  });

  it('is off for convertText too', () => {
    const without = ['context/press-spelling', 'quotes', 'line-wrap'];
    expect(convertText('台湾说“好”', 'zh-Hans', 'zh-Hant-TW', { without })).toBe('臺灣說“好”');
    expect(convertText('台湾说“好”', 'zh-Hans', 'zh-Hant-TW', { without: ['quotes'] })).toBe('台灣說“好”');
    expect(convert('台湾说“好”', [], 'zh-Hans', 'zh-Hant-TW', { without }).text).toBe('臺灣說“好”');
  });
});

describe('with any rules off', () => {
  const text = fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...rules.flatMap(({ examples }) => examples.map(({ raw }) => raw))) },
        {
          weight: 4,
          arbitrary: fc.constantFrom('\n', '\r\n', '\n\n', '　　', '\u2028', '，', ',', '“', '”', '《', '》', '责任编辑：藍 圖'),
        },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
      ),
      { maxLength: 12, size: 'max' },
    )
    .map((parts) => parts.join(''));

  it('the raw bytes come back, and the ledger gives every script', () => {
    fc.assert(
      fc.property(text, fc.subarray(ids), (raw, without) => {
        const bytes = Buffer.from(raw);
        expectHolds(normalize(bytes, { scripts, without }), bytes);
      }),
      { numRuns: 500 },
    );
  });

  it('or all of them, an article holds', () => {
    for (const bytes of [...samples.map(sample), article(7)]) {
      const result = normalize(bytes, { scripts, without: ids });
      expectHolds(result, bytes);
      expect(result.ledger.layers.filter(({ rule }) => isRule(rule))).toEqual([]);
    }
  });

  function expectHolds({ status, text: clean, ledger, source, scripts: converted, blocks }: Result, bytes: Buffer): void {
    expect(Buffer.compare(reconstruct(clean, ledger.layers, source), bytes)).toBe(0);
    if (status === 'rejected') return;
    expect(outerBlocks(blocks).map(({ start, end }) => clean.slice(start, end))).toEqual(clean === '' ? [] : clean.split('\n'));
    for (const script of scripts) {
      const branch = ledger.layers.filter((layer) => layer.script === script);
      expect(applyLayers(clean, branch)).toBe(converted[script]?.text);
    }
  }
});

describe('an id that no rule has', () => {
  it.each(['no-such-rule', '', 'Quotes', 'context', 'constructor', 'opencc/s2t'])('is refused and named: %j', (id) => {
    const act = () => normalize(sample('seed'), { without: ['quotes', id] });
    expect(act).toThrow(ConfigError);
    expect(act).toThrow(`${JSON.stringify(id)}; \`copydesk rules\` lists them`);
  });
});
