import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument, type ScalarTag, type Tags, YAMLMap, type YAMLSeq } from 'yaml';

/** Where the template is, for tools that read it themselves. */
export const templatePath = fileURLToPath(new URL('../../infra/template.yaml', import.meta.url));

/** What the build writes and the template deploys, from the root of the repository. */
export const bundlePath = 'dist/lambda/handler.mjs';

export type Value = string | number | boolean | null | undefined | readonly Value[] | { readonly [key: string]: Value };

export interface Resource {
  readonly Type: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Properties: { readonly [key: string]: Value };
}

export interface Template {
  readonly Parameters: { readonly [name: string]: { readonly [key: string]: Value } };
  readonly Conditions: { readonly [name: string]: Value };
  readonly Resources: { readonly [id: string]: Resource };
  readonly Outputs: { readonly [name: string]: Value };
}

const shortForms = [
  'Ref',
  'Sub',
  'GetAtt',
  'If',
  'Not',
  'Equals',
  'And',
  'Or',
  'Join',
  'Select',
  'Split',
  'FindInMap',
  'ImportValue',
  'Condition',
];

const longForm = (name: string): string => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

const tags: Tags = shortForms.flatMap((name) => [
  {
    tag: `!${name}`,
    // The two spellings of GetAtt, "A.B" and [A, B], become one, so that readers need to know one.
    resolve: (text: string) => ({ [longForm(name)]: name === 'GetAtt' ? splitOnce(text) : text }),
  } satisfies ScalarTag,
  {
    tag: `!${name}`,
    collection: 'seq' as const,
    resolve: (items: YAMLMap.Parsed | YAMLSeq.Parsed) => {
      const map = new YAMLMap();
      map.set(longForm(name), items);
      return map;
    },
  },
]);

/**
 * The template as data, its short tags in their long form: `!Ref X` is `{ Ref: 'X' }`, `!GetAtt X.Arn` is `{ 'Fn::GetAtt': ['X', 'Arn'] }`.
 *
 * @throws {Error} if it is not YAML, or uses a tag that CloudFormation does not have.
 */
export function loadTemplate(): Template {
  const document = parseDocument(readFileSync(templatePath, 'utf8'), { customTags: tags });
  const complaint = document.errors[0] ?? document.warnings[0];
  if (complaint !== undefined) throw complaint;
  return document.toJS() as Template;
}

/** The names and unresolved values of the function's environment variables. */
export function environmentOf(template: Template): { readonly [name: string]: Value } {
  const environment = template.Resources.IngestFunction?.Properties.Environment;
  return (environment as { readonly Variables: { readonly [name: string]: Value } }).Variables;
}

function splitOnce(text: string): readonly [string, string] {
  const dot = text.indexOf('.');
  return [text.slice(0, dot), text.slice(dot + 1)];
}
