import { createHash } from 'node:crypto';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import type { LedgerFile } from '../../src/archive.ts';
import type { Result } from '../../src/result.ts';
import { sample, samples, unwelcome } from '../support/articles.ts';
import { copydesk } from '../support/cli.ts';
import { folders } from '../support/folders.ts';

const folder = folders();

const offset = v.pipe(v.number(), v.integer(), v.minValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const edit = v.strictObject({ at: offset, removed: v.string(), inserted: v.string() });
const layer = v.strictObject({
  stage: v.picklist(['decode', 'clean', 'repair', 'convert']),
  rule: v.string(),
  script: v.optional(v.picklist(['zh-Hans', 'zh-Hant', 'zh-Hant-TW', 'zh-Hant-HK'])),
  // Of a rule that weighs context.
  confidence: v.optional(share),
  edits: v.array(edit),
});
const kinds =
  'kicker headline deck summary byline dateline paragraph crosshead caption credits source published editorsNote originalHeadline notice listItem endMark';

const day = v.object({ iso: v.string(), precision: v.picklist(['year', 'month', 'day']), basis: v.string() });
/** The contract's Result, every field of it, and what stands beside them. */
const contract = v.strictObject({
  id: v.string(),
  status: v.picklist(['ok', 'rejected']),
  reason: v.optional(v.strictObject({ code: v.string(), message: v.string() })),
  pipelineVersion: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+/)),
  source: v.strictObject({
    sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
    bytes: offset,
    charset: v.string(),
    bom: v.boolean(),
    lossless: v.boolean(),
    format: v.string(),
    name: v.optional(v.string()),
  }),
  script: v.strictObject({ detected: v.picklist(['zh-Hans', 'zh-Hant', 'mixed', 'none']), confidence: share, repaired: v.boolean() }),
  text: v.string(),
  blocks: v.array(v.looseObject({ kind: v.picklist(kinds.split(' ')), start: offset, end: offset })),
  // Beside the contract: the dates of the text, and the articles of the file.
  dates: v.array(v.strictObject({ ...day.entries, start: offset, end: offset })),
  articles: v.array(v.strictObject({ id: v.string(), start: offset, end: offset, date: v.optional(day) })),
  scripts: v.record(v.string(), v.strictObject({ text: v.string(), ninjs: v.looseObject({ uri: v.string(), language: v.string() }) })),
  ledger: v.strictObject({ layers: v.array(layer) }),
  messages: v.array(
    v.strictObject({
      rule: v.string(),
      severity: v.picklist(['info', 'warning', 'error']),
      reason: v.string(),
      start: v.optional(offset),
      end: v.optional(offset),
    }),
  ),
});

async function resultOf(args: readonly string[], input?: Uint8Array): Promise<Result> {
  const { stdout } = await copydesk(['normalize', ...args], input === undefined ? {} : { input });
  return JSON.parse(stdout) as Result;
}

describe('normalize', () => {
  it.each(samples)('prints a Result as the contract has it: %s', async (name) => {
    const { code, stdout, stderr } = await copydesk(['normalize', `tests/samples/${name}.txt`]);
    expect([code, stderr]).toEqual([0, '']);
    const result = v.parse(contract, JSON.parse(stdout));
    const raw = sample(name);
    const sha256 = createHash('sha256').update(raw).digest('hex');
    expect(result).toMatchObject({
      id: sha256.slice(0, 32),
      status: 'ok',
      source: { sha256, bytes: raw.length, charset: 'utf-8', bom: false, lossless: true, format: 'text', name: `${name}.txt` },
      script: { detected: name.startsWith('hans') ? 'zh-Hans' : 'zh-Hant' },
    });
    expect(Object.keys(result.scripts)).toEqual(['zh-Hans', 'zh-Hant']);
    expect(result.text).not.toMatch(/\r|\n$/);
    // Blocks are sorted and inside; those that stand on lines of their own cover the text.
    let last = 0;
    for (const { start, end } of result.blocks) {
      expect(start).toBeGreaterThanOrEqual(last);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(result.text.length);
      last = start;
    }
    for (const [script, { ninjs }] of Object.entries(result.scripts)) {
      expect(ninjs).toMatchObject({ uri: `urn:copydesk:${sha256.slice(0, 32)}:${script}`, language: script, type: 'text' });
    }
    for (const { stage, script } of result.ledger.layers) expect(script !== undefined).toBe(stage === 'convert');
  });

  it.each([['-'], []])('reads standard input: %j', async (...args) => {
    const named = await resultOf(['tests/samples/seed.txt']);
    const { name: _, ...source } = named.source;
    expect(await resultOf(args, sample('seed'))).toEqual({ ...named, source });
  });

  it('converts to the scripts of --scripts', async () => {
    const result = await resultOf(['tests/samples/seed.txt', '--scripts', 'zh-Hant-HK,zh-Hant-TW']);
    expect(Object.keys(result.scripts)).toEqual(['zh-Hant-TW', 'zh-Hant-HK']);
  });

  it.each(['zh-Hans', 'zh-Hant', 'zh-Hant-TW', 'zh-Hant-HK'] as const)('--script %s prints just that text', async (script) => {
    const result = await resultOf(['tests/samples/hans-noise.txt', '--scripts', script]);
    const { code, stdout } = await copydesk(['normalize', 'tests/samples/hans-noise.txt', '--script', script]);
    expect([code, stdout]).toEqual([0, `${result.scripts[script]?.text}\n`]);
  });

  it('--script source prints the clean text as it came', async () => {
    const { text } = await resultOf(['tests/samples/seed.txt']);
    expect((await copydesk(['normalize', 'tests/samples/seed.txt', '--script', 'source'])).stdout).toBe(`${text}\n`);
  });

  it('--format text prints the clean text', async () => {
    const { text } = await resultOf(['tests/samples/seed.txt']);
    expect((await copydesk(['normalize', 'tests/samples/seed.txt', '--format', 'text'])).stdout).toBe(`${text}\n`);
  });

  it('--format markdown prints the headline as one', async () => {
    const { stdout } = await copydesk(['normalize', 'tests/samples/hans-clean.txt', '--format', 'markdown', '--script', 'zh-Hant']);
    expect(stdout).toMatch(/^# 山城雲嶺用好一口百年老井$/m);
  });

  it.each(['ninjs', 'ninjs16', 'jsonld'])('--format %s prints one JSON document in the script of --script', async (format) => {
    const { code, stdout } = await copydesk(['normalize', 'tests/samples/hans-clean.txt', '--format', format, '--script', 'zh-Hant-TW']);
    expect(code).toBe(0);
    const document = JSON.parse(stdout) as Record<string, unknown>;
    expect(document[format === 'jsonld' ? 'inLanguage' : 'language']).toBe('zh-Hant-TW');
  });

  it('--format ninjs is the ninjs of the Result', async () => {
    const result = await resultOf(['tests/samples/seed.txt']);
    const { stdout } = await copydesk(['normalize', 'tests/samples/seed.txt', '--format', 'ninjs', '--script', 'zh-Hans']);
    expect(JSON.parse(stdout)).toEqual(result.scripts['zh-Hans']?.ninjs);
  });

  it('--format ledger prints the ledger of the Result', async () => {
    const result = await resultOf(['tests/samples/seed.txt']);
    const ledger = JSON.parse((await copydesk(['normalize', 'tests/samples/seed.txt', '--format', 'ledger'])).stdout) as LedgerFile;
    expect(ledger.layers).toEqual(result.ledger.layers);
    expect(ledger.source).toMatchObject({ sha256: result.source.sha256, charset: 'utf-8', bom: false });
  });

  it.each(Object.entries(unwelcome))('answers a file that is %s with a rejected Result, and exits with 1', async (reason, raw) => {
    const { code, stdout, stderr } = await copydesk(['normalize'], { input: raw });
    expect(code).toBe(1);
    const result = v.parse(contract, JSON.parse(stdout));
    expect(result).toMatchObject({ status: 'rejected', reason: { code: reason }, blocks: [], scripts: {}, source: { bytes: raw.length } });
    expect(stderr).toContain(reason);
  });

  it('prints no text of a rejected file, and exits with 1', async () => {
    const { code, stdout, stderr } = await copydesk(['normalize', '--format', 'text'], { input: unwelcome['not-chinese'] });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('not-chinese');
  });

  it('takes file names of every kind', async () => {
    const name = '“头条”+ 😀 100%.txt';
    const place = await folder({ [name]: sample('seed') });
    expect((await resultOf([join(place, name)])).source.name).toBe(name);
  });
});
