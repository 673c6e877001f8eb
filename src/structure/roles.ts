/** Role words of the mastheads, heads and tails of Mainland, Hong Kong, Taiwan, Singapore and Malaysian papers. */
import type { Role } from './block.ts';

const words: Readonly<Record<Role, string>> = {
  author:
    '记者|記者|作者|撰文|撰稿人?|撰写|撰寫|采写|採寫|采编|採編|采访整理|采访|採訪|执笔人?|執筆人?|报道|報道|报导|報導|特派员|特派員|评论员|評論員|主笔|主筆|专栏作家|專欄作家|编译|編譯|翻译|翻譯|整理|口述|采制|讲述|统筹采写|文字|文',
  correspondent: '特约通讯员|特約通訊員|通讯员|通訊員|通訊员',
  intern: '实习生|實習生|实习记者|實習記者',
  photographer: '摄影报道|攝影報道|摄影|攝影|摄像|攝像|拍摄|拍攝|供图|供圖|图片|圖片|摄制|图|圖|摄|攝|视频|視頻|影像|航拍|剪辑|剪輯|影音',
  responsibleEditor:
    '本版责任编辑|本版責任編輯|责任编辑|責任編輯|責任編集|本版责编|本版責編|本期责编|责编|責編|值班责编|执行责编|責任編缉|责任编委|值班编委|值班編委|编委',
  editor:
    '文字编辑|文字編輯|值班编辑|值班編輯|图片编辑|圖片編輯|图文编辑|圖文編輯|美术编辑|美術編輯|网络编辑|網路編輯|網絡編輯|新媒体编辑|新媒體編輯|本版编辑|本版編輯|视觉编辑|版式编辑|版面编辑|本期编辑|执行编辑|執行編輯|实习编辑|见习编辑|助理编辑|值班主编|执行主编|编辑|編輯|编排|美编|美編|责任美编|版式设计|版式|版面|视觉|視覺|排版|设计|設計|美术|制图|製圖|绘图|繪圖|制作|製作|组版|主编|主編|编校|编审|編審|运营|文编',
  proofreader: '责任校对|責任校對|本版校对|文字校对|校对|校對|校閱|校阅|校读|检校|檢校',
  reviewer:
    '核稿编辑|核稿編輯|审核人?|審核人?|审稿人?|審稿人?|审校|審校|审签|審簽|审读|審讀|审定|審定|审订|審訂|核稿人?|核稿|复审|複審|複审|終審|终审|初审|初審|一审|一審|二审|二審|三审|三審|一读|签发人?|簽發人?|审发|把关|责任审核|值班总编|值班總編|值班审核|審閱|审阅|复核|覆核|核校|校核|校審',
  producer:
    '总监制|總監製|监制|監製|监製|出品人?|制片人?|製片人?|总策划|總策劃|策划|策劃|统筹|統籌|总编辑|總編輯|总编|總編|发行人|責任監製',
};

/** The longest first, each with its role. */
const table = (Object.entries(words) as [Role, string][])
  .flatMap(([role, list]) =>
    list
      .split('|')
      .flatMap((word) => (word.endsWith('人?') ? [word.slice(0, -1).replace('?', ''), word.slice(0, -2)] : [word]))
      .map((word) => [word, role] as const),
  )
  .sort(([a], [b]) => b.length - a.length);

export const roleOf: ReadonlyMap<string, Role> = new Map(table);

/** For a pattern: every word of a role. */
export const roleWords = table.map(([word]) => word).join('|');

/** Words that are a role only before a colon or a slash: 文 and 图 begin too much else. */
export const needsMark = new Set([
  '文',
  '图',
  '圖',
  '摄',
  '攝',
  '设计',
  '設計',
  '制作',
  '製作',
  '整理',
  '视觉',
  '視覺',
  '版面',
  '图片',
  '圖片',
  '视频',
  '視頻',
  '报道',
  '報道',
  '报导',
  '報導',
  '文字',
  '采访',
  '採訪',
  '翻译',
  '翻譯',
  '运营',
  '美术',
  '影像',
  '口述',
  '讲述',
  '拍摄',
  '拍攝',
  '编委',
  '策划',
  '策劃',
  '统筹',
  '統籌',
  '制图',
  '製圖',
  '绘图',
  '繪圖',
  '排版',
  '版式',
  '出品',
  '把关',
]);
