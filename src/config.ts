/** Settings from the environment, checked once, at the start. */
import * as v from 'valibot';
import { isScript, type Script, scripts } from './convert/scripts.ts';
import { ConfigError } from './errors.ts';
import { defaultMaxBytes, defaultScripts } from './options.ts';
import { type Format, formats, isFormat } from './render/index.ts';
import { isRule, noSuchRule } from './rules.ts';

export const defaultFormats: readonly Format[] = ['ninjs', 'markdown', 'text'];

const parted = (value: string): string[] => value.split(',').map((one) => one.trim());

function listOf<T extends string>(isKnown: (value: string) => value is T, known: readonly string[]) {
  return v.pipe(
    v.string(),
    v.transform(parted),
    v.array(v.custom<T>((value) => typeof value === 'string' && isKnown(value), `must be some of ${known.join(', ')}, parted by commas`)),
    v.minLength(1),
  );
}

/** `zh-Hans,zh-Hant-TW` as a list. */
export const scriptList = listOf<Script>(isScript, scripts);
/** `ninjs,markdown` as a list. */
export const formatList = listOf<Format>(isFormat, formats);

/** `line-wrap,quotes` as a list: ids of rules to turn off, none in an empty string. */
export const ruleList = v.pipe(
  v.string(),
  v.transform((value) => (value === '' ? [] : parted(value))),
  v.array(
    v.pipe(
      v.string(),
      v.check(isRule, ({ input }) => noSuchRule(input)),
    ),
  ),
);

/** Bytes; a larger file is rejected. */
export const byteCount = v.pipe(v.string(), v.regex(/^[1-9][0-9]*$/, 'must be a number of bytes'), v.transform(Number));

const environment = v.object({
  /** Where articles go: `s3://bucket/prefix`, or a folder for local runs. */
  COPYDESK_ARCHIVE: v.optional(v.pipe(v.string(), v.minLength(1, 'must be set: s3://bucket/prefix, or a folder')), ''),
  COPYDESK_SCRIPTS: v.optional(scriptList),
  COPYDESK_FORMATS: v.optional(formatList),
  COPYDESK_WITHOUT: v.optional(ruleList),
  COPYDESK_PURE_OPENCC: v.optional(v.picklist(['true', 'false'], 'must be true or false')),
  COPYDESK_MAX_BYTES: v.optional(byteCount),
  /** A folder that stands for the events' buckets, for local runs; without it they are S3 buckets. */
  COPYDESK_INBOX: v.optional(v.pipe(v.string(), v.minLength(1, 'must be a folder'))),
});

/** The names of the settings, to be compared with the template's. */
export const settingNames = Object.keys(environment.entries);

export interface Config {
  readonly archive: string;
  readonly scripts: readonly Script[];
  readonly formats: readonly Format[];
  /** Ids of rules that are turned off. */
  readonly without: readonly string[];
  /** Convert as OpenCC does, without context and with the quotation marks as they are. */
  readonly pureOpenCC: boolean;
  /** Bytes. */
  readonly maxBytes: number;
  readonly inbox?: string;
}

/** @throws {ConfigError} that names every setting that cannot be used. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = v.safeParse(environment, env);
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => `${v.getDotPath(issue)?.split('.')[0]}: ${issue.message}`);
    throw new ConfigError(`the environment cannot be used: ${problems.join('; ')}`);
  }
  const { output } = parsed;
  return {
    archive: output.COPYDESK_ARCHIVE,
    scripts: output.COPYDESK_SCRIPTS ?? defaultScripts,
    formats: output.COPYDESK_FORMATS ?? defaultFormats,
    without: output.COPYDESK_WITHOUT ?? [],
    pureOpenCC: output.COPYDESK_PURE_OPENCC === 'true',
    maxBytes: output.COPYDESK_MAX_BYTES ?? defaultMaxBytes,
    ...(output.COPYDESK_INBOX !== undefined && { inbox: output.COPYDESK_INBOX }),
  };
}
