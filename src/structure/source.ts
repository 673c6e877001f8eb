/** Lines of the date, the page and the source: 2018-06-12 来源：北乡日报 · 北乡日报 2018年06月01日 01版 · （据新华社） · （北乡县农业局）. */
import { type Labelled, type Part, shiftSpans } from './block.ts';
import { readByline } from './byline.ts';
import { isCredits } from './credits.ts';
import { isPersonName } from './names.ts';
import { readPeople } from './people.ts';

/** UTF-16 units. */
const longest = 120;
const white = /[\s\u3000\u00a0|｜/／·,，;；:：—\-丨【】()（）[\]■□◆●]+/y;
const numeral = '[○〇零一二三四五六七八九十]';
const date = new RegExp(
  `(?:(?:中華|中华)?(?:民國|民国)[ ]?(?:\\d{2,3}|[一二三四五六七八九十百零〇○]{1,6})年|(?:\\d{4}|1\\d{2}|${numeral}{4})年)(?:\\d{1,2}|${numeral}{1,3})月(?:\\d{1,2}|${numeral}{1,3})日|(?:\\d{4}|1\\d{2})(?<mark>[-/.])\\d{1,2}\\k<mark>\\d{1,2}|20\\d{6}`,
  'y',
);
const shortDate = new RegExp(`(?:\\d{1,2}|${numeral}{1,3})月(?:\\d{1,2}|${numeral}{1,3})日`, 'y');
const time =
  /T?(?:上午|下午|晚上|晚间|凌晨|AM|PM|am|pm)?[ ]?(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|\d{1,2}[时時点點](?:\d{1,2}分)?)(?:[ ]?(?:am|pm|AM|PM|[+＋]08:?00))?|\d{1,2}(?:am|pm)/y;
const weekday =
  /(?:原创|原創)(?=[ \u3000])|(?:发表于|發表於|发布于|发自)\p{Script=Han}{2,4}(?=$|[ \u3000])|(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|农历\p{Script=Han}{2,10}|農曆\p{Script=Han}{2,10}|[一二三四五六日](?=[)）])/uy;
const label =
  /(?:发于|刊于|發於)(?=\d)|(?:(?:首次)?(?:发布|發布|發佈|发表|發表|更新|刊登|出版|报道|上传|發稿|发稿|刊出|最後更新|最后更新|撰稿|建立|公布|刊发)(?:时间|時間|日期|日|于|於)?|时间|時間|日期|版次|版面)[ \u3000]*(?:[:：/／丨|｜]|(?=[ \u3000]?\d))/y;
const sourceLabel =
  '(?:信息来源|信息來源|资料来源|資料來源|稿件来源|文章来源|新闻来源|新聞來源|消息来源|本文来源|文稿来源|图文来源|来源|來源|稿源|转自|轉自|转载自|轉載自|出处|出處|文章出處)';
const source = new RegExp(
  `${sourceLabel}[ \\u3000]*[:：｜|／/丨][ \\u3000]*(?<value>[^\\s\\u3000|｜]{1,30}(?: (?!\\p{Script=Han}{2,6}[:：])[A-Za-z\\p{Script=Han}][A-Za-z\\p{Script=Han}0-9]{1,15}(?![:：]))?)|${sourceLabel}[ \\u3000]*[:：]`,
  'uy',
);
const page =
  /(?:第[ ]?)?[A-Z]{0,2}\d{1,3}[ ]?(?:版|叠|面)|第[一二三四五六七八九十]{1,3}版|(?:頭版|头版)|[A-Z]{1,2}\d{1,2}(?=[\s\u3000·]|[：:](?!\d)|$)|0\d(?=[\s\u3000·]|[：:](?!\d)|$)/y;
const outlet =
  /(?!(?:综合|綜合|国内|國內|国际|國際|本地|时政|社会|社會|经济|經濟|地方|今日|要闻|文化|体育|體育|教育|专题|民生|热点|港澳|兩岸|台湾|城市|县域|区域|农村)(?:新闻|新聞))(?:《[ ]?)?[\p{Script=Han}·A-Za-z]{1,14}?(?:日报|日報|晚报|晚報|晨报|晨報|时报|時報|早报|早報|快报|快報|周报|週報|周刊|週刊|月刊|报|報|网|網|通讯社|通訊社|社|电视台|電視台|电台|電台|台|新闻|新聞|财讯|財訊|财经|財經|在线|在線|杂志|雜誌|发布|客户端|融媒体中心|融媒|传媒|线上|線上|导报|門戶|委|局|府|厅|部|院|中心|办|会)(?:[ ]?》)?(?:海外版|地方版)?(?=[\s\u3000|｜/／·•，,】\])）]|$|\d|[（(])/uy;
const issue = /(?:总第|總第|第)\d+期|今日\d+版|第\d+号|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年\p{Script=Han}{2,6}/uy;
const counted =
  /(?:浏览|瀏覽|阅读|閱讀|点击|點擊|访问|人气|人氣|字数|字數|评论|評論)(?:次数|次數|量|数|數)?[ ]?[:：]?[ ]?(?:\d[\d,.]*万?次?)?/y;
const section = /\p{Script=Han}{2,6}(?=[\s\u3000·|｜/／：:】\])）]|$|[A-Z]?\d)/uy;
/** Sections of a paper whose names end as an outlet's does. */
const knownSection =
  /(?:社会|社會|都市|城市|要闻|要聞|时政|綜合|综合|民生|经济|經濟|文化|体育|體育|副刊|评论|評論|国际|國際|国内|國內|地方|本地|教育|健康|财经|財經|专题|專題|港聞|澳聞|兩岸|娛樂|娱乐|生活|焦點|焦点|人大|政协|法治|法院|党建|三农|视点|社区|園區|综艺)(?:新闻|新聞|版)?(?=[\s\u3000·|｜/／：:】\])）]|$|[A-Z]?\d)/y;
const mayBeDated = /\d{4}|月[\d一二三四五六七八九十]{1,3}日|民[國国]|[〇○零一二三四五六七八九]{4}年|1\d\d[-/.年]/;

/** A line with the date of publication and nothing but what goes with it; nested in it the source, a byline, the page as a field. */
export function readPublished(line: string): { readonly labelled: Labelled; readonly nested: readonly Part[] } | undefined {
  if (line.length > longest || !mayBeDated.test(line)) return undefined;
  const nested: Part[] = [];
  const fields: { name: 'page'; start: number; end: number }[] = [];
  let isDated = false;
  let hasShortDate = false;
  let isPaged = false;
  let hasSection = false;
  let hasTime = false;
  let isNamed = false;
  let at = 0;
  while (at < line.length) {
    const next = endOf(white, line, at);
    if (next !== undefined) {
      at = next;
      continue;
    }
    const dated = endOf(date, line, at);
    if (dated !== undefined) {
      isDated = true;
      at = dated;
      continue;
    }
    const short = endOf(shortDate, line, at);
    if (short !== undefined) {
      hasShortDate = true;
      at = short;
      continue;
    }
    const paged = endOf(page, line, at);
    if (paged !== undefined) {
      isPaged = true;
      fields.push({ name: 'page', start: at, end: paged });
      at = paged;
      continue;
    }
    const sourced = endOf(source, line, at);
    if (sourced !== undefined) {
      nested.push({ kind: 'source', rule: 'source/beside-date', confidence: 0.97, start: at, end: sourced });
      at = sourced;
      continue;
    }
    const plain =
      endOf(time, line, at) ?? endOf(weekday, line, at) ?? endOf(label, line, at) ?? endOf(counted, line, at) ?? endOf(issue, line, at);
    if (plain !== undefined) {
      hasTime ||= isDated && endOf(time, line, at) !== undefined;
      at = plain;
      continue;
    }
    // 作者：周文 编辑：李强 behind the date.
    const named = endOf(knownSection, line, at) === undefined ? endOf(outlet, line, at) : undefined;
    if (named !== undefined) {
      nested.push({ kind: 'source', rule: 'source/outlet', confidence: 0.95, start: at, end: named });
      at = named;
      continue;
    }
    const beside = readBeside(line, at) ?? (isDated && nested.length > 0 ? readLastName(line, at) : undefined);
    if (beside !== undefined) {
      nested.push(beside);
      at = beside.end;
      continue;
    }
    // 要闻: the section of a page line, before the page or behind it.
    const part = endOf(section, line, at);
    if (part === undefined) return undefined;
    hasSection = true;
    // What a page line begins with is its paper, whatever its name.
    isNamed ||= !isDated && nested.length === 0;
    if (!isDated && !isPaged && nested.length === 0)
      nested.push({ kind: 'source', rule: 'source/page-line', confidence: 0.9, start: at, end: part });
    at = part;
  }
  // 某号 2022-10-11 07:00: with its time any name before a date is its source.
  // 北乡日报 6月1日 03版: with its page a date needs no year.
  if (!(isDated || (hasShortDate && isPaged)) || (hasSection && !isPaged && !(hasTime && isNamed))) return undefined;
  const rule = isPaged ? 'published/page-line' : 'published/line';
  return { labelled: { kind: 'published', rule, confidence: 0.97, ...(fields.length > 0 && { fields }) }, nested };
}

/** 2019年05月06日 北京青年报 王文: a name behind the date and the source. */
function readLastName(line: string, at: number): Part | undefined {
  const name = line.slice(at).trimEnd();
  if (!isPersonName(name) || name.length > 4) return undefined;
  const span = { start: at, end: at + name.length };
  return { kind: 'byline', rule: 'byline/beside-date', confidence: 0.8, ...span, people: [{ role: 'author', ...span }] };
}

const yearOrSource = /\d{4}[年\-/.]|(?:来源|來源)[ \u3000]?[:：]/;

/** 作者：周文 编辑：李强 · 記者何思遠／苗栗報導, up to the end of the line or to the date. */
function readBeside(line: string, at: number): Part | undefined {
  const stop = line.slice(at).search(yearOrSource);
  const rest = line.slice(at, stop === -1 ? line.length : at + stop).trimEnd();
  const read = readPeople(rest);
  const people = read !== undefined && (read.isMarked || read.people.length > 0) ? read.people : readByline(rest);
  if (people === undefined) return undefined;
  const kind = read !== undefined && isCredits(read) ? 'credits' : 'byline';
  const span = { start: at, end: at + rest.length };
  return { kind, rule: `${kind}/beside-date`, confidence: 0.9, ...span, ...(people.length > 0 && { people: shiftSpans(people, at) }) };
}

const labelled = new RegExp(
  `^[（(【［\\[—\\-*※\\s]*(?:${sourceLabel}|摘自|选自|選自|原载|原載|本文摘自|原文刊于|首发于|来源于)[ \\u3000]*(?:[:：｜|／/丨]|(?=[《〈「]))[ \\u3000]*[^。！？:：]{1,60}[）)】］\\]。]*$`,
  'u',
);
const reported =
  /^[（(【［[](?:(?:据|據|来源|來源|转自|轉自|摘自|原载|原載)[^。！？]{2,40}|(?:本报)?(?:综合|綜合)[^。！？]{2,50}|[^。！？]{2,40}(?:综合|綜合)(?:报道|報道|报导|報導|整理)?|[^。！？，]{2,16}(?:综合|綜合)(?:自)?[^。！？，]{2,40})[）)】］\]]$/u;
const office =
  /^[（(][\p{Script=Han}A-Za-z·、 \u3000]{2,30}(?:局|处|處|科|部|委|办|辦|办公室|府|会|會|院|校|中心|社|报|報|网|網|台|站|所|厅|廳|公司|集团|集團|大队|支队|大隊|学院|大学|大學|署|司|团|團|协会|館|馆|行|厂|委员会|刊)[）)]$/u;

/** A line that names where the text is from: 来源：某报. A bare office counts only where `isTail` says that the line is at the end. */
export function readSource(line: string, isTail: boolean): Labelled | undefined {
  if (line.length > longest) return undefined;
  if (labelled.test(line)) return { kind: 'source', rule: 'source/label', confidence: 0.97 };
  if (reported.test(line)) return { kind: 'source', rule: 'source/reported', confidence: 0.9 };
  return isTail && office.test(line) ? { kind: 'source', rule: 'source/office', confidence: 0.95 } : undefined;
}

function endOf(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(text)?.[0];
  return found === undefined || found === '' ? undefined : at + found.length;
}
