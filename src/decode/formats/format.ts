/** What a reader of a format makes of a file: the text of its articles in order, where it came from, and what else the file says of them. */
import type { Message } from '../../message.ts';
import type { BlockKind } from '../../structure/block.ts';
import type { FormatId } from './sniff.ts';

/** A stretch of an article's text. */
export interface Piece {
  readonly text: string;
  /**
   * UTF-16 offsets of what it stands for in the decoded text of the file: the same characters, or a reference or an escape for them.
   * Absent: nothing there stands for it (a line break between two paragraphs), or it was encoded (base64).
   */
  readonly start?: number;
  readonly end?: number;
  /** What the format says that the line is which the piece begins: only where the markup says so (a figcaption, a heading). */
  readonly kind?: BlockKind;
}

/** What a file says of an article beside its text. Evidence, not truth. */
export interface Evidence {
  /** `YYYY-MM-DD` */
  readonly published?: string;
  /** `HH:MM:SS` of that day. Both at +08:00. */
  readonly time?: string;
  readonly title?: string;
  /** The outlet that it is from. */
  readonly source?: string;
  readonly authors?: readonly string[];
}

export interface ReadArticle {
  /** One line a block, joined by `\n`, in reading order. */
  readonly pieces: readonly Piece[];
  readonly evidence: Evidence;
  /** Of an article in a container: its path there. */
  readonly name?: string;
}

export interface Reading {
  /** At least one, but for a file without text. */
  readonly articles: readonly ReadArticle[];
  readonly messages: readonly Message[];
}

export interface Input {
  readonly bytes: Uint8Array;
  /** The decoded text; of a binary format ''. */
  readonly text: string;
  /** Bytes that unpacking may yield in all. */
  readonly maxUnpacked: number;
  /** Levels that elements or containers may be nested. */
  readonly maxDepth: number;
}

/** What the reader of a file that holds other files needs to read these. */
export interface Nest {
  /** @throws {FormatError} for a format that has no reader. */
  readonly readerOf: (format: FormatId) => Promise<Reader>;
  /** Files that the file stands in. */
  readonly level: number;
  /** Bytes that may still be unpacked, over all files; counted down. */
  readonly budget: { left: number };
}

/** Reads a file whose format is known. May take its time; the caller holds the clock. @throws {FormatError} for what cannot be read. */
export type Reader = (input: Input, nest: Nest) => Reading | Promise<Reading>;

export type FormatCode = 'too-large' | 'too-deep' | 'unsupported-format' | 'broken-format' | 'encrypted' | 'unsafe-path' | 'no-text';

/** A file that its reader refuses; the message says why, and what to do. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly code: FormatCode;
  constructor(code: FormatCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
