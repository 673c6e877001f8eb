/** Captions 图片说明: a line that points at its picture, names who took it, or names a scene. */
import type { Labelled, PersonSpan } from './block.ts';
import { isPersonName } from './names.ts';

/** UTF-16 units. */
const longest = 160;
const longestScene = 24;
/** A bare caption names a scene: 会议现场, 资料图, 签约仪式现场. */
const scene =
  /^[\p{Script=Han}\p{N}A-Za-z“”《》·]{0,20}(?:现场|現場|现场图|現場圖|资料图|資料圖|资料照片|資料照片|示意图|示意圖|效果图|效果圖|合影|一角|外景|资料图片|資料圖片|全景|夜景|截图|截圖)$/u;
const points =
  /^[（(【\s]*(?:[▲▼△▽↑↓]|(?:图为|圖為|图片为|圖片為|照片为|此图为|这是\p{Script=Han}{0,4}\d{1,2}月\d{1,2}日[^。]{0,16}拍摄)|(?:[上下左右首题題配主]?[图圖](?:[一二三四五六七八九十①-⑳]|\d{1,2})?|[图圖][说說注片]|[图圖]片说明|圖片說明|图片来源|圖片來源|图源|圖源|资料图|資料圖|资料照片|資料照片|资料图片|資料圖片|图文|照片)[:：／/])/u;
const han = '\\p{Script=Han}';
const name = `${han}{2,5}(?:·${han}{1,8}){0,2}|${han}[ \\u3000]{1,2}${han}|[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*)*`;
/** …。陈树 摄 · （记者侯志成摄） · 新华社发（易川 摄） · 周文攝. */
const taken = new RegExp(
  `(?<=^|[。，、！？）)”」』；：… \\u3000（(／/]|记者|記者|通讯员|通訊員|社|报|報|中心|发|發|员|摄影|攝影)(?!记者|記者|通讯员|通訊員|摄影|攝影|本报|本報|特约|见习)(?<name>${name})[ \\u3000]{0,3}(?:[摄攝](?:影)?(?:[／/](?:资料|資料)(?:照片|照)?)?|供图|供圖)[）)。]*$`,
  'du',
);
const notNamed =
  /^(?:翻|拍|资料|資料|视频|視頻|民众|民眾|读者|讀者|网友|網友|警方|校方|记者|記者|通讯员|本报|本報|.*(?:者|方|所|局|处|處|社|会|會|队|隊|公司|政府|学校|學校|大学|大學))$/;
/** 記者何思遠／攝影 */
const reporterTook = /(?:记者|記者)(?<name>\p{Script=Han}{2,4})[ ]?[／/][ ]?(?:摄影|攝影|摄|攝|翻摄|翻攝)$/du;
/** （圖／記者詹雅萍攝） · （攝影／歐陽信） · （圖／警方提供） · （资料图片）. */
const bracket =
  /[（(【](?:(?:(?:图|圖|摄影|攝影|照片|资料照|資料照|图片|圖片|圖文|资料照片|資料照片|档案照|檔案照|檔案圖|翻攝)(?:[／/:：，,、][ ]?|来源[:：]|來源[:：])(?:本报|本報|中央社|資料照，|资料照，)?(?:记者|記者|攝影記者)?(?<name>[^（()）]{2,24}?)(?:[摄攝]影?|提供|翻攝|翻拍|授權|授权)?)|[^（()）]{0,20}(?:提供|翻攝[^（()）]{0,16}|翻拍[^（()）]{0,16}|供图|供圖|資料照片|资料照片|资料图片|資料圖片|资料图|資料圖|無人機照片|无人机照片|视频截图|視頻截圖|[^（()）]{0,16}(?:圖片|图片|照片|截圖|截图)|示意圖|示意图|截圖|檔案照片|檔案圖片))[）)】]$/du;
const plainEnd =
  /(?:社|报|報|网|網)(?:图片|圖片|供图|供圖|资料图|资料照片|圖)$|(?:视频截图|視頻截圖|视频画面|網路截圖|資料圖片|资料图片)[。）)]?$/;

/** Sentences of a story that begins as a caption does. */
const isStory = /。[^。]+。[^。]*。|[。，].{60,}。$/;

/** The rule that says the line is a caption, with whoever took the picture; undefined if it is none. */
export function readCaption(line: string): Labelled | undefined {
  if (line.length > longest || line.length < 2) return undefined;
  const people = photographersOf(line);
  const people1 = people !== undefined && people.length > 0 ? { people } : {};
  if (points.test(line) && (people !== undefined || !isStory.test(line)))
    return { kind: 'caption', rule: 'caption/points', confidence: 0.97, ...people1 };
  if (people !== undefined) return { kind: 'caption', rule: 'caption/photographer', confidence: 0.95, ...people1 };
  if (plainEnd.test(line) && line.length <= 100) return { kind: 'caption', rule: 'caption/picture', confidence: 0.9 };
  if (line.length <= longestScene && scene.test(line)) return { kind: 'caption', rule: 'caption/scene', confidence: 0.85 };
  return undefined;
}

/** Who took the picture; none for one that is only provided; undefined if the line names no picture. */
function photographersOf(line: string): PersonSpan[] | undefined {
  const from = Math.max(0, line.length - longestCredit);
  const credit = line.slice(from);
  const people = /[摄攝]|供[图圖]/.test(credit.slice(-16)) ? takenBy(credit) : undefined;
  return (people ?? providedBy(credit))?.map((person) => ({ ...person, start: person.start + from, end: person.end + from }));
}

/** UTF-16 units of what names a photographer, at the end of a caption. */
const longestCredit = 60;

function takenBy(line: string): PersonSpan[] | undefined {
  const [start, end] = (reporterTook.exec(line) ?? taken.exec(line))?.indices?.groups?.name ?? [];
  if (start !== undefined && end !== undefined) {
    const written = line.slice(start, end);
    if (!notNamed.test(written)) return [{ role: 'photographer', start, end }];
    return [];
  }
  return undefined;
}

function providedBy(line: string): PersonSpan[] | undefined {
  if (!/[）)】]$/.test(line)) return undefined;
  const found = bracket.exec(line);
  if (found === null) return undefined;
  const [from, to] = found.indices?.groups?.name ?? [];
  if (from === undefined || to === undefined) return [];
  const written = line.slice(from, to);
  const isTaken = /[摄攝]影?[）)】]$/.test(line) || /(?:摄影|攝影)[／/:：][^／/]*$/.test(line);
  const isName = isPersonName(written) || (isTaken && /^[\p{Script=Han}·]{2,8}$/u.test(written) && !notNamed.test(written));
  return isName && !/提供[）)】]$/.test(line) ? [{ role: 'photographer', start: from, end: to }] : [];
}
