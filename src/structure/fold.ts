/**
 * Folds a line for looking words up in it: one width, small letters, Simplified characters where a word of the tables has them.
 * For telling what a line is, never for writing it: lengths change.
 */

/** Traditional and variant characters, each before the Simplified one that the tables of furniture and notices have. Source: OpenCC, t2s. */
const pairs = `
    並并亞亚佈布併并來来係系俬私個个們们側侧備备傢家傳传傷伤僅仅價价億亿儘尽優优兒儿內内兩两冊册別别刪删則则創创劃划動动務务勵励區区協协卻却卽即厤历參参員员問问啓启啟启單单喲哟嗎吗嗶哔
    嘗尝噹当嚐尝嚮向嚴严囑嘱國国圖图團团埰采執执報报場场墰坛壇坛壜坛夥伙奬奖娛娱婦妇學学寀采實实審审寫写寵宠寶宝將将專专尋寻對对導导層层屬属嵗岁師师帳帐帶带幣币幫帮幷并幹干廣广張张強强
    彆别彔录徑径從从復复徵征愛爱態态慮虑慾欲應应懷怀戰战戲戏戶户掃扫掛挂採采換换搶抢撥拨擊击擔担據据擬拟擴扩擷撷擾扰攝摄敎教數数斷断於于昇升時时暢畅暫暂曆历曉晓曏向書书會会朮术枱台査查
    條条業业極极榦干構构樂乐標标機机檔档檢检檯台欄栏權权歡欢歲岁歷历歸归殺杀氣气決决沒没準准溫温滾滚滿满潛潜濟济瀏浏灣湾為为無无煙烟熱热營营爭争爲为狀状獎奖獨独獲获現现瑪玛環环產产産产
    畫画畵画當当療疗癥症發发盜盗盡尽監监眞真眾众確确碼码礙碍禮礼稱称積积穫获競竞筆笔箇个節节範范簡简簽签籌筹籤签籲吁糰团糾纠約约紅红納纳純纯紙纸級级紛纷細细紹绍終终組组結结絕绝絡络給给
    統统絲丝絶绝經经綜综綫线維维網网綵彩緊紧緒绪線线編编緻致縮缩總总績绩繪绘繫系繳缴繼继續续纍累纔才罈坛罎坛羣群習习翫玩聞闻聯联聲声聽听脈脉腦脑臉脸臨临臺台與与興兴舉举舊旧華华菸烟萬万
    葯药蒐搜蔘参薦荐藍蓝藝艺藥药處处虛虚號号虧亏衆众術术衕同衛卫衞卫衹只裏里裝装裡里製制複复襲袭覈核見见規规視视親亲覺觉覽览觀观觸触訂订計计訊讯討讨記记訟讼訪访設设許许訴诉診诊註注証证
    詐诈評评詞词詢询試试話话該该詳详誌志認认語语誠诚誤误說说説说誰谁調调談谈請请論论諮咨諾诺謝谢謹谨證证識识譯译議议護护讀读讓让讚赞豐丰貝贝負负財财貨货責责貴贵買买貸贷費费貼贴資资賓宾
    賞赏賠赔賢贤賣卖質质賬账賭赌賺赚購购贊赞趕赶蹤踪車车軍军較较載载輔辅輕轻輯辑輸输輿舆轉转辦办農农迴回逕径這这連连週周進进遊游運运過过達达違违遠远適适選选還还郵邮鄭郑醫医釘钉鈕钮鈡钟
    鈴铃銷销錄录錢钱錯错録录錶表鍵键鍾钟鎖锁鏈链鏡镜鐘钟鐺铛長长門门閉闭開开間间閤合閱阅閲阅闆板關关陞升陸陆隊队際际隨随險险隱隐隻只雜杂離离雲云電电韆千頁页頂顶項项須须預预領领頭头頻频
    題题類类顧顾顯显風风颱台飛飞飲饮餘余饋馈馬马駕驾駛驶騎骑騙骗騰腾騷骚驗验驚惊體体髮发鬆松鬚须鮮鲜麪面麫面麵面麼么麽么點点黨党齣出瞭了後后`;

const simplified = new Map(Array.from(pairs.replaceAll(/\s/g, '').matchAll(/(.)(.)/gsu), ([, from = '', to = '']) => [from, to]));
const foldable = new RegExp(`[${[...simplified.keys()].join('')}]`, 'gu');

/** What a code unit of everyday Chinese and Latin folds to, one for one; 0 for what has to be normalised. */
const unitOf = new Uint16Array(0x10000);
for (let unit = 0x20; unit < 0x7f; unit++) unitOf[unit] = String.fromCharCode(unit).toLowerCase().charCodeAt(0);
for (let unit = 0xff01; unit < 0xff5f; unit++) unitOf[unit] = unitOf[unit - 0xfee0] ?? 0;
for (let unit = 0x3001; unit < 0x3030; unit++) unitOf[unit] = unit;
for (let unit = 0x4e00; unit < 0xa000; unit++) unitOf[unit] = unit;
for (const mark of '“”‘’—·') unitOf[mark.charCodeAt(0)] = mark.charCodeAt(0);
unitOf[0x3000] = 0x20;
for (const [from, to] of simplified) if (from.length === 1) unitOf[from.charCodeAt(0)] = to.charCodeAt(0);

/** UTF-16 units of a line that is folded unit by unit. */
const longestPlain = 512;
const folded = new Uint16Array(longestPlain);
const foldedBytes = Buffer.from(folded.buffer);

export function fold(line: string): string {
  if (line.length > longestPlain) return foldAny(line);
  for (let at = 0; at < line.length; at++) {
    const unit = unitOf[line.charCodeAt(at)] ?? 0;
    if (unit === 0) return foldAny(line);
    folded[at] = unit;
  }
  return foldedBytes.toString('utf16le', 0, line.length * 2);
}

function foldAny(line: string): string {
  return line
    .normalize('NFKC')
    .toLowerCase()
    .replace(foldable, (character) => simplified.get(character) ?? character);
}

/** Characters of the tables together with those that fold to them. */
export function withVariants(characters: Iterable<string>): Set<string> {
  const all = new Set(characters);
  for (const [from, to] of simplified) if (all.has(to)) all.add(from);
  return all;
}
