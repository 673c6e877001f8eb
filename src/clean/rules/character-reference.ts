import type { Edit } from '../../text/edit.ts';
import { reportPlaces, windows1252 } from '../encodings.ts';
import type { Rule } from '../rule.ts';

/**
 * The names of HTML 4, which editors and content systems write; HTML 5's two thousand more are formulas and ASCII marks. U+00A0 to
 * U+00FF in their order, then the others with their characters. Source: HTML 4.01, 24.2 to 24.4; ⟨ and ⟩ as HTML 5 has them.
 */
const latin1Names =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot ' +
  'cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml ' +
  'Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig ' +
  'agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ' +
  'ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const otherNames =
  'quot " amp & lt < gt > OElig Œ oelig œ Scaron Š scaron š Yuml Ÿ fnof ƒ circ ˆ tilde ˜ Alpha Α Beta Β Gamma Γ Delta Δ Epsilon Ε ' +
  'Zeta Ζ Eta Η Theta Θ Iota Ι Kappa Κ Lambda Λ Mu Μ Nu Ν Xi Ξ Omicron Ο Pi Π Rho Ρ Sigma Σ Tau Τ Upsilon Υ Phi Φ Chi Χ Psi Ψ ' +
  'Omega Ω alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ omicron ο pi π ' +
  'rho ρ sigmaf ς sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω thetasym ϑ upsih ϒ piv ϖ ensp \u2002 emsp \u2003 thinsp \u2009 ' +
  'zwnj \u200c zwj \u200d lrm \u200e rlm \u200f ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ dagger † Dagger ‡ ' +
  'bull • hellip … permil ‰ prime ′ Prime ″ lsaquo ‹ rsaquo › oline ‾ frasl ⁄ euro € image ℑ weierp ℘ real ℜ trade ™ alefsym ℵ ' +
  'larr ← uarr ↑ rarr → darr ↓ harr ↔ crarr ↵ lArr ⇐ uArr ⇑ rArr ⇒ dArr ⇓ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ ' +
  'notin ∉ ni ∋ prod ∏ sum ∑ minus − lowast ∗ radic √ prop ∝ infin ∞ ang ∠ and ∧ or ∨ cap ∩ cup ∪ int ∫ there4 ∴ sim ∼ cong ≅ ' +
  'asymp ≈ ne ≠ equiv ≡ le ≤ ge ≥ sub ⊂ sup ⊃ nsub ⊄ sube ⊆ supe ⊇ oplus ⊕ otimes ⊗ perp ⊥ sdot ⋅ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ ' +
  "loz ◊ spades ♠ clubs ♣ hearts ♥ diams ♦ lang ⟨ rang ⟩ apos '";

let characters: ReadonlyMap<string, string> | undefined;

function characterOf(name: string): string | undefined {
  if (characters === undefined) {
    const others = otherNames.split(' ');
    characters = new Map([
      ...latin1Names.split(' ').map((known, index) => [known, String.fromCharCode(0xa0 + index)] as const),
      ...others.flatMap((known, index) => (index % 2 === 0 ? [[known, others[index + 1] ?? ''] as const] : [])),
    ]);
  }
  return characters.get(/^(?:AMP|LT|GT|QUOT)$/.test(name) ? name.toLowerCase() : name);
}

/** A reference, behind its &. */
const reference = /(?:#([0-9]{1,8})|#[xX]([0-9a-fA-F]{1,7})|([A-Za-z][A-Za-z0-9]{1,9}));/y;

/** Controls, what splits lines, what turns the direction of text, private use, halves of pairs; the accent that marks code. */
const unwanted = /[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069`]/u;

const escapedTag = /&(?:(?:amp|#38|#x26);){0,3}(?:lt|#0{0,5}60|#x0{0,5}3c);[/!]?[a-z]/i;
const tag = /<[/!]?[a-z]/i;

/** Code between grave accents, and addresses. */
const kept = /`[^`]+`|(?:(?:https?|ftp):\/\/|www\.)[!-~]*/gi;

/** A reference between quotation marks is spoken of. */
const quoted = /^[“‘「『].*[”’」』]$/s;

export const characterReference: Rule = {
  id: 'character-reference',
  why: 'Pages and feeds leave references of HTML in their text, often escaped twice: &ldquo;新闻&rdquo;&amp;nbsp;&#20013; is “新闻” 中.',
  confidence: 0.998,
  examples: [
    { raw: '他说：&ldquo;新闻&rdquo;&hellip;&hellip;', clean: '他说：“新闻”……' },
    { raw: '&#26032;&#x95fb;&#147;A&amp;B&#148;', clean: '新闻“A&B”' },
    { raw: '标题&amp;nbsp;&amp;amp;middot;&amp;#20013;', clean: '标题\u00a0·中' },
    { raw: 'PM2.5&lt;35，&quot;优&quot;', clean: 'PM2.5<35，"优"' },
    { raw: '<p>他说&nbsp;5&lt;6</p>', clean: '<p>他说\u00a05&lt;6</p>' },
  ],
  keeps: [
    'AT&T、R&D;和Q&A',
    '见https://a.cn/?a=1&copy=2&amp;b=3&lt;',
    '换行写作&amp;lt;br&amp;gt;',
    '段落用&lt;p&gt;，&quot;引号&quot;不变',
    '空格写作“&nbsp;”',
    '代码`a &lt; b`',
    '&#0;&#10;&#27;&#xd800;&#x202e;&#x110000;',
    '&nbsp&copy',
    '&unknown;',
  ],
  find: (text, { report }) => {
    const edits: Edit[] = [];
    const places: { start: number; end: number; reason: string }[] = [];
    for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at)) {
      const start = text.lastIndexOf('\n', at) + 1;
      const next = text.indexOf('\n', at);
      at = next === -1 ? text.length : next;
      const line = text.slice(start, at);
      for (const edit of decodeLine(line)) edits.push({ ...edit, at: start + edit.at });
      const found = escapedTag.exec(line);
      if (found === null) continue;
      const place = start + found.index;
      places.push({ start: place, end: place + found[0].length, reason: 'review: escaped markup is kept' });
    }
    reportPlaces(report, places);
    return edits;
  },
};

/**
 * The edits of a line. Where it holds markup, plain or escaped, what would become markup there stays as it is: it may be what the line
 * talks about.
 */
function decodeLine(line: string): Edit[] {
  const edits: Edit[] = [];
  const isMarkup = tag.test(line) || escapedTag.test(line);
  const spans = [...line.matchAll(kept)].filter(([span]) => span.startsWith('`') || span.includes('?'));
  let span = 0;
  let end = 0;
  // The last of what the line becomes.
  let tail = '';
  for (let at = line.indexOf('&'); at !== -1; at = line.indexOf('&', end)) {
    tail = (tail + line.slice(Math.max(end, at - tailLength), at)).slice(-tailLength);
    while (span < spans.length && endOf(spans[span]) <= at) span++;
    const isKept = (spans[span]?.index ?? line.length) < at;
    const found = readReference(line, at, isMarkup);
    end = found.end;
    const isSafe = !(/[0-9A-Za-z#;]/.test(found.inserted) && /&[#0-9A-Za-z]*$/.test(tail));
    if (found.inserted !== '' && isSafe && !isKept && !quoted.test(line.slice(Math.max(0, at - 1), end + 1))) {
      edits.push({ at, removed: line.slice(at, end), inserted: found.inserted });
      tail += found.inserted;
    } else tail += line.slice(Math.max(at, end - tailLength), end);
  }
  return edits;
}

/** Longer than any reference. */
const tailLength = 40;

function endOf(match: RegExpExecArray | undefined): number {
  return match === undefined ? 0 : match.index + match[0].length;
}

/** The character that a reference stands for, escaped any number of times (&amp;amp;nbsp;), and where it ends; '' if it stays. */
function readReference(line: string, at: number, isMarkup: boolean): { end: number; inserted: string } {
  let end = at + 1;
  let levels = 0;
  for (;;) {
    reference.lastIndex = end;
    const match = reference.exec(line);
    const [, decimal, hexadecimal, name] = match ?? [];
    const character = match === null ? undefined : name === undefined ? byNumber(decimal, hexadecimal) : characterOf(name);
    if (character === '&') {
      levels++;
      end = reference.lastIndex;
      continue;
    }
    const isText = character !== undefined && !unwanted.test(character);
    // What is no reference of text was escaped all the same: &amp;unknown;
    if (!isText) return { end, inserted: levels > 0 && !isMarkup ? '&' : '' };
    return {
      end: match === null ? end : match.index + match[0].length,
      inserted: isMarkup && (levels > 0 || /[<>"']/.test(character)) ? '' : character,
    };
  }
}

function byNumber(decimal: string | undefined, hexadecimal: string | undefined): string | undefined {
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number.parseInt(decimal, 10);
  // As browsers do, and as old Chinese pages mean it: &#147; is “.
  if (code >= 0x80 && code <= 0x9f) return windows1252.charAt(code - 0x80);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
