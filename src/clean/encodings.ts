/**
 * What the rules for broken text share: the double-byte charsets both ways, and how far a text looks like news.
 * The charsets are decoded when a text is in trouble; every text is looked up in the classes.
 */
import type { Message } from '../message.ts';

/** Charsets that write a Han character as two bytes. `gbk` takes in all two-byte codes of GB 18030. */
export type DoubleByte = 'gbk' | 'big5';

/** A charset both ways, indexed by 16 bits; 0 stands for none. */
export interface CodeTable {
  /** From the bytes, `lead << 8 | trail`, to the UTF-16 unit. */
  readonly unitOf: Uint16Array;
  /** From the UTF-16 unit to the bytes: below 0x100 one byte, else `lead << 8 | trail`. */
  readonly bytesOf: Uint16Array;
}

/** What a UTF-16 unit is. From `foreign` on it is strange, and a sign of trouble where it stands close to another. */
export const unitClass = {
  /** ASCII, Chinese punctuation, surrogates and all that tells nothing. */
  plain: 0,
  /** Han characters by rank, in both scripts: the first 100, to 800, to 2,500, and the rest that news has. */
  core: 1,
  daily: 2,
  usual: 3,
  known: 4,
  /** Kana, Greek, Cyrillic, bopomofo and drawn lines: the rows of GB 2312 and Big5 that hold no Han. */
  foreign: 5,
  /** Every other Han character, and private use: rare in news, common in mojibake. */
  rare: 6,
  /** Letters and signs of Latin-1 and windows-1252 that Chinese typography has no use for, and C1 controls. */
  latin: 7,
} as const;

// Source: the characters of jieba's dictionary (MIT) by its counts, kept to GB 2312; their Traditional forms by OpenCC's tables
// (Apache-2.0); written Cantonese by hand. Left out of `known` is what UTF-8 gives when it is read as GBK.
const core =
  '一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对得主长可过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产前其军还然起种所瞭國為這個箇來會時齣學說説傢們於後發髮對長過業裡經麵門動進區開產軍還種';
const daily =
  '如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将员名手最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品设或义王社很统处四首共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更称程今决张导术府才保交放管结师便走达族反再题色五京河接条规县式白它改风光运信受什组听布百济党指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增历史专官每住商即步认车台林必死游举线言皇土团收考求德叫近备研争非具李众连调感转笑革该持始英克士尔让拉思根格造较际亲单朝红型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃观鱼精办像帝八复影告远群包整构料随划算象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早况病境证编越局推满且列觉服双未居除乐企引标确织初青志率项飞球察节龙响药站施均消客失轻存低甚般击曾防请离落显罗营足素视护副食创余照兴占巴虽洲村费易试星木黑左宝置跟央识维采六底宫房音环案批切斗富乡另倒若按查故突责严桥模仅胜杀围席态破承招杨负层须父供续状域似依银范修找九致密终血旅钱赛独细效玉冲获习医演毛尽脸弹楼艺航陆右协七攻镇检写苏宗章注阿抗弟坐验封紧劳户优财养适陈喜卫排射哥油刻留急降念云微伤例景拿绝阶座刘刚害印亿沙母酒助闻超审待压升送监策略限竟香配藏敌呢差仍兰温园树征善波哪词岛止预怕继皮执味份角草男普答益谁船惊核街夏宣掌田久著画辑奇尼剑吧谈背免孩礼材愿洋春架筑括晚乱乎讲尚良友临激刀夜室既敢邦挥昌板胡欧福港叶現機體錶與當噹兩實麼衹隻祇關從製內沒將員東頭間無見閤戰點場嚮數樣問並併萬級應資務迴係繫氣漢總電聲設義統處馬兒領隊計別彆權話報給變書幾華議稱決張導術朮纔結師達題條規縣牠風運組聽佈濟黨論強黃選記卻職號類傳帶幹榦農邊據聯廣質陽難歷曆專認車臺檯颱枱遊舉線綫團糰備爭眾連調轉該剋爾讓較際親單紅價約週亞則屬積圖韆準極裝許參喫觀魚辦復複遠構隨劃勢熱伕網語鐵斷愛紀況證証編侷滿覺雙樂標確織誌項飛節龍響藥輕擊請離顯羅營視護創餘興佔雖費試寶識維採宮環鬥鄉責嚴橋僅勝殺圍蓆態楊負層須鬚續狀銀範脩緻終錢賽獨細衝沖獲穫習醫盡儘臉彈樓藝陸協鎮檢寫蘇甦囌註驗緊勞戶優財養適陳衛衞唸雲傷絕階劉剛億聞審壓昇監敵蘭溫園樹徵詞島預繼執誰驚畫輯劍談揹禮願築亂講臨揮闆鬍歐葉';
const usual =
  '简苦担句岁荆贵娘守辖威宜衣帮块堂额错剧充欢够孙班呼阵销坚练脚退读测吴希宁换版异某顾曲楚典朱毒菜判救宋茶洪含顺啊鲜败货矿端兄归冷忙买险康评肉吗厂永哈沉散遗停笔假输牛洞松渐顶训录否述毕督控丰献姑忽爷互亮纳襄登咱钟伯臣雄季脑介鄂召饭暗扩祖齐短烈赶牌恩诉移诗础露届蒙静喝盘卖植授伊湾博痛减穿逐秘庭陵固禁票灵杂姓泽吸侧庆妈遇追甲馆补唐炮沿殿刺怪彩俄旧警索岸轮妇载靠附毫怀软骨探雷旁罪枪牙迎序慢盛雨墙恶谷顿危稳熟概酸操诸绿佛荣针托宽折野付午肯库厚缺罢耳屋嘴末谢培巨页瓦款犯困店智拥雪翻圣戏旗吉婚奖岩疑币圆歌廷健卡烧析讨跑烟误仙疗舞亡闭汽伸脱秋姐繁侵川莫麻秀借寻私岗卷跳丽横驻套兼您君丁束纸夺袁灯坏坦丝径购阴床瞧择墓宪峰遍鲁庙掉丹桃御舰避售怒课播拔奥延虚隐粮络遭摇潜庄混厅婆奴鼓赵访睡震予童徐韦殖抓拜吨扬址洛休纵逃染纷贸透汇灭蛋森仪塔距狐融郡缓聚盖拍迹忠释润粉孔岭搜紫虑促抵钢塞寺津液码虎坛珍硬梁奔累役偏迫凡损壁哭替税综伦冰盟挂韩竞乌尤弱铺妹秦尊竹珠迅脉泥鬼纯睛刑途隆潮幅杯握谋剂幸奉乘抱朋谓频崇壮骑恐享鸡虫绍铜呈泛械摆欲奶敬措爆暴签猛郭嘉障缩亦废搞胞埃曰撤暖寒订俗绩阻盐萨勒忘奏孝贴灰梅触玩默胸醒莲篇柱裁啦淡抢捕闹纺截讯朗誉雅忍梦伙勇峡徒丈尾迷唱泉泰佳残闪伍呀疾署剩贼冠倾豆申贫诺麦泪羊尖辈镜涉贡爹缘摩妻殊贝零映甘骂糖岳饮奋棉雕跃汗冒渡努赞启阁斤裂患伏池鹿洗劲晋倍圈媒箭沟锋胆凭挑抬闯隔弄曹汤苗迁叹唯振储贯彻桌祭符僧衡炸旋凤喊黎郎援肥磁忌赏辽祥董仁辛瑞询敏浪貌毁昨巧腿抽荷陷焦净腹弃乃湘亩滑狗冬宏皆番尸伟桂览恢龄绕趣晶坡魏摸伴墨浓绪舍蓝荡阅井鸿旦惯症鸟扎窗辞聘穷堰宇键荒递恨隶厉杜闲腰袭侍灾涨叔湿寨幕豪郑磨浮薄券赤腐译租氧戴邓煤肠牧孤妙旨堡册锅胖柳阔吹丘趋锦颜悬陶拳诚尺晓插蒋艇勤穴摄燕垂罚辆戒稀腾粗袋绘炎氏肩枝泊狂估杭扑臂哲寡偷懂琴悲盾炒稍矛愈籍颁吐呆违亭眉撞贷刊巡屈堆曼饰碎滚悉寄迟描污辅魔烦鼻盗餐幼凉仗冈澳驾菌肚肃爸仰抚慈扶仿盆炼纲倘杰碗忧惜扫暂祝跨渔宾漫寿猪涌凝邻赴恰劝仇践顷赋悄莱拟贤愤姆乏轰粒逼傅陕昆溶葬燃魂挺腊耐犹辉乳陪颇斜棋熊浅沈返翼丧拖惨俊驱袖惠涂添牵咸详碰割侯柔纤档糊岂跪拒覆绣吓宿偶揭赖烤卢娃颗邮扇伐循衰弦凯羽枚帅锁疏搭俱帐胶赫埋蒸壳彼脏箱浙弯瓜挡拱筹疆肿膜刷杆凶债甜泡玄贾谱夹乾遣薪灌咬尘填廊钻丛狼牢脊熙卒碑漠躲削徽踏贺朵遵狠菲撒扰蛇锡炉纹亏匹鉴慕跌慌穆邀芳爬豫吾奸棒淮捷耕艘齿醉脂兽滴盈卵滋柴溪碍瓶辩遂怨拨肌俘挖恒励鸣肝偿腔秒拦允塑拆靖耗凌披胁吏纽烂尝辟耶艰佩敦疼荐厘匠柏悠壤拾乔轴妖喷掩璃孟歇轨猜晨坊桑堤畅瞎氨辨鞋昏恭畜浩迪雾丢咨擦洁窝飘捉搬奈肤愁砖幽辣嘛赢藕挤舒狮耀诊扣篮尿唤梯勾霍侠舌筋枢屏衙殷栏纠链恋惧笼冶寸弥晃叙吊哩稿娜剥拼欺囊榜汪逆堪骗猎棺胎俩郊掘匆缝乙藻携慧函辱嫩扯癌悟滩祸秉慰驰狱砍糕吞漏纬茅渠催踪叛浑牲杖鞭腺邪欣汝碳彭咐椒绳颈漆遥夷郁斑忆阀卑宴抑逻嫁扭胃仔恼贪兆庸疯侦鹰驶斩鹤猴瘦蜂赐闷柄椅轿拓扮砂傻粘辐啥伪抛玻昂侨吟刃吕饱玛碱冯仓钦哼庞儒叉泄臭艾蓉鼠捧舱坝瘤勃帽敲吻契舟夸葡剪抖霸艳聪仆躺瑶谦炭卧袍猫珊溜漂衔苍坑串浆碧巷咽铸押惩迈锐颤滨疲履盒宅喀缠饿翁幻逢扁旱罕怜姻蓄惟磷帕掠劫稻撑姿肾胀慎哨摔谨鹅丑塘肺镑趁蜀兑哦贞葛仲惑蔡踢妥筒诞朴萄饼狭赔绵诱卜陀呵抹疫辰顽蓬倡摊浦矩账翠煌茂畏劣氛廉鸭瓷戈秩弗悔尉挣拐芦鼎睁脾聊株枯纱冻唇茫哀芬轩蛮棍醇晕嫂宙酷郧欠孕鹏槽栖吩姚昭罐叠墩盼舆芒斥酬捐斋眠脆萧皱卿蚀淋卓翰钉丫宰阐翅沃挨霖哄爵衫逊铭戚旺硕擅嫌赌隋肖饶沪雇罩煎掷摘誓冤坤屁竭宛菱厌矮潭渊俺崖氢棚喇涵裕溃堵媳抄怔蒂肢泌甫寂颠撰逝霜羞佐铅帖硫蹈痕瞬挽爽娶柯屯韵婴悦螺凑兹烛歼毅杉慨钧渗蜜遮窑厦谐匈柜喉愧栽扔苯谊肆霞吵夕壶赚尹窄弓谭盲勋饲窟俞嗣煮巾裤膨奠瞪愚膏喘姜膀蔬糟僚妄畴喂耻牺旭妨硅崩雌陛卸砸贩竖攀伞晒惹裹屠汁擒鳞佣渴掀雀龟唉泼亥僵屡瞒刮钩桐谅隙盯霉侄逸浸爪坟咳宠脖彪虹甸衍讼虾芝涛巩熔嘿峻怖磕掏洒枣滞舅昔哑焕娱芯捞衷旬矣茨蜡喻婶挪琉枕娇豹傲厨腕巢氯燥焚乖嘱禄赠晌铃雁姨焰蹄虏潘饥捏缔歪蕴鸦嘻俯锻骤吁剿禽勉膝捣茎晴厢匀梨涯蒲驼匪撕樊搏缚垄寓斌劈旷舵薛沸丸泳绸炬缴贱躯褐嚷酶簡擔歲荊貴孃轄幫塊額錯劇歡夠孫陣銷堅練腳讀測吳寧換異顧麴硃順鮮敗貨礦歸買險評嗎廠遺筆輸鬆漸頂訓錄畢豐獻爺納鍾鐘腦飯擴齊趕訴詩礎屆矇濛靜盤賣灣減祕靈雜澤側慶媽館補綵舊輪婦載懷軟槍鎗牆惡穀頓穩痠諸綠彿榮針託寬摺庫罷謝鉅頁睏擁聖戲獎巖幣圓燒討煙菸誤療閉脫鞦尋崗捲麗橫駐紙奪燈壞絲徑逕購陰擇憲魯廟禦艦課奧虛隱糧絡搖潛莊廳趙訪韋噸揚縱紛貿匯彙滅儀緩蓋跡蹟釋潤嶺蒐慮牴鋼碼壇罈樑損稅綜倫掛韓競烏鋪脈純盃謀劑倖謂頻壯騎雞蟲紹銅氾汎擺襬慾籤簽縮廢訂績鹽薩貼觸蓮搶鬧紡訊譽夢夥峽殘閃賊傾貧諾麥淚輩鏡貢緣貝罵嶽飲奮躍贊讚啟閣觔勁晉溝鋒膽憑闖湯遷嘆歎儲貫徹鳳賞遼詢毀燬淨棄畝鼕屍偉覽齡繞濃緒捨藍蕩盪閱閲鴻慣癥鳥紮辭窮鍵遞隸厲閒閑襲災漲溼濕鄭譯鄧腸冊鍋闊趨錦顏懸誠曉蔣攝罰輛騰繪撲癒頒違貸飾滾遲汙輔煩盜涼岡駕肅撫彷煉鍊綱傑憂掃暫漁賓壽豬湧鄰勸踐頃賦萊擬賢憤轟陝崑臘猶輝頗淺瀋喪慘驅塗牽鹹詳纖縴檔豈繡嚇賴盧顆郵絃凱帥鎖帳膠殼髒臟彎擋籌腫桿兇債賈譜夾塵鑽叢賀擾錫爐紋虧鑑鑒姦齒獸谿礙辯撥恆勵鳴償攔脅紐爛嘗嚐闢艱薦釐喬軸噴軌隄暢霧丟諮潔窩飄膚磚贏擠獅診釦籃喚俠樞欄糾鏈戀懼籠彌瀰敘敍弔剝騙獵倆縫攜灘禍馳獄緯蹤渾繩頸遙鬱憶閥邏惱貪瘋偵鷹駛斬鶴賜悶轎輻偽拋僑呂飽瑪鹼馮倉欽龐洩艙壩誇豔艷聰僕瑤謙臥貓銜蒼漿嚥鑄懲邁銳鋭顫濱纏餓憐撐腎脹謹鵝醜鎊兌貞誕樸餅狹賠綿誘蔔頑攤賬鴨掙枴蘆睜紗凍脣軒蠻暈鵬棲疊輿齋蕭皺蝕釘闡捱鬨遜銘慼碩賭饒滬僱擲厭淵氫潰顛鉛輓韻嬰悅湊茲燭殲鈞滲窯廈諧櫃誼壺賺譚勳勛飼褲薑疇餵恥犧販豎傘曬鱗傭龜潑屢瞞颳鉤鈎諒黴墳寵訟蝦濤鞏灑棗滯啞煥娛撈蠟嬸嬌廚囑祿贈鈴燄虜飢饑締蘊藴鴉鍛驟籲搗莖廂勻駝縛壟曠綢繳賤軀';
const known =
  '拌颂帜陡募佑皖绑啡仑麓帘钠刹妆禾弊藤哇痴凰歧驴铝闸滥耍桶酱惶躬熬娥啸淘裙骚亨勘窃挫凿塌咖垫芽凸钙哟框翔逮舶锥魄灶浴懒橡蔽硝晰盏赦庐鄙拂菩栗琳沼圭屿砌倚棵瑰酿诈锌杏卤婉沦躁斧淳兔凛哎淫阮剖烹咕姥蚕兜搅帆暇裸趟粹吼哗冀呜搁瞻乞骇炕垮拘嵌笛鹃菊淀肪愉鞍犬弧蹲椎阎诵烘榴腥萝颊蟹灿摧棱琼凄骄怯梢淑丙暮媚沫糯驳崔炳畔缅襟锤觅拢诀奢叮榨苹沾渝枉辜髓坠瑟棕萍贿泣峨憾胺甩寇烯钓沧瞅坪暑耸垒傍睹薯溢咋谜嗓窜贬葱屑胚犁莎囚颖腻诡藩彦巍痒赣膊粤喧贮逛恍菇邢澄邵耽讽衬恕烫毯仕昼闽勿桓钾膛歉膳詹坎敛碌狄沽侮寝嗽埔眷揪牡毙涡荫桩釜锣梳缮咀揽雍铲倦厄弘淤玲恳粥戳秃瀑搂迭垃缸郝挠瞄莽粟呐跋歹圾胳魁诧绒谎陌讳蝶咒凳裔梭涅泻苇娟焉巫扒敷谣隅凹撇蚁氮苑妓禹朽粪诛醋栋谴隧簇踩礁庶嘲噪堕彝柬卞沛篷祁耿嚼宦溯黔浇敞绞瓣汰鲍遏槐鞘钞讶琐碟琢滤蠢锰逾绅腑瑚稽溉宵祈庇蛛窍玫煞笨鸽泵袱捡拈驯骡肇砰垣迄斟灼澜葫梗洼筷僻镶捆昧跺曙棘阜豁挟矢湛酥惕淹眨岔稼邹揉俭蛙匣盔羌陋缆聂抒痰莉慷懈扳芜骆汛悍呕虞酚伺拽羡蔗滇苔彬拇厕絮藉窥羹逗哺倪怠檀瞩窖蕉缀猿浊瞥簿缉皋斡萌揖烷芋绽侗匙谬撼橙睦撮熏碾亢垦彰佃邑啪驹嗡敝汞嚣辫蝇惭汹墟漳滔韧缕炯涩缎唬哉峭濒筛殉椭咯啤婿眯眶靡矫渤诲肘钥嘶孽饵桨戎樱啼憋晤蔓侣骸摹磋皂咏趾吭翘鲤拣乍栅绰氟渣邱锯脓莹譬闺颐奎揣溅绢茸蜒烁畸棠晦瘫朔疮靶攒渭铀唾磅茄廖蕾傣荤兢扛葵舜乒诬逞苟廓镍槛狡俏牟鸳芥裴稚叭悼漓楞毗赎憎蝉柑楷妒杠蚊馈删孜拙熄祷鸯虐佬紊翌妮蚌侈剃噶沁烩芭稠锭坞琅褂轧酮篆洽醛趴扼蒜寞毡簧撬嫉腮慑嗅聋酌冉攘吱裳碘霄乓捻澡灸酋竿矗寥耙钝蛾剁勺庚搓隘靴狸擂讥豌馒伶茬苛镁鲸垛臀颅徊捎幢嘎涕纂呻卯嗜札榆峙蔑姬萎绷赂蚂戮瓮穗肋蹦壕椰陇氓辕恃孵狈刨浚粱袜栈惺铬蕊涝箍匡梧惮胰擎绥荧啃匿弛寅疹尧呛茵褪赃挚澈毋拴蘑屎搀羚袄沮挎侥醚埠砾栓竣焊秽煽琵睬捶诣剔拧捂砚眩橱犀锈炊诫哮冕酵惫琶酣撩筏龚谍掳沥掣萤柿鹊忿炽戊嘘淌窒迸涤噬甄崭祟蝴衅唆堑烃蹬拷捅绎疤渺颓椿绊篡涧糙躇啄钨拭枫雏卉拯疙徘甭釉踌笺妊戍墅茧阉辙瘩惰抉烙盎箔籽垢屉驮掐腋崎陨钵夯曝帛蓟钳镐嚎懦湍秤傀咙澎遁幌圃汀窘蠕溺懊锄骏恤汾睫蝎讹鳖哆儡嫡笋馋馏蛤娠蔚眺拎蝗蹭汲矾饺掺磺踞脯痪壬奄痹迂靛枷涟氖酝呸掇曳咎捍搔揩沂刁糜辗掖箕鳃锚孰篱疚婪憨蛔炙猩赘峪蹿钡吠瘟磐迢肛殴孺汕樟褥钒漱绚霓檬猾疡猖苞悯臼倔臻赁瓢驭伎淄彤窿抨桅涎邯韶帚淖筐菠荔渍糠噎胯纶秆甥菏氦瞳镀霹蜘巳忱蔼帧蜕褒痉硼梆抿癸挛鞠桔殆悸秧撵惦淆戌镰烽舷撂佯蔷笆袒踊挝湃秸俐殃蘸磊榷晾坯柠谚抠痊喳谩怂虱涣燎肮峦娩龋酉馅钮坍盅舔盂狞漾瘴耘蛹寐芹掂郸铂痢赡檄蹋抡疟吮铣汐贰凋剐拄酪吝缨狙骋娄粳蜗砷碉羔匝涸篓肄敖蛊撅楔皿锑鸥氰滦攫擞谤缄焙雹翟恬诅冗阑搐犊痘芍搪舀惋揍讫诽闰茹恿绦淬坷涪荚咆苫炔埂脐誊烬饯谆獭痔豢潦纫潞囤腆莆锹嚏臆铡狰榔瘸藐蛀疽韭镣瘪蚜黍橇屹箩啮掸囱沏潍鸵鬃蚤痞蛆柞痈洱叼翱谗铰唁馁墒阂蔫幂忻豺疵篙铆摈泞砧硷硒赊蛰癣臃锨粕锗孪椽厩瘁颧搽酗珐郴诌蓖螟皑砒挞傈刽镭僳碴蓑滁恫瓤沤玖畦茁扦矽貉壹铱滓钎讣膘辊毖稗镊疥靳泅捌耪酞侩谰叁岿仟佰柒頌幟綁侖崙簾鈉剎妝粧籐癡驢鋁閘濫醬嘯騷竊鑿墊鈣喲錐懶盞廬慄嶼釀詐鋅滷鹵淪凜蠶攪譁嘩嗚擱駭鵑澱閻誦蘿頰燦稜瓊悽淒驕駁緬錘覓攏訣蘋霑墜賄釣滄聳壘謎竄貶蔥穎膩詭彥癢贛粵貯諷襯燙晝閩鉀斂寢斃渦蔭樁鑼繕攬鏟剷懇禿摟撓吶詫絨謊諱瀉葦謠蟻糞誅棟譴譟墮澆絞鮑鈔訝瑣濾錳紳竅鴿撿馴騾瀾窪鑲綑挾鄒儉纜聶蕪駱嘔羨薹廁窺矚綴濁緝綻謬燻薰墾駒囂辮蠅慚洶韌縷澀緞瀕篩橢矯誨鑰餌槳櫻侶詠翹鯉揀柵綽鋸膿瑩閨頤濺絹爍癱瘡鈾葷誣鎳檻鴛贖蟬槓刪禱鴦燴錠塢瑯軋氈懾聾鈍貍譏饅鎂鯨顱繃賂螞甕隴轅狽濬襪棧鉻憚綏熒堯嗆贓摯攙襖僥礫穢詣擰硯櫥鏽誡憊龔諜擄瀝螢鵲熾噓滌嶄釁塹繹頹絆澗鎢楓雛躊箋繭轍屜馱隕缽薊鉗鎬嚨鋤駿卹蠍訛鱉筍饞餾礬餃摻瘓痺漣醞醖輾鰓錨籬贅鋇毆釩絢瘍憫賃馭漬綸稈鍍藹幀蛻痙攣攆鐮薔踴撾檸諺慫蝨渙骯巒齲餡鈕獰鉑贍掄瘧銑貳纓騁婁蝸簍蠱銻鷗灤擻謗緘詛闌犢訖誹閏絛莢臍謄燼餞諄獺紉鍬猙癟籮齧囪濰鴕讒鉸餒閡冪鉚濘賒癬孿廄琺皚撻劊鐳訃輥鑷儈诏詔妃垸僭圳祯禎芙禧禀稟祀幺稷丐檐簷禅禪肴餚珞匾沔叩厮廝丞阙闕朕鳍鰭卦琦粑兀庵菴嗯麋镖鏢喃怡谕諭羲蕲裘钊釗谏諫胪臚嫣陂芷沐厥拚岱尴尷祠衢豚驿驛鞑韃尬迦翊潇瀟郢伽衮袞鲟窦竇蕃魅徙嗤嵋弼蒿薇漕萼鳌逵冥奕匕晖暉苕焖燜祺剌逍梓诰誥沅蠡咧孢嵩饷餉鳙霎鸪鴣珂咚鹧鷓笃篤懿鳄鱷酯鸠鳩钛怦蓦驀馨胥丕鲨鯊麟倭玺璽蒯酰胧朧筵褶觑唧崛叨圻煨砥朦鲢鰱炖燉胤嫔嬪笙蜿吆瘾癮劾橘狩秭梵颌頜弩讧訌咦俸噢辇輦蟾嘟筝箏蛟箢糍兮褚潼驸駙黛拗蟠枭梟殡殯桦樺骼黯甬嗔倏嗦帷淙夔岚嵐箫簫腌醃睐睞禺攸冢塚熠邸汴漩馔瞿虔迥婷琪柩貂噗羟耆贻貽縻缰韁阄竺谟謨驷駟黏谌諶哽忒镂鏤侃淞珑瓏鬓鬢毓炫蚣苷踵咄滕噜嚕暨仞蜈瑛肽钴扈踉阱萃栎叱佟橄跷蹺佚咪珀啷叽嘰纨闵閔铖芸跄钗釵踱哧馍鳔鰾庑莺鶯髦渎瀆珈谒謁锺扉棂麝谛諦熹簌喽嘍喵蟆汶圪庹癫癲捋稣穌跻躋踅蟒晏噩胱诘詰缭繚苓嘀夭鳇黝捺鱿魷衲氽鬟轶軼遐嬉翩偕蝠骰鸾鸞蚓焘燾皓俑腓赈賑邺鄴葺唔忡矜麒汊玮髯麽岑溴袅裊霆膺磴泗阪嗟泾涇麾睾睪谥媛雯渲啧嘖孚杵嗒仡鳝鱔蚯螭嬷嬤巅巔忖徭榕漪茯鲇孳溥煲迩邇萱跤缙縉偃莞鳅鰍鹘俨儼蝌镏嗳噯蹙陲壑槟檳蹂躏躪嘈螅沱雳靂亟俾讪訕氐嗖铐銬祛幡祚瘀讷訥樵胄冑嚓藓蘚黜幔畿骁驍醴靼粽蹊亘亙恻惻镯鐲奚阖闔匮匱簪颍胭笈鸱荃谙諳漉蹑躡穹钯郅嗨哝噥迤髻偎荀锢錮彗缪繆怅悵擢醌钼谑镞簸喏诠詮迳鲵煦哒舂嫖唠嘮芾懵鑫笠闩閂泸瀘谝掰皎晁鄱蕨饬涿蚪亵褻桕纣紂翡煊裟茉荪蓀赍焯恺愷诃訶铢鼾咫渥邬饴垩堊馐眸荼螨鹄鵠蒽鲥栩谄諂雉偌呱珩谶讖跛攥蝙鹦鸚苻辄輒霏晔曄俟骈駢咔埙壎晟龛岷砺礪觐覲弈蟮莼袈骅蜥鳜鱖佼卅荻蛭兖兗喙嗷沌忏懺踝踹侏皈谀諛鼐岘峴诙詼塾鲛鮫俅桁龅缢縊戾辔轡帻妳祂嘅咗佢哋喺啲嗰冇嚟睇攞搵瞓啱攰餸孭咁嘢乜咩噉諗';

/** 0x80 to 0x9f in windows-1252, with the bytes that it leaves undefined as C1 controls. Source: the WHATWG Encoding Standard. */
export const windows1252 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

/** Of windows-1252's signs those that Chinese shares, and of Latin-1's those that it uses: 约翰·史密斯, 25°, 3×4. */
const sharedSigns = '\u2018\u2019\u201c\u201d\u2026\u2013\u2014\u2022\u00b7\u00b0\u00d7\u00b1';

const ranges: readonly (readonly [first: number, last: number, unitClass: number])[] = [
  [0x80, 0xff, unitClass.latin],
  [0x0386, 0x04ff, unitClass.foreign],
  [0x2500, 0x257f, unitClass.foreign],
  [0x2e80, 0x2fdf, unitClass.rare],
  [0x3041, 0x312f, unitClass.foreign],
  [0x3400, 0x4dbf, unitClass.rare],
  [0x4e00, 0x9fff, unitClass.rare],
  [0xe000, 0xfaff, unitClass.rare],
];

let classes: Uint8Array | undefined;

/** The class of every UTF-16 unit. */
export function unitClasses(): Uint8Array {
  if (classes !== undefined) return classes;
  classes = new Uint8Array(0x10000);
  for (const [first, last, value] of ranges) classes.fill(value, first, last + 1);
  const marked = [
    [windows1252, unitClass.latin],
    [sharedSigns, unitClass.plain],
    [known, unitClass.known],
    [usual, unitClass.usual],
    [daily, unitClass.daily],
    [core, unitClass.core],
  ] as const;
  for (const [units, value] of marked) {
    for (let at = 0; at < units.length; at++) classes[units.charCodeAt(at)] = value;
  }
  return classes;
}

/**
 * How many bits a unit of each class speaks for news, and against characters drawn by lot from Big5's first level, which is what
 * a wrong charset gives. Source: counts of each class in tests/quality/articles/development, and in that level.
 */
export const bitsOfClass: readonly number[] = [0, 4, 2, -1, -4, -1, -6, -1];

/** How a text looks to a reader of news. */
export interface Looks {
  /** Han characters that news has. */
  readonly familiar: number;
  /** Of these, the commonest 800. */
  readonly daily: number;
  /** Han characters that it hardly has, and private use. */
  readonly rare: number;
  /** Letters and signs of Latin-1 and windows-1252. */
  readonly latin: number;
  /** All that it hardly has: Latin with accents, kana and such as well. */
  readonly strange: number;
  /** The sum of {@link bitsOfClass}. */
  readonly bits: number;
}

export function looksOf(text: string): Looks {
  const all = unitClasses();
  const counts = [0, 0, 0, 0, 0, 0, 0, 0];
  let bits = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = all[text.charCodeAt(at)] ?? 0;
    counts[unit] = (counts[unit] ?? 0) + 1;
    bits += bitsOfClass[unit] ?? 0;
  }
  const [, core = 0, daily = 0, usual = 0, known = 0, foreign = 0, rare = 0, latin = 0] = counts;
  return { familiar: core + daily + usual + known, daily: core + daily, rare, latin, strange: foreign + rare + latin, bits };
}

const labels: Readonly<Record<DoubleByte, string>> = { gbk: 'gb18030', big5: 'big5' };
const tables = new Map<DoubleByte, CodeTable>();

/** The two-byte codes of a charset, decoded once: some milliseconds. */
export function codeTable(charset: DoubleByte): CodeTable {
  const built = tables.get(charset);
  if (built !== undefined) return built;
  const unitOf = new Uint16Array(0x10000);
  const bytesOf = new Uint16Array(0x10000);
  // A line feed behind every code: whatever the decoder makes of an unassigned one, the next begins on a line of its own.
  const bytes = new Uint8Array(126 * 191 * 3);
  let length = 0;
  for (let code = 0x8140; code <= 0xfefe; code = (code & 0xff) === 0xfe ? code + 0x42 : code + 1) {
    bytes[length++] = code >> 8;
    bytes[length++] = code & 0xff;
    bytes[length++] = 0x0a;
  }
  const units = new TextDecoder(labels[charset]).decode(bytes);
  let at = 0;
  for (let from = 0; from < length; from += 3) {
    const unit = units.charCodeAt(at);
    const isOne = units.charCodeAt(at + 1) === 0x0a && unit > 0x7f && unit !== 0xfffd;
    if (isOne) {
      const code = ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0);
      unitOf[code] = unit;
      if (bytesOf[unit] === 0) bytesOf[unit] = code;
    }
    at = isOne ? at + 2 : units.indexOf('\n', at) + 1;
  }
  for (let ascii = 1; ascii < 0x80; ascii++) bytesOf[ascii] = ascii;
  // The byte 0x80 stands alone: code page 936 reads it as the euro sign, 950 as a control.
  bytesOf[charset === 'gbk' ? 0x20ac : 0x80] = 0x80;
  const table = { unitOf, bytesOf };
  tables.set(charset, table);
  return table;
}

let latin: Uint16Array | undefined;

/** The byte of every UTF-16 unit that windows-1252 or ISO 8859-1 has above ASCII; 0 stands for none. */
export function latinBytes(): Uint16Array {
  if (latin !== undefined) return latin;
  latin = new Uint16Array(0x10000);
  for (let byte = 0x80; byte <= 0xff; byte++) latin[byte] = byte;
  for (let at = 0; at < windows1252.length; at++) latin[windows1252.charCodeAt(at)] = 0x80 + at;
  return latin;
}

/** A stretch of a line and what it says when it is read rightly. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Convincing by itself. What is not goes with a convincing stretch of its line, or with convincing lines of its text. */
  readonly isStrong: boolean;
}

/** What no line of a text has: such a reading is wrong. */
export const unprintable = /[\0-\x1f\x7f-\x9f\u2028\u2029\ufffd-\uffff]/;

const onlyLatin1 = /[\x80-\x9f]/;
const onlyWindows1252 = new RegExp(`[${windows1252.replace(/[\x80-\x9f]/g, '')}]`);

/** Could one charset have given this text? It holds C1 controls, which windows-1252 lacks, or signs that ISO 8859-1 lacks, not both. */
export function isOneLatin(text: string): boolean {
  return !onlyLatin1.test(text.replace(/[\x81\x8d\x8f\x90\x9d]/g, '')) || !onlyWindows1252.test(text);
}

/**
 * What Chinese text has of the two-byte characters of UTF-8. Every fifth clean character of a double-byte charset looks like one of
 * them, so no others are taken.
 */
const narrow = '\u00a0°±²³·×÷àáèéêìíòóùúüāēīōūěǎǐǒǔǖǘǚǜˇˉˊˋ˙';

/**
 * Where the UTF-8 ends that begins at `from` in a text which was read with another charset: at a place between characters in both
 * readings. Undefined if there is none.
 *
 * @param maxUnits stops behind so many UTF-16 units of the right reading.
 */
export function utf8End(text: string, from: number, bytesOf: Uint16Array, maxUnits = text.length): number | undefined {
  let end: number | undefined;
  let [need, code, least, units, mayEnd] = [0, 0, 0, 0, false];
  for (let at = from; at < text.length; at++) {
    const bytes = bytesOf[text.charCodeAt(at)] ?? 0;
    if (bytes < 0x80) return end;
    const isDouble = bytes > 0xff;
    for (let shift = isDouble ? 8 : 0; shift >= 0; shift -= 8) {
      const byte = (bytes >> shift) & 0xff;
      if (need > 0) {
        if (byte >> 6 !== 2) return end;
        code = (code << 6) | (byte & 0x3f);
        need--;
        if (need > 0) continue;
        if (code < least || (code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff || code === 0xfffd) return end;
        if (isDouble && code < 0x800 && !narrow.includes(String.fromCharCode(code))) return end;
        units += code > 0xffff ? 2 : 1;
        mayEnd = !isDouble || code >= 0x800;
      } else if (byte < 0x80) {
        units++;
        mayEnd = true;
      } else if (byte >= 0xc2 && byte <= 0xf4) {
        need = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
        least = byte < 0xe0 ? 0x80 : byte < 0xf0 ? 0x800 : 0x10000;
        code = byte & (0x3f >> need);
      } else return end;
    }
    if (units > maxUnits) return end;
    if (need === 0 && mayEnd) end = at + 1;
  }
  return end;
}

/** Reads the bytes of a misread text as UTF-8. */
export function decodeUtf8(misread: string, bytesOf: Uint16Array): string {
  const bytes = Buffer.allocUnsafe(misread.length * 2);
  let length = 0;
  for (let at = 0; at < misread.length; at++) {
    const code = bytesOf[misread.charCodeAt(at)] ?? 0;
    if (code > 0xff) bytes[length++] = code >> 8;
    bytes[length++] = code & 0xff;
  }
  return bytes.toString('utf8', 0, length);
}

/** Is this unit the first two bytes of a character in UTF-8, read as GBK, and a rarity that no text has: 鐨 of 的? */
export function isCutShort(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if ((unitClasses()[unit] ?? 0) !== unitClass.rare) return false;
  const code = codeTable('gbk').bytesOf[unit] ?? 0;
  const trail = code & 0xff;
  return code >= 0xe280 && code < 0xf000 && trail >= 0x80 && trail <= 0xa0;
}

type Place = Required<Pick<Message, 'start' | 'end' | 'reason'>>;

/** More places than this are counted, not listed. */
const maxPlaces = 20;

/** Says of each place what there is to review, and of the rest how many there are. */
export function reportPlaces(report: (message: Omit<Message, 'rule'>) => void, places: readonly Place[]): void {
  for (const place of places.slice(0, maxPlaces)) report({ severity: 'warning', ...place });
  const rest = places.slice(maxPlaces);
  const [next] = rest;
  if (next !== undefined)
    report({ severity: 'warning', reason: `review: ${rest.length} more places like these`, start: next.start, end: next.end });
}
