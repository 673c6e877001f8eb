/** Which parts of a mail are its text and which are files that came with it. Sources: RFC 2046, RFC 2183, RFC 2387; and what mailers do. */
import { type Part, rootOf } from './mime.ts';

/** A text of the mail: the same in both forms, or in one of them. */
export interface Body {
  readonly plain: readonly Part[];
  readonly html: readonly Part[];
}

export interface MailParts {
  readonly bodies: readonly Body[];
  readonly attachments: readonly Part[];
}

/** What no article is in: signatures of a cipher, calendars, cards, receipts. */
const never =
  /^(?:application\/(?:x-)?pkcs7-signature|application\/pgp-(?:signature|encrypted|keys)|application\/ics|text\/(?:calendar|(?:x-)?vcard|css|x-amp-html|directory|rfc822-headers)|message\/(?:delivery-status|disposition-notification|feedback-report|external-body|partial))$/;

export function partsOf(part: Part): MailParts {
  const { type, parts } = part;
  if (never.test(type)) return { bodies: [], attachments: [] };
  if (type === 'multipart/alternative') return ofAlternative(parts.map(partsOf));
  if (type === 'multipart/related') {
    const root = rootOf(part);
    // Beside pictures of the page some mailers put what was attached there.
    return merged(parts.filter((one) => one === root || one.name !== undefined || !isResource(one)).map(partsOf));
  }
  if (type === 'multipart/encrypted') return { bodies: [], attachments: [part] };
  if (parts.length > 0) return merged(parts.map(partsOf));
  const isText = (type === 'text/plain' || type === 'text/html') && part.disposition !== 'attachment' && part.name === undefined;
  if (!isText) return { bodies: [], attachments: part.end > part.start ? [part] : [] };
  return { bodies: [type === 'text/plain' ? { plain: [part], html: [] } : { plain: [], html: [part] }], attachments: [] };
}

function isResource({ type, headers }: Part): boolean {
  return headers.has('content-id') || headers.has('content-location') || /^(?:image|audio|video|font)\//.test(type);
}

function merged(all: readonly MailParts[]): MailParts {
  return { bodies: all.flatMap(({ bodies }) => bodies), attachments: all.flatMap(({ attachments }) => attachments) };
}

/** Of each form the last that has it: a mailer puts the best last. */
function ofAlternative(all: readonly MailParts[]): MailParts {
  const formOf = (form: keyof Body): readonly Part[] =>
    all.findLast(({ bodies }) => bodies.some((body) => body[form].length > 0))?.bodies.flatMap((body) => body[form]) ?? [];
  const body = { plain: formOf('plain'), html: formOf('html') };
  const bodies = body.plain.length + body.html.length > 0 ? [body] : [];
  return { bodies, attachments: all.flatMap(({ attachments }) => attachments) };
}
