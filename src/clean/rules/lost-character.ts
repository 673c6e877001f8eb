import { characterAt, characterBefore, isHan } from '../../text/han.ts';
import { isCutShort, reportPlaces } from '../encodings.ts';
import type { Rule } from '../rule.ts';

/**
 * U+FFFD, and what it becomes when it is written as UTF-8 and read as windows-1252 or GBK; memory that a program never filled, as GBK;
 * and question marks, which are what converters write for a character that a charset lacks.
 */
const suspect = /\ufffd+|(?:ï¿½)+|(?:锟斤拷|斤拷锟|拷锟斤)[锟斤拷]*|烫{3,}|屯{3,}|[?？]+/g;

/** Behind these a row of question marks is a cry: 真的吗？？？大家都不信. */
const cries = /[吗嗎呢么麼嘛吧啊呀哪啥谁誰何]/;

/** Beside these a single word is spoken of, or spoken: “锟斤拷”是怎么来的, “烫烫烫！” */
const speech = /[“”‘’「」『』"'《》！!]/;

export const lostCharacter: Rule = {
  id: 'lost-character',
  why: 'What a wrong charset could not hold is gone: 锟斤拷, 记者???报道 and 工作报鍛� keep its place. Nothing can bring it back, so a person is told where it was.',
  confidence: 0.95,
  examples: [{ raw: '记者锟斤拷报道，据�方消息', clean: '记者锟斤拷报道，据�方消息' }],
  keeps: ['真的吗？？？大家都不信', '“锟斤拷”是怎么来的', '他说：“烫烫烫！”', '买了三公斤拷贝纸', '什么？？', '驻屯屯兵'],
  find: (text, { report }) => {
    const places: { start: number; end: number; reason: string }[] = [];
    for (const match of text.matchAll(suspect)) {
      const [stretch] = match;
      const start = match.index;
      const end = start + stretch.length;
      const isCut = !isHan(stretch.charAt(0)) && isCutShort(text, start - 1);
      const reason = reasonFor(text, start, end, isCut);
      if (reason !== undefined) places.push({ start: isCut ? start - 1 : start, end, reason });
    }
    reportPlaces(report, places);
    return [];
  },
};

function reasonFor(text: string, start: number, end: number, isCut: boolean): string | undefined {
  const stretch = text.slice(start, end);
  const [before, after] = [characterBefore(text, start), characterAt(text, end)];
  if (/^[?？]/.test(stretch)) {
    if (isCut && stretch.startsWith('?')) return `review: ${before}? stands for a lost character`;
    const isLoss = stretch.length >= 3 && isHan(before) && isHan(after) && !cries.test(before ?? '');
    // Another rule may widen the marks, so they are counted, not quoted.
    return isLoss ? `review: ${stretch.length} question marks may stand for lost characters` : undefined;
  }
  if (isHan(stretch.charAt(0))) {
    const isSpoken = stretch.length === 3 && (speech.test(before ?? '') || speech.test(after ?? ''));
    return isSpoken ? undefined : `review: ${stretch.slice(0, 3)} stands for lost characters`;
  }
  return stretch.startsWith('\ufffd') ? 'review: U+FFFD stands for lost characters' : 'review: ï¿½ stands for lost characters';
}
