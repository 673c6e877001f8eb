/** What control words change: the state of a group, and what the tables of the header tell. Source: Rich Text Format Specification 1.9.1. */
import { type LineStyle, styleNamed } from './office-document.ts';
import { newSink, type Sink, textIn } from './rtf-lines.ts';

/**
 * What a group is for: text; a shell, whose own text is none, but in which groups of text stand; a choice of ANSI and Unicode; nothing that is
 * read; the table of fonts; the style sheet.
 */
type Role = 'text' | 'shell' | 'choice' | 'skip' | 'fonts' | 'styles';

/** Of a group; one that it holds begins with a copy. */
export interface State {
  role: Role;
  sink: Sink;
  /** Where text goes outside a shell. */
  outer: Sink;
  /** What the group around a choice is for. */
  chooser: Role;
  /** `\*` stood at the start of the group: it may be skipped by who does not know it. */
  isIgnorable: boolean;
  font: number | undefined;
  /** The font of East Asian text, and is it what follows? */
  eastFont: number | undefined;
  isEast: boolean;
  /** Characters behind `\uN` that stand for it in older readers. */
  fallback: number;
  isHidden: boolean;
  isDeleted: boolean;
  style: number;
  /** Level in the outline; 9 is text. */
  outline: number | undefined;
  isList: boolean;
  /** The style that a style is based on. */
  base: number | undefined;
}

export interface Header {
  /** The code page of the document. */
  page: number;
  /** The font of text that names none. */
  font: number | undefined;
  /** `\fcharset` and `\cpg` of fonts. */
  readonly fonts: Map<number, { charset?: number; page?: number }>;
  readonly styles: Map<number, Style>;
}

interface Style {
  readonly name: string;
  readonly outline: number | undefined;
  readonly base: number | undefined;
}

export function newState(sink: Sink): State {
  return {
    role: 'text',
    sink,
    outer: sink,
    chooser: 'text',
    isIgnorable: false,
    font: undefined,
    eastFont: undefined,
    isEast: false,
    fallback: 1,
    isHidden: false,
    isDeleted: false,
    style: 0,
    outline: undefined,
    isList: false,
    base: undefined,
  };
}

/** Groups that hold no text of the document. Those that begin with `\*` and are not named here are none either. */
const skipped = new Set(
  (
    'colortbl pict object header headerl headerr headerf footer footerl footerr footerf fldinst listtext pntext pn annotation atnid atnauthor ' +
    'atndate atnref atnicn atrfstart atrfend xe rxe txe tc tcn bkmkstart bkmkend nonshppict shprslt template filetbl revtbl listtable ' +
    'listoverridetable rsidtbl generator themedata colorschememapping latentstyles datastore xmlnstbl ftnsep ftnsepc ftncn aftnsep aftnsepc ' +
    'aftncn falt panose fname nonesttables objdata background sn sv docvar userprops keycode comment formfield datafield fontemb ' +
    'fontfile protusertbl pgdsctbl author operator subject keywords doccomm company manager category hlinkbase creatim revtim printim buptim'
  ).split(' '),
);
const shells = new Set(['info', 'shp', 'shpinst', 'shpgrp', 'do']);
/** Groups whose text is read where they stand, though they may begin with `\*`. */
const transparent = new Set(['fldrslt', 'field', 'nesttableprops', 'shppict']);

/** Where the text of groups goes that is not the body's. */
export interface Targets {
  readonly title: Sink;
  readonly notes: Sink[];
}

/** Makes the group what its control word says. Gives false for a word that is none of a group. */
export function enterGroup(state: State, outer: State | undefined, name: string, { title, notes }: Targets): boolean {
  const { isIgnorable } = state;
  state.isIgnorable = false;
  if (state.role === 'choice') {
    if (name === 'ud') state.role = state.chooser;
    return true;
  }
  if (skipped.has(name)) {
    state.role = 'skip';
    // The paragraph has a mark of a list.
    if (outer !== undefined && /^(?:listtext|pntext|pn)$/.test(name)) outer.isList = true;
  } else if (name === 'fonttbl') state.role = 'fonts';
  else if (name === 'stylesheet') state.role = 'styles';
  else if (shells.has(name)) {
    if (state.role === 'text') state.outer = state.sink;
    state.role = 'shell';
  } else if (name === 'upr') {
    state.chooser = state.role;
    state.role = 'choice';
  } else if (name === 'footnote' && state.role === 'text') {
    state.sink = newSink();
    notes.push(state.sink);
  } else if (name === 'title' && state.role === 'shell') {
    state.role = 'text';
    state.sink = title;
  } else if (name === 'shptxt' || name === 'dptxbxtext') {
    state.role = 'text';
    state.sink = newSink();
    state.outer.boxes.push(state.sink);
  } else if (isIgnorable && !transparent.has(name)) state.role = 'skip';
  else return false;
  return true;
}

/** A group within the style sheet is a style; it ends. */
export function keepStyle(state: State, styles: Map<number, Style>): void {
  const [name = ''] = textIn(state.sink).split(';', 1);
  styles.set(state.style, { name: name.trim(), outline: state.outline, base: state.base });
}

const longestChain = 20;

/** What the style and the level of a paragraph make of it. */
export function lookOf({ style, outline, isList }: State, { styles }: Header): LineStyle | undefined {
  let level = outline;
  let id: number | undefined = style;
  for (let count = 0; id !== undefined && count < longestChain; count++) {
    const known: Style | undefined = styles.get(id);
    if (known === undefined) break;
    const named = styleNamed(known.name);
    if (named !== undefined) return named;
    level ??= known.outline;
    id = known.base;
  }
  if (level !== undefined && level >= 0 && level < 9) return level === 0 ? 'heading1' : 'crosshead';
  return isList ? 'listItem' : undefined;
}
