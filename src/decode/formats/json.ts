/** JSON and JSON Lines: every object that has a field of text is an article. Source: RFC 8259; jsonc-parser has the places of values. */
import { type Node, parseTree } from 'jsonc-parser';
import { type Field, fieldOf } from './field-names.ts';
import { articleOfFields } from './fields.ts';
import { FormatError, type Input, type Piece, type ReadArticle, type Reader } from './format.ts';
import { movedBy } from './pieces.ts';

export const readJson: Reader = ({ text, maxDepth }) => {
  const articles = articlesIn(text, parseJson(text, maxDepth), maxDepth);
  if (articles.length === 0) throw noText('JSON');
  return { articles, messages: [] };
};

export const readJsonl: Reader = ({ text, maxDepth }: Input) => {
  const articles: ReadArticle[] = [];
  const bad: number[] = [];
  let at = 0;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() !== '') {
      const found = isWhole(line) ? articlesIn(line, parseJson(line, maxDepth), maxDepth) : [];
      if (found.length === 0) bad.push(index + 1);
      articles.push(
        ...found.map((article) => ({ ...article, name: article.name ?? String(index + 1), pieces: movedBy(article.pieces, at) })),
      );
    }
    at += line.length + 1;
  }
  if (articles.length === 0) throw noText('JSON Lines');
  if (bad.length === 0) return { articles, messages: [] };
  const named = `${bad.slice(0, 5).join(', ')}${bad.length > 5 ? ` and ${bad.length - 5} more` : ''}`;
  return { articles, messages: [{ rule: 'jsonl', severity: 'warning', reason: `lines without an article are left out: ${named}` }] };
};

const noText = (format: string): FormatError =>
  new FormatError('no-text', `the ${format} file has no field of text; name one content, body or text (or 正文), and drop it again`);

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** The tree of a value. @throws {FormatError} `too-deep`, `broken-format`. */
export function parseJson(text: string, maxDepth: number): Node {
  let depth = 0;
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (mark === '[' || mark === '{') depth++;
    else if (mark === ']' || mark === '}') depth--;
    if (depth > maxDepth) throw new FormatError('too-deep', `values are nested more than ${maxDepth} deep; drop the articles alone`);
  }
  const root = parseTree(text.startsWith('\ufeff') ? ` ${text.slice(1)}` : text);
  if (root === undefined) throw new FormatError('broken-format', 'the file is no whole JSON; export it anew');
  return root;
}

function articlesIn(source: string, node: Node, maxDepth: number): ReadArticle[] {
  if (node.type === 'object') {
    const fields = new Map<Field, readonly Piece[]>();
    for (const { children: [key, value] = [] } of node.children ?? []) {
      const field = fieldOf(String(key?.value));
      const pieces = value === undefined ? [] : valuePieces(source, value);
      if (field !== undefined && pieces.length > 0 && !fields.has(field)) fields.set(field, pieces);
    }
    const id = memberOf(node, 'id') ?? memberOf(node, 'url');
    const articles = articleOfFields(fields, maxDepth, id === undefined ? undefined : String(id.value));
    if (articles.length > 0) return articles;
  }
  const inner = node.type === 'property' ? (node.children ?? []).slice(1) : (node.children ?? []);
  return inner.flatMap((child) => articlesIn(source, child, maxDepth));
}

/** The value of a key. */
export function memberOf(node: Node, name: string): Node | undefined {
  return node.children?.find(({ children }) => children?.[0]?.value === name)?.children?.[1];
}

/** A string's characters, a number, or a list of strings as lines. */
function valuePieces(source: string, node: Node): Piece[] {
  if (node.type === 'string') return stringPieces(source, node);
  if (node.type === 'number') return [{ text: String(node.value) }];
  if (node.type === 'object') {
    const name = memberOf(node, 'name');
    return name?.type === 'string' ? stringPieces(source, name) : [];
  }
  if (node.type !== 'array' || !node.children?.every(({ type }) => type === 'string')) return [];
  return node.children.flatMap((child, index) => [...(index === 0 ? [] : [{ text: '\n' }]), ...stringPieces(source, child)]);
}

/** The characters of a string at their places, escapes in pieces of their own. */
export function stringPieces(source: string, node: Node): Piece[] {
  const pieces: Piece[] = [];
  const [start, end] = [node.offset + 1, node.offset + node.length - 1];
  let at = start;
  for (const match of source.slice(start, end).matchAll(/(?:\\u[\da-fA-F]{4})+|\\[^u]/g)) {
    const from = start + match.index;
    if (from > at) pieces.push({ text: source.slice(at, from), start: at, end: from });
    at = from + match[0].length;
    pieces.push({ text: String(JSON.parse(`"${match[0]}"`)), start: from, end: at });
  }
  if (end > at) pieces.push({ text: source.slice(at, end), start: at, end });
  return pieces;
}
