/** The library: the same pure pipeline that the command line and the Lambda run. */

export { type ConversionOptions, convertText, pureOpenCC } from './convert/index.ts';
export { type Script, scripts } from './convert/scripts.ts';
export { ConfigError, LedgerError } from './errors.ts';
export type { Message } from './message.ts';
export { normalize } from './normalize.ts';
export type { NormalizeOptions } from './options.ts';
export { pipelineVersion } from './pipeline-version.ts';
export { reconstruct } from './reconstruct.ts';
export type { Result, Source } from './result.ts';
export type { Block, BlockKind, PersonSpan, Role } from './structure/block.ts';
export { apply, applyLayers, type Edit, invert, type Layer, offsetMapper, type Stage, undoLayers } from './text/edit.ts';
