/** Every format and where its reader is; a module is loaded when it is needed. */
import { FormatError, type Reader } from './format.ts';
import type { FormatId } from './sniff.ts';

const readers: Readonly<Partial<Record<FormatId, () => Promise<Reader>>>> = {
  docx: async () => (await import('./docx.ts')).readDocx,
  odt: async () => (await import('./odt.ts')).readOdt,
  xlsx: async () => (await import('./xlsx.ts')).readXlsx,
  html: async () => (await import('./html.ts')).readHtml,
};

/** @throws {FormatError} for a format that has no reader. */
export async function readerOf(format: FormatId): Promise<Reader> {
  const load = readers[format];
  if (load === undefined) throw new FormatError('unsupported-format', `${format} is not read; save it as plain text and drop that`);
  return load();
}
