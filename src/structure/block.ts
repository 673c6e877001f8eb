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

/** A part of a block that is a field of its own: the place and the date of a dateline, the page of a page line, the tag of a headline. */
export interface FieldSpan extends Span {
  readonly name: 'agency' | 'place' | 'date' | 'page' | 'tag';
}

/** What a line or a part of it is, before it has a place in the text; offsets of people and fields are into the line. */
export interface Labelled {
  readonly kind: BlockKind;
  /** The rule that decided, and how sure it is, 0..1: a judgement by rule, checked against docs/structure.md. */
  readonly rule: string;
  readonly confidence: number;
  readonly people?: readonly PersonSpan[];
  readonly fields?: readonly FieldSpan[];
}

export interface Block extends Labelled, Span {}

/** A {@link Labelled} at its place. */
export type Part = Labelled & Span;

/** Spans moved by UTF-16 units. */
export function shiftSpans<T extends Span>(spans: readonly T[], by: number): T[] {
  return by === 0 ? [...spans] : spans.map((span) => ({ ...span, start: span.start + by, end: span.end + by }));
}

/** A block moved by UTF-16 units, its people and fields with it. */
export function shiftPart<T extends Part>(part: T, by: number): T {
  return {
    ...part,
    start: part.start + by,
    end: part.end + by,
    ...(part.people && { people: shiftSpans(part.people, by) }),
    ...(part.fields && { fields: shiftSpans(part.fields, by) }),
  };
}
