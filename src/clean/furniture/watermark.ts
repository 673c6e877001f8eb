/** Reads what is injected into paragraphs: brackets and sentences that speak to the reader, and bare addresses. */
import { fold, withVariants } from '../../structure/fold.ts';
import { type Call, isAccountName, readCall } from './call.ts';
import { firstToken, tokensOf } from './tokens.ts';
import { classesOf, type WordClass } from './words.ts';

/** UTF-16 units of a sentence or a bracket. */
export const longestWatermark = 90;

/** What a call may begin with. */
const opens: readonly WordClass[] = ['verb', 'action', 'button', 'lure', 'opener', 'platform', 'account', 'outlet'];
const starters = withVariants(
  [...classesOf].flatMap(([word, classes]) => (classes.some((name) => opens.includes(name)) ? [word[0] ?? ''] : [])),
);

/** UTF-16 units that hold the first word. */
const longestStart = 16;

/** A cheap look at the first letter of a sentence: most are another. */
function mayOpen(sentence: string): boolean {
  const first = /[\p{L}\p{N}]/u.exec(sentence)?.[0] ?? '';
  return starters.has(first.toLowerCase());
}

const mayCall =
  /[关關追][注註踪蹤]|下[载載]|[订訂][阅閱]|[扫掃]|[锁鎖]定|[点點按][击擊選选赞讚我]|[赞讚]好|搜[索尋寻]|加入|[长長]按|[识識][别別]|登[录錄入]|[访訪造][问問訪访]|收[看聽听]|[尽盡就都]在|[请請][见見看至上到浏瀏]|[打添][开開加]|安[装裝]|follow|subscribe|like/i;
const speaksOfRights =
  /^[《本此稿文图圖以来來如欲若凡转轉引未非版著所原信资資独獨请請禁严嚴谢謝不](?=.*[转轉载載权權撷擷翻复複])|原创|原創|[禁严嚴勿得请請须須需绝絕]{1,2}[转轉]/;
/** What the outlet says of its rights in the text. A notice behind the text says the same and is kept; between sentences it is a watermark. */
const rights = new RegExp(
  [
    '^(?:本文|本文章|本稿|本篇|本新闻|本报道|本报导|本内容|以上内容|此文)(?:内容)?(?:由|系|为|经|获|来源|来自|首发|转载自|转自|原载|版权|未经|仅|属)[^。!?]{0,36}(?:授权|转载|版权|独家|原创|首发|撷取|出处)',
    '^(?:本文|文章|稿件)(?:版权|首发|转载)[^。!?]{0,30}(?:授权|所有|转载|撷取|出处)[^。!?]{0,8}[。!]?$',
    '^(?:本网站|本网|本站|本报|本刊|所有)[^。!?]{0,20}(?:未经|不得|请勿|禁止|严禁)[^。!?]{0,12}(?:转载|撷取|翻印|摘编|复制)[^。!?]{0,8}[。!]?$',
    '^(?:文章|稿件|信息)?来源[:于][^。!?]{1,20},?(?:转载|版权)[^。!?]{0,20}[。!]?$',
    '^(?:如需|如欲|欲|若需|凡)?(?:转载|引用)[^。!?]{0,12}(?:请|须|需|务必|应)[^。!?]{0,8}(?:注明|标明|联系|联络|洽)',
    '^(?:未经|未获|非经)[^。!?]{0,12}(?:授权|许可|允许|同意)[^。!?,]{0,4},?(?:不得|请勿|严禁|禁止|谢绝|切勿)(?:以?任何形式)?(?:擅自|任意|私自)?(?:转载|复制|摘编|引用|翻印|撷取|节录|使用)?(?:、|或|及|和|与)?(?:转载|复制|摘编|引用|翻印|撷取|节录|使用)?[。!]?$',
    '^《[^》]{1,14}》[^。!?,]{0,12},?(?:未经[^。!?,]{0,8},?)?(?:不得|请勿|禁止|严禁|谢绝)(?:任意|擅自|私自)?(?:转载|撷取|翻印|摘编|复制)[^。!?]{0,8}[。!]?$',
    '^(?:版权|著作权)所有,?\\s*(?:未经|不得|请勿|禁止|严禁|谢绝|违者|翻印|转载)[^。!?]{0,24}[。!]?$',
    '^(?:版权|著作权)(?:归|属于?)[^。!?,]{1,16}(?:所有|,(?:未经|请|不得|转载|如需)[^。!?]{0,20})[。!]?$',
  ].join('|'),
);
const copying = '(?:转载|撷取|翻印|摘编|节录|复制)';
const bracketedRights = new RegExp(
  [
    `^(?:本文|本文章|本稿|本篇|本新闻|本报道|本报导|本内容|此文|稿件|文章|原文|图文|以上内容)[^。!?]{0,36}(?:${copying}|版权|授权|独家|原创|首发)[^。!?]{0,24}$`,
    `^(?:文章|信息|稿件|资料)?来源[^。!?]{0,30}(?:${copying}|版权|未经)[^。!?]{0,24}$`,
    '^(?:如需|如欲|欲|若需|凡)?(?:转载|引用)[^。!?]{0,8}(?:请|须|需|务必|应)[^。!?]{0,8}(?:注明|标明|联系|联络|洽)[^。!?]{0,24}$',
    `^(?:(?:原创|独家)[^。!?]{0,8})?(?:未经|未获|非经)[^。!?]{0,16}(?:不得|请勿|严禁|禁止|谢绝|切勿)[^。!?]{0,8}${copying}[^。!?]{0,12}$`,
    `^(?:请勿|禁止|严禁|谢绝|不得)(?:擅自|任意)?${copying}[^。!?]{0,12}$`,
    '^(?:版权|著作权)(?:归|属于?)[^。!?,]{1,16}(?:所有|,[^。!?]{0,20})?$',
    '^[^。!?]{0,16}(?:原创|独家|版权)[^。!?]{0,8},[^。!?]{0,10}(?:转载|未经|版权|不得|禁止|谢绝|严禁|请勿)[^。!?]{0,16}$',
  ].join('|'),
);

/** 【临江网原创，禁止转载】 */
const ownRights =
  /^[^。!?]{0,20}(?:请勿|禁止|严禁|谢绝|不得)(?:擅自|任意|私自)?(?:转载|撷取|翻印|摘编|复制)[^。!?]{0,12}$|^[^。!?]{0,20}转载(?:请|须|需)[^。!?]{0,16}$/;

/** Is a whole sentence a watermark? Given with its mark, without what is around it. */
export function isWatermarkSentence(sentence: string): boolean {
  const call = callOf(sentence);
  if (call?.isBare)
    return /^(?:[点點][击擊]|[扫掃][码碼]|[长長]按).{0,4}(?:[关關]注|[订訂][阅閱]|下[载載]).*(?:更多|精彩|最新)/.test(sentence);
  if (call === undefined || !call.isOutlets || call.foreign > 2) return false;
  return (
    call.hasAccount ||
    (call.hasOutlet && /[更精]|最新|即[时時]|[详詳][情细細]|[独獨]家|完整/.test(sentence)) ||
    /^[点點按](?:我|此|[这這])看(?:更多|全文|完整)/.test(sentence)
  );
}

/** Is a whole sentence about rights in the text it stands in? */
export function isRightsSentence(sentence: string): boolean {
  return speaksOfRights.test(sentence) && rights.test(fold(sentence).trim());
}

/** Is a bracketed stretch a watermark? Given without its brackets. */
export function isWatermarkBracket(inside: string, open: string): boolean {
  if (/^(?:[广廣]告|advertisement)$/i.test(inside)) return true;
  if (speaksOfRights.test(inside)) {
    const folded = fold(inside).trim();
    if (bracketedRights.test(folded) || (open === '【' && ownRights.test(folded))) return true;
  }
  const call = callOf(inside);
  if (call !== undefined) return !call.isBare && call.foreign <= 2 && (call.isOutlets || (/[【[［〔〈]/.test(open) && call.hasAccount));
  return open === '【' && mayCall.test(inside) && isAccountName(tokensOf(fold(inside).trim()));
}

const invites =
  /(?:敬?[请請]|[欢歡]迎|立即|[马馬]上)[您你大家]{0,2}(?:持[续續]|[继繼][续續])?(?:[关關]注|下[载載]|[订訂][阅閱]|收看|收[听聽]|[锁鎖]定|[扫掃]|搜[索尋寻]|[点點][击擊]|追[踪蹤])/;
const object =
  /公[众眾號号]|微信|微博|客[户戶]端|app|粉[丝絲專专]|[专專][页頁]|二[维維][码碼]|[电電]子[报報]|[网網]|[报報]|[频頻]道|facebook|line/i;

/** Is it a sentence that is the site's if the file repeats it? A call that only names an account counts here as well. */
export function isPromotional(sentence: string): boolean {
  if (sentence.length < 8 || !mayCall.test(sentence)) return false;
  return callOf(sentence) !== undefined || (invites.test(sentence) && object.test(sentence));
}

function callOf(written: string): Call | undefined {
  if (!mayCall.test(written) || !mayOpen(written)) return undefined;
  const first = firstToken(fold(written.slice(0, longestStart)));
  if (first?.kind !== 'word' || !first.classes.some((name) => opens.includes(name))) return undefined;
  const folded = fold(written).trim();
  return readCall(folded, tokensOf(folded));
}

/** Behind these, an address is the object of its sentence: 登录www.… 查询, 网址为https://…. */
const introduces =
  /(?:[网網](?:址|站|[页頁]|域|店)|官[网網]|域名|地址|[链鏈]接|連結|登[录錄陆陸入]|[访訪造][问問訪访]|[浏瀏][览覽]|[点點][击擊選选]|[输輸]入|搜[索尋寻]|打[开開]|[进進]入|前往|上[网網]|平[台臺]|信箱|[邮郵]箱|[关關](?:注|停|[闭閉])|[发發][现現]|查[处處封]|冒充|假冒|仿冒|名[为為]|[开開][设設]|[创創][办辦立建]|[运運][营營]|注[册冊]|收[购購]|下[载載]|[报報]名|[订訂][购購票])[^，。；！？]{0,8}$|[在于於到至见見从從由自经經向看即叫名是为為用通上和与與及或跟同]$/;
/** Before these, it is the subject or an attribute, or something is done there. */
const governs =
  /^(?:[网網](?:站|[页頁]|友|上)|官[网網]|首[页頁]|[页頁]面|[频頻]道|[专專][区區]|平[台臺]|的(?:[网網]|[页頁]|[链鏈]|連|域名|官|平|用|服|[数數])|是|[为為]|已|[将將]|被|也|可|等|涉|系|[属屬]|查|[浏瀏][览覽]|[报報]名|[进進]行|[订訂]|[预預][约約]|[了瞭]解|[获獲]取|[发發][布佈]|公[布佈示]|提供|[关關]|下[载載]|[购購]|申[请請]|注[册冊]|登|投|搜|[观觀]看|收看|直播|上[线線]|[开開][放户戶]|填|提交|[领領]|[缴繳]|[办辦]|留言|[评評][论論]|[点點])/;

/** Is an address that stands between these two stretches of its line injected there? */
export function isInjected(before: string, after: string): boolean {
  const left = before.trimEnd();
  const right = after.trimStart();
  if (before.length - left.length > 1 || after.length - right.length > 1) return false;
  if (governs.test(right)) return false;
  if (/[。！？][”’」』）)]*$/.test(left)) return right === '' || /^[\p{Script=Han}“「『《]/u.test(right);
  if (!/^\p{Script=Han}/u.test(right)) return false;
  return /[，；]$/.test(left) || (/\p{Script=Han}$/u.test(left) && !introduces.test(left));
}
