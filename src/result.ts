/** What {@link normalize} answers: the Result of the outward contract. */
import { createHash } from 'node:crypto';
import type { Ruled } from './clean/rule.ts';
import type { DetectedScript } from './convert/detect.ts';
import type { Converted } from './convert/index.ts';
import type { Script } from './convert/scripts.ts';
import type { Charset } from './decode/charset.ts';
import type { Refusal } from './decode/formats/plain.ts';
import type { FormatId } from './decode/formats/sniff.ts';
import type { Decoded } from './decode/index.ts';
import type { Message } from './message.ts';
import { defaultScripts, inOrder, type NormalizeOptions } from './options.ts';
import { pipelineVersion } from './pipeline-version.ts';
import { type Ninjs, renderNinjs } from './render/ninjs.ts';
import type { Article } from './structure/article.ts';
import { type Block, shiftPart } from './structure/block.ts';
import type { ArticleDate, DatedArticle, DatedStructure, DateNote } from './structure/dating.ts';
import type { Layer } from './text/edit.ts';
import { lineSpans, type Span, sliceOf } from './text/span.ts';

export interface Source {
  /** Hex, of the raw bytes. */
  readonly sha256: string;
  readonly bytes: number;
  /** `latin1`: the bytes could not be decoded and encoded exactly; they are carried one to one, and the ledger decodes them. */
  readonly charset: Charset;
  readonly bom: boolean;
  /** Do `text` and `ledger` give the raw bytes back? Not of a file that was too large to be read, nor of a binary format: its ledger begins at its text. */
  readonly lossless: boolean;
  readonly format: FormatId;
  readonly name?: string;
}

export interface Result {
  readonly id: string;
  readonly status: 'ok' | 'rejected';
  readonly reason?: Refusal;
  readonly pipelineVersion: string;
  readonly source: Source;
  readonly script: DetectedScript & { readonly repaired: boolean };
  /** The clean text, one block a line; of a rejected file its decoded text as it came. */
  readonly text: string;
  /** Spans of `text`. A nested block follows the one that it stands in. */
  readonly blocks: readonly Block[];
  /** The dates that the text names, as far as they can be known. */
  readonly dates: readonly DateNote[];
  /** The articles of the file: one, but for a page of briefs, a newspaper page, a wire dump. None of a rejected file. */
  readonly articles: readonly ArticleSummary[];
  readonly scripts: Readonly<Partial<Record<Script, { readonly text: string; readonly ninjs: Ninjs }>>>;
  readonly ledger: { readonly layers: readonly Layer[] };
  readonly messages: readonly Message[];
}

/** A stretch of the Result's `text` that is an article. */
interface ArticleSummary extends Span {
  /** The docId; of several articles `<docId>-1`, `<docId>-2` … */
  readonly id: string;
  readonly date?: ArticleDate;
}

/** One of several articles of a file, with what the renderers read. */
interface ArticlePart extends ArticleSummary {
  /** In the source's own script. */
  readonly source: Article;
  readonly scripts: ReadonlyMap<Script, Article>;
}

/** A Result with what the renderers read. `source` and `scripts` are empty-handed for a rejected file. */
export interface Normalized {
  readonly result: Result;
  readonly docId: string;
  /** The article in the source's own script. */
  readonly source?: Article;
  readonly scripts: ReadonlyMap<Script, Article>;
  /** The articles of a file that has several; else none. */
  readonly parts: readonly ArticlePart[];
}

export interface Identity {
  readonly id: string;
  readonly docId: string;
  readonly source: Pick<Source, 'sha256' | 'bytes' | 'name'>;
  readonly scripts: readonly Script[];
}

/** Names the bytes: the docId is the first 32 hex digits of their SHA-256. */
export function identify(bytes: Uint8Array, { id, name, scripts = defaultScripts }: NormalizeOptions): Identity {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const docId = sha256.slice(0, 32);
  return {
    id: id ?? docId,
    docId,
    source: { sha256, bytes: bytes.length, ...(name !== undefined && { name }) },
    scripts: inOrder(scripts),
  };
}

/** The answer for a file that is refused: its reason, and its text and ledger as far as it was read. */
export function reject(identity: Identity, decoded: Decoded, reason: Refusal): Normalized {
  const result: Result = {
    id: identity.id,
    status: 'rejected',
    reason,
    pipelineVersion,
    source: sourceOf(identity, decoded),
    script: { detected: 'none', confidence: 0, repaired: false },
    text: decoded.text,
    blocks: [],
    dates: [],
    articles: [],
    scripts: {},
    ledger: { layers: decoded.layers },
    messages: decoded.messages,
  };
  return { result, docId: identity.docId, scripts: new Map(), parts: [] };
}

/** The answer for a file that was read: the trunk of the ledger, and a branch of convert layers for each script. */
export function accept(
  identity: Identity,
  decoded: Decoded,
  cleaned: Ruled,
  structure: DatedStructure,
  script: DetectedScript,
  convertTo: (script: Script) => Converted,
): Normalized {
  const { docId, source } = identity;
  const { blocks, dates } = structure;
  const branches = identity.scripts.map((target) => ({ target, ...convertTo(target) }));
  const language = script.detected === 'zh-Hans' || script.detected === 'zh-Hant' ? script.detected : 'zh';
  const [only, ...others] = structure.articles;
  const date = others.length === 0 ? only?.date : undefined;
  const evidence = others.length === 0 ? only?.evidence : undefined;
  const article = (language: string, text: string, blocks: readonly Block[]): Article => ({
    docId,
    sha256: source.sha256,
    language,
    text,
    blocks,
    ...(date && { date }),
    ...(evidence && { evidence }),
  });
  const articles = new Map(branches.map(({ target, text, blocks }): [Script, Article] => [target, article(target, text, blocks)]));
  const whole = article(language, cleaned.text, blocks);
  const parts = others.length === 0 ? [] : partsOf(whole, articles, structure.articles);
  const result: Result = {
    id: identity.id,
    status: 'ok',
    pipelineVersion,
    source: sourceOf(identity, decoded),
    script: { ...script, repaired: cleaned.layers.some(({ stage }) => stage === 'repair') },
    text: cleaned.text,
    blocks,
    dates,
    articles: parts.length > 0 ? parts.map(summary) : [{ id: docId, start: 0, end: cleaned.text.length, ...(date && { date }) }],
    scripts: Object.fromEntries([...articles].map(([target, article]) => [target, { text: article.text, ninjs: renderNinjs(article) }])),
    ledger: { layers: [...decoded.layers, ...cleaned.layers, ...branches.flatMap(({ layers }) => layers)] },
    messages: [...decoded.messages, ...cleaned.messages, ...structure.messages],
  };
  return { result, docId, source: whole, scripts: articles, parts };
}

function summary({ id, start, end, date }: ArticlePart): ArticleSummary {
  return { id, start, end, ...(date && { date }) };
}

/** The articles of a file, each a stretch of whole lines; a conversion leaves every line where it is. */
function partsOf(whole: Article, scripts: ReadonlyMap<Script, Article>, articles: readonly DatedArticle[]): ArticlePart[] {
  const lines = lineSpans(whole.text);
  return articles.map(({ start, end, date, evidence }, index) => {
    const id = `${whole.docId}-${index + 1}`;
    const from = lines.findIndex((line) => line.start === start);
    const to = lines.findIndex((line) => line.end === end);
    const cut = (article: Article): Article => {
      const all = lineSpans(article.text);
      const span = { start: all[from]?.start ?? 0, end: all[to]?.end ?? 0 };
      const blocks = article.blocks.filter((block) => block.start >= span.start && block.end <= span.end);
      const { date: _, ...rest } = article;
      return {
        ...rest,
        docId: id,
        text: sliceOf(article.text, span),
        blocks: blocks.map((block) => shiftPart(block, -span.start)),
        ...(date && { date }),
        ...(evidence && { evidence }),
      };
    };
    return {
      id,
      start,
      end,
      ...(date && { date }),
      source: cut(whole),
      scripts: new Map([...scripts].map(([script, article]) => [script, cut(article)])),
    };
  });
}

function sourceOf({ source: { name, ...source } }: Identity, { charset, bom, lossless, format }: Decoded): Source {
  return { ...source, charset, bom, lossless, format, ...(name !== undefined && { name }) };
}
