/** Names of persons as they stand beside their roles: 王芳 · 欧阳靖宇 · 汤　颖 (padded) · 阿依努尔·托合提 · Kevin Guo. */
import type { Span } from '../text/span.ts';

/**
 * Surnames of one character, in both scripts. Source: the Hundred Family Surnames (百家姓), and those of the census of 2020 that it lacks.
 */
const surnames = new Set(
  '赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛衞蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張孔曹严嚴华華金魏陶姜戚谢謝邹鄒喻柏水窦竇章云雲苏蘇潘葛奚范範彭郎鲁魯韦韋昌马馬苗凤鳳花方俞任袁柳酆鲍鮑史唐费費廉岑薛雷贺賀倪汤湯滕殷罗羅毕畢郝邬鄔安常乐樂于时時傅皮卞齐齊康伍余元卜顾顧孟平黄黃和穆萧蕭尹姚邵湛汪祁毛禹狄米贝貝明臧计計伏成戴谈談宋茅庞龐熊纪紀舒屈项項祝董梁杜阮蓝藍闵閔席季麻强強贾賈路娄婁危江童颜顏郭梅盛林刁钟鍾鐘徐邱骆駱高夏蔡田樊胡凌霍虞万萬支柯昝管卢盧莫经經房裘缪繆干解应應宗丁宣贲邓鄧郁单單杭洪包诸諸左石崔吉钮鈕龚龔程嵇邢滑裴陆陸荣榮翁荀羊惠甄曲家封芮羿储儲靳汲邴糜松井段富巫乌烏焦巴弓牧隗山谷车車侯宓蓬全郗班仰秋仲伊宫宮宁甯寧仇栾欒暴甘厉厲戎祖武符刘劉景詹束龙龍叶葉幸司韶郜黎蓟薊薄印宿白怀懷蒲邰从從鄂索咸籍赖賴卓蔺藺屠蒙池乔喬阴陰胥苍蒼双雙闻聞莘党黨翟谭譚贡貢劳勞姬申扶堵冉宰郦酈雍璩桑桂濮牛寿壽通边邊扈燕冀浦尚农農温溫别別庄莊晏柴瞿阎閻充慕连連茹习習宦艾鱼魚容向古易慎戈廖庾终終暨居衡步都耿满滿弘匡国國文寇广廣禄祿阙闕东東欧歐殳沃利蔚越夔隆师師巩鞏聂聶晁勾敖融冷辛阚闞那简簡饶饒曾毋沙养養鞠须須丰豐巢关關蒯相查荆荊红紅游遊竺权權盖蓋益桓公肖闫閆付邸覃揭佟苑仝辜麦麥岳练練鄢邝鄺冼区區佘阳陽佴商牟伦倫逄逢原帅帥哈谯譙笪年爱愛仓倉尧堯涂塗郄凃粟银銀薩萨鹿鄞闰衣鈄斛迟遲随隨隋苟淡檀展赫撒门門矫晋晉宾賓税庹尉官覺綦訾楚禤琚修岩冮於钭鬱能郤郏厍空乜后逯植闭母漆楼樓栗盘盤芦蘆户戶初',
);

/** Source: the compound surnames of the Hundred Family Surnames, and those in use in Taiwan. */
const compoundSurnames =
  '欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|夏侯|东方|東方|皇甫|尉迟|尉遲|公孙|公孫|慕容|司徒|令狐|申屠|端木|百里|南宫|南宮|独孤|獨孤|长孙|長孫|宇文|鲜于|鮮于|闾丘|閭丘|轩辕|軒轅|淳于|单于|單于|太叔|澹台|澹臺|濮阳|濮陽|公冶|宗政|赫连|赫連|呼延|东郭|東郭|南门|南門|西门|西門|钟离|鍾離|漆雕|乐正|樂正|拓跋|夹谷|夾谷|第五|范姜|張簡|张简|即墨|左丘|公良|梁丘|仲孙|仲孫|司空|亓官|纳兰|納蘭|完颜|完顏|叶赫|那拉|爱新觉罗';

const compound = new RegExp(`^(?:${compoundSurnames})\\p{Script=Han}{1,2}$`, 'u');
const han = /^\p{Script=Han}+$/u;

/** Does the stretch read as a Chinese name: a surname and one or two characters, a compound or double surname and as many? */
export function isPersonName(name: string): boolean {
  const characters = [...name.replaceAll(/[ \u3000\u00a0]/g, '')];
  const [first = '', second = ''] = characters;
  if (!han.test(characters.join(''))) return false;
  if (compound.test(characters.join(''))) return true;
  if (!surnames.has(first) || notNames.test(name) || /(?:报道|報道|报导|報導|摄影|攝影|编辑|文章|整理|综合|綜合|记者)$/.test(name))
    return false;
  return characters.length === 2 || characters.length === 3 || (characters.length === 4 && surnames.has(second));
}

/** Words that begin as a name does. */
const notNames =
  /^(?:高雄|雲林|花蓮|金門|馬祖|連江|包头|安阳|常州|常德|国际|國際|国内|國內|平安|高考|安全|经济|經濟|文化|文学|文學|时间|時間|时事|時事|时政|時政|时评|時評|华东|华北|广告|廣告|全文|全国|全國|东部|方案|方法|和谐|农村|農村|农业|農業|应急|家庭|家长|關於|关于|相关|相關|公告|公益|公司|金融|项目|江湖|都市|都会|水利|水务|黄金|成果|成功|计划|常识|常委|司法|强调|強調|管理|路况|高铁|高速|高校|祝福|经验|白皮书|简讯|簡訊|简介|通告|通知|通讯|通訊|车市|房产|满意|步行|元旦|夏至|冬至|秋收|万物|万家|山东|山西|江苏|江西|江苏省|海|云南|广东|广西|安徽|宁夏|甘肃|福建|河|湖|都江堰|连载|連載|冷知识|宣传|和平|任务|明天|明日|平台|康复|安排|安装|常见|后记|後記|后续|附件|时光|花絮|支持|解放|解读|解讀|解析|单位|單位|石油|雷电|水电|全程|全部|明确|成立|别|方便|方式|方面|东西|西部|南部|北部|席位|宣言|原题|原標|原标)/;

const oneHan = '\\p{Script=Han}';
const pad = '[ \\u3000\\u00a0]';
const latin = "[A-Z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*){0,3}";
/** Names with a dot, padded to the width of three, of two to five characters, Latin. */
const nameAt = new RegExp(
  `${oneHan}{1,10}(?:[·•‧・]${oneHan}{1,10}){1,4}|${oneHan}${pad}{1,3}${oneHan}(?!${oneHan})|${oneHan}{2,5}(?!${oneHan})|${latin}`,
  'uy',
);
/** What a sentence begins with, and no name. */
const speech = /^(?:[你我他她它这這那什怎为為是有没沒请請好对對不在您咱]|谢谢|謝謝|如何|目前|今天|今日|哪|谁|誰|听说|据|據)/;

/** The name that begins at a UTF-16 offset, beside a role that says that one stands there. */
export function readName(text: string, at: number): Span | undefined {
  nameAt.lastIndex = at;
  const found = nameAt.exec(text)?.[0];
  return found === undefined || speech.test(found) ? undefined : { start: at, end: at + found.length };
}

/** The Chinese name that begins at an offset, where only its surname tells that it is one. */
export function readBareName(text: string, at: number): Span | undefined {
  const span = readName(text, at);
  if (span !== undefined) {
    const name = text.slice(span.start, span.end);
    if (/[·•‧・]/.test(name) || /^[A-Z]/.test(name) || isPersonName(name)) return span;
  }
  return undefined;
}
