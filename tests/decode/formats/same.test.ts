import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normalize } from '../../../src/normalize.ts';
import { reconstruct } from '../../../src/reconstruct.ts';

const folder = new URL('../../formats/same/', import.meta.url);

/** Headline, deck, body and credits, as a reader sees them. */
function blocksOf(bytes: Uint8Array) {
  const { text, blocks } = normalize(bytes, { scripts: [] });
  return blocks.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);
}

const files = readdirSync(folder).filter((name) => name.startsWith('article.'));

describe('one article in every format', () => {
  it('is there in the formats that newsrooms send most', () => {
    for (const format of ['txt', 'html', 'docx', 'odt', 'nitf.xml', 'eml']) expect(files).toContain(`article.${format}`);
  });

  it.each(files)('%s has the same headline, body and credits as the text', (file) => {
    expect(blocksOf(readFileSync(new URL(file, folder)))).toEqual(blocksOf(readFileSync(new URL('article.txt', folder))));
  });

  it.each(files)('%s gives its bytes back, or says that its ledger begins at its text', (file) => {
    const bytes = readFileSync(new URL(file, folder));
    const { text, ledger, source } = normalize(bytes, { scripts: [] });
    const rebuilt = reconstruct(text, ledger.layers, source);
    if (source.lossless) expect(Buffer.compare(rebuilt, bytes)).toBe(0);
    else expect(['docx', 'odt', 'pdf']).toContain(source.format);
  });
});
