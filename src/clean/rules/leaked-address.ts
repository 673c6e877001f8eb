import { removeFurniture } from '../furniture/removal.ts';
import type { Rule } from '../rule.ts';

export const leakedAddress: Rule = {
  id: 'leaked-address',
  why: 'Links of the page and of its advertisements leak into the text as lines of their own; one that the line above leads to (报名网址如下：) is the story’s.',
  confidence: 0.999,
  examples: [
    {
      raw: '大桥明年通车。\nhttp://ad.example.com/click?cid=20931&utm_source=ljrb\n两岸居民往来不必再绕行。\n/images/2018/0601/banner.jpg',
      clean: '大桥明年通车。\n两岸居民往来不必再绕行。',
    },
  ],
  keeps: [
    '报名网址如下：\nhttps://example.com/signup\n报名月底截止。',
    '官网：https://example.com',
    'Node.js\n这个名字怎么念？',
    '3.14\n是个圆周率。',
  ],
  find: (text) => removeFurniture(text, 'address'),
};
