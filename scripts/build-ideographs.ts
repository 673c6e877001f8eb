/**
 * Compiles the unified ideographs that stand for radicals and compatibility ideographs into `src/clean/ideographs.generated.ts`.
 *
 * Sources: the decompositions of the Unicode Character Database, as Node carries it; and, for the radicals that have none, the list
 * below, from EquivalentUnifiedIdeograph.txt of that database.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Radicals of the CJK Radicals Supplement, each followed by its ideograph. Left out are those whose ideograph looks otherwise (⺈ 刀,
 * ⺌ 小, ⺼ 肉, ⻏ 邑) or is beyond the Basic Multilingual Plane, where few fonts have it (⺮ 𥫗, ⻊ 𧾷).
 */
const equivalents =
  '⺁厂⺂乛⺃乚⺅亻⺆冂⺉刂⺊卜⺋㔾⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺠民⺡氵⺢氺⺣灬⺤爫⺦丬⺨犭⺩王⺬示⺭礻⺯糹⺰纟⺱罓⺲罒⺳㓁⺹耂⺺肀' +
  '⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯' +
  '⻮齿⻯竜⻰龙⻱龜⻲亀';

/** The radicals decompose compatibly, the compatibility ideographs canonically. Last code points are the last assigned ones. */
const blocks = [
  { first: 0x2e80, last: 0x2ef3, form: 'NFKC' },
  { first: 0x2f00, last: 0x2fd5, form: 'NFKC' },
  { first: 0xf900, last: 0xfad9, form: 'NFC' },
  { first: 0x2f800, last: 0x2fa1d, form: 'NFC' },
] as const;

/** The text of the generated module. */
export function buildIdeographs(): string {
  const byHand = new Map<string, string>();
  const listed = [...equivalents];
  for (let at = 0; at < listed.length; at += 2) byHand.set(listed[at] ?? '', listed[at + 1] ?? '');
  const rows = blocks.map(({ first, last, form }) => {
    let row = '';
    for (let code = first; code <= last; code++) {
      const character = String.fromCodePoint(code);
      const ideograph = byHand.get(character) ?? character.normalize(form);
      row += ideograph === character ? ' ' : checked(ideograph);
    }
    return `  { first: 0x${first.toString(16)}, ideographs: '${row}' },\n`;
  });
  return [
    '/** Blocks: an ideograph for the first code point and each that follows it; a space where there is none. */',
    `export const ideographBlocks = [\n${rows.join('')}];\n`,
  ].join('\n');
}

function checked(ideograph: string): string {
  if (!/^\p{Unified_Ideograph}$/u.test(ideograph)) throw new Error(`${JSON.stringify(ideograph)} is not one unified ideograph`);
  return ideograph;
}

/** Writes the module where `src/clean` imports it from. */
export function writeIdeographs(): void {
  writeFileSync(fileURLToPath(new URL('../src/clean/ideographs.generated.ts', import.meta.url)), buildIdeographs());
}
