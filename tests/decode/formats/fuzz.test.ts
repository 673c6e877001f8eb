import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { normalize } from '../../../src/normalize.ts';
import { reconstruct } from '../../../src/reconstruct.ts';
import { mutate, sequence } from '../../support/mutate.ts';

const folder = fileURLToPath(new URL('../../formats/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile());

/** The long form is scripts/fuzz-formats.ts. */
describe('damaged files of every format', () => {
  it.each(files)('%s: is read or refused, and loses nothing that its ledger promises', (name) => {
    const bytes = readFileSync(join(folder, name));
    const random = sequence(bytes.length);
    for (let round = 0; round < 12; round++) {
      const input = mutate(bytes, random);
      const { text, ledger, source, reason, status } = normalize(input, { scripts: [] });
      expect(reason?.code).not.toBe('timed-out');
      if (status === 'ok' && source.lossless) expect(input.equals(reconstruct(text, ledger.layers, source))).toBe(true);
    }
  });
});
