/**
 * Compiles the tables of readings into `src/clean/readings.generated.ts`: Mandarin from pinyin-pro (MIT) and from Unihan's kMandarin, which
 * has Extension A as well (unicode-mandarin-readings, MIT); Cantonese from to-jyutping (BSD-2-Clause).
 *
 * A line a syllable: the toneless syllable with ü written u, then every character that has it as one of its readings.
 * The table is searched, not parsed, so that it costs nothing to load.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Converter } from 'opencc-js';
import { pinyin } from 'pinyin-pro';
import { getJyutpingCandidates } from 'to-jyutping';
import unihan from 'unicode-mandarin-readings/data.json' with { type: 'json' };

/** By code point, `U+4E00`. */
const mandarinOfUnihan: Readonly<Record<string, string>> = unihan;

/** The text of the generated module. */
export function buildReadings(): string {
  const mandarin = tableOf((character) => [
    ...pinyin(character, { multiple: true, toneType: 'none', v: true, type: 'array' }),
    ...(mandarinOfUnihan[`U+${character.codePointAt(0)?.toString(16).toUpperCase()}`]?.split(' ') ?? []),
  ]);
  const cantonese = tableOf((character) => getJyutpingCandidates(character)[0]?.[1] ?? []);
  const common = [...commonest, ...Converter({ from: 'cn', to: 't' })(commonest)].filter((character) => isUnambiguous(character));
  return [
    `/** Everyday characters of both scripts with one reading, which no writer glosses. */\nexport const everydayCharacters =\n  '${[...new Set(common)].join('')}';\n`,
    `/** Mandarin. */\nexport const mandarinReadings =\n  ${JSON.stringify(mandarin)};\n`,
    `/** Cantonese, in jyutping. */\nexport const cantoneseReadings =\n  ${JSON.stringify(cantonese)};\n`,
  ].join('\n');
}

/** Source: 现代汉语常用字表 and counts of newspapers agree on these, the commonest of Simplified text. */
const commonest =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严';

function isUnambiguous(character: string): boolean {
  return new Set(pinyin(character, { multiple: true, type: 'array' })).size === 1;
}

function tableOf(readingsOf: (character: string) => readonly string[]): string {
  const bySyllable = new Map<string, string[]>();
  for (const character of hanCharacters()) {
    for (const reading of readingsOf(character)) {
      if (reading === character || reading === '') continue;
      const syllable = reading
        .normalize('NFD')
        .replace(/[\p{M}0-9]/gu, '')
        .replaceAll('v', 'u');
      if (!/^[a-z]+$/.test(syllable)) continue;
      const characters = bySyllable.get(syllable) ?? [];
      if (characters.at(-1) !== character) characters.push(character);
      bySyllable.set(syllable, characters);
    }
  }
  return [...bySyllable]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([syllable, characters]) => `${syllable} ${characters.join('')}`)
    .join('\n');
}

function* hanCharacters(): Iterable<string> {
  for (let code = 0x3400; code <= 0x9fff; code++) yield String.fromCodePoint(code);
  for (let code = 0x20000; code <= 0x323af; code++) yield String.fromCodePoint(code);
  yield '〇';
}

/** Writes the module where `src/clean` imports it from. */
export function writeReadings(): void {
  writeFileSync(fileURLToPath(new URL('../src/clean/readings.generated.ts', import.meta.url)), buildReadings());
}
