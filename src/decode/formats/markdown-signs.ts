/** Is a text Markdown? A plain text with a stray mark is not: a headline and one thing more must be marked, or three different things. */
import { frontMatterOf } from './markdown-front.ts';

type Sign = 'heading' | 'bold' | 'link' | 'image' | 'quote' | 'list' | 'code' | 'fence' | 'table';

/** A hashtag (#话题#) has no space behind its mark; `# # #` parts texts. */
const heading = /^ {0,3}#{1,6}[ \t]+(?![#\s]).*(?<![^#\s]#)$/;
/** Bold that begins a line or stands behind a mark: of 张**和李** the stars hide names. */
const bold = /(?<![\p{L}\p{N}*\\])\*\*(?![\s*，。、；：！？）」』》】”’])[^*\n]{1,300}(?<![\s*\\（「『《【“‘])\*\*(?!\*)/u;
const link = /(?<![!\\])\[[^\][\n]{1,200}\]\(https?:\/\/[^\s)]/;
const image = /!\[[^\][\n]{0,200}\]\([^\s)]{1,1000}/;
const quote = /^ {0,3}> \S/;
const item = /^ {0,3}([-*+])[ \t]+(?![-*+\s])\S/;
const code = /(?<!`)`[^`\n]{1,200}`(?!`)/;
const fence = /^ {0,3}(?:`{3}|~{3})/;
const rule = /^ {0,3}\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$/;

/** Signs that make Markdown of a text that begins with a heading. */
const telling: readonly Sign[] = ['heading', 'bold', 'link', 'image', 'quote'];
const mostLines = 2000;

export function isMarkdown(text: string): boolean {
  if (frontMatterOf(text) !== undefined) return true;
  const signs = new Set<Sign>();
  let begins = false;
  let isFirst = true;
  let items = 0;
  let fences = 0;
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/, mostLines)) {
    if (line.trim() === '') continue;
    const isHeading = heading.test(line);
    if (isFirst && isHeading) begins = true;
    else if (isHeading) signs.add('heading');
    isFirst = false;
    if (line.includes('**') && bold.test(line)) signs.add('bold');
    if (line.includes('](')) {
      if (link.test(line)) signs.add('link');
      if (image.test(line)) signs.add('image');
    }
    if (quote.test(line)) signs.add('quote');
    const [, mark] = item.exec(line) ?? [];
    // One line may be an end mark or a dash of a dialogue: - 完 -
    if (mark !== undefined && !line.trimEnd().endsWith(mark) && ++items > 1) signs.add('list');
    if (line.includes('`') && code.test(line)) signs.add('code');
    if (fence.test(line) && ++fences > 1) signs.add('fence');
    if (line.includes('|') && rule.test(line)) signs.add('table');
    if (begins && telling.some((sign) => signs.has(sign))) return true;
    if (signs.size + (begins && !signs.has('heading') ? 1 : 0) >= 3) return true;
  }
  return false;
}
