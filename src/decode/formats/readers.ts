/** Every format and where its reader is; a module is loaded when it is needed. */
import { FormatError, type Reader } from './format.ts';
import type { FormatId } from './sniff.ts';

const readers: Readonly<Partial<Record<FormatId, () => Promise<Reader>>>> = {
  html: async () => (await import('./html.ts')).readHtml,
  mhtml: async () => (await import('./mhtml.ts')).readMhtml,
  eml: async () => (await import('./eml.ts')).readEml,
  docx: async () => (await import('./docx.ts')).readDocx,
  odt: async () => (await import('./odt.ts')).readOdt,
  xlsx: async () => (await import('./xlsx.ts')).readXlsx,
  pdf: async () => (await import('./pdf.ts')).readPdf,
  rtf: async () => (await import('./rtf.ts')).readRtf,
  markdown: async () => (await import('./markdown.ts')).readMarkdown,
  feed: async () => (await import('./feed.ts')).readFeed,
  nitf: async () => (await import('./nitf.ts')).readNitf,
  'newsml-g2': async () => (await import('./newsml-g2.ts')).readNewsml,
  cnml: async () => (await import('./cnml.ts')).readCnml,
  ninjs: async () => (await import('./ninjs.ts')).readNinjs,
  json: async () => (await import('./json.ts')).readJson,
  jsonl: async () => (await import('./json.ts')).readJsonl,
  zip: async () => (await import('./container.ts')).readZip,
  tar: async () => (await import('./container.ts')).readTar,
  gzip: async () => (await import('./container.ts')).readGzip,
  zstd: async () => (await import('./container.ts')).readZstd,
  csv: async () => (await import('./csv.ts')).readCsv,
};

/** @throws {FormatError} for a format that has no reader. */
export async function readerOf(format: FormatId): Promise<Reader> {
  const load = readers[format];
  if (load === undefined) throw new FormatError('unsupported-format', `${format} is not read; save it as plain text and drop that`);
  return load();
}
