/** Whether what an earlier run made is what is wanted now. Pure. */
import type { MakingOptions, Manifest, OutputRecord } from './archive.ts';
import type { Script } from './convert/scripts.ts';
import { inOrder } from './options.ts';
import { pipelineVersion } from './pipeline-version.ts';
import { formats as allFormats, type Format } from './render/index.ts';

export interface Wanted {
  readonly scripts: readonly Script[];
  readonly formats: readonly Format[];
}

/** Does the manifest list every output that is wanted now, made by this pipeline with these options? */
export function covers(manifest: Manifest | undefined, { scripts, formats }: Wanted, options: MakingOptions | undefined): boolean {
  return (
    manifest?.pipelineVersion === pipelineVersion &&
    manifest.pending === undefined &&
    JSON.stringify(manifest.options) === JSON.stringify(options) &&
    scripts.every((script) => manifest.scripts.includes(script)) &&
    formats.every((format) => manifest.formats.includes(format))
  );
}

/** What an earlier run made for other scripts or formats is made again with what is wanted now, so that one manifest covers all. */
export function union(...all: readonly (Wanted | undefined)[]): Wanted {
  return {
    scripts: inOrder(all.flatMap((one) => one?.scripts ?? [])),
    formats: allFormats.filter((format) => all.some((one) => one?.formats.includes(format))),
  };
}

export function lists(manifest: Manifest | undefined, outputs: readonly OutputRecord[]): boolean {
  const known = new Map(manifest?.outputs.map(({ name, sha256 }) => [name, sha256]));
  return outputs.every(({ name, sha256 }) => known.get(name) === sha256);
}
