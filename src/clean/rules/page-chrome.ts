import { removeFurniture } from '../furniture/removal.ts';
import type { Rule } from '../rule.ts';

export const pageChrome: Rule = {
  id: 'page-chrome',
  why: 'What stood around the text on its web page comes along with it: 首页 > 新闻 > 正文 above, 分享到：微信 微博 and 扫码关注公众号 below, 請繼續往下閱讀 between.',
  confidence: 0.999,
  examples: [
    { raw: '首页 > 新闻 > 国内\n三桥主塔封顶\n浏览次数：1234\n大桥全长两千七百六十米。', clean: '三桥主塔封顶\n大桥全长两千七百六十米。' },
    {
      raw: '大桥明年国庆前通车。\n责任编辑：周文\n分享到：微信 微博 QQ空间\n扫码关注本报微信公众号\nCopyright © 2019 临江日报社 版权所有',
      clean: '大桥明年国庆前通车。\n责任编辑：周文',
    },
    { raw: '列車昨晚停駛。\n請繼續往下閱讀...\n旅客改搭巴士。', clean: '列車昨晚停駛。\n旅客改搭巴士。' },
    { raw: '列車昨晚停駛。\n下載南嶼新聞App 即時掌握大小事', clean: '列車昨晚停駛。' },
  ],
  keeps: [
    '微信公众号迎来监管新规\n新规下月起施行。',
    '网络改变了他们，也改变了这座小城里所有人的生活。\n下一页\n翻过去，就是另一种生活，谁也不曾见过。',
    '记者点击该链接后发现，页面已无法打开。\n下载客户端的人多了，到窗口排队的人就少了。',
    '大桥明年通车。\n来源：临江日报\n（临江市图书馆供稿）\n责任编辑：周文',
    '大桥明年通车。\n未经授权不得转载',
    '分享到：微信 微博',
  ],
  find: (text) => removeFurniture(text, 'chrome'),
};
