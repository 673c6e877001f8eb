import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../src/decode/formats/pdf-layout.ts';
import type { Flow, Run } from '../../../src/decode/formats/pdf-lines.ts';
import { normalize } from '../../../src/normalize.ts';

const bytes = readFileSync(new URL('../../formats/same/article.pdf', import.meta.url));

/** A line of Chinese text in points, `size` a character. */
const line = (text: string, start: number, base: number, size = 10): Run => ({ text, start, end: start + text.length * size, base, size });
const page = (number: number, runs: readonly Run[]): Flow => ({ page: number, direction: 0, length: 800, runs });
const texts = (flows: readonly Flow[]) => layOut(flows).paragraphs.map(({ text }) => text);

describe('PDF', () => {
  /** A paragraph in lines of twenty characters, the first indented by two. */
  const set = (text: string, top: number): Run[] => {
    const rows = [text.slice(0, 18), ...(text.slice(18).match(/.{1,20}/gu) ?? [])];
    return rows.map((row, at) => line(row, at === 0 ? 70 : 50, top + at * 15));
  };
  const paragraphs = [
    '县文化馆新馆昨天正式向市民开放，首日接待读者两千三百人次，馆内设有儿童阅览区和地方志展厅，还有一间可供读者歇脚的茶室。',
    '副馆长何静宜说，新馆每周开放六天，周一闭馆，夜间延长到九点，方便上班的人来看书，周末还要在报告厅里办讲座和小型展览。',
    '按照计划，今年年底以前全县还有四个乡镇的分馆要建成开放，到时候一张读者证可以在全县各馆通借通还，不必再跑回原来的馆。',
  ];
  const body = (from: number) => paragraphs.flatMap((text, at) => set(text, from + at * 15 * 4));

  it('reads columns one after the other, whatever order the file draws them in', () => {
    const left = [
      '新馆昨天正式向市民开放，',
      '首日接待读者两千三百人，',
      '馆内设有儿童阅览区和地',
      '方志展厅，还有一间茶室，',
      '可供读者歇脚。',
    ];
    const right = ['副馆长何静宜说，新馆每', '周开放六天，周一闭馆，', '夜间延长到九点，方便上', '班的人来看书，周末还办', '讲座和展览。'];
    const runs = left.flatMap((text, row) => [line(right[row] ?? '', 250, 130 + row * 18), line(text, 50, 130 + row * 18)]);
    const read = texts([page(1, runs)]).join('');
    expect(read).toBe([...left, ...right].join(''));
  });

  it('leaves out what stands on every page, and counts it', () => {
    const flows = [1, 2, 3].map((number) => page(number, [line('山城日报　要闻', 50, 30), ...body(200), line(String(number), 290, 780)]));
    const layout = layOut(flows);
    expect(layout.paragraphs.map(({ text }) => text).join('')).not.toMatch(/山城日报|^\d$/m);
    expect(layout.furniture.length).toBeGreaterThan(3);
  });

  it('refuses what is damaged, sealed or a scan, and says what to do', () => {
    const code = (file: Uint8Array) => normalize(file, { scripts: [] }).reason?.code;
    expect(code(Buffer.from('%PDF-1.7\n'))).toBe('broken-format');
    const scan =
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>>endobj\ntrailer<</Root 1 0 R>>\n';
    expect(code(Buffer.from(scan))).toBe('no-text');
    expect(normalize(bytes.subarray(0, 30_000), { scripts: [] }).status).toMatch(/ok|rejected/);
  });
});
