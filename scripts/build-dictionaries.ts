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
  // 床 and 群 are wrong in OpenCC's standard (牀 and 羣), but what Taiwan and Hong Kong write.
  const variants = [...(await readGroup(groups.traditionalToTaiwan)), ...(await readGroup(groups.traditionalToHongKong))];
  const validInSimplified = charactersOf(traditional);
  const validInTraditional = charactersOf([...simplified, ...variants]);
  const simplifiedOnly = changedAlone(simplified).filter((character) => !validInTraditional.has(character));
  const traditionalOnly = changedAlone(traditional).filter((character) => !validInSimplified.has(character));
  const ambiguous = changedAnywhere(simplified).filter(
    (character) => validInTraditional.has(character) && !traditionalOnly.includes(character),
  );
  return [
    '/** Encoded tries: see trie-code.ts. */',
    `export const encodedTables = {\n${tables.join('')}};\n`,
    '/** Characters that stand in Simplified text only. */',
    `export const simplifiedOnlyCharacters =\n  '${sorted(simplifiedOnly)}';\n`,
    '/** Characters that stand in Traditional text only. */',
    `export const traditionalOnlyCharacters =\n  '${sorted(traditionalOnly)}';\n`,
    '/** Characters of both scripts that the conversion from Simplified changes, alone or in some phrase. */',
    `export const ambiguousCharacters =\n  '${sorted(ambiguous)}';\n`,
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

/** The characters that are, or stand in, a value. */
function charactersOf(entries: readonly DictionaryEntry[]): ReadonlySet<string> {
  return new Set(entries.flatMap(({ value }) => [...value]));
}

/** The characters that a dictionary changes on their own. */
function changedAlone(entries: readonly DictionaryEntry[]): string[] {
  return entries.filter(({ key, value }) => [...key].length === 1 && key !== value).map(({ key }) => key);
}

/** The characters that a dictionary changes on their own or in a phrase that keeps its length. */
function changedAnywhere(entries: readonly DictionaryEntry[]): string[] {
  const changed = entries.flatMap((entry) => {
    const key = [...entry.key];
    const value = [...entry.value];
    return key.length === value.length ? key.filter((character, index) => character !== value[index]) : [];
  });
  return [...new Set(changed)];
}

function sorted(characters: readonly string[]): string {
  return [...characters].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0)).join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeDictionaries();
