/** Rich text, as it is shown and printed with all changes accepted. Source: Rich Text Format Specification 1.9.1. */
import { FormatError, type Reader } from './format.ts';
import { decodePage, isDoubleByte, isTrail, pageOfCharset } from './rtf-charset.ts';
import { addText, type Draft, endCell, endLine, endRow, linesIn, newSink, piecesOf, type Sink, textIn } from './rtf-lines.ts';
import { enterGroup, type Header, keepStyle, lookOf, newState, type State } from './rtf-state.ts';
import { type ByteMap, byteMapOf, type Token, tokensOf } from './rtf-tokens.ts';

/** Reads as far as a damaged file goes. @throws {FormatError} `too-deep`. */
export const readRtf: Reader = ({ bytes, text: source, maxDepth }) => {
  let map: ByteMap | undefined;
  const mapped = (): ByteMap => {
    map ??= byteMapOf(source, bytes);
    return map;
  };
  const hasDamage = source.includes('\ufffd');
  const rawBytes = (start: number, end: number) => (hasDamage ? mapped().bytesOf(start, end) : undefined);
  const document = newDocument(source, rawBytes);
  const groups: State[] = [];
  for (const token of tokensOf(source, (start, count) => mapped().endOf(start, count))) {
    if (token.type === 'open') {
      openGroup(document, groups);
      if (groups.length > maxDepth) {
        throw new FormatError('too-deep', `groups are nested more than ${maxDepth} deep; save the document as text and drop that`);
      }
    } else if (token.type === 'close') closeGroup(document, groups);
    else if (document.state.role !== 'skip') seeToken(document, groups, token);
  }
  flush(document);
  const title = textIn(document.title).trim();
  const pieces = piecesOf([...linesIn(document.body), ...document.notes.flatMap(linesIn)]);
  return { articles: pieces.length === 0 ? [] : [{ pieces, evidence: title === '' ? {} : { title } }], messages: [] };
};

/** Bytes that are not yet text: a character may be two of them. */
interface Pending {
  readonly bytes: number[];
  readonly start: number;
  end: number;
  readonly page: number;
  /** The page is the document's, not the font's. */
  readonly isGuess: boolean;
}

interface Document {
  readonly source: string;
  readonly rawBytes: (start: number, end: number) => Uint8Array | undefined;
  readonly body: Sink;
  readonly title: Sink;
  readonly notes: Sink[];
  readonly header: Header;
  state: State;
  /** The font whose entry in the table is read. */
  entry: number;
  pending: Pending | undefined;
  /** Characters of a fallback that are still to come, and the text that they stand for. */
  fallback: number;
  replaced: Draft | undefined;
}

function newDocument(source: string, rawBytes: Document['rawBytes']): Document {
  const body = newSink();
  return {
    source,
    rawBytes,
    body,
    title: newSink(),
    notes: [],
    header: { page: 1252, font: undefined, fonts: new Map(), styles: new Map() },
    state: newState(body),
    entry: 0,
    pending: undefined,
    fallback: 0,
    replaced: undefined,
  };
}

function openGroup(document: Document, groups: State[]): void {
  flush(document);
  document.fallback = 0;
  groups.push(document.state);
  document.state = { ...document.state, isIgnorable: false };
  if (document.state.role === 'styles') {
    Object.assign(document.state, { sink: newSink(), style: 0, outline: undefined, base: undefined, font: undefined });
  }
}

/** What closes no group is damage: reading goes on. */
function closeGroup(document: Document, groups: State[]): void {
  flush(document);
  document.fallback = 0;
  const outer = groups.pop();
  if (outer === undefined) return;
  if (document.state.role === 'styles' && outer.role === 'styles') keepStyle(document.state, document.header.styles);
  document.state = outer;
}

function seeToken(document: Document, groups: readonly State[], token: Token): void {
  if (token.type === 'byte') {
    if (!isFallback(document, token.end)) addBytes(document, [token.byte], token.start, token.end);
  } else if (token.type === 'text') seeText(document, token.start, token.end);
  else if (token.type === 'word') {
    flush(document);
    seeWord(document, groups, token);
  }
}

/** Is the character that ends there left out, for `\uN` before it stands for the same? */
function isFallback(document: Document, end: number, width = 1): boolean {
  if (document.fallback <= 0) return false;
  document.fallback -= width;
  if (document.replaced !== undefined) document.replaced.end = end;
  return true;
}

const breaks = new Set(['par', 'line', 'lbr', 'softline', 'sect', 'page', 'column', 'nestrow']);
const characters: Readonly<Record<string, string>> = {
  tab: '\t',
  nestcell: '\t',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: '\u2003',
  enspace: '\u2002',
  qmspace: '\u2005',
  '~': '\u00a0',
  _: '-',
  // A place where a word may be parted.
  '-': '',
};

function seeWord(document: Document, groups: readonly State[], { name, value, start, end }: Token & { readonly type: 'word' }): void {
  const { state, header } = document;
  if (name === '*') {
    state.isIgnorable = true;
    return;
  }
  // The outermost group is the document: what would be another there has lost its brace.
  const outer = groups.at(-1);
  if (groups.length > 1 && enterGroup(state, outer, name, document)) return;
  if (state.role === 'fonts') seeFontWord(document, name, value);
  if (state.role === 'fonts' || state.role === 'shell') return;
  const isText = state.role === 'text';
  const character = Object.hasOwn(characters, name) ? characters[name] : undefined;
  if (character !== undefined) {
    if (!isFallback(document, end)) add(document, character, start, end);
  } else if (name === 'u') seeUnicode(document, value ?? 0, start, end);
  else if (name === 'chftn') {
    const note = document.notes.indexOf(state.sink);
    add(document, `[${note === -1 ? document.notes.length + 1 : note + 1}]`, start, end);
  } else if (isText && (breaks.has(name) || name === 'row' || name === 'cell')) {
    document.fallback = 0;
    if (name === 'cell') endCell(state.sink);
    else if (name === 'row') endRow(state.sink);
    else endLine(state.sink, !/^(?:par|sect|nestrow)$/.test(name));
  } else if (name === 'trowd' && isText) state.sink.row ??= state.sink.lines.length;
  else if (name === 'ansicpg' && value !== undefined && value > 0) header.page = value;
  else if (name === 'mac') header.page = 10000;
  else if (name === 'deff') header.font = value;
  else setProperty(state, name, value);
}

/** What is read of a font: how its bytes are characters. */
function seeFontWord(document: Document, name: string, value: number | undefined): void {
  if (value === undefined) return;
  if (name === 'f') document.entry = value;
  const font = document.header.fonts.get(document.entry) ?? {};
  if (name === 'fcharset') font.charset = value;
  else if (name === 'cpg') font.page = value;
  document.header.fonts.set(document.entry, font);
}

function setProperty(state: State, name: string, value: number | undefined): void {
  if (name === 'f') state.font = value;
  // An associated font is one of East Asian text behind \dbch alone.
  else if (name === 'af') state.eastFont = state.isEast ? value : state.eastFont;
  else if (name === 'dbch') state.isEast = true;
  else if (name === 'loch' || name === 'hich') state.isEast = false;
  else if (name === 'uc') state.fallback = Math.max(0, value ?? 1);
  else if (name === 'v') state.isHidden = value !== 0;
  else if (name === 'deleted') state.isDeleted = value !== 0;
  else if (name === 's') state.style = value ?? 0;
  else if (name === 'sbasedon') state.base = value;
  else if (name === 'outlinelevel') state.outline = value;
  else if (name === 'ls') state.isList = value !== 0;
  else if (name === 'pard') Object.assign(state, { style: 0, outline: undefined, isList: false });
  else if (name === 'plain')
    Object.assign(state, { font: undefined, eastFont: undefined, isEast: false, isHidden: false, isDeleted: false });
}

function seeUnicode(document: Document, value: number, start: number, end: number): void {
  const code = value < 0 ? value + 0x10000 : value;
  document.replaced = undefined;
  // Signs of fonts of symbols stand in private use.
  const isText = code >= 0 && code <= 0x10ffff && !(code >= 0xf000 && code <= 0xf0ff);
  if (isText) document.replaced = add(document, String.fromCodePoint(code), start, end);
  document.fallback = document.state.fallback;
}

function seeText(document: Document, start: number, end: number): void {
  const { source } = document;
  let at = start;
  // Of two bytes that stand for one character, text has one character.
  while (at < end && document.fallback > 0) {
    isFallback(document, at + 1, source.charCodeAt(at) > 0xff ? 2 : 1);
    at++;
  }
  if (at >= end) return;
  const runs = source.slice(at, end).matchAll(/[^\0-\x7f]+|[\0-\x08\x0b-\x1f]+/g);
  let done = at;
  for (const { 0: run, index } of runs) {
    const place = at + index;
    const isControl = run < ' ';
    const raw = run.includes('\ufffd') ? document.rawBytes(place, place + run.length) : undefined;
    if (!isControl && raw === undefined) continue;
    addPlain(document, done, place);
    done = place + run.length;
    if (raw !== undefined) addBytes(document, [...raw], place, done);
  }
  addPlain(document, done, end);
}

/** Text as it stands. Its first character may be the second of two bytes. */
function addPlain(document: Document, start: number, end: number): void {
  if (start >= end) return;
  const { source, pending, state } = document;
  let at = start;
  if (pending !== undefined && isTrail(pending.bytes, source.charAt(at), pending.page)) {
    const before = state.sink.drafts.at(-1);
    // A Western letter with an accent stands behind letters: caf\'e9s.
    const isWestern = before?.isVerbatim === true && before.end === pending.start && /[A-Za-z]/.test(source.charAt(pending.start - 1));
    if (!pending.isGuess || pending.bytes.length > 1 || !isWestern) {
      pending.bytes.push(source.charCodeAt(at));
      pending.end = ++at;
    }
  }
  flush(document);
  if (at < end) add(document, source.slice(at, end), at, end);
}

function addBytes(document: Document, bytes: readonly number[], start: number, end: number): void {
  const { page, isGuess } = pageOf(document);
  if (document.pending === undefined || document.pending.page !== page) {
    flush(document);
    document.pending = { bytes: [], start, end, page, isGuess };
  }
  for (const byte of bytes) document.pending.bytes.push(byte);
  document.pending.end = end;
}

function flush(document: Document): void {
  const { pending } = document;
  if (pending === undefined) return;
  document.pending = undefined;
  add(document, decodePage(pending.bytes, pending.page, pending.isGuess), pending.start, pending.end);
}

/** The code page of bytes. */
function pageOf({ state, header }: Document): { readonly page: number; readonly isGuess: boolean } {
  const pageIn = (id: number | undefined): number | undefined => {
    const font = id === undefined ? undefined : header.fonts.get(id);
    return font && (font.page ?? pageOfCharset(font.charset));
  };
  const own = pageIn(state.font ?? header.font);
  const east = state.isEast ? pageIn(state.eastFont) : undefined;
  const page = east !== undefined && isDoubleByte(east) && !(own !== undefined && isDoubleByte(own)) ? east : own;
  return { page: page ?? header.page, isGuess: page === undefined };
}

/** Adds text to where text of the group goes; line breaks and other controls in it come from bytes. */
function add(document: Document, text: string, start: number, end: number): Draft | undefined {
  const { state, header, source } = document;
  if ((state.role !== 'text' && state.role !== 'styles') || state.isHidden || state.isDeleted) return undefined;
  let draft: Draft | undefined;
  for (const [index, line] of text.split(/[\n-\r\u2028\u2029]+/).entries()) {
    if (index > 0) endLine(state.sink);
    const own = line.replaceAll(/[\0-\x08\x0e-\x1f]/g, '');
    if (own === '') continue;
    draft = addText(state.sink, source, own, start, end, state.sink.drafts.length === 0 ? lookOf(state, header) : undefined);
  }
  return draft;
}
