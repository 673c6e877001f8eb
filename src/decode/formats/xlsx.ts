/**
 * Excel workbooks: a sheet whose first row names a column of text holds an article a row, any other sheet is one article. Source: ECMA-376-1,
 * 18 (SpreadsheetML).
 */
import type { Element } from 'domhandler';
import { dayIn } from './day.ts';
import { type Field, readHeader } from './field-names.ts';
import { FormatError, type ReadArticle, type Reader } from './format.ts';
import { articlesOf, attribute, childOf, elementsIn, localName, type OfficeLine, parseXml, splitLines } from './office-document.ts';
import { unzip } from './unzip.ts';
import { type Row, readRows, readStrings } from './xlsx-rows.ts';

const fixed = {
  workbook: 'xl/workbook.xml',
  relations: 'xl/_rels/workbook.xml.rels',
  styles: 'xl/styles.xml',
  strings: 'xl/sharedStrings.xml',
};

export const readXlsx: Reader = ({ bytes, maxUnpacked, maxDepth }) => {
  const files = unzip(bytes, {
    maxUnpacked,
    only: (name) => /^xl\/(?:[^/]*\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]*\.xml)$/i.test(name),
  });
  const byName = new Map([...files].map(([name, file]) => [name.toLowerCase(), file]));
  const parsed = (part: string): Element | undefined => {
    const file = byName.get(part.toLowerCase());
    return file && parseXml(file, part, maxDepth);
  };
  const workbook = parsed(fixed.workbook);
  const sheets = workbook && childOf(workbook, 'sheets');
  if (workbook === undefined || sheets === undefined)
    throw new FormatError('broken-format', 'the Excel file lists no sheets; save it anew as .xlsx or as CSV');
  const targets = readTargets(parsed(fixed.relations));
  const properties = childOf(workbook, 'workbookPr');
  const strings = byName.get(fixed.strings.toLowerCase());
  const book = {
    strings: strings === undefined ? [] : readStrings(strings, maxDepth),
    dates: readDateStyles(parsed(fixed.styles)),
    is1904: /^(?:1|true)$/.test((properties && attribute(properties, 'date1904')) ?? ''),
  };
  const articles: ReadArticle[] = [];
  // A text that many cells share could make more than was unpacked.
  let room = maxUnpacked;
  for (const sheet of elementsIn(sheets)) {
    if (attribute(sheet, 'state')?.toLowerCase().endsWith('hidden')) continue;
    const file = byName.get((targets.get(sheet.attribs['r:id'] ?? attribute(sheet, 'id') ?? '') ?? '').toLowerCase());
    if (file === undefined) continue;
    const rows = readRows(file, book, { maxDepth, room });
    room = rows.room;
    articles.push(...sheetArticles(rows.rows, attribute(sheet, 'name') ?? ''));
  }
  return { articles, messages: [] };
};

/** Paths of parts by the ids of their relations. */
function readTargets(root: Element | undefined): Map<string, string> {
  const targets = new Map<string, string>();
  for (const relation of elementsIn(root)) {
    const { Id: id, Target: target } = relation.attribs;
    if (id === undefined || target === undefined) continue;
    targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`);
  }
  return targets;
}

/** Formats of dates that Excel numbers itself, those of Chinese editions among them (18.8.30). */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
}

/** Which styles of cells, by their index, show a number as a date. */
function readDateStyles(root: Element | undefined): boolean[] {
  if (root === undefined) return [];
  const own = new Map<string, boolean>();
  for (const format of elementsIn(childOf(root, 'numFmts'))) {
    // Without what is quoted, escaped or in brackets: [Red]"日"0
    const code = (attribute(format, 'formatCode') ?? '').replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
    own.set(attribute(format, 'numFmtId') ?? '', /[ymd]/i.test(code) && !/[#0?]/.test(code.replace(/\.0+/, '')));
  }
  return elementsIn(childOf(root, 'cellXfs'))
    .filter((style) => localName(style) === 'xf')
    .map((style) => {
      const id = attribute(style, 'numFmtId') ?? '0';
      return own.get(id) ?? isBuiltInDate(Number(id));
    });
}

function sheetArticles(rows: readonly Row[], name: string): ReadArticle[] {
  const [first, ...others] = rows;
  const header = first && readHeader(first);
  if (header !== undefined && others.length > 0) return others.flatMap((row, index) => rowArticle(row, header, `${name}/${index + 2}`));
  const lines = rows.flatMap((row) => (row.length === 1 ? splitLines(row[0]?.[1] ?? '') : splitLines(joined(row))));
  return articlesOf(lines, {}).map((article) => ({ ...article, name }));
}

/** A row as a line: what is empty is left out, breaks within cells are spaces. */
function joined(row: Row): string {
  return row.map(([, text]) => text.trim().replaceAll(/\s*[\r\n]\s*/g, ' ')).join('\t');
}

function rowArticle(row: Row, header: ReadonlyMap<Field, number>, name: string): ReadArticle[] {
  const cells = new Map(row);
  const cell = (column: Field): string => (cells.get(header.get(column) ?? -1) ?? '').trim();
  const lines: OfficeLine[] = splitLines(cell('text').replaceAll('\r\n', '\n').replaceAll('\r', '\n'));
  const title = cell('title').replaceAll(/\s*[\r\n]\s*/g, ' ');
  // Some write the title into the text too.
  const isRepeated = title !== '' && lines[0]?.text.trim() === title;
  if (isRepeated) lines.shift();
  const head: OfficeLine[] = [
    ...splitLines(cell('kicker'), 'kicker'),
    ...splitLines(title, 'title'),
    ...(lines[0]?.text.trim() === cell('deck') ? [] : splitLines(cell('deck'), 'deck')),
  ];
  const source = cell('source');
  const authors = cell('author')
    .split(/[\s、，,;；/|]+/)
    .filter((author) => author !== '');
  const evidence = {
    ...dayIn(cell('date')),
    ...(title !== '' && { title }),
    ...(source !== '' && { source }),
    ...(authors.length > 0 && { authors }),
  };
  return articlesOf([...head, ...lines], evidence).map((article) => ({ ...article, name }));
}
