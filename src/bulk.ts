/** Bulk: one line of NDJSON in, one Result line out. Pure, so that any engine can run it. */
import * as v from 'valibot';
import { decodeBytes } from './decode/charset.ts';
import { normalize } from './normalize.ts';
import type { NormalizeOptions } from './options.ts';
import { identify, type Result, reject } from './result.ts';
import { dayOfKey, isDay } from './structure/given-dates.ts';
import { applyLayers } from './text/edit.ts';

const day = v.pipe(v.string(), v.check(isDay, 'must be a day, as 2018-06-12'));
const record = v.union([
  v.object({ id: v.optional(v.string()), text: v.string(), published: v.optional(day), reference: v.optional(day) }),
  v.object({
    id: v.optional(v.string()),
    bytes: v.pipe(v.string(), v.base64()),
    name: v.optional(v.string()),
    contentType: v.optional(v.string()),
    published: v.optional(day),
    reference: v.optional(day),
  }),
]);

/** What holds for all records of a run. */
export type BulkOptions = Omit<NormalizeOptions, 'id' | 'name' | 'charset'>;

/** One output line, and whether its record was rejected. */
export interface BulkLine {
  /** The Result as JSON, without a line break. */
  readonly json: string;
  readonly rejected: boolean;
}

/**
 * Normalises one line of UTF-8: `{"id","text"}` or `{"id","bytes"(base64),"name"?,"contentType"?}`.
 * Never throws: a line that is no record gives a Result with `status: "rejected"` and code `bad-record`.
 */
export function normalizeLine(line: Uint8Array, options: BulkOptions = {}): BulkLine {
  const result = normalizeRecord(line, options);
  return { json: JSON.stringify(result), rejected: result.status === 'rejected' };
}

function normalizeRecord(line: Uint8Array, options: BulkOptions): Result {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line));
  } catch (error) {
    return refuse(line, error instanceof SyntaxError ? 'the line is not JSON; write one record a line' : 'the line is not UTF-8');
  }
  const parsed = v.safeParse(record, value);
  if (!parsed.success) return refuse(line, 'the line is no {"id","text"} or {"id","bytes"(base64)} record', idOf(value));
  const { id, published, reference } = parsed.output;
  const named: NormalizeOptions = {
    ...options,
    ...(id !== undefined && { id }),
    ...(published !== undefined && { published }),
    ...(reference !== undefined && { reference }),
  };
  if ('bytes' in parsed.output) {
    const { name } = parsed.output;
    const near = named.reference ?? dayOfKey(name ?? '');
    return normalize(Buffer.from(parsed.output.bytes, 'base64'), {
      ...named,
      ...(name !== undefined && { name }),
      ...(near !== undefined && { reference: near }),
    });
  }
  const { text } = parsed.output;
  // A string with half a surrogate pair has no UTF-8 form; as UTF-16 its source can be told back exactly.
  return text.isWellFormed()
    ? normalize(Buffer.from(text), named)
    : normalize(Buffer.from(text, 'utf16le'), { ...named, charset: 'utf-16le' });
}

function refuse(line: Uint8Array, message: string, id?: string): Result {
  const { charset, bom, raw, layers } = decodeBytes(line);
  const decoded = {
    charset,
    bom,
    format: 'text',
    lossless: true,
    articles: [],
    text: applyLayers(raw, layers),
    layers,
    messages: [],
  } as const;
  return reject(identify(line, id === undefined ? {} : { id }), decoded, { code: 'bad-record', message }).result;
}

function idOf(value: unknown): string | undefined {
  const parsed = v.safeParse(v.object({ id: v.string() }), value);
  return parsed.success ? parsed.output.id : undefined;
}
