/** Every span of every labelled article: inside its parent, beside its siblings, and the same stretch in every script. */
import { describe, expect, it } from 'vitest';
import { convertText, pureOpenCC } from '../../src/convert/index.ts';
import { type Script, scripts } from '../../src/convert/scripts.ts';
import { normalizeArticle } from '../../src/normalize.ts';
import { type Article, outerBlocks } from '../../src/structure/article.ts';
import { sliceOf } from '../../src/text/span.ts';
import { readLabelled } from '../quality/structure.ts';

const articles = (['development', 'heldout'] as const)
  .flatMap((half) => readLabelled(half))
  .map(({ name, raw }) => [name, normalizeArticle(Buffer.from(raw), { scripts })] as const);

/** What both scripts fold to. */
const folded = (text: string, script: Script) => convertText(text, script, 'zh-Hans', pureOpenCC);

function expectSound({ text, blocks }: Article): void {
  const outer = outerBlocks(blocks);
  expect(outer.map((block) => sliceOf(text, block))).toEqual(text.split('\n'));
  let parent = outer[0];
  let end = 0;
  for (const block of blocks) {
    if (outer.includes(block)) {
      parent = block;
      end = block.start;
    } else {
      // A nested block follows the one before it, within its parent.
      expect(block.start).toBeGreaterThanOrEqual(end);
      expect(block.end).toBeLessThanOrEqual(parent?.end ?? 0);
      expect(block.end - block.start).toBeLessThan((parent?.end ?? 0) - (parent?.start ?? 0));
      end = block.end;
    }
    for (const span of [...(block.people ?? []), ...(block.fields ?? [])]) {
      expect(span.start).toBeGreaterThanOrEqual(block.start);
      expect(span.end).toBeLessThanOrEqual(block.end);
      expect(span.end).toBeGreaterThan(span.start);
    }
  }
}

describe('of the labelled articles', () => {
  it('blocks cover the text, and none overlaps another of its level', () => {
    expect(articles.length).toBeGreaterThan(80);
    for (const [, { source, scripts: all }] of articles)
      for (const article of [source, ...all.values()]) if (article !== undefined) expectSound(article);
  });

  it('names and fields stand at their places in every script', () => {
    let spans = 0;
    for (const [name, { source, scripts: all }] of articles) {
      const own: Script = source?.language === 'zh-Hant' ? 'zh-Hant' : 'zh-Hans';
      for (const [script, { text, blocks }] of all) {
        expect(blocks).toHaveLength(source?.blocks.length ?? 0);
        for (const [index, block] of blocks.entries()) {
          const original = source?.blocks[index];
          const pairs = [
            ...(block.people ?? []).map((span, at) => [span, original?.people?.[at]] as const),
            ...(block.fields ?? []).map((span, at) => [span, original?.fields?.[at]] as const),
          ];
          for (const [span, before] of pairs) {
            spans++;
            const expected = folded(sliceOf(source?.text ?? '', before ?? { start: 0, end: 0 }), own);
            // Another region writes another variant of a character; none is of another length.
            const found = folded(sliceOf(text, span), script);
            expect(found.length, `${name} ${script} ${expected} ${found}`).toBe(expected.length);
            if (script === 'zh-Hans' || script === 'zh-Hant') expect(found, `${name} ${script}`).toBe(expected);
          }
        }
      }
    }
    expect(spans).toBeGreaterThan(1000);
  });
});
