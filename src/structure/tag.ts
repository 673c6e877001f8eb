/** Tags inside a headline: [视频]…, 【图集】…, 快讯：…, 獨家／…, 台股盤後》…, 〈潮聲論壇〉…, （体育）…. */
import type { FieldSpan } from './block.ts';

const bracketed = /^(?:\[[^\]]{1,8}\]|【[^】]{1,10}】|〔[^〕]{1,8}〕|〈[^〉]{1,10}〉|〖[^〗]{1,8}〗|（[^）]{1,5}）|\([^)]{1,5}\))(?=.)/u;
const slashed = /^[\p{Script=Han}A-Za-z0-9]{1,7}(?:[／》]|\/(?!\d))(?=\S{4})/u;
const announced =
  /^(?:快讯|快訊|独家|獨家|突发|突發|重磅|视频|視頻|影片|组图|組圖|图集|圖集|圖輯|直播|更新|最新|最新消息|即时|即時|简讯|簡訊|专访|專訪|评论|評論|社论|社論|时评|時評|短评|短評|调查|調查|专题|專題|投书|投書|图解|圖解|现场|現場|要闻|快评|快評|锐评|热评|滚动|滾動|焦点|焦點|述评|综述|特写|特寫|通讯|新闻分析|新华视点|财经|财經|財經|体育|體育|国际|國際)[ \u3000]?[:：|｜丨·]/u;

/** The tag that a headline begins with, as a field of it. */
export function readTag(headline: string): FieldSpan | undefined {
  const found = bracketed.exec(headline) ?? slashed.exec(headline) ?? announced.exec(headline);
  return found === null ? undefined : { name: 'tag', start: 0, end: found[0].length };
}
