/** The sentence of the project: decode, clean, find the structure, convert, render. Pure: no I/O, clock or randomness. */
import { clean } from './clean/index.ts';
import { detectScript } from './convert/detect.ts';
import { convert } from './convert/index.ts';
import { carryStarts, decode } from './decode/index.ts';
import type { NormalizeOptions } from './options.ts';
import { accept, identify, type Normalized, type Result, reject } from './result.ts';
import { refuseUnknownRules } from './rules.ts';
import { dateStructure } from './structure/dating.ts';
import { refuseNoDay } from './structure/given-dates.ts';
import { findStructure } from './structure/index.ts';

/** Raw bytes to a Result; never throws for what the bytes hold. @throws {ConfigError} for a rule in `without`, or a day, that is none. */
export function normalize(bytes: Uint8Array, options: NormalizeOptions = {}): Result {
  return normalizeArticle(bytes, options).result;
}

/** As {@link normalize}, with the articles that the renderers read. A rejected file has none. */
export function normalizeArticle(bytes: Uint8Array, options: NormalizeOptions = {}): Normalized {
  refuseUnknownRules(options.without);
  refuseNoDay(options);
  const identity = identify(bytes, options);
  const decoded = decode(bytes, options);
  if (decoded.refusal !== undefined) return reject(identity, decoded, decoded.refusal);
  const cleaned = clean(decoded.text, options.without);
  const structure = dateStructure(cleaned.text, findStructure(cleaned.text, carryStarts(decoded.articles, cleaned.layers)), options);
  const script = detectScript(cleaned.text);
  return accept(identity, decoded, cleaned, structure, script, (target) =>
    convert(cleaned.text, structure.blocks, script.detected, target, options),
  );
}
