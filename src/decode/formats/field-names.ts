/** Names that columns and keys of articles have in tables and in JSON, folded by {@link folded}. Source: exports of content systems, schema.org. */

const names = {
  text: /^(?:正文|内容|內容|文本|全文|文章内容|文章內容|正文内容|正文內容|稿件内容|新闻内容|新聞內容|content|contents|body|text|article|articlebody|articletext|bodytext|fulltext|contenthtml|bodyhtml)$/,
  title: /^(?:标题|標題|题目|題目|主标题|主標題|新闻标题|新聞標題|文章标题|文章標題|title|headline|newstitle)$/,
  kicker: /^(?:引题|引題|肩题|肩題|眉题|眉題|kicker|pretitle)$/,
  deck: /^(?:副标题|副標題|副题|副題|subtitle|subheadline|deck)$/,
  date: /^(?:日期|时间|時間|发布时间|發布時間|發佈時間|发布日期|發布日期|發佈日期|发表时间|發表時間|date|published|publishedat|pubdate|publishdate|publishtime|datepublished|releasedate)$/,
  source: /^(?:来源|來源|媒体|媒體|报纸|報紙|source|media|publisher|outlet)$/,
  author: /^(?:作者|记者|記者|author|authors|byline|reporter)$/,
};

/** What a column or a key holds. */
export type Field = keyof typeof names;

/** A name without case, space and hyphens. */
function folded(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '');
}

/** What a name stands for; undefined for one that is not known. */
export function fieldOf(name: string): Field | undefined {
  const plain = folded(name);
  return (Object.keys(names) as Field[]).find((field) => names[field].test(plain));
}

/** Which column of a table is what; undefined if the row names none of text. */
export function readHeader(row: readonly (readonly [column: number, name: string])[]): Map<Field, number> | undefined {
  const header = new Map<Field, number>();
  for (const [column, name] of row) {
    const field = fieldOf(name);
    if (field !== undefined && !header.has(field)) header.set(field, column);
  }
  return header.has('text') ? header : undefined;
}
