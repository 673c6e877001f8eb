/** Bylines 署名 that have a line to themselves: 記者林美玲／南市報導 · 本报记者 周文 李强 · （陳怡君/台北報導）. */
import type { PersonSpan } from './block.ts';

/** UTF-16 units; longer lines with these words are sentences. */
const longestByline = 40;
const names = '(?<names>\\p{Script=Han}{2,4}(?:[ \\u3000、]+\\p{Script=Han}{2,4})*)';
const forms = [
  // Taiwan: reporter, slash, place and 報導.
  new RegExp(
    `^[（(〔]?(?:\\p{Script=Han}{0,6}(?:記者|特派員|特派员|记者))?[ \\u3000]?${names}[ \\u3000]?[／/][ \\u3000]?\\p{Script=Han}{2,6}(?:報導|报导|報道|报道)[）)〕]?$`,
    'du',
  ),
  // Mainland: the paper's reporter and names parted by a space.
  new RegExp(`^(?:\\p{Script=Han}{0,8}(?:记者|記者|通讯员|通訊員))[ \\u3000:：]+${names}$`, 'du'),
] as const;

/** A desk instead of a person: 社會中心／綜合報導. */
const desk = /^[（(〔]?\p{Script=Han}{2,6}[／/](?:綜合|综合)(?:報導|报导|報道|报道)[）)〕]?$/u;

/** The people of a byline with offsets into `line`, or undefined if the line is none. */
export function readByline(line: string): PersonSpan[] | undefined {
  if (line.length > longestByline) return undefined;
  if (desk.test(line)) return [];
  for (const form of forms) {
    const [start, end] = form.exec(line)?.indices?.groups?.names ?? [];
    if (start === undefined || end === undefined) continue;
    return [...line.slice(start, end).matchAll(/\p{Script=Han}+/gu)].map((match) => ({
      role: 'author',
      start: start + match.index,
      end: start + match.index + match[0].length,
    }));
  }
  return undefined;
}
