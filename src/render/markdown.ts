import { type Article, outerBlocks } from '../structure/article.ts';
import { sliceOf } from '../text/span.ts';
import { metadataOf } from './metadata.ts';

/**
 * Markdown with YAML front matter. Every scalar but the date is double-quoted as in JSON, which YAML 1.2 reads the same, so that no headline
 * (`是：否`, `- 完`, `[视频]`) can be taken for YAML. Names are those that Hugo, Jekyll and Obsidian know.
 */
export function renderMarkdown(article: Article): string {
  const { headline, kickers, decks, summaries, tags, located, sources, pages, people, created } = metadataOf(article);
  const front: [string, unknown][] = [
    ['title', headline],
    ['kicker', kickers],
    ['subtitle', decks],
    ['description', summaries],
    ['tags', tags.length > 0 ? [tags.map((tag) => tag.replaceAll(/\s/g, '-'))] : []],
    ['lang', article.language],
    ['id', article.docId],
    ['location', located === undefined ? [] : [located]],
    ['source', sources.map(({ name }) => name)],
    ['page', pages],
    ...[...new Set(people.map(({ role }) => role))].map((role): [string, unknown] => [
      role,
      people.filter((one) => one.role === role).map(({ name }) => name),
    ]),
  ];
  const lines = front.filter(([, value]) => !Array.isArray(value) || value.length > 0).map(([key, value]) => `${key}: ${scalar(value)}`);
  if (created !== undefined) lines.splice(1, 0, `date: ${created}`);
  const body = outerBlocks(article.blocks).flatMap((block) => {
    const text = escapeMarkdown(sliceOf(article.text, block));
    switch (block.kind) {
      case 'headline':
        return [`# ${text}`];
      case 'crosshead':
        return [`## ${text}`];
      case 'kicker':
      case 'deck':
        return [`**${text}**`];
      case 'caption':
      case 'credits':
        return [`*${text}*`];
      case 'listItem':
        return [`- ${text}`];
      case 'summary':
      case 'editorsNote':
        return [`> ${text}`];
      default:
        return [text];
    }
  });
  return `---\n${lines.join('\n')}\n---\n\n${body.join('\n\n')}\n`;
}

function scalar(value: unknown): string {
  return Array.isArray(value) && value.length === 1 ? JSON.stringify(value[0]) : JSON.stringify(value);
}

/** Source: CommonMark 0.31: backslash escapes for what would be markup in running text or at the start of a line. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>]/g, '\\$&')
    .replace(/^(\s*)([#+-]|~{3})/, '$1\\$2')
    .replace(/^(\s*\d{1,9})([.)])/, '$1\\$2');
}
