/** Wraps paragraphs at a fixed width, as mailers and wire dumps do. */

const neverFirst = '。，、；：？！”’」』》〉）】…—·%,.;:?!)]';
const neverLast = '“‘「『《〈（【([';
type Kinsoku = 'push' | 'hang';

function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u0020-\u024f]/.test(character) && character !== '·' ? 1 : 2), 0);
}

/** Lines as a mailer breaks them: Latin words whole; marks that may not begin a line pull a character down, or hang behind the end. */
export function wrap(paragraph: string, columns: number, indent: string, kinsoku: Kinsoku): string[] {
  const units: string[] = [];
  for (const token of paragraph.match(/[0-9A-Za-z\u00c0-\u024f%℃.,:/@_?=&~']+-*|[\s\S]/gu) ?? []) {
    const last = units.at(-1);
    const isBound = last !== undefined && (neverLast.includes(last.slice(-1)) || (kinsoku === 'push' && neverFirst.includes(token)));
    if (isBound) units[units.length - 1] = last + token;
    else units.push(token);
  }
  const lines: string[] = [];
  let line = indent;
  for (const unit of units) {
    const hangs = kinsoku === 'hang' && neverFirst.includes(unit) && columnsOf(line) <= columns + 2;
    if (columnsOf(line) + columnsOf(unit) > columns && line.trim() !== '' && !hangs) {
      lines.push(line.trimEnd());
      line = unit === ' ' ? '' : unit;
    } else line += unit;
  }
  return line === '' ? lines : [...lines, line];
}

interface Layout {
  readonly name: string;
  readonly indent: string;
  readonly between: string;
  /** Least share of the articles that come back exactly, at a width of 28 Han and more and at a lesser one. */
  readonly wide: number;
  readonly narrow: number;
}

export const layouts = [
  { name: 'set in', indent: '　　', between: '\n', wide: 0.9, narrow: 0.75 },
  { name: 'set in by spaces', indent: '    ', between: '\n', wide: 0.9, narrow: 0.75 },
  { name: 'parted by empty lines', indent: '', between: '\n\n', wide: 0.9, narrow: 0.75 },
  { name: 'set in and parted', indent: '　　', between: '\n\n', wide: 0.9, narrow: 0.75 },
  { name: 'neither set in nor parted', indent: '', between: '\n', wide: 0.2, narrow: 0 },
] as const satisfies readonly Layout[];
const endsParagraph = /[。！？；：”」）]$/;

/** An article of a paragraph a line; what ends in a mark is set in, headlines are not. */
export function wrapArticle(text: string, width: number, { indent, between }: Layout, kinsoku: Kinsoku): string {
  const paragraphs = text.split('\n').map((paragraph) => wrap(paragraph, width * 2, endsParagraph.test(paragraph) ? indent : '', kinsoku));
  return paragraphs.map((lines) => lines.join('\n')).join(between);
}
