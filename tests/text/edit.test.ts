import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LedgerError } from '../../src/errors.ts';
import { apply, applyLayers, type Edit, invert, type Layer, offsetMapper, undoLayers } from '../../src/text/edit.ts';

/** A text of any code units, lone surrogates too, with sorted edits that fit it. */
const textWithEdits = fc
  .tuple(fc.string({ unit: 'binary' }), fc.array(fc.tuple(fc.nat(5), fc.nat(4), fc.string({ unit: 'binary', maxLength: 4 }))))
  .map(([text, steps]) => {
    const edits: Edit[] = [];
    let at = 0;
    for (const [gap, length, inserted] of steps) {
      const start = at + gap;
      if (start > text.length) break;
      const removed = text.slice(start, start + length);
      if (removed !== inserted) edits.push({ at: start, removed, inserted });
      at = start + removed.length;
    }
    return { text, edits };
  });

describe('apply', () => {
  it('replaces, removes and inserts', () => {
    const edits = [
      { at: 0, removed: '', inserted: '「' },
      { at: 1, removed: '(zheng)', inserted: '' },
      { at: 8, removed: '干部', inserted: '幹部' },
    ];
    expect(apply('政(zheng)干部', edits)).toBe('「政幹部');
  });

  it.each([
    ['does not find what it removes', [{ at: 0, removed: '乙', inserted: '' }]],
    [
      'overlaps',
      [
        { at: 0, removed: '甲乙', inserted: '' },
        { at: 1, removed: '乙', inserted: '' },
      ],
    ],
    [
      'is out of order',
      [
        { at: 2, removed: '丙', inserted: '' },
        { at: 0, removed: '甲', inserted: '' },
      ],
    ],
    ['reaches over the end', [{ at: 2, removed: '丙丁', inserted: '' }]],
    ['changes nothing', [{ at: 0, removed: '甲', inserted: '甲' }]],
    ['stands behind the end', [{ at: 9, removed: '', inserted: '丁' }]],
    ['has a negative offset', [{ at: -1, removed: '', inserted: '丁' }]],
  ])('throws for an edit that %s', (_, edits) => {
    expect(() => apply('甲乙丙', edits)).toThrow(LedgerError);
  });
});

describe('invert', () => {
  it('undoes any edits of any text', () => {
    fc.assert(
      fc.property(textWithEdits, ({ text, edits }) => {
        const inverse = invert(edits);
        expect(apply(apply(text, edits), inverse)).toBe(text);
        expect(invert(inverse)).toEqual(edits);
      }),
    );
  });
});

describe('layers', () => {
  const layers: Layer[] = [
    { stage: 'clean', rule: 'a', edits: [{ at: 1, removed: '(x)', inserted: '' }] },
    { stage: 'repair', rule: 'b', edits: [{ at: 1, removed: '乙', inserted: '丙丙' }] },
  ];

  it('are applied first to last and undone last to first', () => {
    expect(applyLayers('甲(x)乙', layers)).toBe('甲丙丙');
    expect(undoLayers('甲丙丙', layers)).toBe('甲(x)乙');
  });

  it('name themselves when they do not fit', () => {
    expect(() => undoLayers('甲丙', layers)).toThrow(/repair\/b/);
  });
});

describe('offsetMapper', () => {
  const edits = [
    { at: 1, removed: '(zh)', inserted: '' },
    { at: 6, removed: '干部', inserted: '幹部' },
    { at: 9, removed: '', inserted: '……' },
  ];
  const map = offsetMapper(edits);

  it.each([
    [0, 'start', 0],
    [1, 'start', 1],
    [3, 'start', 1],
    [5, 'start', 1],
    [6, 'start', 2],
    [7, 'start', 3],
    [8, 'end', 4],
    [9, 'start', 5],
    [9, 'end', 7],
    [10, 'start', 8],
  ] as const)('carries %i (%s) to %i', (offset, bias, expected) => {
    expect(map(offset, bias)).toBe(expected);
  });

  it('never leaves the text and never goes backwards', () => {
    fc.assert(
      fc.property(textWithEdits, fc.constantFrom('start' as const, 'end' as const), ({ text, edits }, bias) => {
        const carry = offsetMapper(edits);
        const length = apply(text, edits).length;
        let last = 0;
        for (let offset = 0; offset <= text.length; offset++) {
          const carried = carry(offset, bias);
          expect(carried).toBeGreaterThanOrEqual(last);
          expect(carried).toBeLessThanOrEqual(length);
          last = carried;
        }
      }),
    );
  });
});
