/** A labelled span of the clean text. Never a copied string. */
import type { Span } from '../text/span.ts';

export type BlockKind =
  | 'kicker'
  | 'headline'
  | 'deck'
  | 'summary'
  | 'byline'
  | 'dateline'
  | 'paragraph'
  | 'crosshead'
  | 'caption'
  | 'credits'
  | 'source'
  | 'published'
  | 'editorsNote'
  | 'originalHeadline'
  | 'notice'
  | 'listItem'
  | 'endMark';

/** What a person did for the article, in ninjs' words for `people[rel]`. */
export type Role =
  | 'author'
  | 'photographer'
  | 'responsibleEditor'
  | 'editor'
  | 'proofreader'
  | 'reviewer'
  | 'producer'
  | 'correspondent'
  | 'intern';

/** A name as it stands in the text. */
export interface PersonSpan extends Span {
  readonly role: Role;
}

export interface Block extends Span {
  readonly kind: BlockKind;
  /** The rule that decided, and how sure it is, 0..1: a judgement so far, not a measured share. */
  readonly rule: string;
  readonly confidence: number;
  readonly people?: readonly PersonSpan[];
}
