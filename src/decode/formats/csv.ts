/** CSV: an article a row. Source: RFC 4180; the mark between fields is what the header has most of: a comma, a tab or a semicolon. */
import { type Field, readHeader } from './field-names.ts';
import { articleOfFields } from './fields.ts';
import { FormatError, type Piece, type Reader } from './format.ts';

export const readCsv: Reader = ({ text, maxDepth }) => {
  const end = text.indexOf('\n');
  const head = end === -1 ? text : text.slice(0, end);
  const counted = [',', '\t', ';'].map((mark) => ({ mark, count: head.split(mark).length }));
  const { mark } = counted.reduce((most, one) => (one.count > most.count ? one : most), { mark: ',', count: 0 });
  const [first, ...rows] = rowsOf(text, mark);
  const header =
    first &&
    readHeader(
      first.map((cell, column) => [
        column,
        cell
          .map((piece) => piece.text)
          .join('')
          .replace(/^\ufeff/, ''),
      ]),
    );
  if (header === undefined)
    throw new FormatError('no-text', 'the first row names no column of text; name one content, body or text (or 正文)');
  const articles = rows.flatMap((row, index) => {
    const fields = new Map([...header].map(([field, column]): [Field, Piece[]] => [field, row[column] ?? []]));
    return articleOfFields(fields, maxDepth, String(index + 2));
  });
  return { articles, messages: [] };
};

/** Rows of cells; a quote in the middle of an unquoted cell is a character. */
function rowsOf(text: string, mark: string): Piece[][][] {
  const rows: Piece[][][] = [];
  let row: Piece[][] = [];
  for (let at = 0; at < text.length; ) {
    const { cell, end } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, mark);
    row.push(cell);
    at = end;
    if (text[at] === mark) {
      at++;
      if (at < text.length) continue;
      row.push([]);
    }
    if (text.startsWith('\r\n', at)) at += 2;
    else if (at < text.length && (text[at] === '\n' || text[at] === '\r')) at++;
    else if (at < text.length) {
      // Characters behind a closing quote belong to the cell.
      const rest = plainCell(text, at, mark);
      cell.push(...rest.cell);
      at = rest.end;
      if (text[at] === mark) {
        at++;
        continue;
      }
      at += text.startsWith('\r\n', at) ? 2 : 1;
    }
    if (row.some((one) => one.length > 0)) rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function plainCell(text: string, start: number, mark: string): { cell: Piece[]; end: number } {
  let end = start;
  while (end < text.length && text[end] !== mark && text[end] !== '\n' && text[end] !== '\r') end++;
  return { cell: end > start ? [{ text: text.slice(start, end), start, end }] : [], end };
}

/** A quoted cell; two quotes stand for one. Where no quote closes it, it goes to the end. */
function quotedCell(text: string, start: number): { cell: Piece[]; end: number } {
  const cell: Piece[] = [];
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    const stop = quote === -1 ? text.length : quote;
    if (stop > from) cell.push({ text: text.slice(from, stop), start: from, end: stop });
    if (text[stop + 1] !== '"' || quote === -1) return { cell, end: Math.min(stop + 1, text.length) };
    cell.push({ text: '"', start: stop, end: stop + 2 });
    from = stop + 2;
  }
}
