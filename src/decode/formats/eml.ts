/** E-mail: the article in its text, those in the files that came with it, or both. Sources: RFC 5322, RFC 2045 to 2049. */
import type { Message } from '../../message.ts';
import { countHan } from '../../text/han.ts';
import { dayIn } from './day.ts';
import { type Evidence, FormatError, type Input, type Piece, type ReadArticle, type Reader } from './format.ts';
import { readHtml } from './html.ts';
import { isAmong, nameArticle, type ReadFile, readAttachment } from './mail-attachment.ts';
import { withoutFurniture } from './mail-furniture.ts';
import { joinFlowed, lineFinder, linesOfPieces, type MailLine, type Place, piecesOf, plainLines, withoutBlankEnds } from './mail-lines.ts';
import { isBareNote, isCoveringNote, withoutNotes } from './mail-note.ts';
import { type Body, partsOf } from './mail-parts.ts';
import { bareSubject, beginsWith, headlineOf, isAlike, isForward } from './mail-subject.ts';
import { contentOf, type Part, parseMime } from './mime.ts';
import { decodeWords } from './mime-header.ts';
import { charsetOfPage, decodeText } from './mime-text.ts';

/** @throws {FormatError} `too-deep`, `too-large`; and that of the first attachment, if the mail brings nothing else. */
export const readEml: Reader = async (given, nest) => {
  // Text of two bytes a character has no lines of bytes.
  const input = given.bytes.subarray(0, 100).includes(0) ? { ...given, bytes: Buffer.from(given.text) } : given;
  const root = parseMime(input.bytes, input.maxDepth);
  const { bodies, attachments } = partsOf(root);
  const subject = decodeWords(root.headers.get('subject') ?? '');
  const messages: Message[] = [];
  const source = { ...input, placeOf: lineFinder(input.bytes, input.text), messages };
  const written = bodies.flatMap((body, index) => [...(index === 0 ? [] : [blank]), ...bodyLines(body, source)]);
  const text = withoutFurniture(written, isForward(subject));
  if (text.hasOther)
    messages.push({
      rule: 'mail-chain',
      severity: 'info',
      reason: 'the mail holds the text of other mails too; the longer or the newest was taken',
    });

  const files: { readonly part: Part; readonly file: ReadFile }[] = [];
  for (const part of attachments) {
    files.push({ part, file: await readAttachment(part, input, nest) });
  }
  const title = bareSubject(subject);
  const headline = headlineOf(subject);
  const day = dayIn(root.headers.get('date') ?? '');
  const evidence: Evidence = { ...day, ...(headline !== undefined && { title }) };
  const readings = files.flatMap(({ part, file }) => ('reading' in file ? [{ part, reading: file.reading }] : []));
  const count = readings.reduce((sum, { reading }) => sum + reading.articles.length, 0);
  const attached = readings.flatMap(({ part, reading }) =>
    reading.articles.map((article) => nameArticle(article, part.name, count === 1 ? evidence : { ...day })),
  );
  const failures = files.flatMap(({ part, file }) => ('error' in file ? [{ part, ...file }] : []));
  const isNote = attachmentsMatter(files) ? isCoveringNote(text.lines) : failures.length > 0 && isBareNote(text.lines);
  const body = isNote ? [] : articleOf(text.lines, headline, rawSubject(input.text, headline), attached);
  const articles: ReadArticle[] = [...(body.length === 0 ? [] : [{ pieces: body, evidence }]), ...attached];
  const [failure] = [...failures.filter(({ isMedia }) => !isMedia), ...failures];
  if (articles.length === 0 && failure !== undefined) {
    if (/^message\//.test(failure.part.type)) throw failure.error;
    throw new FormatError(failure.error.code, `the mail has no article but in ${naming(failure.part)}: ${failure.error.message}`);
  }
  for (const { part, error, isMedia } of failures) {
    if (!isMedia) messages.push({ rule: 'attachment', severity: 'warning', reason: `${naming(part)} was left out: ${error.message}` });
  }
  return { articles, messages: [...messages, ...readings.flatMap(({ reading }) => reading.messages)] };
};

const blank: MailLine = { text: '', pieces: [] };

function attachmentsMatter(files: readonly { readonly file: ReadFile }[]): boolean {
  return files.some(({ file }) => !('error' in file) || !file.isMedia);
}

function naming({ name, type }: Part): string {
  return name === undefined ? `an attachment without a name (${type})` : `the attachment ${name}`;
}

/** The text of a mail as an article, its subject on top if it does not begin with that; nothing if an attachment has the same text. */
function articleOf(
  lines: readonly MailLine[],
  headline: string | undefined,
  place: number | undefined,
  attached: readonly ReadArticle[],
): readonly Piece[] {
  const own = withoutBlankEnds(withoutNotes(lines, ({ text }) => headline !== undefined && isAlike(text, headline)));
  const text = own.map((line) => line.text).join('\n');
  if (own.length === 0 || isAmong(text, attached)) return [];
  const pieces = piecesOf(own);
  if (headline === undefined || beginsWith(own, headline)) return pieces;
  const top: Piece = { text: headline, kind: 'headline', ...(place !== undefined && { start: place, end: place + headline.length }) };
  return [top, { text: '\n' }, ...pieces];
}

/** Where the subject stands in the file, if it is not encoded there. */
function rawSubject(text: string, headline: string | undefined): number | undefined {
  if (headline === undefined) return undefined;
  const head = text.slice(0, /\r?\n\r?\n/.exec(text)?.index ?? text.length);
  const at = head.indexOf(headline, /^subject:/im.exec(head)?.index ?? head.length);
  return at === -1 ? undefined : at;
}

/** Share of the Han of the HTML from which the plain text is the whole text, and no notice that there is HTML. */
const wholeShare = 0.8;

/** The mail that parts are read from. */
interface Source extends Input {
  readonly placeOf: (byte: number) => Place;
  readonly messages: Message[];
}

function bodyLines({ plain, html }: Body, source: Source): MailLine[] {
  const pages = html.map((part) => decodePart(part, source));
  const texts = plain.map((part) => ({ part, text: decodePart(part, source) }));
  const rich = pages.flatMap((text) => pageLines(text, source, texts.length > 0));
  const poor = texts.flatMap(({ part, text }) => textLines(part, text, source));
  if (texts.length === 0) return rich;
  return hanOf(poor) >= hanOf(rich) * wholeShare ? poor : rich;
}

function hanOf(lines: readonly MailLine[]): number {
  return lines.reduce((sum, { text }) => sum + countHan(text), 0);
}

function decodePart(part: Part, { bytes, messages }: Source): string {
  const content = contentOf(bytes, part);
  const declared = part.parameters.get('charset') ?? (part.type === 'text/html' ? charsetOfPage(content) : undefined);
  const { text, charset, undecodable } = decodeText(content, declared);
  if (undecodable > 0) {
    const reason = `${undecodable} bytes of the mail's ${part.type} stand for nothing in ${charset}; each place reads as U+FFFD, the bytes are in the ledger`;
    messages.push({ rule: 'charset', severity: 'warning', reason });
  }
  return text.replace(/^\ufeff/, '');
}

/** @throws {FormatError} `too-deep` where there is no plain text instead. */
function pageLines(text: string, { maxDepth }: Source, hasOther: boolean): MailLine[] {
  try {
    return linesOfPieces(readHtml({ text, maxDepth }).articles.flatMap(({ pieces }) => pieces));
  } catch (error) {
    if (hasOther && error instanceof FormatError) return [];
    throw error;
  }
}

function textLines(part: Part, text: string, { placeOf }: Source): MailLine[] {
  const encoding = part.headers.get('content-transfer-encoding') ?? '';
  const lines = plainLines(text, /base64|quoted-printable/i.test(encoding) ? undefined : placeOf(part.start));
  const isFlowed = /^flowed$/i.test(part.parameters.get('format') ?? '');
  return isFlowed ? joinFlowed(lines, /^yes$/i.test(part.parameters.get('delsp') ?? '')) : lines;
}
