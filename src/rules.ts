/** Every rule that can be turned off: what it does, why, and an example, as data. */
import { allRules } from './clean/index.ts';
import { type ConversionExample, contextRules } from './convert/context.ts';
import { quotesRule } from './convert/index.ts';
import { naiveConversion } from './convert/repair.ts';
import { ConfigError } from './errors.ts';
import type { Stage } from './text/edit.ts';

export interface RuleDescription {
  /** The stage of the ledger's layers that are the rule's. */
  readonly stage: Exclude<Stage, 'decode'>;
  readonly id: string;
  /** Why the rule exists, in a sentence. */
  readonly why: string;
  /** 0..1: as in the ledger. Absent where nothing is weighed. */
  readonly confidence?: number;
  /** What it mends; the script where it is one of conversion. */
  readonly examples: readonly (Omit<ConversionExample, 'script'> & Partial<ConversionExample>)[];
  /** What it leaves alone. */
  readonly keeps: readonly string[];
}

/** In the order that they run in. */
export const rules: readonly RuleDescription[] = [
  ...allRules.map((rule) => describe(rule === naiveConversion ? 'repair' : 'clean', rule)),
  ...contextRules.map((rule) => describe('convert', rule)),
  describe('convert', quotesRule),
];

/** Only what is told of a rule. */
function describe(
  stage: RuleDescription['stage'],
  { id, why, confidence, examples, keeps }: Omit<RuleDescription, 'stage'>,
): RuleDescription {
  return { stage, id, why, ...(confidence !== undefined && { confidence }), examples, keeps };
}

const ids = new Set(rules.map(({ id }) => id));

export function isRule(id: string): boolean {
  return ids.has(id);
}

/** What is said of an id that no rule has. */
export function noSuchRule(id: string): string {
  return `there is no rule ${JSON.stringify(id)}; \`copydesk rules\` lists them`;
}

/** @throws {ConfigError} that names the first id that no rule has. */
export function refuseUnknownRules(without: readonly string[] = []): void {
  const unknown = without.find((id) => !isRule(id));
  if (unknown !== undefined) throw new ConfigError(noSuchRule(unknown));
}

/** The rules' ids in the order that they run in, each once. */
export function inRuleOrder(wanted: readonly string[]): string[] {
  return [...ids].filter((id) => wanted.includes(id));
}
