/** Datelines 电头 and local slugs 消息头 at the start of a paragraph: 新华社巴黎12月9日电（记者李文） · 本报讯 · （中央社記者林美玲台南7日電） · 【本報訊】. */
import { type FieldSpan, type Part, type PersonSpan, shiftSpans } from './block.ts';
import { isPersonName, readBareName, readName } from './names.ts';
import { readPeople } from './people.ts';

const own =
  '本报|本報|本刊|本网|本網|本站|本台|本社|本港|本市|又|另|专|專|特|综合|綜合|外电|外電|港聞|國際|体育|體育|财经|財經|兩岸|突發|記者|记者';
const outlet =
  '(?:社|网|網|报|報|台|臺|新闻(?![网網社联客])|新聞(?![网網社聯客])|快报|在线|之家|客户端|频道|融媒|发布|财经|财讯|電視|电视|视界)';
const named = `(?:新华社|新華社|中新社|中新网|中新網|中通社|中央社|[\\p{Script=Han}A-Za-z]{1,10}?${outlet})(?:[·・/／][\\p{Script=Han}A-Za-z]{2,10}?${outlet})?`;
const numeral = '[○〇零一二三四五六七八九十廿]';
const day = `(?:\\d{1,2}|${numeral}{1,3})日`;
const date = `(?:(?:\\d{4}|${numeral}{4})年)?(?:\\d{1,2}|${numeral}{1,3})月${day}|${day}`;
const white = '[ \\u3000\\u00a0]*';
const type =
  '(?:综合|綜合|专|專|急|快|特)?(?:电讯|電訊|电|電)|(?:快|专|專|特|简|簡|综合|綜合)?(?:讯|訊)|(?:综合|綜合)?消息|(?:综合|綜合)?(?:外电|外電)(?:报道|報道|报导|報導)|(?:综合|綜合)(?:报道|報道|报导|報導)|快报|专题';
const reporter = `(?:(?:特派|特约|特約|[驻駐]\\p{Script=Han}{1,6})?(?:记者|記者|特派员|特派員)${white}(?<who>[\\p{Script=Han}、·]{2,20}?)${white})?`;
const placed = '(?:[\\p{Script=Han}]{2,12}?)(?:[、/／][\\p{Script=Han}]{2,8}?)*';

/** With a date or a bracket around it, nothing else has to follow. */
const dated = new RegExp(
  `^(?<open>[（(【〔\\[])?(?:据|據)?(?<agency>${own}|${named})${white}${reporter}(?<place>${placed})?${white}(?<date>${date})${white}(?:${type})`,
  'du',
);
const bracketed = new RegExp(
  `^(?<open>[（(【〔\\[])(?:(?<agency>${own}|${named}|[\\p{Script=Han}]{2,8}?)${white}${reporter}(?<place>${placed})?${white}(?:${type}|报道|報道)|(?<place2>${placed})${white}(?<date>${date})${white}(?:${type}))(?=[）)】〕\\]])`,
  'du',
);
/** （記者賴思齊南嶼8日電） */
const byReporter = new RegExp(
  `^(?<open>[（(【〔\\[])${reporter.slice(0, -1)}(?<place>${placed})?${white}(?<date>${date})${white}(?:${type})`,
  'du',
);
/** 参考消息网5月6日报道 and a space; 据中新网5月6日报道， is body text. */
const reportedOn = new RegExp(
  `^(?<agency>${named})${white}(?<place>${placed})?${white}(?<date>${date})(?:报道|報道)(?=[ \\u3000：:（(])`,
  'du',
);
/** 【财新网】（记者王文） · 〔中央社〕 */
const outletAlone = new RegExp(
  `^(?<open>[【〔\\[])(?<agency>${named})(?=[】〕\\]](?:[（(]\\p{Script=Han}{0,4}(?:记者|記者)|(?<=社[】〕\\]])))`,
  'du',
);
const slug = new RegExp(
  `^(?:据|據)?(?<agency>${own}|${named}|\\p{Script=Han}{2,5}?)${white}${reporter}(?<place>\\p{Script=Han}{2,4})?(?:${type}|(?:报道|報道)(?=[ \\u3000]*[（(]\\p{Script=Han}{0,4}(?:记者|記者)))`,
  'du',
);
/** What may follow a slug without a date: 本报讯（记者…）, 央视网消息： . */
const behindSlug =
  /^(?:[ \u3000]*[（(【][^）)】]{0,3}(?:记者|記者|通讯员|通訊員|见习|實習|实习|特约|首席|文|新闻|\p{Script=Han}{2,4}[）) 、])|[ \u3000：:]|$|(?:记者|記者))/u;
const mayBe = /[电電讯訊]|[报報][道导導]|^[【〔[][^】〕\]]{2,10}[社网網报報]|消息|外电|外電|综合|綜合|快报|专题/;
const closes = '）)】〕]';
const said = new RegExp(
  `^${white}(?<run>(?:本报|本報|本网|本網)?(?:首席|特约|特約|见习|全媒体)?(?:记者|記者)[^，。：:！？]{2,50}?)(?:报道|報道|报导|報導)`,
  'u',
);
const follows = /^[ \u3000\u00a0]*[：:]?[ \u3000\u00a0]*/;
const both =
  /[ \u3000]*(?:文[/／]?[图圖]|图[/／]文|摄影报道|文[/／、]摄|摄影报导|报道|報道|摄|整合|整理|综合|綜合|编译|編譯|综合整理|采写)$/;
/** UTF-16 units of a dateline without its reporters. */
const longest = 70;

/** The dateline that a line begins with, `start` behind its indent; undefined if there is none. */
export function readDateline(line: string): Part | undefined {
  const start = /^[ \u3000\u00a0●■□◎◆]*/.exec(line)?.[0].length ?? 0;
  const head = line.slice(start, start + longest);
  if (!mayBe.test(head)) return undefined;
  const read = readHead(head);
  if (read === undefined) return undefined;
  const people = [...read.people];
  let end = read.end;
  const behind = line.slice(start + end, start + end + 160);
  const group = readReporters(behind);
  if (group !== undefined) {
    people.push(...shiftSpans(group.people, end));
    end += group.end;
  }
  const rest = line.slice(start + end);
  const room = follows.exec(rest)?.[0].length ?? 0;
  // A colon belongs to it, white does not.
  const colon = /[：:]/.test(rest.slice(0, room)) ? rest.search(/[：:]/) + 1 : 0;
  end += colon;
  return {
    kind: 'dateline',
    rule: read.rule,
    confidence: 0.98,
    start,
    end: start + end,
    ...(people.length > 0 && { people: shiftSpans(people, start) }),
    ...(read.fields.length > 0 && { fields: shiftSpans(read.fields, start) }),
  };
}

interface Head {
  readonly rule: string;
  readonly end: number;
  readonly fields: readonly FieldSpan[];
  readonly people: readonly PersonSpan[];
}

function readHead(head: string): Head | undefined {
  for (const [form, rule] of [
    [dated, 'dateline/dated'],
    [byReporter, 'dateline/reporter'],
    [bracketed, 'dateline/bracketed'],
    [reportedOn, 'dateline/reported'],
    [outletAlone, 'dateline/outlet'],
    [slug, 'dateline/slug'],
  ] as const) {
    const found = form.exec(head);
    const groups = found?.indices?.groups;
    if (found === null || groups === undefined) continue;
    let end = found[0].length;
    const written = found.groups ?? {};
    if (
      /记者|記者|据|據|^的|宣布|通过|获悉|[发發][布佈表]$/.test(written.place ?? '') ||
      /^(?:据|據|记者|記者|日前|近日|今天|昨天|今日|昨日|这|那|在)/.test(written.agency ?? '')
    )
      continue;
    if (written.open !== undefined) {
      // 【中新社金邊五日電】 · （中央社記者蕭景文南投12日電） · （记者…）is none.
      const close = closes.indexOf(head.charAt(end));
      if (close === -1) continue;
      end++;
    } else if (rule === 'dateline/slug') {
      const isOwn = new RegExp(`^(?:${own})$`).test(written.agency ?? '');
      const isNews = /[讯訊]$/.test(found[0]);
      if (!(isOwn && isNews) && !behindSlug.test(head.slice(end)) && !(found[0].endsWith('消息') && /^[，,]/.test(head.slice(end))))
        continue;
      if (
        !isOwn &&
        !new RegExp(`${outlet}$`, 'u').test(written.agency ?? '') &&
        !/^[ \u3000]*[（(][^）)]{0,4}(?:记者|記者|通讯员|通訊員)/.test(head.slice(end))
      )
        continue;
    }
    return { rule, end, ...describe(head, groups, written) };
  }
  return undefined;
}

type Groups = Readonly<Record<string, [number, number]>>;

function describe(head: string, groups: Groups, written: Readonly<Record<string, string | undefined>>): Pick<Head, 'fields' | 'people'> {
  const fields: FieldSpan[] = [];
  const people: PersonSpan[] = [];
  const add = (name: FieldSpan['name'], span: readonly [number, number] | undefined) => {
    if (span !== undefined && span[1] > span[0]) fields.push({ name, start: span[0], end: span[1] });
  };
  if (written.agency !== undefined && !new RegExp(`^(?:${own})`).test(written.agency)) add('agency', groups.agency);
  let place = groups.place ?? groups.place2;
  if (groups.who !== undefined) {
    // 記者蕭景文南投12日電: the name ends where the place begins; a lazy pattern gave the name two characters.
    const [from] = groups.who;
    const to = place?.[1] ?? groups.who[1];
    const parted = partNames(head, from, to);
    people.push(...parted.people);
    place = parted.rest < to ? [parted.rest, to] : undefined;
  }
  add('place', place);
  add('date', groups.date);
  return { fields: fields.sort((a, b) => a.start - b.start), people };
}

/** Names and the place behind the last of them: 林美玲、王文台南. */
function partNames(head: string, from: number, to: number): { readonly people: readonly PersonSpan[]; readonly rest: number } {
  const people: PersonSpan[] = [];
  let at = from;
  for (;;) {
    const stop = head.slice(at, to).search(/[、 \u3000]/);
    if (stop === -1) break;
    people.push({ role: 'author', start: at, end: at + stop });
    at += stop + 1;
  }
  const run = head.slice(at, to);
  const length = nameLength(run);
  people.push({ role: 'author', start: at, end: at + length });
  return { people, rest: at + length };
}

/** Cities that a correspondent files from, where the rest of a run is one of them the name is what is before. */
const cities =
  /^(?:台北|臺北|新北|桃園|桃园|台中|臺中|台南|臺南|高雄|基隆|新竹|苗栗|彰化|南投|雲林|嘉義|屏東|宜蘭|花蓮|台東|臺東|澎湖|金門|馬祖|連江|綠島|香港|澳門|北京|上海|廣州|東京|首爾|倫敦|巴黎|紐約|華盛頓|舊金山|洛杉磯|柏林|布魯塞爾|曼谷|雅加達|新加坡|吉隆坡|新德里|莫斯科|日內瓦|雪梨|坎培拉|羅馬|馬德里|維也納|河內|馬尼拉|耶路撒冷|多倫多|仰光|聖保羅|赫爾辛基|斯德哥爾摩|華沙|布拉格)/;

function nameLength(run: string): number {
  if (run.length <= 3) return run.length;
  for (const length of [3, 2, 4]) if (cities.test(run.slice(length)) && isPersonName(run.slice(0, length))) return length;
  for (const length of [3, 4, 2]) if (run.length - length >= 2 && isPersonName(run.slice(0, length))) return length;
  return Math.min(3, run.length);
}

interface Reporters {
  readonly end: number;
  readonly people: readonly PersonSpan[];
}

/** The reporters behind a dateline: （记者李文、周敏 通讯员王强） ·  记者向海平报道. */
function readReporters(text: string): Reporters | undefined {
  const open = /^[ \u3000\u00a0]*[（(【]/.exec(text)?.[0].length;
  if (open !== undefined) {
    const close = closeOf(text, open);
    if (close === undefined) return undefined;
    const inner = text.slice(open, close);
    const people = readGroup(inner.replace(both, ''));
    // （新闻联播） after 央视网消息 names no one.
    if (people === undefined) return /^[\p{Script=Han}A-Za-z0-9《》]{2,12}$/u.test(inner) ? { end: close + 1, people: [] } : undefined;
    const more = readReporters(text.slice(close + 1));
    const rest = more === undefined ? [] : shiftSpans(more.people, close + 1);
    return { end: close + 1 + (more?.end ?? 0), people: [...shiftSpans(people, open), ...rest] };
  }
  const spoken = said.exec(text);
  if (spoken === null) return undefined;
  const run = spoken.groups?.run ?? '';
  const from = spoken[0].indexOf(run);
  const people = readGroup(run.trimEnd());
  return people && { end: spoken[0].length, people: shiftSpans(people, from) };
}

function closeOf(text: string, from: number): number | undefined {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if ('（(【'.includes(text.charAt(at))) depth++;
    if ('）)】'.includes(text.charAt(at)) && --depth === 0) return at;
  }
  return undefined;
}

/** Roles and names, or names alone: （尉迟珊 农振威）. */
function readGroup(inner: string): readonly PersonSpan[] | undefined {
  const read = readPeople(inner, true);
  if (read !== undefined) return read.people;
  const people: PersonSpan[] = [];
  for (const found of inner.matchAll(/[^、，, \u3000]+/g)) {
    const span = readBareName(inner, found.index) ?? (inner.includes('·') ? readName(inner, found.index) : undefined);
    if (span === undefined) return undefined;
    people.push({ role: 'author', ...span });
  }
  return people.length === 0 ? undefined : people;
}
