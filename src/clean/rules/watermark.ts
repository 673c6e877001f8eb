import type { Edit } from '../../text/edit.ts';
import { apply } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import { findWatermarks } from '../furniture/injected.ts';
import type { Rule } from '../rule.ts';

/** Taking a bracket out of a sentence can leave a watermark. More passes than this only a text made for it needs. */
const maxPasses = 6;

export const watermark: Rule = {
  id: 'watermark',
  why: 'Sites put sentences about themselves between those of a text: 更多精彩内容请关注临江日报微信公众号。【更多資訊請下載南嶼新聞App】',
  confidence: 0.999,
  examples: [
    {
      raw: '大桥主塔昨日封顶。更多精彩内容请关注临江日报微信公众号。工程转入桥面铺装阶段。',
      clean: '大桥主塔昨日封顶。工程转入桥面铺装阶段。',
    },
    { raw: '列車昨晚停駛。【更多資訊請下載南嶼新聞App】旅客改搭巴士。', clean: '列車昨晚停駛。旅客改搭巴士。' },
    { raw: '大桥主塔（本文来源：临江网，转载请注明出处）昨日封顶。', clean: '大桥主塔昨日封顶。' },
    { raw: '施工单位表示，将在确保www.linjiang.example.cn质量的前提下加快进度。', clean: '施工单位表示，将在确保质量的前提下加快进度。' },
  ],
  keeps: [
    '记者关注到更多的细节。记者点击该链接后发现，页面已无法打开。',
    '报名网址为https://example.com/signup，截止日期为本月底。市民可登录www.example.cn查询。',
    '“更多内容请关注我们的公众号。”主持人说完便下了台。',
    '请下载“交管12123”App办理。未经许可不得使用该标志。',
    '更多信息见https://example.com/搜索?关键词=天气,降雨，或者拨打热线电话咨询。',
  ],
  find: (text) => {
    let removed: Span[] = [];
    let current = text;
    for (let pass = 0; pass < maxPasses; pass++) {
      const found = findWatermarks(current);
      if (found.length === 0) break;
      removed = lift(found, removed);
      current = apply(current, toEdits(current, found));
    }
    return toEdits(text, removed);
  },
};

function toEdits(text: string, spans: readonly Span[]): Edit[] {
  return spans.map(({ start, end }) => ({ at: start, removed: text.slice(start, end), inserted: '' }));
}

/** Spans found in a text without `removed`, as spans of the text with it, together with those of `removed`. In order, as both are. */
function lift(found: readonly Span[], removed: readonly Span[]): Span[] {
  const lifted: { start: number; end: number }[] = [];
  const add = (start: number, end: number) => {
    const last = lifted.at(-1);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else lifted.push({ start, end });
  };
  let shift = 0;
  let next = 0;
  for (const { start, end } of found) {
    for (let gap = removed[next]; gap !== undefined && gap.start - shift <= start; gap = removed[++next]) {
      add(gap.start, gap.end);
      shift += gap.end - gap.start;
    }
    const from = start + shift;
    for (let gap = removed[next]; gap !== undefined && gap.start - shift < end; gap = removed[++next]) shift += gap.end - gap.start;
    add(from, end + shift);
  }
  for (const gap of removed.slice(next)) add(gap.start, gap.end);
  return lifted;
}
