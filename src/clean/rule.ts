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
  /** 0..1: the share of its edits that were right on the held-out half of tests/quality, with Laplace's correction. */
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

/** Runs the rules in the order of the array. @throws {LedgerError} if a rule's edits do not fit its text: a defect of the rule. */
export function runRules(text: string, stage: Layer['stage'], rules: readonly Rule[]): Ruled {
  let current = text;
  let messages: Message[] = [];
  const layers: Layer[] = [];
  for (const rule of rules) {
    const found: Message[] = [];
    const edits = rule.find(current, { report: (message) => found.push({ rule: rule.id, ...message }) });
    messages = [...messages, ...found];
    if (edits.length === 0) continue;
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
