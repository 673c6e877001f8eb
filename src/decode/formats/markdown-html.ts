/** Tags of HTML within Markdown. What is no element of HTML is text: <新华社>, <AK47>. */

/** What a tag does to the text around it. */
export interface HtmlTag {
  readonly does: 'nothing' | 'break' | 'tab' | 'stay';
  /** The text in place of a picture, and where it stands. */
  readonly alt?: { readonly from: number; readonly to: number };
  /** What begins there, if the tag says so: a heading by its level, a caption, an item of a list. */
  readonly begins?: number | 'caption' | 'listItem';
}

const blocks = new Set(
  (
    'address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 ' +
    'header hr html li main menu nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
const inline = new Set(
  (
    'a abbr acronym audio b bdi bdo big cite code data del dfn em embed font i iframe img input ins kbd label link mark meta nobr object param ' +
    'picture q s samp small source span strike strong sub sup time track tt u var video wbr'
  ).split(' '),
);
/** The reading of characters: a later step reads these. */
const ruby = new Set(['ruby', 'rb', 'rt', 'rp', 'rtc']);

const tag = /<(\/?)([A-Za-z][A-Za-z\d]*)(?=[\s/>])([^<>]{0,5000})>/y;
const alternative = /\balt\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

/** The tag that begins at an offset, and where it ends. */
export function tagAt(text: string, at: number): { readonly tag: HtmlTag; readonly end: number } | undefined {
  tag.lastIndex = at;
  const match = tag.exec(text);
  const [, slash, written = '', attributes = ''] = match ?? [];
  const name = written.toLowerCase();
  if (match === null) return undefined;
  const end = tag.lastIndex;
  if (ruby.has(name)) return { tag: { does: 'stay' }, end };
  if (name === 'img') {
    const found = alternative.exec(attributes);
    const alt = found?.[1] ?? found?.[2];
    if (found === null || alt === undefined) return { tag: { does: 'nothing' }, end };
    const to = end - 1 - attributes.length + found.index + found[0].length - 1;
    return { tag: { does: 'nothing', alt: { from: to - alt.length, to } }, end };
  }
  if (name === 'td' || name === 'th') return { tag: { does: slash === '/' ? 'tab' : 'nothing' }, end };
  if (!blocks.has(name)) return inline.has(name) ? { tag: { does: 'nothing' }, end } : undefined;
  const begins = slash === '/' ? undefined : beginsWith(name);
  return { tag: { does: 'break', ...(begins !== undefined && { begins }) }, end };
}

function beginsWith(name: string): HtmlTag['begins'] {
  if (name === 'figcaption' || name === 'caption') return 'caption';
  if (name === 'li') return 'listItem';
  return /^h[1-6]$/.test(name) ? Number(name.charAt(1)) : undefined;
}
