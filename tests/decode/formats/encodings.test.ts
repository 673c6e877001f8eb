import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../src/decode/index.ts';
import { normalize } from '../../../src/normalize.ts';
import { reconstruct } from '../../../src/reconstruct.ts';

const folder = new URL('../../formats/', import.meta.url);
const files = readdirSync(new URL('encodings/', folder)).filter((name) => /\.txt\./.test(name));

describe('one article in every encoding, written by iconv and Python', () => {
  it.each(files)('%s reads as the article, and its bytes come back', (name) => {
    const bytes = readFileSync(new URL(`encodings/${name}`, folder));
    const original = readFileSync(
      new URL(name.startsWith('hans') ? 'same/article.txt' : `encodings/${name.replace(/\.txt\..*/, '.txt')}`, folder),
      'utf8',
    );
    expect(decode(bytes).text.replace(/^\ufeff/, '')).toBe(original);
    const { text, ledger, source } = normalize(bytes, { scripts: [] });
    expect(bytes.equals(reconstruct(text, ledger.layers, source))).toBe(true);
  });
});
