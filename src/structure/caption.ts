/** Captions 图片说明: a bare short line beside the body, or one that names its picture or photographer. */

const longestCaption = 60;
/** A bare caption names a scene: 会议现场, 资料图, 签约仪式现场. */
const scene =
  /^[\p{Script=Han}\p{N}A-Za-z“”《》·]{0,20}(?:现场|現場|现场图|現場圖|资料图|資料圖|资料照片|資料照片|示意图|示意圖|效果图|效果圖|合影|一角|外景)$/u;
const namesPicture = /^(?:▲|▼|△|图为|圖為|图片|圖片|图[:：]|圖[:：]|图说|圖說|资料图|資料圖)/;
const photographed = /(?:\p{Script=Han}{2,4} ?[摄攝]|[（(](?:图|圖)[／/:：][^）)]*[）)])$/u;

/** The rule that says the line is a caption, or undefined. */
export function readCaption(line: string): { readonly rule: string; readonly confidence: number } | undefined {
  if (line.length > longestCaption) return undefined;
  if (scene.test(line)) return { rule: 'caption/scene', confidence: 0.8 };
  if (namesPicture.test(line)) return { rule: 'caption/names-picture', confidence: 0.9 };
  if (photographed.test(line)) return { rule: 'caption/photographer', confidence: 0.8 };
  return undefined;
}
