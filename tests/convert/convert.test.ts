import { describe, expect, it } from 'vitest';
import { clean } from '../../src/clean/index.ts';
import { detectScript } from '../../src/convert/detect.ts';
import { normalize } from '../../src/normalize.ts';
import { applyLayers } from '../../src/text/edit.ts';
import { readCases, readHeldOut } from '../support/cases.ts';

describe('detectScript', () => {
  it.each([
    ['领导干部要学习', 'zh-Hans'],
    ['領導幹部要學習', 'zh-Hant'],
    ['中文', 'none'],
    ['', 'none'],
    ['領導幹部要學習，领导干部也要学习', 'mixed'],
  ])('%s is %s', (text, expected) => {
    expect(detectScript(text).detected).toBe(expected);
  });

  it('tells every held-out article', () => {
    for (const { label, clean: text } of readHeldOut()) {
      const expected = label.startsWith('hans') ? 'zh-Hans' : 'zh-Hant';
      expect(detectScript(text), label).toMatchObject({ detected: expected });
    }
  });
});

describe('the repair of naive conversion', () => {
  it('never touches good Traditional text', () => {
    const texts = [...readHeldOut().map((one) => one.clean), ...readCases('negative').map((one) => one.original)];
    for (const text of texts) expect(clean(text).layers.filter(({ stage }) => stage === 'repair')).toEqual([]);
  });

  it('is said in the Result and lies in the ledger', () => {
    const result = normalize(Buffer.from('領導干部要學習關于安全的規定，堅決防范事故，并落實責任。'));
    expect(result.script).toMatchObject({ detected: 'zh-Hant', repaired: true });
    expect(result.text).toBe('領導幹部要學習關於安全的規定，堅決防範事故，並落實責任。');
    expect(result.scripts['zh-Hans']?.text).toBe('领导干部要学习关于安全的规定，坚决防范事故，并落实责任。');
    expect(result.ledger.layers.find(({ stage }) => stage === 'repair')?.edits).toHaveLength(4);
  });
});

describe('a mixed document', () => {
  const text =
    '领导干部要学习，关于安全的规定要落实。\n領導干部要學習關于安全的規定，堅決防范事故，并落實責任。\n他住在胡同裡，姓范。\n这里的后面没有人。';
  const result = normalize(Buffer.from(text), { scripts: ['zh-Hans', 'zh-Hant', 'zh-Hant-TW'] });

  it('is repaired where it is Traditional alone', () => {
    expect(result.script).toMatchObject({ detected: 'mixed', repaired: true });
    expect(result.text).toBe(
      '领导干部要学习，关于安全的规定要落实。\n領導幹部要學習關於安全的規定，堅決防範事故，並落實責任。\n他住在胡同裡，姓范。\n这里的后面没有人。',
    );
  });

  it('is converted stretch by stretch, and what is in the script already stays', () => {
    expect(result.scripts['zh-Hant']?.text).toBe(
      '領導幹部要學習，關於安全的規定要落實。\n領導幹部要學習關於安全的規定，堅決防範事故，並落實責任。\n他住在胡同裡，姓范。\n這裏的後面沒有人。',
    );
    expect(result.scripts['zh-Hans']?.text.split('\n')[3]).toBe('这里的后面没有人。');
    expect(result.scripts['zh-Hans']?.text).not.toMatch(/[領導學習關]/);
    for (const [script, { text: converted }] of Object.entries(result.scripts)) {
      expect(
        applyLayers(
          result.text,
          result.ledger.layers.filter((layer) => layer.script === script),
        ),
      ).toBe(converted);
    }
  });
});

describe('conversion', () => {
  it('carries blocks and names to every script', () => {
    const text = '领导干部学习\n各部门要落实责任。\n责任编辑：钟丽华 编辑：万里';
    const { scripts } = normalize(Buffer.from(text));
    expect(scripts['zh-Hant']?.ninjs).toMatchObject({
      title: '領導幹部學習',
      people: [{ rel: 'responsibleEditor' }, { rel: 'editor' }],
      edNote: expect.stringContaining('責任編輯：'),
    });
  });

  it('leaves the source script as it is', () => {
    const hans = normalize(Buffer.from('领导干部学习。'));
    expect(hans.scripts['zh-Hans']?.text).toBe(hans.text);
    expect(hans.ledger.layers.filter(({ script }) => script === 'zh-Hans')).toEqual([]);
  });
});
