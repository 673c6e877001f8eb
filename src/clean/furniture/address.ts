/** Addresses that leak into a text: links, images and scripts of a page, alone on a line. */

/** UTF-16 units. */
const longest = 2000;
const bare = /^[^\p{L}\p{N}/]{0,4}([!-~]+(?: [!-~]+){0,9})[^\p{L}\p{N}/]{0,4}$/u;
const link =
  /^(?:(?:https?|ftp):)?\/\/[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:[/?#]\S*)?$|^(?:www\.|(?=[^/]*\.[^/]*\.|\S*\/))(?:[\w-]{1,63}\.){1,5}(?:com|cn|net|org|gov|edu|tw|hk|mo|info|cc|tv|io|me|co|biz|xyz|top|example|site|app|link|ly|gl)(?::\d+)?(?:[/?#]\S*)?$/i;
const asset = /^\.{0,2}\/?(?:[\w-]+\/)+[\w.-]+\.(?:s?html?|php|aspx?|jsp|js|css|jpe?g|png|gif|webp|svg|swf|mp4|m3u8|flv)(?:[?#]\S*)?$/i;
/** A file's name alone tells by its figures: banner_728x90.html, and Node.js is none. */
const file = /^(?=[\w.-]*[_\d])[\w-]{4,}(?:\.[\w-]+)*\.(?:s?html?|php|aspx?|jsp|js|css|jpe?g|png|gif|webp|swf)(?:[?#]\S*)?$/i;
const script = /^(?=\w+=[^&]+&\w+=)(?:\w+=[\w.%+-]*&?){2,20}$|^(?:javascript:|window\.|document\.)\S*$/i;
/** 原文链接：https://… — the page's own address. */
const labelled =
  /^(?:查看|阅读|閱讀)?(?:原文|本文|文章|来源|來源|新闻|新聞|原始|本页|本頁|短|报道|報導|报导|永久|固定|引用|分享|转载|轉載|页面|頁面|此页|此頁|图片|圖片|source|url|link|permalink|via)?(?:的)?(?:链接|鏈接|連結|網址|网址|地址|来源链接|來源連結|出处|出處|url|link|source|via|permalink)(?:地址|網址|网址)?(?:\s*[:：]\s*|\s+)([!-~]+)(?:\s*[|｜]\s*[^。，！？]{2,20})?$/;
/** 报名网址如下： — the address below is the story's. */
const leads =
  /[:：]$|(?:网址|網址|链接|連結|鏈接|网站|網站|官网|官網|登录|登錄|登入|访问|訪問|浏览|瀏覽|点击|點擊|如下|以下|下列)[^。！？]{0,20}[。，]?$/;

/** Is the line nothing but addresses? */
export function readAddress(line: string): boolean {
  if (line.length > longest) return false;
  const own = labelled.exec(line)?.[1];
  const alone = own ?? bare.exec(line)?.[1];
  return (
    alone !== undefined &&
    /[./:=]/.test(alone) &&
    alone.split(' ').every((part) => link.test(part) || asset.test(part) || file.test(part) || script.test(part))
  );
}

/** Does the line lead up to an address below it? */
export function leadsToAddress(line: string): boolean {
  return leads.test(line.slice(-40));
}
