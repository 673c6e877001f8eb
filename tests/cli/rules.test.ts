import { describe, expect, it } from 'vitest';
import { type RuleDescription, rules } from '../../src/rules.ts';
import { copydesk, jsonLines } from '../support/cli.ts';

describe('rules', () => {
  it('lists every rule, with a line for each thing that is known of it', async () => {
    const { code, stdout, stderr } = await copydesk(['rules']);
    expect([code, stderr]).toEqual([0, '']);
    const entries = stdout.trimEnd().split('\n\n');
    expect(entries.map((entry) => entry.split('  ')[0])).toEqual(rules.map(({ id }) => id));
    for (const [index, { stage, why, confidence, examples, keeps }] of rules.entries()) {
      const [head = '', reason, ...lines] = (entries[index] ?? '').split('\n');
      expect(head.split('  ').slice(1)).toEqual([stage, ...(confidence === undefined ? [] : [`confidence ${confidence}`])]);
      expect(reason).toBe(`  ${why}`);
      expect(lines.map((line) => line.slice(0, 9))).toEqual([...examples.map(() => '  mends  '), ...keeps.map(() => '  keeps  ')]);
    }
  });

  it('shows line breaks, and what a terminal would obey or hide', async () => {
    const { stdout } = await copydesk(['rules']);
    expect(stdout).toContain('  mends  標題\\u{d}⏎正文。\\u{d}結尾。 → 標題⏎正文。⏎結尾。\n');
    expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00a0]/u);
  });

  it('names the script of a conversion', async () => {
    expect((await copydesk(['rules'])).stdout).toContain('  mends  台湾宣布 → 台灣宣布  (zh-Hant-TW)\n');
  });

  it('with --json prints the same, one rule a line', async () => {
    const { code, stdout, stderr } = await copydesk(['rules', '--json']);
    expect([code, stderr]).toEqual([0, '']);
    expect(jsonLines<RuleDescription>(stdout)).toEqual(rules);
  });

  it('takes no argument', async () => {
    expect(await copydesk(['rules', 'quotes'])).toMatchObject({ code: 2, stdout: '' });
  });
});
