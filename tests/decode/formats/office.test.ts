import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { normalize } from '../../../src/normalize.ts';

const one = '县文化馆新馆昨天开放，首日接待读者两千三百人次，馆内设有儿童阅览区和地方志展厅。';
const two = '副馆长何静宜说，新馆每周开放六天，周一闭馆，夜间延长到九点，方便上班的人来看书。';

const read = (files: Readonly<Record<string, string>>) =>
  normalize(
    zipSync(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [name, [strToU8(text), { level: name === 'mimetype' ? 0 : 6 }]])),
    ),
    { scripts: [] },
  );

describe('DOCX', () => {
  const docx = (body: string, more: Readonly<Record<string, string>> = {}) =>
    read({ '[Content_Types].xml': '<Types/>', 'word/document.xml': `<w:document><w:body>${body}</w:body></w:document>`, ...more });
  const run = (text: string, properties = '') => `<w:r>${properties}<w:t xml:space="preserve">${text}</w:t></w:r>`;

  it('takes the text with all changes accepted, without what is hidden', () => {
    const { text, source } = docx(
      `<w:p>${run('新馆开放')}</w:p><w:p>${run(one)}<w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins>${run('又及。')}</w:ins>${run('暗语', '<w:rPr><w:vanish/></w:rPr>')}</w:p>`,
    );
    expect(text).toBe(`新馆开放\n${one}又及。`);
    expect(source).toMatchObject({ format: 'docx', lossless: false });
  });

  it('reads styles as kinds, and footnotes at the end', () => {
    const styles =
      '<w:styles><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>';
    const { text } = docx(
      `<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>${run('新馆开放')}</w:p><w:p>${run(one)}<w:r><w:footnoteReference w:id="2"/></w:r></w:p><w:p><w:pPr><w:pStyle w:val="2"/></w:pPr>${run('夜间开放')}</w:p><w:p>${run(two)}</w:p>`,
      {
        'word/styles.xml': styles,
        'word/footnotes.xml': `<w:footnotes><w:footnote w:id="2"><w:p>${run('见本报前日报道。')}</w:p></w:footnote></w:footnotes>`,
      },
    );
    expect(text).toBe(`新馆开放\n${one}[1]\n夜间开放\n${two}\n[1] 见本报前日报道。`);
  });

  it('refuses a file without a body', () => {
    const { reason } = read({ 'word/document.xml': '<w:document/>' });
    expect(reason?.code).toBe('broken-format');
  });
});

describe('XLSX', () => {
  it('reads an article a row where the first row names a column of text, with days from serial numbers', () => {
    const cell = (reference: string, text: string) => `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const sheet = `<worksheet><sheetData><row>${cell('A1', '标题')}${cell('B1', '正文')}${cell('C1', '日期')}</row>
<row>${cell('A2', '新馆开放')}${cell('B2', one)}<c r="C2" s="1"><v>43262</v></c></row>
<row>${cell('A3', '夜间开放')}${cell('B3', two)}<c r="C3" s="1"><v>43263</v></c></row></sheetData></worksheet>`;
    const result = read({
      'xl/workbook.xml': '<workbook><sheets><sheet name="稿件" r:id="r1"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
      'xl/styles.xml': '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
      'xl/worksheets/sheet1.xml': sheet,
    });
    expect(result.text).toBe(`新馆开放\n${one}\n夜间开放\n${two}`);
    expect(result.articles.map(({ date }) => date?.iso)).toEqual(['2018-06-11', '2018-06-12']);
  });
});

describe('ODT', () => {
  it('takes paragraphs with tabs and line breaks, without deleted text', () => {
    const { text, source } = read({
      mimetype: 'application/vnd.oasis.opendocument.text',
      'content.xml': `<office:document-content><office:body><office:text><text:tracked-changes><text:changed-region><text:deletion><text:p>删去</text:p></text:deletion></text:changed-region></text:tracked-changes><text:h text:outline-level="1">新馆开放</text:h><text:p>${one}</text:p><text:p>${two}<text:line-break/>（责任编辑：何静）</text:p></office:text></office:body></office:document-content>`,
    });
    expect(text).toBe(`新馆开放\n${one}\n${two}\n（责任编辑：何静）`);
    expect(source.format).toBe('odt');
  });
});
