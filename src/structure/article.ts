/** An article in one script: what the renderers read. */
import type { Evidence } from '../decode/formats/format.ts';
import { sliceOf } from '../text/span.ts';
import type { Block, BlockKind, FieldSpan, PersonSpan, Role } from './block.ts';
import type { ArticleDate } from './dating.ts';

export interface Article {
  /** First 32 hex digits of the SHA-256 of the raw bytes; behind them `-1`, `-2` … for one of several articles of a file. */
  readonly docId: string;
  /** SHA-256 of the raw bytes, hex. */
  readonly sha256: string;
  /** BCP 47. */
  readonly language: string;
  readonly text: string;
  /** Spans of `text`. */
  readonly blocks: readonly Block[];
  /** The day that it is of; absent where that is not certain. */
  readonly date?: ArticleDate;
  /** What the file says of it beside its text. */
  readonly evidence?: Evidence;
}

/** The texts of the article's blocks of these kinds, in order. */
export function textsOf(article: Article, ...kinds: readonly BlockKind[]): string[] {
  return article.blocks.filter(({ kind }) => kinds.includes(kind)).map((block) => sliceOf(article.text, block));
}

/** Everyone that the article names in a role, in order, each once. */
export function peopleOf(article: Article): { readonly role: Role; readonly name: string }[] {
  const people = article.blocks.flatMap((block) =>
    (block.people ?? []).map((person: PersonSpan) => ({ role: person.role, name: sliceOf(article.text, person) })),
  );
  return people.filter((person, index) => people.findIndex(({ role, name }) => role === person.role && name === person.name) === index);
}

/** The headline on one line, or the first line of an article that has none. */
export function titleOf(article: Article): string {
  return textsOf(article, 'headline')[0] ?? article.text.split('\n')[0] ?? '';
}

/** What the article's fields of a name hold, in order, each once. */
export function fieldsOf(article: Article, name: FieldSpan['name']): string[] {
  const fields = article.blocks.flatMap((block) => (block.fields ?? []).filter((field) => field.name === name));
  return [...new Set(fields.map((field) => sliceOf(article.text, field)))];
}

/** The blocks that are nested in no other: they cover the text. */
export function outerBlocks(blocks: readonly Block[]): Block[] {
  let end = -1;
  return blocks.filter((block) => {
    if (block.start < end || (block.start === end && block.end === end)) return false;
    end = block.end;
    return true;
  });
}
