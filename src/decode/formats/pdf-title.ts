/** The title that a PDF file gives itself, where it is one. */
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { countHan } from '../../text/han.ts';
import type { Evidence } from './format.ts';

/** What the file says of itself. The day it was made on is not the day of the article. */
export async function readEvidence(file: PDFDocumentProxy, text: string): Promise<Evidence> {
  const { info } = await file.getMetadata();
  const raw = 'Title' in info && typeof info.Title === 'string' ? info.Title : '';
  const bare = text.replaceAll(/\s/g, '');
  for (const title of [raw, ...decodings(raw)].map((one) => one.replaceAll(/[\s\0]+/g, ' ').trim())) {
    // 标题_网站
    for (const part of [title, ...title.split(/\s*[_|｜]\s*|\s+[-–—]\s+/)]) {
      if (countHan(part) >= 2 && part.length >= 4 && bare.includes(part.replaceAll(/\s/g, ''))) return { title: part };
    }
  }
  return isTitle(raw) ? { title: raw.trim() } : {};
}

/** The title as older programs wrote it, in the encoding of their system. */
function decodings(raw: string): string[] {
  if (!/^[\0-\xff]*[\x80-\xff][\0-\xff]*$/.test(raw)) return [];
  return ['gb18030', 'big5'].map((charset) => new TextDecoder(charset).decode(Buffer.from(raw, 'latin1')));
}

function isTitle(raw: string): boolean {
  if (/\.[a-z]{2,5}$|^(?:Microsoft|WPS|无标题|無標題|未命名|文档|文件|演示|新建|幻灯片)|:\/\//i.test(raw.trim())) return false;
  return countHan(raw) >= 6 && countHan(raw) > raw.length / 2 && raw.length <= 60;
}
