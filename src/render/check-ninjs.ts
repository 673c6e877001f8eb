/**
 * What the types of a ninjs document do not say, checked before it is handed out: the forms of identifiers and times, texts that are well
 * formed, values that are there. Source: IPTC's schema of ninjs 3.1, which the tests hold every document against.
 */
import type { Ninjs } from './ninjs.ts';

const uri = /^urn:copydesk:[0-9a-f]{32}(?:-[1-9]\d*)?:[A-Za-z]{2,8}(?:-[A-Za-z]{2,8})*(?::picture:[1-9]\d*)?$/;
const dateTime = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\+08:00$/;

/** The document itself. @throws {TypeError} that names the property that ninjs 3.1 would not take: a defect of the renderer. */
export function checkNinjs(document: Ninjs): Ninjs {
  const { contentCreated, associations = [] } = document;
  for (const one of [document, ...associations]) if (!uri.test(one.uri)) refuse('uri', one.uri);
  if (contentCreated !== undefined && !dateTime.test(contentCreated)) refuse('contentCreated', contentCreated);
  checkTexts('', document);
  return document;
}

/** Only the bodies may be empty: an article of captions has none. */
function checkTexts(path: string, value: unknown): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed() || (value === '' && !path.startsWith('/bodies') && path !== '/title')) refuse(path, value);
  } else if (value === undefined || value === null) {
    refuse(path, value);
  } else if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) checkTexts(`${path}/${key}`, inner);
  }
}

function refuse(property: string, value: unknown): never {
  throw new TypeError(`ninjs 3.1 does not take ${JSON.stringify(value)} as ${property}`);
}
