/** The shape of a cleaning rule. Rules find; the kernel in `text/edit.ts` applies. */

import type { Message } from '../message.ts';
import { apply, type Edit, type Layer, offsetMapper } from '../text/edit.ts';

interface RuleContext {
  /** Says something of the text the rule was given; offsets are into that text and are carried on to the clean text. */
  readonly report: (message: Omit<Message, 'rule'>) => void;
}

export interface Rule {
  readonly id: string;
  /** Why the rule exists, in a sentence, with the Chinese example that forced it. */
  readonly why: string;
  /** What it mends. Tested as they stand. */
  readonly examples: readonly { readonly raw: string; readonly clean: string }[];
  /** What it must leave alone. Tested as they stand. */
  readonly keeps: readonly string[];
  /**
   * 0..1: the share of its edits that were right on the held-out half of tests/quality, with Laplace's correction (docs/cleaning.md); 0.95,
   * a judgement, for a rule that has no damage of its kind there.
   */
  readonly confidence: number;
  /** Edits in the text given, sorted, never overlapping. Pure; finds nothing in a text that it has cleaned. */
  readonly find: (text: string, context: RuleContext) => Edit[];
}

/** The outcome of rules applied one after the other; every message's offsets are into `text`. */
export interface Ruled {
  readonly text: string;
  readonly layers: readonly Layer[];
  readonly messages: readonly Message[];
}

/** Runs the rules once, in the order of the array. @throws {LedgerError} if a rule's edits do not fit its text: a defect of the rule. */
export function runRules(text: string, stage: Layer['stage'], rules: readonly Rule[]): Ruled {
  return runInTurn(text, stage, rules, rules.length, false);
}

/** Rounds that the rules may take: what one mends can be what an earlier one waits for, `&amp;lt;` an entity again. Three were ever needed. */
const mostRounds = 6;

/** Runs the rules in turn, round after round, until each has found nothing in the text as it is: then cleaning again changes nothing. */
export function runToRest(text: string, stage: Layer['stage'], rules: readonly Rule[]): Ruled {
  return runInTurn(text, stage, rules, rules.length * mostRounds, true);
}

function runInTurn(text: string, stage: Layer['stage'], rules: readonly Rule[], mostRuns: number, untilRest: boolean): Ruled {
  let current = text;
  let messages: Message[] = [];
  const layers: Layer[] = [];
  const said = new Set<string>();
  for (let run = 0, quiet = 0; run < mostRuns && !(untilRest && quiet >= rules.length); run++, quiet++) {
    const rule = rules[run % rules.length];
    if (rule === undefined) break;
    const found: Message[] = [];
    const edits = rule.find(current, { report: (message) => found.push({ rule: rule.id, ...message }) });
    // What a rule says again in a later round it says once.
    for (const message of found) {
      const key = `${message.rule} ${message.reason}`;
      if (run >= rules.length && said.has(key)) continue;
      said.add(key);
      messages.push(message);
    }
    if (edits.length === 0) continue;
    // A rule finds nothing in what it has cleaned.
    quiet = 0;
    current = apply(current, edits);
    messages = carryMessages(messages, edits);
    layers.push({ stage, rule: rule.id, confidence: rule.confidence, edits });
  }
  return { text: current, layers, messages };
}

/** Messages with their offsets carried over `edits`. */
export function carryMessages(messages: readonly Message[], edits: readonly Edit[]): Message[] {
  if (messages.length === 0) return [];
  const carry = offsetMapper(edits);
  return messages.map((message) => ({
    ...message,
    ...(message.start !== undefined && { start: carry(message.start, 'start') }),
    ...(message.end !== undefined && { end: carry(message.end, 'end') }),
  }));
}
