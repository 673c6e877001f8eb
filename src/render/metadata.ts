/** What an article says of itself, in the words of no format: every renderer reads it from here. */
import { type Article, fieldsOf, outerBlocks, peopleOf, textsOf, titleOf } from '../structure/article.ts';
import type { Block, BlockKind, Role } from '../structure/block.ts';
import { rightsOf } from '../structure/notice.ts';
import { sliceOf } from '../text/span.ts';

export interface Metadata {
  /** The headline on one line, without its tag: 快讯：. */
  readonly headline: string;
  readonly kickers: readonly string[];
  readonly decks: readonly string[];
  /** As another outlet had it: （原标题：…）. */
  readonly originals: readonly string[];
  readonly summaries: readonly string[];
  readonly tags: readonly string[];
  /** Without its reporters: 新华社巴黎12月9日电. */
  readonly dateline?: string;
  readonly located?: string;
  /** Agencies of datelines, and outlets that are named as the source. */
  readonly sources: readonly { readonly role: 'agency' | 'source'; readonly name: string }[];
  readonly pages: readonly string[];
  readonly people: readonly { readonly role: Role; readonly name: string }[];
  readonly pictures: readonly { readonly caption: string; readonly photographers: readonly string[] }[];
  readonly credits: readonly string[];
  readonly rights: readonly string[];
  readonly editorsNotes: readonly string[];
  /** RFC 3339 at +08:00; only of a full date. */
  readonly created?: string;
}

const outerMarks = /^[（(【［[〔《〈「\s]+|[）)】］\]〕》〉」。\s]+$/gu;
const sourceLabel =
  /^(?:(?:信息|資料|资料|稿件|文章|新闻|新聞|消息|本文|文稿|图文)?(?:来源|來源|稿源|出处|出處)(?:于)?|转自|轉自|转载自|轉載自|摘自|选自|選自|原载|原載|原文刊于|首发于|综合整理自|綜合整理自|综合|綜合|据|據)[ \u3000]*[:：｜|／/丨]?[ \u3000]*/u;
const reported = /(?:电|電|讯|訊|消息|报道|報道|報導|综合|綜合|整理)$/u;
const original = /^[（(【［[*\s]*(?:原标题|原標題|原题|原題|原文标题|原文標題|原标题为|原題為|原题为)[ \u3000]*[:：为為]?[ \u3000]*/u;
const summary = /^(?:[【（(〔[「▍◆■*\s]*)[\p{Script=Han}]{2,6}(?:[】）)〕\]」][ \u3000]*[:：]?|[ \u3000]*[:：丨|｜／/])[ \u3000]*/u;
const reporters = /[ \u3000]*[（(【][^（）()【】]{2,80}[）)】][：:]?$|[ \u3000]+(?:记者|記者).*$/u;
const tagMarks = /^[[【〔〈《（(]+|[\]】〕〉》）):：／/|｜丨·\s]+$/gu;

/** What is body text: it is in every rendition of the body. */
export const bodyKinds: readonly BlockKind[] = ['paragraph', 'crosshead', 'listItem'];

export function metadataOf(article: Article): Metadata {
  const dateline = textsOf(article, 'dateline')[0];
  const [located] = fieldsOf(article, 'place');
  const [headline] = article.blocks.filter(({ kind }) => kind === 'headline');
  const created = createdOf(article);
  return {
    headline: headline === undefined ? titleOf(article) : withoutTag(article, headline),
    kickers: textsOf(article, 'kicker'),
    decks: textsOf(article, 'deck'),
    originals: textsOf(article, 'originalHeadline').map((text) => text.replace(original, '').replace(outerMarks, '')),
    summaries: article.blocks.filter(({ kind }) => kind === 'summary').map((block) => summaryOf(article, block)),
    tags: fieldsOf(article, 'tag').map((tag) => tag.replaceAll(tagMarks, '')),
    ...(dateline !== undefined && { dateline: dateline.replace(reporters, '').replace(/^[（(【〔](.*)[）)】〕]$/u, '$1') }),
    ...(located !== undefined && { located }),
    sources: sourcesOf(article),
    pages: fieldsOf(article, 'page').map((page) => page.replace(/^第|版$/gu, '')),
    people: withAuthors(peopleOf(article), article.evidence?.authors),
    pictures: outerBlocks(article.blocks)
      .filter(({ kind }) => kind === 'caption')
      .map((block) => ({
        caption: sliceOf(article.text, block),
        photographers: (block.people ?? []).map((person) => sliceOf(article.text, person)),
      })),
    credits: textsOf(article, 'credits'),
    rights: rightsOf(article),
    editorsNotes: textsOf(article, 'editorsNote'),
    ...(created !== undefined && { created }),
  };
}

function withoutTag(article: Article, headline: Block): string {
  const tag = headline.fields?.find(({ name }) => name === 'tag');
  return article.text.slice(tag?.end ?? headline.start, headline.end).trim() || sliceOf(article.text, headline);
}

function summaryOf(article: Article, block: Block): string {
  const text = sliceOf(article.text, block);
  return block.rule === 'summary/label' ? text.replace(summary, '') : text;
}

function withAuthors(people: Metadata['people'], authors: readonly string[] = []): Metadata['people'] {
  if (people.some(({ role }) => role === 'author')) return people;
  return [...people, ...authors.map((name) => ({ role: 'author' as const, name }))];
}

function sourcesOf(article: Article): Metadata['sources'] {
  const agencies = fieldsOf(article, 'agency').map((name) => ({ role: 'agency' as const, name }));
  const sources = textsOf(article, 'source').map((text) => {
    const bare = text.replace(outerMarks, '').replace(sourceLabel, '').replace(outerMarks, '');
    return { role: 'source' as const, name: /^[（(]/.test(text) ? bare.replace(reported, '') : bare };
  });
  const said = [...agencies, ...sources];
  // Metadata beside the text speaks where the text names none.
  const beside =
    said.length === 0 && article.evidence?.source !== undefined ? [{ role: 'source' as const, name: article.evidence.source }] : [];
  const all = [...said, ...beside].filter(({ name }) => name !== '');
  return all.filter(({ name }, index) => all.findIndex((other) => other.name === name) === index);
}

function createdOf({ date }: Article): string | undefined {
  return date?.precision === 'day' ? `${date.iso}T${date.time ?? '00:00:00'}+08:00` : undefined;
}
