import { detectScript } from '../../convert/detect.ts';
import type { Edit } from '../../text/edit.ts';
import { characterAt, characterBefore } from '../../text/han.ts';
import { ideographBlocks } from '../ideographs.generated.ts';
import type { Rule } from '../rule.ts';

/** Radicals and compatibility ideographs. By UTF-16 units: U+D87E begins the supplement of the latter. */
const candidate = /[\u2e80-\u2fd5\uf900-\ufad9]|\ud87e[\udc00-\ude1d]/g;

const radical = /[\u2e80-\u2fd5]/;
const wordCharacter = /[\p{L}\p{N}\u2e80-\u2fd5]/u;
/** What is said behind a radical that is meant as one: ⺮字头, ⾔旁. */
const partOfCharacter = /(?:字[旁头頭底边邊部框]|部首|偏旁)/y;
const partAlone = /[部旁](?![\p{L}\p{N}\u2e80-\u2fd5])/uy;

/** So many radicals in the order of the dictionary are a list of radicals. */
const listLength = 4;

/** So many radicals must be meant as such for each that is not, to be left. */
const outnumber = 8;

/** Fonts draw it as 户 for Simplified text and as 戶 for Traditional, so it stands for either. */
const door = '⼾';

export const compatibilityIdeograph: Rule = {
  id: 'compatibility-ideograph',
  why: 'PDF files and old charsets give a character the code of a radical or a duplicate that looks like it: ⽂ (U+2F42) for 文, and a search for 文化 misses ⽂化.',
  confidence: 0.999,
  examples: [
    { raw: '⽂化和旅游部⻓会⻅⻢⽅代表', clean: '文化和旅游部长会见马方代表' },
    { raw: '第⼀章（⼀）3⽉⼈民⻔⼾', clean: '第一章（一）3月人民门户' },
    { raw: '主席\uf9e1\u{2f8a6}勇\ufa0c\uf92c', clean: '主席李慈勇兀郎' },
  ],
  keeps: [
    '“⼈”和“⺅”',
    '部首：⼀、⼁、⼂、⼃',
    '部首表⼀⼁⼂⼃⼄⼅',
    '⺘字旁的字，⾔旁。',
    '﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩',
    '⺮⺀⿰',
    '文化部長',
  ],
  find: (text) => {
    const edits: Edit[] = [];
    const meant: Edit[] = [];
    let written = 0;
    let list = { end: 0, isList: false };
    for (const match of text.matchAll(candidate)) {
      const [removed] = match;
      const at = match.index;
      const inserted = unified(removed);
      if (inserted === undefined) continue;
      const isRadical = radical.test(removed);
      if (isRadical && at >= list.end) list = readList(text, at);
      const isMeant = isRadical && (list.isList || isMeantAsRadical(text, at));
      if (isRadical && !isMeant) written++;
      (isMeant ? meant : edits).push({ at, removed, inserted });
    }
    // Who writes with radicals writes all of them so, and （⼀） is a number.
    const isAll = meant.length > 0 && meant.length <= written * outnumber;
    return inScriptOf(text, isAll ? [...edits, ...meant].sort((a, b) => a.at - b.at) : edits);
  },
};

let table: ReadonlyMap<string, string> | undefined;

/** The unified ideograph that stands for a character; undefined for one that has none or is one. */
function unified(character: string): string | undefined {
  table ??= new Map(
    ideographBlocks.flatMap(({ first, ideographs }) =>
      [...ideographs].map((ideograph, index) => [String.fromCodePoint(first + index), ideograph] as const).filter(([, one]) => one !== ' '),
    ),
  );
  return table.get(character);
}

function inScriptOf(text: string, edits: Edit[]): Edit[] {
  if (!edits.some(({ removed }) => removed === door)) return edits;
  const others = edits.map(({ removed, inserted }) => (removed === door ? '' : inserted)).join('');
  if (detectScript(text + others).detected !== 'zh-Hans') return edits;
  return edits.map((edit) => (edit.removed === door ? { ...edit, inserted: '户' } : edit));
}

function isMeantAsRadical(text: string, at: number): boolean {
  const before = characterBefore(text, at);
  const isAfterWord = before !== undefined && wordCharacter.test(before);
  const after = characterAt(text, at + 1);
  if (!isAfterWord && (after === undefined || !wordCharacter.test(after))) return true;
  partOfCharacter.lastIndex = at + 1;
  if (partOfCharacter.test(text)) return true;
  partAlone.lastIndex = at + 1;
  return !isAfterWord && partAlone.test(text);
}

/** The radicals in a row from `at` on: are they a list in the order of the dictionary, which is that of the codes? */
function readList(text: string, at: number): { end: number; isList: boolean } {
  let end = at + 1;
  let isSorted = true;
  while (radical.test(text.charAt(end))) {
    isSorted &&= text.charCodeAt(end) > text.charCodeAt(end - 1);
    end++;
  }
  return { end, isList: isSorted && end - at >= listLength };
}
