/** Bylines 署名: 記者林美玲／南市報導 · 本报记者 周文 · （陳怡君/台北報導） · 社會中心／綜合報導 · 文/周文 图/李强 · □ 周文. */
import type { Span } from '../text/span.ts';
import type { PersonSpan } from './block.ts';
import { isCredits } from './credits.ts';
import { isPersonName, readBareName, readName } from './names.ts';
import { readPeople } from './people.ts';

/** UTF-16 units; longer lines with these words are sentences. */
const longestByline = 80;
const report = '(?:報導|报道|報道|报导)';
const name = '\\p{Script=Han}{2,5}(?:·\\p{Script=Han}{1,8})*';
const names = `(?<names>${name}(?:[、，,＆& \\u3000]+${name})*)`;
const between = '[ \\u3000]*[／/╱][ \\u3000]*';
/** Taiwan and Singapore: 記者甲、乙／台北報導, 海島新聞／甲 台南報導, 甲 报道. */
const filedBy = [
  new RegExp(
    `^(?:\\p{Script=Han}{0,8}?(?:記者|记者|特派員|特派员|特約記者|实习记者))?[ \\u3000]?${names}${between}\\p{Script=Han}{2,8}${report}$`,
    'du',
  ),
  new RegExp(`^(?:[\\p{Script=Han}A-Z]{2,10}${between})(?:記者|记者)?${names}[ \\u3000／/]+\\p{Script=Han}{2,8}${report}$`, 'du'),
  new RegExp(
    `^(?:\\p{Script=Han}{0,8}?(?:記者|记者|特派員|特派员))[ \\u3000]?${names}[ \\u3000]+(?:\\p{Script=Han}{2,6})?${report}$`,
    'du',
  ),
  new RegExp(`^${names}[ \\u3000]+(?:\\p{Script=Han}{2,4})?${report}$`, 'du'),
  // 記者林美玲台北報導, the name as long as the place lets it be; 社會中心／王文報導; 中國時報 王文.
  new RegExp(`^\\p{Script=Han}{0,6}?(?:記者|记者)(?<names>\\p{Script=Han}{3}|\\p{Script=Han}{2})(?:\\p{Script=Han}{2,3})?${report}$`, 'du'),
  new RegExp(`^\\p{Script=Han}{2,6}${between}(?<names>\\p{Script=Han}{2,3})${report}$`, 'du'),
] as const;
/** 中國時報 王文 in brackets before a text. */
const outletAndName = /^\p{Script=Han}{2,8}(?:报|報|社|网|網|台)[ \u3000](?<names>\p{Script=Han}{2,4})$/du;
/** 王文/文 李强/图 · 本报记者 王文 文/图: roles behind the names. */
const writer = '(?:\\p{Script=Han}{0,8}(?:记者|記者|通讯员|通訊員)[ \\u3000]?)?';
const rolesBehind = [
  new RegExp(`^${writer}(?<author>${name})${between}文[ \\u3000、]*(?<photographer>${name})${between}[图圖摄攝]$`, 'du'),
  new RegExp(
    `^${writer}(?<both>${name}(?:[ \\u3000、]${name})*)[ \\u3000]+(?:文[／/]?[图圖摄攝]|图[／/]文|摄影报道|攝影報道|文并摄|图文)$`,
    'du',
  ),
] as const;
/** 本报评论员 · 人民日报评论员文章: nobody by name. */
const commentator = /^\p{Script=Han}{2,8}(?:特约|特約)?(?:评论员|評論員)(?:文章)?$/u;
/** A desk instead of a person: 社會中心／綜合報導. */
const desk = new RegExp(`^[\\p{Script=Han}A-Za-z0-9]{2,10}${between}(?:\\p{Script=Han}{0,4})(?:綜合|综合|整理|外電|編譯)?${report}$`, 'u');
const describes = /^(?:本文)?作者(?<name>\p{Script=Han}{2,4}|)(?:系|为|為|是|现任|現任|现为|現為|单位|單位|简介)[^。]{2,60}$/du;
const contributed =
  /^(?:实习生|實習生|记者|記者|通讯员|通訊員)(?<name>\p{Script=Han}{2,3}?)(?:对此文|對此文|对本文|對本文|亦|也)[^。]{0,20}(?:贡献|貢獻)$/du;
const opening = /^[■□◎◆◇●○★☆▍▌（(【[〔「✎✍—\-\s*]+/u;
const closing = /[）)】\]〕」。：:\s*]+$/u;

/** The people of a byline with offsets into `line`, or undefined if the line is none. */
export function readByline(line: string): readonly PersonSpan[] | undefined {
  if (line.length > longestByline) return undefined;
  const behind = readRolesBehind(line);
  if (behind !== undefined) return behind;
  if (commentator.test(line)) return [];
  const read = readPeople(line);
  if (read !== undefined) {
    return isCredits(read) || (read.people.length === 0 && read.roles.size > 0) ? undefined : read.people;
  }
  const from = opening.exec(line)?.[0].length ?? 0;
  const core = line.slice(from, line.length - (closing.exec(line)?.[0].length ?? 0));
  if (core.length < 4) return undefined;
  if (/報導|报道|報道|报导/.test(core)) {
    for (const form of filedBy) {
      const found = form.exec(core);
      const [start, end] = found?.indices?.groups?.names ?? [];
      if (start === undefined || end === undefined) continue;
      const people = authorsIn(core, start, end);
      if (people !== undefined) return people.map((person) => shift(person, from));
    }
    if (desk.test(core)) return [];
  }
  const [start, end] = from > 0 ? (outletAndName.exec(core)?.indices?.groups?.names ?? []) : [];
  if (start !== undefined && end !== undefined && isPersonName(core.slice(start, end)))
    return [shift({ role: 'author', start, end }, from)];
  for (const form of [describes, contributed]) {
    const [start, end] = form.exec(core)?.indices?.groups?.name ?? [];
    if (start === undefined || end === undefined) continue;
    const role = form === contributed && core.startsWith('实习') ? ('intern' as const) : ('author' as const);
    return start === end ? [] : [shift({ role, start, end }, from)];
  }
  return undefined;
}

function readRolesBehind(line: string): readonly PersonSpan[] | undefined {
  if (!/[文图圖摄攝道]$/.test(line)) return undefined;
  for (const form of rolesBehind) {
    const groups = form.exec(line)?.indices?.groups;
    if (groups === undefined) continue;
    const people: PersonSpan[] = [];
    for (const [role, span] of Object.entries(groups)) {
      if (span === undefined) continue;
      if (role === 'both') {
        const names = authorsIn(line, span[0], span[1]);
        if (names === undefined) return undefined;
        people.push(...names, ...names.map((one) => ({ ...one, role: 'photographer' as const })));
      } else {
        if (!isPersonName(line.slice(span[0], span[1]))) return undefined;
        people.push({ role: role === 'author' ? 'author' : 'photographer', start: span[0], end: span[1] });
      }
    }
    return people;
  }
  return undefined;
}

function authorsIn(text: string, from: number, to: number): PersonSpan[] | undefined {
  const people: PersonSpan[] = [];
  for (const found of text.slice(from, to).matchAll(/[^、，,＆& \u3000]+/g)) {
    const span = readBareName(text.slice(0, to), from + found.index);
    if (span === undefined) return undefined;
    people.push({ role: 'author', ...span });
  }
  return people;
}

function shift<T extends Span>(span: T, by: number): T {
  return { ...span, start: span.start + by, end: span.end + by };
}

/** Where a letter is signed: 读者 王文 · 北乡镇　李强 · 一位退休教师：周敏. */
const signature =
  /^(?:[—\-－ \u3000]*)(?:[\p{Script=Han}（）()]{2,14}[ \u3000：:，,]{1,4})(?<name>\p{Script=Han}{2,4}|\p{Script=Han}[ \u3000]\p{Script=Han})[ \u3000]*(?:敬上|谨上|謹上|上|启|啟|谨启|謹啟|敬启)?$/du;

/** The name that signs a letter, at its end. */
export function readSignature(line: string): readonly PersonSpan[] | undefined {
  if (line.length > 30) return undefined;
  const found = signature.exec(line);
  const [start, end] = found?.indices?.groups?.name ?? [];
  if (start === undefined || end === undefined || !isPersonName(line.slice(start, end))) return undefined;
  return [{ role: 'author', start, end }];
}

/** A writer and what they are: 王文（退休教师） · 王文／国小教师. */
const withOffice =
  /^[■□◎⊙◆◇●○★☆▍▌（(【—\-\s*]*(?:文|作者|投書人)?[ \u3000／/◎⊙：:]{0,2}(?<name>\p{Script=Han}{2,4})[ \u3000]?(?:[（(][^（）()。]{2,24}[)）]|[／/╱][\p{Script=Han}、·]{2,20}|[ \u3000]\p{Script=Han}{2,16}(?:教授|教師|教师|老師|老师|學生|学生|主任|博士|律師|律师|醫師|医师|医生|作家|委員|委员|研究員|研究员|評論員|评论员|退休))$/du;

/** The name of a line that is a writer and an office, where a byline can stand. */
export function readNameWithOffice(line: string): readonly PersonSpan[] | undefined {
  if (line.length > 40) return undefined;
  const [start, end] = withOffice.exec(line)?.indices?.groups?.name ?? [];
  if (start === undefined || end === undefined || !isPersonName(line.slice(start, end))) return undefined;
  return [{ role: 'author', start, end }];
}

const nameMarks = /^[■□◎◆◇●○★☆▍▌（(【—\-\s*]*/u;

/** A line that is nothing but a writer's name, where a byline can stand: □ 司马长青 · （李楠） · 司徒健. Below the titles any name counts behind a mark. */
export function readNameAlone(line: string, isBelowTitles = false): readonly PersonSpan[] | undefined {
  if (line.length > 24) return undefined;
  const from = nameMarks.exec(line)?.[0].length ?? 0;
  const isMarked = from > 0;
  const core = line.slice(0, line.length - (/[）)】\s]*$/u.exec(line)?.[0].length ?? 0));
  const people: PersonSpan[] = [];
  for (let at = from; at < core.length; ) {
    const span = isBelowTitles && isMarked && /^[■□◎◆]/u.test(line) ? readName(core, at) : readBareName(core, at);
    if (span === undefined) return undefined;
    people.push({ role: 'author', ...span });
    at = span.end;
    at += /^[ \u3000、，&]*/u.exec(core.slice(at))?.[0].length ?? 0;
  }
  return people.length > 0 && people.length <= 4 ? people : undefined;
}
