import type { Edit } from '../../text/edit.ts';
import { characterAt, characterBefore } from '../../text/han.ts';
import type { Rule } from '../rule.ts';

/** Controls but line ends and tabs, and the soft hyphen. Source: general category Cc of the Unicode Character Database. */
const controls = '\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\xad';
/** What has no width. Source: Default_Ignorable_Code_Point of the same, and the marks of interlinear annotation. */
const unseen =
  '\\u034f\\u061c\\u115f\\u1160\\u180b-\\u180f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb';

/** By UTF-16 units: U+DB40 begins the tags and the variation selectors of ideographs. */
const stretches = new RegExp(`(?:[${controls}${unseen}]|\\udb40[\\udc00-\\udc7f\\udd00-\\uddef])+`, 'g');
/** Is there any? The engine skips through a text for each of the two in a third of the time that both together take. */
const signs = [new RegExp(`[${controls}]`), new RegExp(`[${unseen}\\udb40]`)];

const joiner = '\u200d';
const pictograph = /\p{Extended_Pictographic}/u;
/** What a joiner joins to the pictograph behind it: a pictograph, or its skin tone. */
const joinable = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;
const keycapBase = /[0-9#*]/;
const enclosingKeycap = '\u20e3';
/** The tags that make a black flag the flag of a part of a country. Source: UTS #51. */
const subdivision = /^[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{3,6}\u{e007f}$/u;

/** Letters and their vowel marks, which have no script of their own. U+061C is a mark of direction. */
const rightToLeft =
  /(?!\u061c)[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\u064b-\u0655\u0670]/u;
/** Scripts whose letters join: a joiner or a non-joiner chooses their forms. */
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\u064b-\u0655\u0670]/u;
const mongolian = /\p{Script=Mongolian}/u;
/** Parts of Hangul syllables, among which a filler holds a place. */
const jamo = /[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]/;

export const invisibleCharacter: Rule = {
  id: 'invisible-character',
  why: 'Pages, editors and copy protection leave characters that nobody sees, and a search for 新闻 misses 新\\u200b闻. Emoji and scripts that need them keep them.',
  confidence: 0.998,
  examples: [
    { raw: '新\u200b闻\u2060网\ufeff报\u00ad道', clean: '新闻网报道' },
    { raw: '葛\u{e0100}市長\ufe00表示', clean: '葛市長表示' },
    { raw: '电话：\u202a010-12345678\u202c\u200e', clean: '电话：010-12345678' },
    { raw: '今天\u{e0020}\u{e0041}真\u3164好\0\x1b\x9f', clean: '今天真好' },
    { raw: '会\u200d议👨\u200b\u200d👩\u200d，', clean: '会议👨\u200d👩，' },
  ],
  keeps: [
    '一家👨\u200d👩\u200d👧和👩🏽\u200d💻，❤\ufe0f\u200d🔥©\ufe0f',
    '1\ufe0f\u20e3\t第一\n2\ufe0f\u20e3 第二',
    '英格兰🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}队',
    '波斯语می\u200cخواهم，印地语क्\u200dष',
    '蒙古文ᠨ\u180bᠠ\u180eᠠ',
    '阿拉伯文“\u200fمحمد\u200f”，\u2067محمد 123\u2069',
    '100\u00a0000\u2009千\u202f米\u205f远\u2800\u3000',
  ],
  find: (text) => {
    if (!signs.some((sign) => sign.test(text))) return [];
    const edits: Edit[] = [];
    const isRightToLeft = rightToLeftLines(text);
    for (const match of text.matchAll(stretches)) {
      const start = match.index;
      const end = start + match[0].length;
      const place = {
        before: characterBefore(text, start) ?? '',
        after: characterAt(text, end) ?? '',
        isRightToLeft: () => isRightToLeft(start),
      };
      const found = removals(match[0], start, place);
      const isAll = found[0]?.removed.length === match[0].length;
      if (isAll && isLead(text.charCodeAt(start - 1)) && isTrail(text.charCodeAt(end))) continue;
      for (const edit of found) edits.push(edit);
    }
    return edits;
  },
};

/** What stands around a stretch. */
interface Place {
  readonly before: string;
  readonly after: string;
  readonly isRightToLeft: () => boolean;
}

function removals(stretch: string, start: number, place: Place): Edit[] {
  const edits: Edit[] = [];
  const isFlag = place.before === '🏴' && subdivision.test(stretch.replace(/[^\u{e0000}-\u{e007f}]/gu, ''));
  let at = start;
  let kept = '';
  let removed = '';
  const end = () => {
    if (removed !== '') edits.push({ at: at - removed.length, removed, inserted: '' });
    removed = '';
  };
  for (const character of stretch) {
    const isTag = character >= '\u{e0000}' && character <= '\u{e007f}';
    if (isTag ? isFlag : isNeeded(character, kept, place)) {
      end();
      kept += character;
    } else removed += character;
    at += character.length;
  }
  end();
  return edits;
}

/** @param kept what the stretch keeps before the character. */
function isNeeded(character: string, kept: string, { before, after, isRightToLeft }: Place): boolean {
  if (character === '\ufe0e' || character === '\ufe0f') {
    return kept === '' && (pictograph.test(before) || (keycapBase.test(before) && after === enclosingKeycap));
  }
  if (character === joiner && joinable.test(before) && pictograph.test(after)) return !kept.includes(joiner);
  if (character === joiner || character === '\u200c') return joining.test(before) || joining.test(after);
  if (/[\u200e\u200f\u061c]/.test(character)) return rightToLeft.test(before) || rightToLeft.test(after);
  // These come in pairs, one of which may touch a digit.
  if (/[\u202a-\u202e\u2066-\u2069]/.test(character)) return isRightToLeft();
  if (/[\u180b-\u180f]/.test(character)) return mongolian.test(before) || mongolian.test(after);
  return /[\u115f-\u1160]/.test(character) && (jamo.test(before) || jamo.test(after));
}

/** Tells of an offset, ever greater, if letters that are written from the right stand on its line. Reads each line once. */
function rightToLeftLines(text: string): (at: number) => boolean {
  let end = -1;
  let isRightToLeft = false;
  return (at) => {
    if (at < end) return isRightToLeft;
    const next = text.indexOf('\n', at);
    end = next === -1 ? text.length : next;
    isRightToLeft = rightToLeft.test(text.slice(text.lastIndexOf('\n', at) + 1, end));
    return isRightToLeft;
  };
}

/** Halves of a broken pair are not to come together: they would be a character that nobody wrote. */
function isLead(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isTrail(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
