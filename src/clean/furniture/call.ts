/** Calls to the reader: 更多精彩内容请关注临江日报微信公众号 · 下載南嶼新聞App 即時掌握大小事. */
import type { Token } from './tokens.ts';
import type { WordClass } from './words.ts';

export interface Call {
  /** Letters that are no word of a call and no name before an account: 防汛知识 in 关注公众号，了解防汛知识. */
  readonly foreign: number;
  /** Does it name an outlet or what draws a reader of news? A call for a service does not: 请下载“交管”App. */
  readonly isOutlets: boolean;
  readonly hasOutlet: boolean;
  /** Does it name an account, an app or an outlet by a name of its own: 临江发布, 《港灣時報》? */
  readonly isNamed: boolean;
  /** Does it ask for an account to be followed or an app to be loaded, and not only for a page to be seen? */
  readonly hasAccount: boolean;
  /** Is it no more than what is asked? 立即订阅, 点赞分享给朋友. */
  readonly isBare: boolean;
}

/** UTF-16 units of a folded line. */
const longest = 90;
const mostForeign = 4;
const largestShare = 0.34;
const longestName = 8;

/** What a service tells the public is the story itself: 登录网站查询, 下载App预约挂号. */
const service =
  /办理|查询|查阅|预约|缴|申请|申报|购票|订票|挂号|投诉|咨询|核实|报警|求助|购买|取票|参观|举报|招聘|应聘|核销|退款|退票|索取|捐/;
/** A sentence goes on behind its verb or object: 下载客户端的人多了, 登入後留言向網友道歉. */
const goesOn =
  /^[的了吗呢却就后前时者率量被成并也都还才能会要须需不没未已仍让使把将是有从向对为以因等中里外惹遭引爆致令太真很越再所案潮热风战背]/;
const isNoName = /[的了在是和与把被让不,]/;
/** What is asked of readers alone; 打开 and 看看 are asked of anybody. */
const toReaders = /关注|订阅|下载|分享|赞|收藏|转发|扫|长按|追踪|传送/;
const asks: readonly WordClass[] = ['verb', 'action'];
const opens: readonly WordClass[] = [...asks, 'button', 'lure', 'opener'];
const callWords = new Set<WordClass>([...opens, 'platform', 'account', 'site', 'outlet', 'filler', 'section']);
/** 微信扫一扫, 本报微信公众号二维码: what is asked for comes first, in so few words that no sentence has room. */
const fewWords = 6;
/** 返回临江网，查看更多 is a call, 看更多，想更多 is none. */
const goesBack = /^(?:返回|回到|打开)/;
/** 《港灣時報》 */
const outletName = /^《.{1,12}(?:报|刊|网|台|志)》$/;
/** 微信：ljwb2018 */
const introducesId = /[:(]/;
const takesName: readonly WordClass[] = ['account', 'outlet', 'platform', 'site', 'lure'];

/** Reads a folded line or sentence given with its tokens; undefined if it is no call. */
export function readCall(folded: string, tokens: readonly Token[]): Call | undefined {
  if (folded.length > longest || /[?][^\p{L}]*$/u.test(folded) || service.test(folded)) return undefined;
  const first = tokens.find(({ kind }) => kind !== 'mark');
  const isOpen = hasClass(first, opens);
  if (!isOpen && !hasClass(first, ['platform', 'account', 'outlet'])) return undefined;
  let letters = 0;
  let foreign = 0;
  let named = 0;
  const seen = new Set<WordClass>();
  for (let index = 0; index < tokens.length; index++) {
    const one = tokens[index];
    if (one === undefined || one.kind === 'mark' || one.kind === 'number') continue;
    if (one.kind === 'name' || (one.kind === 'other' && isId(one.text) && introducesId.test(tokens[index - 1]?.text ?? ''))) {
      named++;
      if (outletName.test(one.text)) seen.add('outlet');
      continue;
    }
    if (one.kind === 'word') {
      if (!one.classes.some((name) => callWords.has(name))) return undefined;
      letters += one.text.length;
      for (const name of one.classes) seen.add(name);
      continue;
    }
    const run = runAt(tokens, index);
    if (tokens[index - 1]?.kind === 'word' && goesOn.test(run.text)) return undefined;
    const next = tokens[index + run.length];
    const isName = run.text.length <= longestName && !isNoName.test(run.text) && hasClass(next, takesName);
    if (isName) named++;
    else foreign += run.text.length;
    letters += run.text.length;
    index += run.length - 1;
  }
  if (!isOpen && (foreign > 0 || tokens.length > fewWords)) return undefined;
  if (named > 3 || foreign > mostForeign || foreign > letters * largestShare) return undefined;
  const isAsking = asks.some((name) => seen.has(name));
  if (!isAsking && !seen.has('button')) return undefined;
  const hasAccount = seen.has('account') || seen.has('platform');
  const isOutlets = seen.has('outlet') || seen.has('lure') || seen.has('button');
  const hasObject = hasAccount || seen.has('outlet') || seen.has('site') || seen.has('button') || named > 0;
  const isForButton = !hasAccount && !seen.has('outlet') && !seen.has('site');
  if (foreign > 0 && isForButton && !goesBack.test(first?.text ?? '')) return undefined;
  const isBare = !hasObject && foreign === 0 && tokens.length > 1 && toReaders.test(folded);
  return hasObject || isBare ? { foreign, isOutlets, hasOutlet: seen.has('outlet'), isNamed: named > 0, hasAccount, isBare } : undefined;
}

/** No call, but what one is about, alone on a line: 临江日报微信公众号 · 官方微博：@临江日报. */
export function isAccountName(tokens: readonly Token[]): boolean {
  const start = tokens.findIndex(({ kind }) => kind !== 'mark');
  const name = runAt(tokens, start);
  if (name.text.length > longestName || isNoName.test(name.text)) return false;
  const rest = tokens.slice(start + name.length);
  const colon = rest.findIndex(({ kind, text }) => kind === 'mark' && text.includes(':'));
  const label = colon === -1 ? rest : rest.slice(0, colon);
  const isLabel =
    label.length > 0 && label.every((one) => one.kind === 'mark' || hasClass(one, ['outlet', 'account', 'platform', 'lure']) || isOwn(one));
  const isIdentified = colon === -1 || rest.slice(colon).every((one) => one.kind !== 'other' || !/\p{Script=Han}/u.test(one.text));
  return (
    isLabel &&
    isIdentified &&
    label.some((one) => hasClass(one, ['account', 'platform'])) &&
    label.filter(({ kind }) => kind === 'word').length > (name.length > 0 ? 0 : 1)
  );
}

function isId(text: string): boolean {
  return /^[a-z_]{3,}$/.test(text);
}

function isOwn(token: Token): boolean {
  return token.kind === 'word' && /^(?:官方|手机|下载|二维码|网站|官网)$/.test(token.text);
}

/** The letters that stand together from `index` on and are no word. */
function runAt(tokens: readonly Token[], index: number): { readonly text: string; readonly length: number } {
  let text = '';
  let length = 0;
  for (; tokens[index + length]?.kind === 'other'; length++) text += tokens[index + length]?.text;
  return { text, length };
}

function hasClass(token: Token | undefined, classes: readonly WordClass[]): boolean {
  return token?.kind === 'word' && token.classes.some((name) => classes.includes(name));
}
