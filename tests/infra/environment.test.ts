import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readConfig, settingNames } from '../../src/config.ts';
import { rules } from '../../src/rules.ts';
import { bundlePath, environmentOf, loadTemplate, type Value } from './load-template.ts';

const template = loadTemplate();
const environment = environmentOf(template);
const ours = Object.keys(environment).filter((name) => name.startsWith('COPYDESK_'));

describe("the function's environment", () => {
  it('has only settings that the function reads', () => {
    expect(ours.filter((name) => !settingNames.includes(name))).toEqual([]);
  });

  it('has every setting, but the one for local runs', () => {
    expect(settingNames.filter((name) => !ours.includes(name))).toEqual(['COPYDESK_INBOX']);
  });

  it('can be used as it is deployed when nobody sets a parameter', () => {
    const values = ours.map((name) => [name, resolved(environment[name])]);
    expect(readConfig(Object.fromEntries(values))).toEqual({
      archive: 's3://ArchiveBucket',
      scripts: ['zh-Hans', 'zh-Hant'],
      formats: ['ninjs', 'markdown', 'text'],
      without: [],
      pureOpenCC: false,
      maxBytes: 5_242_880,
    });
  });
});

describe('the parameter Without', () => {
  const { AllowedPattern } = template.Parameters.Without ?? {};

  it('takes the id of every rule, and all of them', () => {
    const pattern = new RegExp(String(AllowedPattern));
    const ids = rules.map(({ id }) => id);
    for (const value of ['', ...ids, ids.join()]) expect(value).toMatch(pattern);
  });
});

describe("the function's code", () => {
  const { CodeUri, Handler } = template.Resources.IngestFunction?.Properties ?? {};
  const build = readFileSync(new URL('../../scripts/build.ts', import.meta.url), 'utf8');

  it('is the file that the build writes', () => {
    const [folder, file] = [posix.join('infra', String(CodeUri)), String(Handler).split('.')[0]];
    expect(build).toContain(`outdir: '${folder}'`);
    expect(`${folder}/${file}.mjs`).toBe(bundlePath);
  });

  it('exports the handler that the template names', () => {
    const [, entry = ''] = new RegExp(`entryPoints: \\{ ${String(Handler).split('.')[0]}: '(src/handler\\.ts)'`).exec(build) ?? [];
    const source = readFileSync(new URL(`../../${entry}`, import.meta.url), 'utf8');
    expect(source).toMatch(new RegExp(`^export async function ${String(Handler).split('.')[1]}\\(`, 'm'));
  });
});

/** A value as CloudFormation makes it: parameters by their defaults, resources by their names. */
function resolved(value: Value): string {
  const { Ref, 'Fn::Sub': text } = value as { readonly Ref?: string; readonly 'Fn::Sub'?: string };
  if (Ref !== undefined) return String(template.Parameters[Ref]?.Default);
  return String(text ?? value).replaceAll(/\$\{(\w+)\}/g, '$1');
}
