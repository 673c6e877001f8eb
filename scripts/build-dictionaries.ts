/**
 * Compiles OpenCC's dictionaries, as opencc-js carries them (Apache-2.0), into `src/convert/dictionaries.generated.ts`: one encoded
 * trie a dictionary group (see `src/convert/trie-code.ts`) and the lists of characters that tell Simplified from Traditional.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DictionaryEntry, encodeTrie } from '../src/convert/trie-code.ts';

/** The dictionaries of a group, the first one that has a key winning. `segments`: those that also cut a text into segments. */
interface Group {
  readonly dictionaries: readonly string[];
  readonly segments?: readonly string[];
}

const simplifiedPhrases = ['STPhrases', 'STPhrases_GeneratedFromRegionalPhrases'];

const groups = {
  compatibilityIdeographs: { dictionaries: ['CJK_Compatibility_Ideographs'] },
  simplifiedToTraditional: { dictionaries: [...simplifiedPhrases, 'STCharacters'], segments: simplifiedPhrases },
  traditionalToSimplified: { dictionaries: ['TSPhrases', 'TSCharacters'], segments: ['TSPhrases'] },
  traditionalToTaiwan: { dictionaries: ['TWVariantsPhrases', 'TWVariants'] },
  traditionalToHongKong: { dictionaries: ['HKVariantsPhrases', 'HKVariants'] },
  taiwanToTraditional: { dictionaries: ['TWVariantsRevPhrases', 'TWVariantsRev'] },
  hongKongToTraditional: { dictionaries: ['HKVariantsRevPhrases', 'HKVariantsRev'] },
} satisfies Record<string, Group>;

/** The text of the generated module. */
export async function buildDictionaries(): Promise<string> {
  const tables = await Promise.all(
    Object.entries(groups).map(async ([name, group]) => `  ${name}:\n    '${encodeTrie(await readGroup(group))}',\n`),
  );
  const simplified = await readGroup(groups.simplifiedToTraditional);
  const traditional = await readGroup(groups.traditionalToSimplified);
  return [
    '/** Encoded tries: see trie-code.ts. */',
    `export const encodedTables = {\n${tables.join('')}};\n`,
    '/** Characters that stand in Simplified text only. */',
    `export const simplifiedOnlyCharacters =\n  '${onlyInKeys(simplified)}';\n`,
    '/** Characters that stand in Traditional text only. */',
    `export const traditionalOnlyCharacters =\n  '${onlyInKeys(traditional)}';\n`,
    '/** Characters of both scripts that the conversion from Simplified changes, alone or in some phrase. */',
    `export const ambiguousCharacters =\n  '${changedButValid(simplified)}';\n`,
  ].join('\n');
}

/** Writes the module where `src/convert` imports it from. */
export async function writeDictionaries(): Promise<void> {
  writeFileSync(fileURLToPath(new URL('../src/convert/dictionaries.generated.ts', import.meta.url)), await buildDictionaries());
}

async function readGroup({ dictionaries, segments = [] }: Group): Promise<DictionaryEntry[]> {
  const entries = new Map<string, DictionaryEntry>();
  for (const name of dictionaries) {
    for (const [key, value] of await readDictionary(name)) {
      const segment = segments.includes(name) || entries.get(key)?.segment === true;
      entries.set(key, { key, value: entries.get(key)?.value ?? value, segment });
    }
  }
  return [...entries.values()];
}

/** A dictionary of opencc-js: one string, `key value` pairs between bars. A key given twice has its last value, as in opencc-js. */
export async function readDictionary(name: string): Promise<Map<string, string>> {
  const module: unknown = await import(`opencc-js/dict/${name}`);
  const text = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  if (typeof text !== 'string') throw new Error(`opencc-js/dict/${name} does not export a string`);
  const entries = new Map<string, string>();
  for (const pair of text.split('|')) {
    const [key, value, ...rest] = pair.split(' ');
    if (key === undefined || key === '' || value === undefined || rest.length > 0) throw new Error(`${name}: not a pair: ${pair}`);
    entries.set(key, value);
  }
  return entries;
}

/** The characters that a dictionary changes on their own and never gives as, or within, a value. */
function onlyInKeys(entries: readonly DictionaryEntry[]): string {
  const valid = new Set(entries.flatMap(({ value }) => [...value]));
  return sorted(entries.filter(({ key, value }) => isCharacter(key) && key !== value && !valid.has(key)).map(({ key }) => key));
}

/** The characters that a dictionary changes on their own or in a phrase of unchanged length, though they are part of some value. */
function changedButValid(entries: readonly DictionaryEntry[]): string {
  const valid = new Set(entries.flatMap(({ value }) => [...value]));
  const changed = new Set<string>();
  for (const entry of entries) {
    const key = [...entry.key];
    const value = [...entry.value];
    if (key.length !== value.length) continue;
    key.forEach((character, index) => {
      if (character !== value[index] && valid.has(character)) changed.add(character);
    });
  }
  return sorted([...changed]);
}

function isCharacter(key: string): boolean {
  return [...key].length === 1;
}

function sorted(characters: readonly string[]): string {
  return [...characters].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)).join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeDictionaries();
