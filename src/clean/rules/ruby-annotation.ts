import { isHan } from '../../text/han.ts';
import { type Gloss, type GlossedCharacter, readSyllable } from '../glosses.ts';
import { judge } from '../noise-evidence.ts';
import { isReadingOf } from '../readings.ts';
import type { Rule } from '../rule.ts';

/** A ruby element of a few characters, with what stands in it. */
const element = /<ruby\b[^<>]{0,40}>((?:[^<>]{0,20}|<\/?(?:rb|rp|rt|rtc)\b[^<>]{0,20}>){1,60})<\/ruby>/giu;
const part = /<rp\b[^<>]*>[^<>]*<\/rp>|<rt\b[^<>]*>([^<>]*)<\/rt>|<[^<>]*>|([^<>]+)/giu;

interface Ruby {
  readonly at: number;
  readonly written: string;
  /** The text without markup, and with its readings in brackets behind each base. */
  readonly base: string;
  readonly bracketed: string;
  readonly glossed: readonly GlossedCharacter[];
}

export const rubyAnnotation: Rule = {
  id: 'ruby-annotation',
  why: 'Ruby markup is left in text: <ruby>政<rt>zhèng</rt></ruby>. Where it is noise it goes; a reading that a writer meant stays in brackets: 行（háng）.',
  confidence: 0.999,
  examples: [
    { raw: '<ruby>行<rt>háng</rt></ruby>业', clean: '行（háng）业' },
    { raw: '<ruby>饕餮<rp>(</rp><rt>tāo tiè</rt><rp>)</rp></ruby>纹', clean: '饕餮（tāo tiè）纹' },
    {
      raw: '<ruby>政<rt>zhèng</rt></ruby>府<ruby>公<rt>gōng</rt></ruby>布，<ruby>政<rt>zhèng</rt></ruby>策<ruby>在<rt>zài</rt></ruby>明年<ruby>生<rt>shēng</rt></ruby>效，<ruby>有<rt>yǒu</rt></ruby>关部门负责。',
      clean: '政府公布，政策在明年生效，有关部门负责。',
    },
  ],
  keeps: [
    '<ruby>红宝石',
    '<ruby>小<rt>xiǎo</rt></ruby><ruby>猫<rt>māo</rt></ruby><ruby>钓<rt>diào</rt></ruby><ruby>鱼<rt>yú</rt></ruby><ruby>回<rt>huí</rt></ruby><ruby>家<rt>jiā</rt></ruby><ruby>去<rt>qù</rt></ruby><ruby>了<rt>le</rt></ruby>',
  ],
  find: (text, context) => {
    if (!/<\/ruby>/i.test(text)) return [];
    const rubies = [...text.matchAll(element)].map((match) => readRuby(match.index, match[0], match[1] ?? ''));
    const verdict = judge(
      text,
      rubies.flatMap(({ glossed }) => glossed),
    );
    for (const { reason, at } of verdict.doubts) {
      context.report({ severity: 'warning', reason: `review: ruby annotations are kept: ${reason}`, start: at, end: at });
    }
    if (verdict.doubts.some(({ reason }) => reason.includes('learners'))) return [];
    return rubies.map(({ at, written, base, bracketed, glossed }) => {
      const isNoise = glossed.some((one) => one.glosses.some((gloss) => verdict.isNoise(one, gloss)));
      return { at, removed: written, inserted: isNoise ? base : bracketed };
    });
  },
};

function readRuby(at: number, written: string, inner: string): Ruby {
  let base = '';
  let bracketed = '';
  let bare: { character: string; at: number }[] = [];
  const glossed: GlossedCharacter[] = [];
  const start = at + written.indexOf(inner);
  for (const { index, 1: reading, 2: characters } of inner.matchAll(part)) {
    if (characters !== undefined) {
      base += characters;
      bracketed += characters;
      let offset = start + index;
      for (const character of characters) {
        if (isHan(character)) bare.push({ character, at: offset });
        offset += character.length;
      }
    } else if (reading?.trim()) {
      bracketed += `（${reading.trim()}）`;
      for (const [place, syllable] of reading.trim().split(/\s+/).entries()) {
        const one = bare[place];
        const gloss = one && glossOf(one.character, syllable, start + index);
        if (one !== undefined && gloss !== undefined) glossed.push({ ...one, glosses: [gloss] });
      }
      bare = [];
    }
  }
  return { at, written, base, bracketed, glossed };
}

/** All ruby is of one making, toned or not. */
function glossOf(character: string, letters: string, at: number): Gloss | undefined {
  const syllable = readSyllable(letters);
  if (syllable === undefined) return undefined;
  return { at, written: letters, syllable, style: '<ruby>', tone: 'none', family: '<ruby>', isReading: isReadingOf(syllable, character) };
}
