/** The cells of a sheet of Excel as a person sees them, without building a tree: sheets can be large. Source: ECMA-376-1, 18.3, 18.4, 22.9.2.19. */
import { Parser } from 'htmlparser2';
import { FormatError } from './format.ts';
import { decodeXml } from './office-document.ts';

/** The filled cells of a row, with the indices of their columns. */
export type Row = readonly (readonly [column: number, text: string])[];

export interface Book {
  /** Texts that cells refer to by index. */
  readonly strings: readonly string[];
  /** By the index of a cell's style: does it show a date? */
  readonly dates: readonly boolean[];
  /** Do days count from 1904, as on old Macs? */
  readonly is1904: boolean;
}

export function readStrings(bytes: Uint8Array, maxDepth: number): string[] {
  const strings: string[] = [];
  let parts: string[] = [];
  readElements(bytes, maxDepth, {
    open: (name) => {
      if (name === 'si') parts = [];
    },
    close: (name, text, parents) => {
      if (name === 't' && !parents.includes('rPh')) parts.push(text);
      else if (name === 'si') strings.push(unescaped(parts.join('')));
    },
  });
  return strings;
}

/** The rows with filled cells, and what is left of `room` (UTF-16 units). @throws {FormatError} `too-large` when nothing is. */
export function readRows(bytes: Uint8Array, book: Book, limits: { readonly maxDepth: number; readonly room: number }) {
  const rows: Row[] = [];
  let { room } = limits;
  let row: [number, string][] = [];
  let column = -1;
  let type = 'n';
  let style = 0;
  let parts: string[] = [];
  readElements(bytes, limits.maxDepth, {
    open: (name, attributes) => {
      if (name === 'row') {
        row = [];
        column = -1;
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
        type = attributes.t ?? 'n';
        style = Number(attributes.s ?? 0);
        parts = [];
      }
    },
    close: (name, text, parents) => {
      if (name === 'v' || (name === 't' && parents.includes('is') && !parents.includes('rPh'))) parts.push(text);
      else if (name === 'c') {
        const shown = shownText(parts.join(''), type, style, book);
        if (shown.trim() === '') return;
        room -= shown.length + 1;
        if (room < 0) throw new FormatError('too-large', 'the cells of the Excel file hold too much text; split it into smaller files');
        row.push([column, shown]);
      } else if (name === 'row' && row.length > 0) rows.push(row);
    },
  });
  return { rows, room };
}

interface Handlers {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void;
  /** `text` is the element's own; `parents` are outermost first. */
  readonly close: (name: string, text: string, parents: readonly string[]) => void;
}

function readElements(bytes: Uint8Array, maxDepth: number, { open, close }: Handlers): void {
  const stack: string[] = [];
  let texts: string[] = [];
  const parser = new Parser(
    {
      onopentag: (written, attributes) => {
        const name = written.slice(written.indexOf(':') + 1);
        if (stack.length >= maxDepth)
          throw new FormatError('too-deep', `the Excel file has more than ${maxDepth} levels of elements; save it as CSV`);
        stack.push(name);
        texts = [];
        open(name, attributes);
      },
      ontext: (text) => {
        texts.push(text);
      },
      onclosetag: () => {
        const name = stack.pop() ?? '';
        close(name, texts.join(''), stack);
        texts = [];
      },
    },
    { xmlMode: true },
  );
  parser.end(decodeXml(bytes));
}

/** The column of a reference such as AB12. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{0,3}/i.exec(reference)?.[0].toUpperCase() ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** Characters that XML cannot hold are written _x000D_. */
function unescaped(text: string): string {
  return text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

function shownText(value: string, type: string, style: number, { strings, dates, is1904 }: Book): string {
  if (type === 's') return strings[Number.parseInt(value, 10)] ?? '';
  if (type === 'inlineStr' || type === 'str') return unescaped(value);
  if (type === 'b') return value.trim() === '1' ? 'TRUE' : 'FALSE';
  // #N/A and its like say that there is nothing.
  if (type === 'e') return '';
  if (type === 'd') return value.replace(/T00:00:00(?:\.0+)?Z?$/, '');
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number)) return value;
  if (dates[style] === true) return dateOf(number, is1904) ?? value;
  // Sums are stored with the noise of binary fractions: 0.30000000000000004.
  return Number.isInteger(number) ? value : String(Number(number.toPrecision(15)));
}

const day = 86_400_000;

/** Days since the end of 1899, as Excel counts them (18.17.4.1); of a time without a day, the time. */
function dateOf(serial: number, is1904: boolean): string | undefined {
  const whole = is1904 ? serial + 1462 : serial;
  // Excel takes 1900 for a leap year: before March of it the count is one day ahead.
  const days = whole < 60 ? whole + 1 : whole;
  if (whole < 0 || whole >= 2_958_466) return undefined;
  const written = new Date(Date.UTC(1899, 11, 30) + Math.round((days * day) / 1000) * 1000).toISOString();
  const time = written.slice(11, 19);
  if (whole < 1) return time;
  return time === '00:00:00' ? written.slice(0, 10) : `${written.slice(0, 10)} ${time}`;
}
