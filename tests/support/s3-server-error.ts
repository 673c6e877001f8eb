/** An answer of S3's error format: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export const notImplemented = (what: string): S3Error =>
  new S3Error(501, 'NotImplemented', `A header or parameter you provided implies functionality that is not implemented: ${what}`);

/** Writes one element; text is escaped, an array of ready elements is not. Characters XML 1.0 cannot hold become references, as S3 sends them. */
export function element(name: string, content: string | number | boolean | readonly string[]): string {
  const inner = Array.isArray(content) ? content.join('') : escapeXml(String(content));
  return `<${name}>${inner}</${name}>`;
}

export function xmlDocument(name: string, children: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(name, children)}`;
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"\u0000-\u001f\u007f]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
}
