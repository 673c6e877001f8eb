/** ninjs in: the article of an agency in JSON. Source: IPTC, ninjs 1.x to 3.1. */
import type { Node } from 'jsonc-parser';
import type { BlockKind } from '../../structure/block.ts';
import { dayIn } from './day.ts';
import { articleOfFields } from './fields.ts';
import { FormatError, type Reader } from './format.ts';
import { memberOf, parseJson, stringPieces } from './json.ts';
import { joinLines, type PieceLine, textOf } from './pieces.ts';

export const readNinjs: Reader = ({ text, maxDepth }) => {
  const root = parseJson(text, maxDepth);
  const items = root.type === 'array' ? (root.children ?? []) : [root];
  const articles = items.flatMap((item) => {
    const body = bodyOf(item);
    if (body === undefined) return [];
    const [article] = articleOfFields(new Map([['text', stringPieces(text, body)]]), maxDepth, stringOf(item, 'uri'));
    if (article === undefined) return [];
    const lines = [...headsOf(text, item), { pieces: article.pieces }, ...noteOf(text, item, textOf(article.pieces))];
    const title = stringOf(item, 'headline') ?? stringOf(item, 'title');
    const date = ['firstcreated', 'firstCreated', 'contentcreated', 'contentCreated', 'versioncreated', 'versionCreated'];
    const created = date.map((name) => stringOf(item, name)).find((value) => value !== undefined);
    const outlet = (memberOf(item, 'infosources') ?? memberOf(item, 'infoSources') ?? memberOf(item, 'infosource'))?.children?.[0];
    const source = outlet && stringOf(outlet, 'name');
    const authors = (stringOf(item, 'by') ?? stringOf(item, 'byline') ?? '').split(/[、，,;；\s]+/).filter((name) => name !== '');
    const evidence = {
      ...dayIn(created ?? ''),
      ...(title !== undefined && { title }),
      ...(source !== undefined && { source }),
      ...(authors.length > 0 && { authors }),
    };
    return [{ ...article, pieces: joinLines(lines), evidence }];
  });
  if (articles.length === 0) throw new FormatError('no-text', 'the ninjs file has no body of text; drop the text of the article');
  return { articles, messages: [] };
};

function stringOf(node: Node, name: string): string | undefined {
  const value = memberOf(node, name);
  return value?.type === 'string' && value.value !== '' ? String(value.value) : undefined;
}

/** The body: plain text before HTML. */
function bodyOf(item: Node): Node | undefined {
  const bodies = memberOf(item, 'bodies')?.children ?? [];
  const plain =
    bodies.find((one) => stringOf(one, 'contentType') === 'text/plain' || stringOf(one, 'contenttype') === 'text/plain') ?? bodies[0];
  const value = plain && memberOf(plain, 'value');
  return value ?? ['body_text', 'body_html', 'body_xhtml'].map((name) => memberOf(item, name)).find((node) => node?.type === 'string');
}

const roles: Readonly<Record<string, BlockKind>> = {
  kicker: 'kicker',
  overline: 'kicker',
  main: 'headline',
  subheadline: 'deck',
  subtitle: 'deck',
};
const order: readonly BlockKind[] = ['kicker', 'headline', 'deck'];

function headsOf(source: string, item: Node): PieceLine[] {
  const lines = (memberOf(item, 'headlines')?.children ?? []).flatMap((one) => {
    const value = memberOf(one, 'value');
    return value === undefined ? [] : [{ pieces: stringPieces(source, value), kind: roles[stringOf(one, 'role') ?? 'main'] ?? 'headline' }];
  });
  if (lines.length > 0) return lines.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  const headline = memberOf(item, 'headline') ?? memberOf(item, 'title');
  return headline?.type === 'string' ? [{ pieces: stringPieces(source, headline), kind: 'headline' }] : [];
}

/** Credits stand in the note for editors, where the body has them not. */
function noteOf(source: string, item: Node, body: string): PieceLine[] {
  const note = memberOf(item, 'edNote') ?? memberOf(item, 'ednote');
  if (note?.type !== 'string' || body.includes(String(note.value))) return [];
  return /编辑|編輯|责编|責編|校对|校對|审核|審核/.test(String(note.value)) ? [{ pieces: stringPieces(source, note) }] : [];
}
