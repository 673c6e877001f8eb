/** Findings as data: what a person should know of an article, with the rule that says so and, where it has one, a place. */
export interface Message {
  readonly rule: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly reason: string;
  /** UTF-16 offsets into the clean text. */
  readonly start?: number;
  readonly end?: number;
}
