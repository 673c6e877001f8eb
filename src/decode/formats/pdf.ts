/** PDF files that hold their text; a scan does not. Source: ISO 32000-1; pdf.js reads the file, pdf-layout.ts its pages. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inflateSync } from 'node:zlib';
// In the thread that reads formats, pdf.js is to start no other.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { Message } from '../../message.ts';
import { countHan } from '../../text/han.ts';
import { FormatError, type Piece, type Reader } from './format.ts';
import { type Layout, layOut } from './pdf-layout.ts';
import type { Flow, Run } from './pdf-lines.ts';
import { readEvidence } from './pdf-title.ts';

const mostPages = 2000;
/** Of bytes that a file may unpack to, as many make one stretch of text. */
const bytesPerItem = 64;

export const readPdf: Reader = async ({ bytes, maxUnpacked }) => {
  refuseBombs(bytes, maxUnpacked);
  const { getDocument } = await loadPdfjs();
  const task = getDocument({
    // The library takes the bytes away.
    data: Uint8Array.from(bytes),
    ...resources(),
    cMapPacked: true,
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWorkerFetch: false,
    enableXfa: false,
    stopAtErrors: false,
    verbosity: 0,
  });
  try {
    const file = await task.promise;
    if (file.numPages > mostPages) {
      throw new FormatError('too-large', `the PDF has ${file.numPages} pages, the limit is ${mostPages}; split it`);
    }
    const { flows, messages } = await readPages(file, maxUnpacked / bytesPerItem);
    const layout = layOut(flows);
    const text = layout.paragraphs.map((paragraph) => paragraph.text).join('\n');
    refuseUnreadable(text);
    const evidence = await readEvidence(file, text);
    return { articles: [{ pieces: piecesOf(layout), evidence }], messages: [...messages, ...dropMessages(layout)] };
  } catch (error) {
    if (error instanceof FormatError) throw error;
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new FormatError('encrypted', 'the PDF asks for a password; save it without one and drop that', { cause: error });
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new FormatError('broken-format', `the PDF is damaged (${reason}); save it anew or as plain text`, { cause: error });
  } finally {
    await task.destroy().catch(() => {});
  }
};

async function loadPdfjs(): Promise<typeof import('pdfjs-dist/legacy/build/pdf.mjs')> {
  // Where no canvas is installed, pdf.js makes a matrix for drawing all the same, and never uses it.
  if (!Reflect.has(globalThis, 'DOMMatrix')) Reflect.set(globalThis, 'DOMMatrix', function DOMMatrix() {});
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

/** Where the predefined character maps and the metrics of the standard fonts are; none where the package is not there (bundled). */
function resources(): { readonly cMapUrl?: string; readonly standardFontDataUrl?: string } {
  try {
    const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
    const [cMapUrl, standardFontDataUrl] = [join(root, 'cmaps/'), join(root, 'standard_fonts/')];
    return { ...(existsSync(cMapUrl) && { cMapUrl }), ...(existsSync(standardFontDataUrl) && { standardFontDataUrl }) };
  } catch {
    return {};
  }
}

/** Unpacks what is packed by Deflate, to count it: pdf.js has no limit. Pictures are not unpacked to read text, but may lie: each has the limit. */
function refuseBombs(bytes: Uint8Array, maxUnpacked: number): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let room = maxUnpacked;
  for (let at = file.indexOf('stream'); at !== -1; at = file.indexOf('stream', at + 6)) {
    const start = at + (file[at + 6] === 0x0d ? 8 : 7);
    const header = start + 1 < file.length ? file.readUInt16BE(start) : 0;
    if ((header & 0x0f00) !== 0x0800 || header % 31 !== 0) continue;
    const dictionary = file.toString('latin1', Math.max(0, at - 1000), at);
    const isPicture = /\/Subtype\s*\/Image\b/.test(dictionary.slice(dictionary.lastIndexOf(' obj') + 1));
    const length = unpackedLength(file.subarray(start), isPicture ? maxUnpacked : Math.max(room, 1));
    if (!isPicture) room -= length;
    if (room < 0 || length > maxUnpacked) {
      throw new FormatError('too-large', `the PDF unpacks to more than ${maxUnpacked} bytes; split it or save it as plain text`);
    }
  }
}

/** Bytes that a stream unpacks to; more than the limit if they are more. */
function unpackedLength(packed: Uint8Array, limit: number): number {
  try {
    return inflateSync(packed, { maxOutputLength: limit }).length;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? Infinity : 0;
  }
}

async function readPages(file: PDFDocumentProxy, mostItems: number): Promise<{ readonly flows: Flow[]; readonly messages: Message[] }> {
  const flows: Flow[] = [];
  const broken: number[] = [];
  const empty: number[] = [];
  let items = 0;
  let reason: unknown;
  for (let number = 1; number <= file.numPages; number++) {
    try {
      const page = await file.getPage(number);
      const own = await itemsOf(page);
      page.cleanup();
      items += own.items.length;
      if (own.items.length === 0) empty.push(number);
      flows.push(...flowsOf(own, number));
    } catch (error) {
      reason = error;
      broken.push(number);
    }
    if (items > mostItems) throw new FormatError('too-large', `the PDF has more than ${mostItems} stretches of text; split it`);
  }
  if (broken.length === file.numPages) throw reason;
  if (flows.length === 0) {
    throw new FormatError(
      'no-text',
      'the PDF has no text layer: it is a scan, or pictures; run text recognition (OCR) on it and drop the result',
    );
  }
  const messages: Message[] = [];
  if (broken.length > 0)
    messages.push({ rule: 'pdf-broken-page', severity: 'warning', reason: `pages that cannot be read: ${broken.join(', ')}` });
  if (empty.length > 0)
    messages.push({ rule: 'pdf-empty-page', severity: 'warning', reason: `pages without a text layer: ${empty.join(', ')}` });
  return { flows, messages };
}

/** A stretch of text as it lies on the page, `x` and `y` of its origin, `y` downwards. */
interface Item {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly length: number;
  readonly size: number;
  /** Quarter turns clockwise; undefined if it lies askew. */
  readonly turn: number | undefined;
  readonly isVertical: boolean;
}

interface PageItems {
  readonly items: readonly Item[];
  readonly width: number;
  readonly height: number;
}

async function itemsOf(page: PDFPageProxy): Promise<PageItems> {
  const { transform, width, height } = page.getViewport({ scale: 1 });
  const [xx = 1, xy = 0, yx = 0, yy = -1, dx = 0, dy = 0]: number[] = transform;

  const content = await page.getTextContent();
  const items = content.items.flatMap((item) => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0]: number[] = item.transform;
    const isVertical = content.styles[item.fontName]?.vertical === true;
    const size = isVertical ? Math.hypot(a, b) : Math.hypot(c, d);
    const turns = Math.atan2(xy * a + yy * b, xx * a + yx * b) / (Math.PI / 2);
    const [x, y] = [xx * e + yx * f + dx, xy * e + yy * f + dy];
    if (![x, y, size, turns].every(Number.isFinite) || size <= 0) return [];
    const turn = Math.abs(turns - Math.round(turns)) > 0.1 ? undefined : (Math.round(turns) + 4) % 4;
    return [{ text: item.str, x, y, length: isVertical ? item.height : item.width, size, turn, isVertical }];
  });
  return { items, width, height };
}

/** A quarter turn clockwise: the direction of vertical text, whose lines follow each other to the left. */
const down = 1;
/** How a page counts text that lies askew: a watermark. */
const askew = 4;

/** The text of a page by its directions: first what heads it, then most of it, then the rest. */
function flowsOf({ items, width, height }: PageItems, page: number): Flow[] {
  const stacked = stackedItems(items);
  const isStanding = (item: Item): boolean => stacked.has(item) || (item.isVertical && item.turn === 0);
  const placed = items.map((item) => ({ item, direction: isStanding(item) ? down : (item.turn ?? askew) }));
  const directions = [...new Set(placed.map(({ direction }) => direction))];
  const of = (wanted: number) => placed.filter(({ direction }) => direction === wanted);
  const lengthOf = (direction: number): number => of(direction).reduce((sum, { item }) => sum + item.text.length, 0);
  const main = directions.reduce((most, one) => (lengthOf(one) > lengthOf(most) ? one : most), directions[0] ?? 0);
  const top = Math.min(...of(main).map(({ item }) => item.y - (main === down ? 0 : item.size)));
  const largest = Math.max(...of(main).map(({ item }) => item.size));
  const flow = (direction: number, isHere: (item: Item) => boolean): Flow[] => {
    const runs = of(direction).flatMap(({ item }) => (isHere(item) ? [runOf(item, direction)] : []));
    return runs.length === 0 ? [] : [{ page, direction, length: direction % 2 === 0 ? width : height, runs }];
  };
  const others = directions.filter((direction) => direction !== main);
  const isAbove = (item: Item): boolean => item.y <= top + 1 || item.size > 1.3 * largest;
  return [
    ...others.flatMap((direction) => flow(direction, isAbove)),
    ...flow(main, () => true),
    ...others.flatMap((direction) => flow(direction, (item) => !isAbove(item))),
  ];
}

/** Where a line of vertical text has its middle, above the baseline of a character, in its size. */
const middle = 0.38;

function runOf(item: Item, direction: number): Run {
  const { x, y, length, size } = item;
  // Spaces at the ends come of where characters and turned words have their origins.
  const text = direction === down ? horizontal(item.text.trim()) : item.text;
  if (direction === down && item.turn === down) return { text, start: y, end: y + length, base: -x - middle * size + size / 2, size };
  if (direction === down && item.isVertical) return { text, start: y, end: y + length, base: -x + size / 2, size };
  if (direction === down) {
    const center = y - middle * size;
    return { text, start: center - size / 2, end: center + size / 2, base: -x - length / 2 + size / 2, size };
  }
  const [start, base] = [
    [x, y],
    [y, -x],
    [-x, -y],
    [-y, x],
  ][direction] ?? [x, y];
  return { text, start: start ?? x, end: (start ?? x) + length, base: base ?? y, size };
}

const standing = '︐︑︒︓︔︕︖︗︘︙︰︱︲︵︶︷︸︹︺︻︼︽︾︿﹀﹁﹂﹃﹄﹇﹈∕';
const lying = '，、。：；！？〖〗…‥—–（）｛｝〔〕【】《》〈〉「」『』［］／';

/** The marks of vertical text as the same marks of horizontal text. Source: Unicode, Vertical Forms and CJK Compatibility Forms. */
function horizontal(text: string): string {
  return text.replaceAll(/[\ufe10-\ufe19\ufe30-\ufe48\u2215]/g, (mark) => lying[standing.indexOf(mark)] ?? mark);
}

/** Characters that stand one below the other, each drawn by itself: all of them on a page of vertical text, else four in a row. */
function stackedItems(items: readonly Item[]): Set<Item> {
  const columns: Item[][] = [];
  for (const item of items) {
    const last = columns.at(-1)?.at(-1);
    if (last !== undefined && isBelow(last, item)) columns.at(-1)?.push(item);
    else columns.push([item]);
  }
  const lengthOf = (some: readonly Item[]): number => some.reduce((sum, { text }) => sum + text.length, 0);
  const stacks = columns.filter((column) => column.length > 1);
  const isVerticalPage = lengthOf(stacks.flat()) > lengthOf(items) / 2;
  const chosen = isVerticalPage
    ? columns.filter(([first, second]) => second !== undefined || (first !== undefined && /^\P{ASCII}$/u.test(first.text)))
    : stacks.filter((column) => column.length >= 4 && column.every(({ text }) => text.length === 1 && countHan(text) === 1));
  return new Set(chosen.flat().filter(({ turn }) => turn === 0));
}

function isBelow(above: Item, item: Item): boolean {
  if (![above, item].every(({ turn, isVertical, length, size }) => (turn === 0 && !isVertical && length <= 1.4 * size) || turn === down))
    return false;
  const [first, second] = [above, item].map(({ x, y, length, size, turn }) =>
    turn === down
      ? { center: x + middle * size, top: y, bottom: y + length }
      : { center: x + length / 2, top: y - 0.88 * size, bottom: y + 0.12 * size },
  );
  if (first === undefined || second === undefined) return false;
  const gap = (second.top - first.bottom) / item.size;
  return Math.abs(first.center - second.center) <= 0.35 * item.size && gap > -0.4 && gap < 1.3;
}

function refuseUnreadable(text: string): void {
  const unknown = text.match(/[\ufffd\p{Co}\p{Cc}]/gu)?.length ?? 0;
  if (unknown - (text.match(/\n/g)?.length ?? 0) > text.length / 3) {
    throw new FormatError(
      'no-text',
      'the fonts of the PDF do not say which characters they draw; run text recognition (OCR) on it and drop the result',
    );
  }
}

function piecesOf({ paragraphs }: Layout): Piece[] {
  return paragraphs.flatMap(({ text, kind }, at) => [
    ...(at === 0 ? [] : [{ text: '\n' }]),
    kind === undefined ? { text } : { text, kind },
  ]);
}

function dropMessages({ furniture, readings }: Layout): Message[] {
  if (furniture.length + readings.length === 0) return [];
  const samples = [...new Set([...furniture, ...readings])].slice(0, 3).join('”, “');
  const parts = [
    ...(furniture.length > 0 ? [`${furniture.length} running headers, footers and page numbers`] : []),
    ...(readings.length > 0 ? [`${readings.length} readings above characters`] : []),
  ];
  return [{ rule: 'pdf-page-furniture', severity: 'info', reason: `left out: ${parts.join(' and ')}: “${samples}”` }];
}
