/** Blocks inside a paragraph: a dateline or a byline before its text; a byline, a source or an end mark behind it. */
import { type Part, shiftPart } from './block.ts';
import { readByline, readNameAlone } from './byline.ts';
import { readDateline } from './dateline.ts';
import { isEndMark } from './note.ts';
import { readSource } from './source.ts';

const head = /^[ \u3000\u00a0]*(?<bracket>[（(【〔［[][^）)】〕］\]]{3,50}[）)】〕］\]])/;
const bare =
  /^[ \u3000\u00a0]*(?<run>(?:\p{Script=Han}{0,6}(?:记者|記者|中心))[^。，！？：:]{0,24}[／/]\p{Script=Han}{2,8}(?:報導|报道|報道|报导))[ \u3000：:]+/u;
const reported = /^[ \u3000\u00a0]*(?<run>(?:本报|本報)?(?:记者|記者)[ \u3000]?[^。，！？：:\d]{2,20}?(?:报道|報道|報導))[：:]/;
/** Behind the last sentence: （完） · （李楠） · （沈怡樺／雲林報導） · ■. */
const tail = /(?:[（(【〔][^（()）【】〔〕]{1,50}[）)】〕]|[■□◆◇●▪☆★]|###?|[—－-]+(?:完|END|End)[—－-]+)[ \u3000]*$/;
const endsSentence = /[。！？!?…；”’」』）)】]$/;

/** The parts of a line of body text, in order; offsets are into the line. */
export function readInline(line: string): Part[] {
  const first = readDateline(line) ?? readLeadingByline(line);
  const behind: Part[] = [];
  let end = line.length;
  // Two at most: （完）（李楠）.
  for (let count = 0; count < 3; count++) {
    const found = tail.exec(line.slice(0, end));
    if (found === null || found.index <= (first?.end ?? 0)) break;
    const text = found[0].trimEnd();
    const before = line.slice(0, found.index).trimEnd();
    if (!endsSentence.test(before)) break;
    const part = readTail(text);
    if (part === undefined) break;
    behind.unshift(shiftPart(part, found.index));
    end = found.index;
  }
  return first === undefined ? behind : [first, ...behind];
}

function readLeadingByline(line: string): Part | undefined {
  for (const form of [head, bare, reported]) {
    const found = form.exec(line);
    const text = found?.groups?.bracket ?? found?.groups?.run;
    if (found === null || text === undefined) continue;
    const people = readByline(text);
    if (people === undefined || found[0].length >= line.length) continue;
    const start = found[0].indexOf(text);
    const end = form === reported ? found[0].length : start + text.length;
    const part: Part = {
      kind: 'byline',
      rule: 'byline/leading',
      confidence: 0.95,
      start: 0,
      end: end - start,
      ...(people.length > 0 && { people }),
    };
    return shiftPart(part, start);
  }
  return undefined;
}

function readTail(text: string): Part | undefined {
  const span = { start: 0, end: text.length };
  if (isEndMark(text)) return { kind: 'endMark', rule: 'end-mark/inline', confidence: 0.97, ...span };
  if (!/^[（(【〔]/.test(text)) return undefined;
  const source = readSource(text, true);
  if (source !== undefined) return { ...source, ...span };
  const people = readByline(text) ?? readNameAlone(text);
  return people && { kind: 'byline', rule: 'byline/trailing', confidence: 0.93, ...span, ...(people.length > 0 && { people }) };
}
