/**
 * Golden cases: a folder each, `raw.txt` and what is expected of it. A file that is missing fails; nothing writes itself.
 * `npm run test:update` rewrites what is there, to be read in the diff.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foldersOf } from '../src/folders.ts';
import { normalizeArticle } from '../src/normalize.ts';
import { formats } from '../src/render/index.ts';

const root = new URL('./golden/', import.meta.url);
const update = process.env.COPYDESK_UPDATE_GOLDEN === '1';

describe.each(readdirSync(root))('golden case %s', (name) => {
  const folder = new URL(`${name}/`, root);
  const expected = new URL('expected/', folder);
  const normalized = normalizeArticle(readFileSync(new URL('raw.txt', folder)));
  const outputs = new Map(
    foldersOf(normalized).flatMap((one) =>
      // Files of one of several articles have its number before their name.
      one
        .files(normalized, formats)
        .map((file) => [`${one.docId.slice(33)}${one.docId.length > 32 ? '-' : ''}${file.name}`, file.bytes] as const),
    ),
  );
  const files = readdirSync(expected);

  it('expects the clean text, both scripts and their ninjs documents', () => {
    for (const needed of ['source.txt', 'zh-Hans.txt', 'zh-Hant.txt', 'zh-Hans.ninjs.json', 'zh-Hant.ninjs.json'])
      expect(files).toContain(needed);
  });

  it.each(files)('%s', (file) => {
    const bytes = outputs.get(file);
    expect(bytes, `${file} is no output`).toBeDefined();
    if (update && bytes !== undefined) writeFileSync(new URL(file, expected), bytes);
    expect(Buffer.from(bytes ?? []).toString()).toBe(readFileSync(new URL(file, expected), 'utf8'));
  });
});
