import { removeFurniture } from '../furniture/removal.ts';
import type { Rule } from '../rule.ts';

export const relatedLinks: Rule = {
  id: 'related-links',
  why: 'Headlines of other articles stand below the text under 相关新闻： or 延伸閱讀; the heading goes, with the lines below it that end no sentence.',
  confidence: 0.999,
  examples: [
    {
      raw: '本报讯 大桥主塔昨日封顶，明年国庆前通车。\n相关新闻：\n· 南州老城区12条街巷完成改造\n临江三桥明年通车 (2018-06-01)\n责任编辑：周文',
      clean: '本报讯 大桥主塔昨日封顶，明年国庆前通车。\n责任编辑：周文',
    },
    {
      raw: '受強風影響，列車昨晚九時起停駛，今早恢復。\n延伸閱讀：南嶼夜市遷址案 攤商今陳情',
      clean: '受強風影響，列車昨晚九時起停駛，今早恢復。',
    },
  ],
  keeps: [
    '推荐阅读的书单共有30种。\n延伸閱讀風氣 圖書館推新計畫',
    '新规昨日公布。\n相关链接\n此前，省里先后出台三份文件。',
    '推荐阅读\n山路弯弯\n水路迢迢',
  ],
  find: (text) => removeFurniture(text, 'related'),
};
