/** ninjs documents against IPTC's schema, which is not part of this project: COPYDESK_NINJS_SCHEMA names the file. */
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { scripts } from '../../src/convert/scripts.ts';
import { normalizeArticle } from '../../src/normalize.ts';
import { renderNinjs } from '../../src/render/ninjs.ts';
import { readLabelled } from '../quality/structure.ts';
import { readCases, readHeldOut } from '../support/cases.ts';

const path = process.env.COPYDESK_NINJS_SCHEMA;
const articles = [
  readFileSync(new URL('../samples/seed.txt', import.meta.url), 'utf8'),
  ...readHeldOut().map((one) => one.clean),
  ...readCases('in-the-wild').map(({ original }) => original),
  ...readCases('negative').map(({ original }) => original),
  ...readLabelled('development').map(({ raw }) => raw),
  ...readLabelled('heldout').map(({ raw }) => raw),
];

function validator(schemaFile: string) {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // The schema refers to GeoJSON's on the web; places are not written, so a stub stands for it.
  ajv.addSchema({}, 'https://geojson.org/schema/GeoJSON.json');
  return ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
}

// Skipped where the schema file is not at hand: it belongs to IPTC and is not copied here. .ci/run names it where it can.
describe.skipIf(path === undefined)('against the schema of ninjs 3.1 (set COPYDESK_NINJS_SCHEMA to its file)', () => {
  it('every document of every article in every script is valid', () => {
    const validate = validator(path ?? '');
    for (const article of articles) {
      const { result, parts } = normalizeArticle(Buffer.from(article), { scripts });
      for (const part of parts.flatMap((one) => [...one.scripts.values()])) {
        expect(validate(renderNinjs(part)), JSON.stringify(validate.errors)).toBe(true);
      }
      for (const script of scripts) {
        const document = result.scripts[script]?.ninjs;
        if (result.status === 'rejected') expect(document).toBeUndefined();
        else expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
      }
    }
  });

  it('the check itself refuses an unknown key', () => {
    const validate = validator(path ?? '');
    expect(validate({ uri: 'urn:copydesk:1', ledger: [] })).toBe(false);
  });
});
