import { describe, expect, it } from 'vitest';
import { readDateline } from '../../src/structure/dateline.ts';

const behind = '春耕全面展开。';

function read(line: string) {
  const found = readDateline(line);
  if (found === undefined) return undefined;
  const slice = ({ start, end }: { start: number; end: number }) => line.slice(start, end);
  const fields = (found.fields ?? []).map((field) => `${field.name} ${slice(field)}`);
  const people = (found.people ?? []).map((person) => `${person.role} ${slice(person)}`);
  return { text: slice(found), says: [...fields, ...people] };
}

describe('datelines', () => {
  it.each([
    ['新华社巴黎12月9日电（记者李文）', ['agency 新华社', 'place 巴黎', 'date 12月9日', 'author 李文']],
    [
      '新华社北京5月31日电（记者 周文、李强 通讯员 王芳）',
      ['agency 新华社', 'place 北京', 'date 5月31日', 'author 周文', 'author 李强', 'correspondent 王芳'],
    ],
    ['新华社赫尔辛基2019年2月16日电（记者慕容雪）', ['agency 新华社', 'place 赫尔辛基', 'date 2019年2月16日', 'author 慕容雪']],
    ['中新网4月27日电', ['agency 中新网', 'date 4月27日']],
    ['北乡网10月4日讯（记者张文 整合）', ['agency 北乡网', 'date 10月4日', 'author 张文']],
    ['本报讯（记者周文）', ['author 周文']],
    ['本报讯 （见习记者 周文 特约通讯员 李强）', ['author 周文', 'correspondent 李强']],
    ['本报北京5月31日电 记者周文报道：', ['place 北京', 'date 5月31日', 'author 周文']],
    ['本站讯', []],
    ['央视网消息（新闻联播）：', ['agency 央视网']],
    ['（中央社記者林美玲台南7日電）', ['agency 中央社', 'place 台南', 'date 7日', 'author 林美玲']],
    ['（中央社記者王文、林美玲台北12日電）', ['agency 中央社', 'place 台北', 'date 12日', 'author 王文', 'author 林美玲']],
    ['（中央社赫爾辛基4日綜合外電報導）', ['agency 中央社', 'place 赫爾辛基', 'date 4日']],
    ['【本報訊】（記者 麥紹倫）', ['author 麥紹倫']],
    ['【香江晨報專訊】', ['agency 香江晨報']],
    ['【中新社金邊五日電】', ['agency 中新社', 'place 金邊', 'date 五日']],
    ['参考消息网5月6日报道', ['agency 参考消息网', 'date 5月6日']],
    ['【财新网】（记者 王文）', ['agency 财新网', 'author 王文']],
    ['（星島日報報道）', ['agency 星島日報']],
    ['【本報駐京記者王文5月6日電】', ['date 5月6日', 'author 王文']],
    ['国际在线报道（记者 王文）：', ['agency 国际在线', 'author 王文']],
    ['据新华社北京5月6日电（记者王文）', ['agency 新华社', 'place 北京', 'date 5月6日', 'author 王文']],
    ['（新山30日讯）', ['place 新山', 'date 30日']],
    ['（記者賴思齊南嶼8日電）', ['place 南嶼', 'date 8日', 'author 賴思齊']],
    [
      '人民网乌鲁木齐5月8日电 （记者阿依努尔·托合提、陶然）',
      ['agency 人民网', 'place 乌鲁木齐', 'date 5月8日', 'author 阿依努尔·托合提', 'author 陶然'],
    ],
    ['新华社兰州4月18日电（记者郎朝辉 实习生冉一诺）', ['agency 新华社', 'place 兰州', 'date 4月18日', 'author 郎朝辉', 'intern 冉一诺']],
  ])('%s', (dateline, says) => {
    const found = read(`　　${dateline}${dateline.endsWith('报道') ? ' ' : ''}${behind}`);
    expect(found?.text).toBe(dateline);
    expect([...(found?.says ?? [])].sort()).toEqual([...says].sort());
  });

  it.each([
    '据中新网9月9日报道，春耕全面展开。',
    '新华社记者日前获悉，春耕全面展开。',
    '本报记者站设在北乡，电话常年开通。',
    '他给新华社打了电话，讯问消息。',
    '电影周昨天开幕。',
    '6月1日，电网全面检修。',
  ])('%s is none', (line) => {
    expect(readDateline(line)).toBeUndefined();
  });
});
