/** Article to renditions: the last step. */
import { json } from '../json.ts';
import type { Article } from '../structure/article.ts';
import { renderJsonLd } from './jsonld.ts';
import { renderMarkdown } from './markdown.ts';
import { renderNinjs } from './ninjs.ts';
import { renderNinjs16 } from './ninjs16.ts';
import { renderText } from './text.ts';

export interface Rendition {
  /** What follows the script in a file name: `zh-Hans.ninjs.json`. */
  readonly extension: string;
  readonly contentType: string;
  readonly render: (article: Article) => string;
}

/** The formats of `--formats`, by name. */
export const renditions = {
  ninjs: { extension: 'ninjs.json', contentType: 'application/json', render: (article) => json(renderNinjs(article)) },
  markdown: { extension: 'md', contentType: 'text/markdown; charset=utf-8', render: renderMarkdown },
  text: { extension: 'txt', contentType: 'text/plain; charset=utf-8', render: renderText },
  jsonld: { extension: 'jsonld', contentType: 'application/ld+json', render: (article) => json(renderJsonLd(article)) },
  ninjs16: { extension: 'ninjs16.json', contentType: 'application/json', render: (article) => json(renderNinjs16(article)) },
} as const satisfies Record<string, Rendition>;

export type Format = keyof typeof renditions;

export const formats = Object.keys(renditions) as readonly Format[];

export function isFormat(value: string): value is Format {
  return Object.hasOwn(renditions, value);
}
