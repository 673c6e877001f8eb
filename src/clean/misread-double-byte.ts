/**
 * GBK and Big5 that were read as another charset. Most bytes are good in either, so nothing but the look of a text tells which reading
 * is right: see `looksOf`.
 */
import {
  bitsOfClass,
  codeTable,
  type DoubleByte,
  isOneLatin,
  latinBytes,
  looksOf,
  type Stretch,
  unitClass,
  unitClasses,
  unprintable,
} from './encodings.ts';

/** Convincing text of a double-byte charset; a short one must be of everyday characters. */
function isNews(text: string, leastBits: number): boolean {
  const { familiar, daily, rare, strange, bits } = looksOf(text);
  if (familiar < 5) return familiar >= 2 && strange === 0 && daily * 2 >= familiar && bits >= 1 && new Set(text).size > 1;
  return rare * 4 <= familiar && bits >= leastBits;
}

/** Latin that is a text of the charset, read as windows-1252 or ISO 8859-1: ÐÂÎÅ is 新闻 in GBK, ·s»D 新聞 in Big5. */
export function readAsLatin(line: string, charset: DoubleByte): Stretch[] {
  if (looksOf(line).latin < 2) return [];
  const stretches: Stretch[] = [];
  const { unitOf } = codeTable(charset);
  const latin = latinBytes();
  for (let at = 0; at < line.length; ) {
    if (latin[line.charCodeAt(at)] === 0) {
      at++;
      continue;
    }
    const end = pairsEnd(line, at, unitOf);
    let stretch = judgePairs(line, at, end, unitOf);
    // A clean mark before the stretch is taken for its first byte: “ÐÂÎÅ”.
    if (!stretch?.isStrong && sharedMark.test(line.charAt(at))) {
      const behind = judgePairs(line, at + 1, pairsEnd(line, at + 1, unitOf), unitOf);
      if (behind?.isStrong) stretch = behind;
    }
    if (stretch !== undefined) stretches.push(stretch);
    at = stretch?.end ?? Math.max(end, at + 1);
  }
  // Words that digits and Latin part: 2024Äê3ÔÂ5ÈÕ.
  const wide = stretches.filter(({ start, end }) => !asciiTrail.test(line.slice(start, end)));
  const together = wide.map(({ text }) => text).join('');
  if (new Set(together).size < 5 || !isNews(together, 0)) return stretches;
  return stretches.map((stretch) => ({ ...stretch, isStrong: true }));
}

const sharedMark = /[“”‘’…–—•]/;
const asciiTrail = /[@-~]/;

function pairsEnd(line: string, from: number, unitOf: Uint16Array): number {
  let at = from;
  while (unitOf[pairAt(line, at)]) at += 2;
  return at;
}

/** The bytes of the Latin character at `at` and the one behind it, which may be ASCII. */
function pairAt(line: string, at: number): number {
  const latin = latinBytes();
  const next = line.charCodeAt(at + 1);
  return ((latin[line.charCodeAt(at)] ?? 0) << 8) | (next < 0x80 ? next : (latin[next] ?? 0));
}

function judgePairs(line: string, start: number, end: number, unitOf: Uint16Array): Stretch | undefined {
  if (end <= start) return undefined;
  let text = '';
  for (let at = start; at < end; at += 2) text += String.fromCharCode(unitOf[pairAt(line, at)] ?? 0);
  const stood = line.slice(start, end);
  if (unprintable.test(text) || !isOneLatin(stood)) return undefined;
  const isStrong = isNews(text, 0);
  // Müller holds a pair that is a rarity of GBK.
  const isLikely = looksOf(text).rare * 3 <= text.length || !asciiTrail.test(stood);
  return isStrong || isLikely ? { start, end, text, isStrong } : undefined;
}

interface Crossing {
  readonly readAs: DoubleByte;
  /** The unit that is meant by each unit that was read; 0 stands for none. */
  readonly meant: Uint16Array;
  /** By how many bits it is likelier. */
  readonly gain: Int8Array;
}

const chineseMark = /[“”‘’…—·\u3000-\u303f\uff00-\uffef]/;

const crossings = new Map<DoubleByte, Crossing>();

/** What text of the charset `written` becomes when it is read as `readAs`, unit by unit. */
function crossing(written: DoubleByte, readAs: DoubleByte): Crossing {
  const built = crossings.get(written);
  if (built !== undefined) return built;
  const { unitOf, bytesOf } = codeTable(written);
  const wrong = codeTable(readAs);
  const classes = unitClasses();
  const meant = new Uint16Array(0x10000);
  const gain = new Int8Array(0x10000);
  for (let unit = 0x80; unit < 0x10000; unit++) {
    const bytes = wrong.bytesOf[unit] ?? 0;
    const right = unitOf[bytes] ?? 0;
    // Only what gives the same bytes back; and a mark of Chinese that would be a rarity is a clean mark, which ends a stretch.
    const isCleanMark = chineseMark.test(String.fromCharCode(unit)) && classes[right] === unitClass.rare;
    if (right === 0 || bytesOf[right] !== bytes || isCleanMark) continue;
    meant[unit] = right;
    gain[unit] = (bitsOfClass[classes[right] ?? 0] ?? 0) - (bitsOfClass[classes[unit] ?? 0] ?? 0);
  }
  const made = { readAs, meant, gain };
  crossings.set(written, made);
  return made;
}

/** By so many bits must the right reading be likelier than what stands there. */
const leastGain = 12;

/** So many bits must it have itself. */
const leastBits = 10;

/**
 * Text of one double-byte charset that was read as the other: 陔恓 is 新闻 in GBK, 穝籇 新聞 in Big5.
 *
 * @param isTrusted other lines of the text were misread so: a line that is likelier read anew needs no further proof.
 */
export function crossed(line: string, written: DoubleByte, readAs: DoubleByte, isTrusted: boolean): Stretch[] {
  const known = crossing(written, readAs);
  let [sum, best, total] = [0, 0, 0];
  for (let at = 0; at < line.length; at++) {
    const gain = known.gain[line.charCodeAt(at)] ?? 0;
    total += gain;
    sum = Math.max(0, sum + gain);
    best = Math.max(best, sum);
  }
  if (best < (isTrusted ? 1 : leastGain)) return [];
  const segments = segmentsOf(line, known);
  const found = segments.flatMap((segment) => peaks(line, segment, known));
  const read = segments.map(({ text }) => text).join('');
  const stood = segments.map(({ start, end }) => line.slice(start, end)).join('');
  const [all, inside] = [looksOf(line), looksOf(stood)];
  const isWhole = (all.familiar + all.strange - inside.familiar - inside.strange) * 8 <= stood.length;
  if (isWhole && isNews(read, leastBits) && (found.length > 0 || isWorse(stood, read, readAs))) {
    return segments.filter(isPlausible).map((segment) => ({ ...segment, isStrong: true }));
  }
  return isTrusted && found.length === 0 && total > 0 ? segments.filter(isPlausible) : found;
}

interface Segment extends Stretch {
  readonly gain: number;
}

/** What stands between ASCII, clean marks and characters that the charset lacks; without its ends where those are clean. */
function segmentsOf(line: string, { meant, gain }: Crossing): Segment[] {
  const segments: Segment[] = [];
  for (let at = 0; at < line.length; at++) {
    const first = at;
    while (meant[line.charCodeAt(at)]) at++;
    const { start, end, sum } = withoutCleanEnds(line, first, at, gain);
    if (end > start) segments.push({ start, end, text: translate(line, start, end, meant), gain: sum, isStrong: false });
  }
  return segments;
}

/** An end of a segment is clean if reading it anew costs so many bits. */
const cleanCost = 10;

function withoutCleanEnds(line: string, first: number, last: number, gain: Int8Array): { start: number; end: number; sum: number } {
  let [sum, least, start] = [0, 1 - cleanCost, first];
  for (let at = first; at < last; at++) {
    sum += gain[line.charCodeAt(at)] ?? 0;
    if (sum < least) [least, start] = [sum, at + 1];
  }
  let [most, end] = [0, start];
  sum = 0;
  for (let at = start; at < last; at++) {
    sum += gain[line.charCodeAt(at)] ?? 0;
    if (sum >= most) [most, end] = [sum, at + 1];
  }
  return most - sum >= cleanCost ? { start, end, sum: most } : { start, end: last, sum };
}

function isPlausible({ text, gain }: Segment): boolean {
  return gain > -4 && looksOf(text).rare * 3 <= text.length && !unprintable.test(text);
}

function translate(line: string, start: number, end: number, meant: Uint16Array): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(meant[line.charCodeAt(at)] ?? 0);
  return text;
}

/** A stretch ends where the gain has fallen this far below its best. */
const drop = 16;

/** The stretches of a segment that read better than they stand, with clean text around them. */
function peaks(line: string, segment: Stretch, { readAs, meant, gain }: Crossing): Stretch[] {
  const found: Stretch[] = [];
  let [start, end, sum, best] = [segment.start, segment.start, 0, 0];
  for (let at = segment.start; at < segment.end; at++) {
    sum += gain[line.charCodeAt(at)] ?? 0;
    if (sum > best) [best, end] = [sum, at + 1];
    if (sum > 0 && sum > best - drop && at + 1 < segment.end) continue;
    if (best >= leastGain) {
      const text = translate(line, start, end, meant);
      const isAlone = !neighbour.test(line.charAt(start - 1)) && !neighbour.test(line.charAt(end));
      if ((isAlone || text.length > 4) && isNews(text, leastBits) && isWorse(line.slice(start, end), text, readAs))
        found.push({ start, end, text, isStrong: true });
    }
    [start, end, sum, best] = [at + 1, at + 1, 0, 0];
  }
  return found;
}

/** What a short stretch does not stand beside: neither ASCII nor a mark. */
const neighbour = /[^\0-\x7f\u3000-\u303f\uff00-\uffef“”‘’…—·]/;

/** Is what stands there no text that anybody wrote, and the reading much likelier? */
function isWorse(stood: string, read: string, readAs: DoubleByte): boolean {
  const [wrong, right] = [looksOf(stood), looksOf(read)];
  // Common words of rare characters are in Big5, or in GB 2312: 忐忑, 蟋蟀.
  if (right.familiar < 5 && (readAs === 'big5' || !isExotic(stood))) return false;
  if (isList(stood)) return false;
  // Private use alone is an icon font.
  if ((stood.match(han)?.length ?? 0) * 8 < stood.length) return false;
  return wrong.rare >= 2 && wrong.rare * 4 >= stood.length && right.bits - wrong.bits >= leastGain;
}

/** Characters that stand close together in Unicode, as those of one radical do: a list from a dictionary. */
function isList(stood: string): boolean {
  for (let at = 1; at < stood.length; at++) {
    if (Math.abs(stood.charCodeAt(at) - stood.charCodeAt(at - 1)) > 0x100) return false;
  }
  return true;
}

const han = /[\u3400-\u9fff]/g;

/** Are these characters that neither GB 2312 nor Big5's first level has? Hardly a word is of such alone: 穝籇. */
function isExotic(stood: string): boolean {
  const [gbk, big5] = [codeTable('gbk').bytesOf, codeTable('big5').bytesOf];
  for (let at = 0; at < stood.length; at++) {
    const [code, other] = [gbk[stood.charCodeAt(at)] ?? 0, big5[stood.charCodeAt(at)] ?? 0];
    if ((code >= 0xb0a1 && (code & 0xff) >= 0xa1) || (other >= 0xa440 && other <= 0xc67e)) return false;
  }
  return true;
}
