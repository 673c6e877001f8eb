/** A line that is made of roles and names: 责任编辑：汤颖 校对：皮建国 · 本报记者 周文 通讯员 李强 · （文：漆雕莹 图：邬凡） · 文/周文. */
import { prefilter } from '../text/prefilter.ts';
import type { Span } from '../text/span.ts';
import type { PersonSpan, Role } from './block.ts';
import { isPersonName, readBareName, readName } from './names.ts';
import { needsMark, roleOf, roleWords } from './roles.ts';

export interface PeopleLine {
  readonly people: readonly PersonSpan[];
  /** Every role that has a word in the line, an empty one too. */
  readonly roles: ReadonlySet<Role>;
  /** A desk or a bureau sent it in: 漁業科供稿. */
  readonly isSentIn: boolean;
  /** 来源：某报 among the roles. */
  readonly sources: readonly Span[];
  /** Whether a mark parts a role from its names: 编辑：. */
  readonly isMarked: boolean;
}

/** UTF-16 units. The longest credits line of a paper's page names some forty people. */
const longest = 400;
const mayBe = new RegExp(
  `${roleWords
    .replaceAll(/(?<=^|\|)[^|](?=\||$)/g, '')
    .replaceAll(/\|{2,}/g, '|')
    .replace(/^\||\|$/g, '')}|[文图圖摄攝] ?[:：/／丨｜|]|供稿`,
);
const hasRole = prefilter(mayBe);
const mark = '[ \\u3000\\u00a0]*[:：/／丨｜︱|][ \\u3000\\u00a0]*';
/** An outlet or a qualifier may stand before a role: 本报首席, 法治经纬报, 中央社. */
const outlets = '(?:报|報|网|網|社|台|臺|刊|新闻|新聞|中心|电视|在线|客户端|头条|传媒|快讯|资讯)';
const roleAt = new RegExp(
  `(?<before>(?:[\\p{Script=Han}A-Za-z0-9·]{1,10}?(?:${outlets}|报道|報道|讯|訊)[ \\u3000／/](?=(?:特约|特約|见习|見習|首席|资深|实习|全媒体)?(?:记者|記者|通讯员|通訊員|特派)))(?:特约|特約|见习|見習|首席|资深|全媒体)?|(?:[\\p{Script=Han}A-Za-z0-9·-]{0,16}?))(?<word>${roleWords})(?<more>(?:[ \\u3000]?[．·、&＆/／和與与+＋][ \\u3000]?(?:${roleWords})(?![\\p{Script=Han}]))*)(?<behind>${mark}|[ \\u3000\\u00a0]+|$|)`,
  'uy',
);
const joint =
  /[ \u3000\u00a0]*(?:[、,，;；｜丨︱|/／&＆·.．。＋+][ \u3000\u00a0]*|(?:和|與|与)(?=\p{Script=Han}{2,4}(?:$|[ \u3000、，)）])))?[ \u3000\u00a0]*/uy;
const white = /[ \u3000\u00a0]+|[ \u3000\u00a0]*[、,，;；｜丨︱|＆&．。][ \u3000\u00a0]*/y;
/** A role that has no word here, of somebody: 审订：杜思颖. */
const otherRole = /\p{Script=Han}{2,8}[ \u3000]?[:：][ \u3000]?(?=[\p{Script=Han}A-Z])/uy;
/** （文字） and (实习生) behind a name. */
const aside = /[ \u3000]?[（(][^（）()]{1,12}[)）]/y;
const sentIn =
  /[\p{Script=Han}A-Za-z0-9、，（）()· \u3000]{0,40}(?:联合)?(?:供稿|提供|供图|供圖|聯合供稿)(?=$|[ \u3000\u00a0，、；;|｜])/uy;
const sourceAt = /(?:信息来源|稿件来源|文章来源|新闻来源|来源|來源|稿源)[ \u3000]?[:：][ \u3000]?[^ \u3000:：；;|｜]{2,24}/y;
const writers: readonly Role[] = ['author', 'correspondent', 'intern'];
/** The place where a reporter of Taiwan filed from: ／南市報導. */
const filed =
  /[ \u3000]*(?:发自|發自|摄于|自)\p{Script=Han}{2,5}(?:、\p{Script=Han}{2,5})*(?:报道|報道|報導|电|電)?$|(?:[ \u3000]?[／/][ \u3000]?|[ \u3000]+)\p{Script=Han}{0,8}(?:報導|报道|報道|报导|綜合外電|專訪|特稿|翻攝|連線|连线)$/uy;
const opening = /^[\s—\-－*※■□◎◆◇●○▲△▼★☆►▍▌|｜丨（(【[〔「\u3000]+/u;
const closing = /[\s—\-－*※■□◆）)】\]〕」。；;\u3000]+$/u;
/** 记者 王文 文/图: what all of them did. */
const both = /(?<=\p{Script=Han})[ \u3000](?:文[／/]?[图圖]|图[／/]?文|摄影报道|文并摄)(?=[）)】]?$)/u;
/** A date or a code behind the closing bracket: （編輯：高雅琴）1070312. */
const code = /[)）】\]]\d{6,8}$/;
const outlet = new RegExp(`${outlets}$`);
const joined = new RegExp(roleWords, 'g');

/**
 * The roles and names of a line, with offsets into it; undefined if anything else stands in it.
 *
 * @param isLoose what stands right behind a role is a name though it begins with no surname: 记者巴特尔, in the bracket of a dateline.
 */
export function readPeople(line: string, isLoose = false): PeopleLine | undefined {
  if (line.length > longest || line.length < 3) return undefined;
  if (line === last.line && isLoose === last.isLoose) return last.read;
  const read = isLikely(line) ? readWhole(line, isLoose) : undefined;
  last = { line, isLoose, read };
  return read;
}

/** What was read last: credits are asked for, then a byline. */
let last: { line: string; isLoose: boolean; read: PeopleLine | undefined } = { line: '', isLoose: false, read: undefined };

function isLikely(line: string): boolean {
  const sentence = line.indexOf('。');
  return (sentence === -1 || sentence === line.length - 1) && hasRole(line) && mayBe.test(line);
}

function readWhole(line: string, isLoose: boolean): PeopleLine | undefined {
  const whole = line.replace(code, (found) => found.charAt(0)).replace(both, '');
  const from = opening.exec(whole)?.[0].length ?? 0;
  let end = whole.length - (closing.exec(whole)?.[0].length ?? 0);
  // A bracket that opens inside closes inside: （责编：甲(实习生)）.
  if (end < whole.length && unbalanced(whole.slice(from, end))) end++;
  return read(whole.slice(0, end), from, isLoose);
}

function unbalanced(text: string): boolean {
  return (
    [...text].filter((mark) => mark === '（' || mark === '(').length > [...text].filter((mark) => mark === '）' || mark === ')').length
  );
}

function read(text: string, from: number, isLoose: boolean): PeopleLine | undefined {
  const people: PersonSpan[] = [];
  const sources: Span[] = [];
  const roles = new Set<Role>();
  let held: readonly Role[] = [];
  /** A role that is not among ours holds the names that follow. */
  let isOther = false;
  let hasOther = false;
  let isSentIn = false;
  let isMarked = false;
  /** Names of the role so far. */
  let names = 0;
  let at = from;
  while (at < text.length) {
    const next = nextRole(text, at, held.length > 0 && names === 0);
    if (next !== undefined) {
      held = next.roles;
      isOther = false;
      for (const role of held) roles.add(role);
      names = 0;
      isMarked ||= next.isMarked;
      at = next.end;
      if (next.isTight) {
        const name = readBareName(text, at) ?? (isLoose ? readName(text, at) : undefined);
        if (name === undefined) return undefined;
        for (const role of held) people.push({ role, ...name });
        names++;
        at = name.end;
      }
    } else {
      const sent = matchAt(sentIn, text, at);
      const source = sent === undefined ? matchAt(sourceAt, text, at) : undefined;
      if (sent !== undefined) {
        isSentIn = true;
        at = sent;
        held = [];
      } else if (source !== undefined) {
        sources.push({ start: at, end: source });
        at = source;
        held = [];
      } else {
        const other = matchAt(otherRole, text, at);
        if (other !== undefined) {
          held = [];
          isOther = true;
          hasOther = true;
          at = other;
          continue;
        }
        const name = held.length === 0 && !isOther ? undefined : readName(text, at);
        if (name === undefined) return undefined;
        // 文/观察者网 王文: an outlet before the name.
        const isOutlet = outlet.test(text.slice(name.start, name.end)) && name.end - name.start >= 3 && text.charAt(name.end) === ' ';
        if (!isOutlet) for (const role of held) people.push({ role, ...name });
        names++;
        at = name.end;
        at = matchAt(aside, text, at) ?? at;
      }
    }
    const tail = held.some((role) => writers.includes(role)) && names > 0 ? matchAt(filed, text, at) : undefined;
    at = tail ?? matchAt(names > 0 ? joint : white, text, at) ?? at;
  }
  return roles.size === 0 && (!isSentIn || hasOther) ? undefined : { people, roles, isSentIn, sources, isMarked };
}

interface NextRole {
  /** More than one in 文/图 李强. */
  readonly roles: readonly Role[];
  readonly end: number;
  /** No room stands between the word and the name. */
  readonly isTight: boolean;
  readonly isMarked: boolean;
}

function nextRole(text: string, at: number, wantsName: boolean): NextRole | undefined {
  roleAt.lastIndex = at;
  const found = roleAt.exec(text);
  const { before = '', word = '', more = '', behind = '' } = found?.groups ?? {};
  if (found === null) return undefined;
  const isMarked = /[:：/／丨｜︱|]/.test(behind);
  if (needsMark.has(word) && !isMarked && (more === '' || behind === '')) return undefined;
  // 记者李文通讯员王强: what stands before the second role is the first one's name.
  if (wantsName && before !== '' && !outlet.test(before.trim()) && (isPersonName(before.trim()) || /·/.test(before))) return undefined;
  if (before.length > 0 && isMarked && !/^[\p{Script=Han}A-Za-z0-9·／/ \u3000-]*$/u.test(before)) return undefined;
  const end = at + found[0].length;
  const isTight = behind === '' && end < text.length;
  const others = more.match(joined)?.map((other) => roleOf.get(other) ?? 'editor') ?? [];
  return { roles: [...new Set([roleOf.get(word) ?? 'editor', ...others])], end, isTight, isMarked };
}

/** The end of the pattern's match at an offset. */
function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  return found === undefined || found === '' ? undefined : at + found.length;
}
