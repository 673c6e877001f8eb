/** Reads tests/cases: what the cleaner must mend, must leave alone, and does not manage yet. */
import { readFileSync } from 'node:fs';

export interface Case {
  readonly label: string;
  readonly original: string;
  readonly expected: string;
}

export function readCases(name: 'in-the-wild' | 'negative' | 'known-failures'): Case[] {
  return read(name);
}

/** Clean articles on which nothing was tuned. */
export function readHeldOut(): { readonly label: string; readonly clean: string }[] {
  return read('heldout-noise');
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../cases/${name}.json`, import.meta.url), 'utf8'));
}
