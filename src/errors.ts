/** The errors that Copydesk itself throws. Each message says what is wrong and, where it can, what to do. */

/** A ledger does not fit the text it is applied to or undone from. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

/** Options, environment or arguments that cannot be used. The command line answers with exit code 2. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** A conditional write lost: the key exists (`ifNoneMatch`) or holds another version (`ifMatch`). */
export class PreconditionFailedError extends Error {
  override readonly name = 'PreconditionFailedError';
}

/** An event, or a part of one, that no envelope can read. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
}
