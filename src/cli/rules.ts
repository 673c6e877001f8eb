/** `copydesk rules`: what is done to a text, and can be turned off. */
import { type RuleDescription, rules } from '../rules.ts';
import { print } from './output.ts';

export async function rulesCommand({ json }: { readonly json?: boolean }): Promise<void> {
  await print(json ? rules.map((rule) => `${JSON.stringify(rule)}\n`).join('') : rules.map(described).join('\n'));
}

function described({ stage, id, why, confidence, examples, keeps }: RuleDescription): string {
  const lines = [
    [id, stage, ...(confidence === undefined ? [] : [`confidence ${confidence}`])].join('  '),
    `  ${why}`,
    ...examples.map(
      ({ raw, clean, script }) => `  mends  ${visible(raw)} → ${visible(clean)}${script === undefined ? '' : `  (${script})`}`,
    ),
    ...keeps.map((text) => `  keeps  ${visible(text)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** On one line, with what a terminal would not show, or would obey, as escapes. */
function visible(text: string): string {
  return text
    .replaceAll('\n', '⏎')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\u00a0]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
