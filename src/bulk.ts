/** Bulk: one line of NDJSON in, one Result line out. Pure, so that any engine can run it. */
import * as v from 'valibot';
import { normalize } from './normalize.ts';
import type { NormalizeOptions } from './options.ts';
import { identify, reject } from './result.ts';

const record = v.union([
  v.object({ id: v.optional(v.string()), text: v.string() }),
  v.object({
    id: v.optional(v.string()),
    bytes: v.pipe(v.string(), v.base64()),
    name: v.optional(v.string()),
    contentType: v.optional(v.string()),
  }),
]);

/**
 * Normalises one record: `{"id","text"}` or `{"id","bytes"(base64),"name"?,"contentType"?}`.
 * Never throws: a line that is no record gives a Result with `status: "rejected"` and code `bad-record`.
 *
 * @returns the Result as JSON, without a line break.
 */
export function normalizeLine(line: string, options: Pick<NormalizeOptions, 'scripts' | 'maxBytes'> = {}): string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return JSON.stringify(refuse(line, 'the line is not JSON; write one record a line'));
  }
  const parsed = v.safeParse(record, value);
  if (!parsed.success) return JSON.stringify(refuse(line, 'the line is no {"id","text"} or {"id","bytes"(base64)} record', idOf(value)));
  const { id } = parsed.output;
  const named = id === undefined ? options : { ...options, id };
  if ('bytes' in parsed.output) {
    const { name } = parsed.output;
    return JSON.stringify(normalize(Buffer.from(parsed.output.bytes, 'base64'), name === undefined ? named : { ...named, name }));
  }
  const { text } = parsed.output;
  // A string with half a surrogate pair has no UTF-8 form; as UTF-16 its source can be told back exactly.
  const result = text.isWellFormed()
    ? normalize(Buffer.from(text), named)
    : normalize(Buffer.from(text, 'utf16le'), { ...named, charset: 'utf-16le' });
  return JSON.stringify(result);
}

function refuse(line: string, message: string, id?: string) {
  const decoded = { charset: 'utf-8', bom: false, format: 'text', lossless: true, text: line, layers: [], messages: [] } as const;
  const identity = identify(Buffer.from(line), id === undefined ? {} : { id });
  return reject(identity, decoded, { code: 'bad-record', message }).result;
}

function idOf(value: unknown): string | undefined {
  const parsed = v.safeParse(v.object({ id: v.string() }), value);
  return parsed.success ? parsed.output.id : undefined;
}
