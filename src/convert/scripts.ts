/** The scripts Copydesk converts between, as BCP 47 tags. */

/** `zh-Hant` is OpenCC's standard Traditional; the others are Taiwan's and Hong Kong's variants of it. */
export const scripts = ['zh-Hans', 'zh-Hant', 'zh-Hant-TW', 'zh-Hant-HK'] as const;

export type Script = (typeof scripts)[number];

export function isScript(value: string): value is Script {
  return (scripts as readonly string[]).includes(value);
}
