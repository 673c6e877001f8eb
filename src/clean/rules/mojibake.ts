import { apply, type Edit } from '../../text/edit.ts';
import { lineSpans, type Span, sliceOf } from '../../text/span.ts';
import {
  codeTable,
  decodeUtf8,
  isCutShort,
  isOneLatin,
  latinBytes,
  looksOf,
  reportPlaces,
  type Stretch,
  unitClass,
  unitClasses,
  unprintable,
  utf8End,
} from '../encodings.ts';
import { crossed, readAsLatin } from '../misread-double-byte.ts';
import type { Rule } from '../rule.ts';

/** Finds the stretches of a line that one wrong reading explains. `isTrusted`: other lines of the text were misread so. */
type Finder = (line: string, isTrusted: boolean) => Stretch[];

/** UTF-8 that was read as another charset. It has a structure that no other text has, so it is looked for first. */
const utf8Finders: readonly Finder[] = [
  (line) => utf8(line, codeTable('gbk').bytesOf, false),
  (line) => utf8(line, latinBytes(), true),
  (line) => utf8(line, codeTable('big5').bytesOf, false),
];

/** A double-byte charset that was read as another charset. */
const doubleByteFinders: readonly Finder[] = [
  (line) => readAsLatin(line, 'gbk'),
  (line) => readAsLatin(line, 'big5'),
  (line, isTrusted) => crossed(line, 'gbk', 'big5', isTrusted),
  (line, isTrusted) => crossed(line, 'big5', 'gbk', isTrusted),
];

export const mojibake: Rule = {
  id: 'mojibake',
  why: 'Text is decoded with the wrong charset upstream: UTF-8 read as GBK makes 鏂伴椈 of 新闻. It is read again where that gives the same bytes back and everyday Chinese.',
  confidence: 0.999,
  examples: [
    // UTF-8 that was read as GBK, windows-1252, ISO 8859-1 and Big5.
    { raw: '据鏂伴椈报道', clean: '据新闻报道' },
    { raw: 'æ–°é—»ï¼š2024å¹´', clean: '新闻：2024年' },
    { raw: '標題：æ\u0096°è\u0081\u009e', clean: '標題：新聞' },
    { raw: '撠\ueaef髡', clean: '尚书' },
    // What lost its last byte is left.
    { raw: '鎵规敞鎶ュ憡鐨�', clean: '批注报告鐨�' },
    // Misread twice.
    { raw: 'Ã¦â€“Â°Ã©â€”Â»', clean: '新闻' },
    // GBK and Big5 that were read as windows-1252, and as one another.
    { raw: '“ÐÂÎÅ”', clean: '“新闻”' },
    { raw: '·s»D³ø¾É', clean: '新聞報導' },
    { raw: '坻蠅酖毞婓頗奻佽', clean: '他们昨天在会上说' },
    { raw: '標題：穝籇', clean: '標題：新聞' },
  ],
  keeps: [
    '鏂涓銆鐨：这些字很少见',
    '蟋蟀、饕餮、忐忑、踟蹰和耄耋',
    '碔砆混玉，詰屈磝碻',
    '康熙字典：玤玡玭玦玪玨',
    '咖啡馆Café Müller，Đà Nẵng，nǚ和lǜ',
    '新聞を読む働き方、뉴스',
    'Жизнь и Ελλάδα',
    '約翰·史密斯說：「25°C」',
    '\ue601\ue602 图标',
  ],
  find: (text, { report }) => {
    const lines: RepairedLine[] = [];
    for (let sign = nextSign(text, 0); sign !== -1; ) {
      const span = lineAround(text, sign);
      lines.push({ span, repair: repairLine(sliceOf(text, span), []) });
      sign = nextSign(text, span.end);
    }
    // What does not convince by itself goes with other lines of the text that do.
    const trusted = [...utf8Finders, ...doubleByteFinders].filter((find) => lines.filter(({ repair }) => repair?.by === find).length >= 2);
    const edits = editsOf(trusted.length === 0 ? lines : repairMore(text, lines, trusted));
    const remnants = edits.map(({ at, removed }) => at + removed.length).filter((end) => isRemnant(text, end));
    reportPlaces(
      report,
      remnants.map((start) => ({ start, end: start + 1, reason: 'review: mojibake is kept where a byte of it is lost' })),
    );
    return edits;
  },
};

/** What the repair left behind a stretch, because a byte is lost; where a mark stands for the byte, another rule says so. */
function isRemnant(text: string, at: number): boolean {
  const isStrange = (unitClasses()[text.charCodeAt(at)] ?? 0) >= unitClass.rare;
  return isStrange && !text.slice(at, at + 4).includes('\ufffd') && !(text[at + 1] === '?' && isCutShort(text, at));
}

interface Repair {
  readonly edits: readonly Edit[];
  /** The wrong reading that was taken first. */
  readonly by?: Finder;
}

interface RepairedLine {
  readonly span: Span;
  /** Undefined for a line that is left for good. */
  readonly repair: Repair | undefined;
}

function editsOf(lines: readonly RepairedLine[]): Edit[] {
  return lines.flatMap(({ span, repair }) => (repair?.edits ?? []).map((edit) => ({ ...edit, at: span.start + edit.at })));
}

function lineAround(text: string, at: number): Span {
  const end = text.indexOf('\n', at);
  return { start: text.lastIndexOf('\n', at) + 1, end: end === -1 ? text.length : end };
}

function repairMore(text: string, lines: readonly RepairedLine[], trusted: readonly Finder[]): RepairedLine[] {
  const before = new Map(lines.map(({ span, repair }) => [span.start, repair]));
  return lineSpans(text).map((span) => {
    const alone = before.get(span.start);
    if (alone === undefined && before.has(span.start)) return { span, repair: undefined };
    return { span, repair: repairLine(sliceOf(text, span), trusted) ?? alone };
  });
}

/** Where two units that are strange in news stand within four, from `from` on; -1 if nowhere. */
function nextSign(text: string, from: number): number {
  const classes = unitClasses();
  let recent = 0;
  for (let at = from; at < text.length; at++) {
    const isStrange = (classes[text.charCodeAt(at)] ?? 0) >= unitClass.foreign;
    if (isStrange && recent !== 0) return at;
    recent = ((recent << 1) | (isStrange ? 1 : 0)) & 7;
  }
  return -1;
}

/** Wrong readings, one over another, that a line may have; two are seen, three hardly. */
const maxPasses = 6;

/**
 * Reads a line anew until nothing in it convinces, so that a second look finds nothing.
 *
 * @returns undefined for a line that does not come to rest.
 */
function repairLine(line: string, trusted: readonly Finder[]): Repair | undefined {
  let current = line;
  let repair: Repair = { edits: [] };
  for (let pass = 0; pass < maxPasses; pass++) {
    const found = bestReading(current, trusted);
    if (found === undefined) return repair;
    const edits = found.stretches.map(({ start, end, text }) => ({ at: start, removed: current.slice(start, end), inserted: text }));
    current = apply(current, edits);
    repair = pass === 0 ? { edits, by: found.by } : { ...repair, edits: [{ at: 0, removed: line, inserted: current }] };
  }
  return undefined;
}

interface Reading {
  readonly by: Finder;
  readonly stretches: readonly Stretch[];
}

/** What the likeliest wrong reading explains; undefined if none convinces, or two are about as likely. */
function bestReading(line: string, trusted: readonly Finder[]): Reading | undefined {
  const isTroubled = nextSign(line, 0) !== -1;
  if (!isTroubled && trusted.length === 0) return undefined;
  const strong = isTroubled ? (likeliest(line, utf8Finders, 0) ?? likeliest(line, doubleByteFinders, margin)) : undefined;
  return strong ?? likeliest(line, trusted, margin, true);
}

/** By so many bits must a reading be better than the next. */
const margin = 6;

function likeliest(line: string, finders: readonly Finder[], lead: number, isTrusted = false): Reading | undefined {
  let best: Reading | undefined;
  let [bestBits, nextBits] = [0, Number.NEGATIVE_INFINITY];
  for (const find of finders) {
    const stretches = find(line, isTrusted);
    if (stretches.length === 0) continue;
    let bits = 0;
    for (const { start, end, text } of stretches) bits += looksOf(text).bits - looksOf(line.slice(start, end)).bits;
    if (bits > bestBits) [best, bestBits, nextBits] = [{ by: find, stretches }, bits, bestBits];
    else nextBits = Math.max(nextBits, bits);
  }
  if (best === undefined || bestBits - nextBits < lead) return undefined;
  return isTrusted || best.stretches.some(({ isStrong }) => isStrong) ? best : undefined;
}

function utf8(line: string, bytesOf: Uint16Array, isSingleByte: boolean): Stretch[] {
  const stretches: Stretch[] = [];
  for (let at = 0; at < line.length; ) {
    const code = bytesOf[line.charCodeAt(at)] ?? 0;
    // A stretch begins with the first byte of a character; in a double-byte charset, of one that has three bytes at least.
    const isLead = isSingleByte ? code >= 0xc2 : code >= 0xe280;
    const end = isLead ? utf8End(line, at, bytesOf) : undefined;
    const stretch = end && judgeUtf8(line, at, end, bytesOf, isSingleByte);
    if (stretch) stretches.push(stretch);
    at = end ?? at + 1;
  }
  return stretches;
}

const chineseMarks = /[\u3000-\u303f\uff00-\uffef]/g;

function judgeUtf8(line: string, start: number, firstEnd: number, bytesOf: Uint16Array, isSingleByte: boolean): Stretch | undefined {
  let end = firstEnd;
  let text = decodeUtf8(line.slice(start, end), bytesOf);
  let right = looksOf(text);
  const again = right.rare > 0 || right.strange > right.familiar ? readAgain(line, start, end, bytesOf) : undefined;
  if (again !== undefined && again.looks.bits > right.bits) ({ text, end, looks: right } = again);
  const stood = line.slice(start, end);
  if (unprintable.test(text) || (isSingleByte && !isOneLatin(stood))) return undefined;
  const chinese = right.familiar + (text.match(chineseMarks)?.length ?? 0);
  const wrong = looksOf(stood);
  const isStrong =
    right.familiar > 0 &&
    chinese >= 2 &&
    right.rare * (isSingleByte ? 1 : 4) <= right.familiar &&
    wrong.strange >= 2 &&
    wrong.strange * 3 >= stood.length &&
    right.bits > wrong.bits;
  return isStrong || isSingleByte || (right.rare === 0 && chinese > 0) ? { start, end, text, isStrong } : undefined;
}

/** So often is a stretch cut before it is given up: where both readings end between characters, they do so every few. */
const maxCuts = 8;

/** What was misread twice: reads the result once more, and cuts the stretch to where both readings end between characters. */
function readAgain(line: string, start: number, firstEnd: number, bytesOf: Uint16Array) {
  for (const next of [latinBytes(), codeTable('gbk').bytesOf]) {
    let end: number | undefined = firstEnd;
    for (let cuts = 0; end !== undefined && cuts < maxCuts; cuts++) {
      const once = decodeUtf8(line.slice(start, end), bytesOf);
      const length = utf8End(once, 0, next);
      if (length === undefined) break;
      const text = decodeUtf8(once, next);
      if (length === once.length) return { text, end, looks: looksOf(text) };
      end = utf8End(line.slice(0, end), start, bytesOf, length);
    }
  }
  return undefined;
}
