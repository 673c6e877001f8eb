/**
 * Compiles OpenCC's dictionaries, as opencc-js carries them (Apache-2.0), into `src/convert/dictionaries.generated.ts`: one encoded
 * trie a dictionary group (see `src/convert/trie-code.ts`), the lists of characters that tell Simplified from Traditional, and what
 * `src/convert/fused.ts` has to know of the dictionaries to convert in one walk.
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

/** Of a phrase that only the exact walk may judge. */
const beginningLength = 3;

/** The steps of OpenCC's configurations, without the compatibility ideographs. */
const configurations = {
  s2t: { steps: [groups.simplifiedToTraditional] },
  s2tw: { segmentation: groups.simplifiedToTraditional, steps: [groups.simplifiedToTraditional, groups.traditionalToTaiwan] },
  s2hk: { segmentation: groups.simplifiedToTraditional, steps: [groups.simplifiedToTraditional, groups.traditionalToHongKong] },
  t2tw: { steps: [groups.traditionalToTaiwan] },
  t2hk: { steps: [groups.traditionalToHongKong] },
  tw2t: { steps: [groups.taiwanToTraditional] },
  hk2t: { steps: [groups.hongKongToTraditional] },
  tw2s: { segmentation: groups.traditionalToSimplified, steps: [groups.taiwanToTraditional, groups.traditionalToSimplified] },
  hk2s: { segmentation: groups.traditionalToSimplified, steps: [groups.hongKongToTraditional, groups.traditionalToSimplified] },
} satisfies Record<string, { segmentation?: Group; steps: readonly Group[] }>;

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
  const beginnings = await Promise.all(
    Object.entries(configurations).map(async ([name, { steps, ...rest }]) => {
      const [first, second] = await Promise.all(steps.map(readGroup));
      const segmentation = 'segmentation' in rest ? await readGroup(rest.segmentation) : [];
      return `  ${name}: '${first && second ? exactBeginnings(segmentation, first, second) : ''}',\n`;
    }),
  );
  const { compatibilityIdeographs, ...others } = groups;
  const keys = (await Promise.all(Object.values(others).map(readGroup))).flat().map(({ key }) => key);
  checkRanges(keys, await readGroup(compatibilityIdeographs));
  return [
    '/** Encoded tries: see trie-code.ts. */',
    `export const encodedTables = {\n${tables.join('')}};\n`,
    '/** Characters that stand in Simplified text only. */',
    `export const simplifiedOnlyCharacters =\n  '${sorted(simplifiedOnly)}';\n`,
    '/** Characters that stand in Traditional text only. */',
    `export const traditionalOnlyCharacters =\n  '${sorted(traditionalOnly)}';\n`,
    '/** Characters of both scripts that the conversion from Simplified changes, alone or in some phrase. */',
    `export const ambiguousCharacters =\n  '${sorted(ambiguous)}';\n`,
    '/** The first characters of the words that the conversion from Simplified changes otherwise than character by character: 头发. */',
    `export const tellingBeginnings =\n  '${sorted(beginningsOfTelling(simplified))}';\n`,
    '/** What stands in keys outside of U+3400 to U+9FFF and of the planes of ideographs. */',
    `export const keyUnitsOutsideBasicHan =\n  '${sorted([...new Set(keys.join(''))].filter((character) => !isHan(character)))}';\n`,
    '/** For each configuration of OpenCC: see fused.ts. */',
    `export const exactBeginnings = {\n${beginnings.join('')}};\n`,
  ].join('\n');
}

/** Writes the module where `src/convert` imports it from. */
export async function writeDictionaries(): Promise<void> {
  writeFileSync(fileURLToPath(new URL('../src/convert/dictionaries.generated.ts', import.meta.url)), await buildDictionaries());
}

/** Of the basic plane, since a lone surrogate cannot be written: see scan.ts. */
function beginningsOfTelling(entries: readonly DictionaryEntry[]): string[] {
  const alone = new Map(entries.filter(({ key }) => [...key].length === 1).map(({ key, value }) => [key, value]));
  const characterwise = (key: string) => [...key].map((character) => alone.get(character) ?? character).join('');
  const telling = entries.filter(({ key, value }) => key.length > 1 && value !== characterwise(key));
  return [...new Set(telling.flatMap(({ key }) => [...key].slice(0, 1)))].filter((character) => character.length === 1);
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

/**
 * The first characters, three if there are as many, of everything that the second step could match as a phrase outside of the words
 * of the segmentation, as they stand in the text before the first step.
 *
 * Outside of words, a phrase of the second step that is itself such a word can stand only where the first step changed a character
 * of it; any other phrase can stand anywhere.
 */
function exactBeginnings(
  segmentation: readonly DictionaryEntry[],
  first: readonly DictionaryEntry[],
  second: readonly DictionaryEntry[],
): string {
  const words = new Set(segmentation.filter(({ segment }) => segment).map(({ key }) => key));
  /** By each character that the first step can give: what it can come from, other than itself. */
  const sources = new Map<string, Set<string>>();
  for (const { key, value } of first) {
    const from = [...key];
    const into = [...value];
    if (from.length === 1 && words.has(key)) throw new Error(`a segment of one character: ${key}`);
    // Phrases that are words are written as such, with the values of both steps.
    if (words.has(key)) continue;
    if (from.length !== into.length) throw new Error(`a phrase outside of the segmentation changes its length: ${key}`);
    into.forEach((character, index) => {
      const source = from[index];
      if (source !== undefined && source !== character) sources.set(character, (sources.get(character) ?? new Set()).add(source));
    });
  }
  const beginnings = new Set<string>();
  for (const { key } of second) {
    const characters = [...key];
    if (characters.length < 2 || (words.has(key) && !characters.some((character) => sources.has(character)))) continue;
    let sourced = [''];
    for (const character of characters.slice(0, beginningLength)) {
      sourced = sourced.flatMap((before) => [character, ...(sources.get(character) ?? [])].map((source) => before + source));
    }
    for (const beginning of sourced) beginnings.add(beginning);
  }
  // Where a character beyond the BMP stands, the exact walk is taken in any case.
  return [...beginnings]
    .filter((beginning) => beginning.length === [...beginning].length)
    .map((beginning) => ` ${beginning}`)
    .join('');
}

/** Throws if `fused.ts` does not know where ideographs are. */
function checkRanges(keys: readonly string[], compatibility: readonly DictionaryEntry[]): void {
  for (const character of keys.join('')) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0xffff && (code < 0x20000 || code > 0x3ffff)) throw new Error(`outside of the planes of ideographs: ${character}`);
  }
  for (const { key } of compatibility) {
    if (!/^(?:[\uf900-\ufaff]|\ud87e[\udc00-\udfff])$/.test(key)) throw new Error(`no compatibility ideograph: ${key}`);
  }
}

function isHan(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0x3400 && code <= 0x9fff) || code > 0xffff;
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
