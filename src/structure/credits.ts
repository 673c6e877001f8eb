/** Credits lines: 責任編輯：周彥榮 編輯：藍圖. Forms: role labels with a colon, several in a line, bracketed or bare, a role may be empty. */
import type { PersonSpan, Role } from './block.ts';

/** Role words of the mastheads and tail lines of Mainland, Hong Kong and Taiwan papers, the longest first. */
const roles: readonly (readonly [words: string, role: Role])[] = [
  ['责任编辑|責任編輯|責任編集|责编|責編|本版责编|本版責編', 'responsibleEditor'],
  ['责任校对|責任校對|校对|校對', 'proofreader'],
  ['审核|審核|审校|審校|审签|審簽|复审|複審|终审|終審|初审|初審|一审|一審|二审|二審|三审|三審', 'reviewer'],
  ['监制|監製|出品人|制片人|製片人', 'producer'],
  ['摄影|攝影|摄|攝', 'photographer'],
  ['通讯员|通訊員', 'correspondent'],
  ['实习生|實習生', 'intern'],
  ['编辑|編輯|文字编辑|文字編輯|值班编辑|值班編輯', 'editor'],
  ['作者|撰文|记者|記者|文', 'author'],
];

const label = new RegExp(`(?:${roles.map(([words], index) => `(?<r${index}>${words})`).join('|')})[ \\u3000]?[:：]`, 'gu');
const name = new RegExp(
  [
    '\\p{Script=Han}{1,15}(?:·\\p{Script=Han}{1,15}){1,5}',
    // Two-character names padded to the width of three, before they are joined.
    '\\p{Script=Han}[ \\u3000\\u00a0]{1,3}\\p{Script=Han}(?!\\p{Script=Han})',
    '\\p{Script=Han}{2,4}',
    "[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*)*",
  ].join('|'),
  'gu',
);
const betweenNames = /^[ \u3000\u00a0、,，;；/／&]*$/;
/** UTF-16 units. The longest credits line of a paper's page names some forty people. */
const longestCredits = 400;
const frame = /^[（(【[]|[）)】\]]$/g;

/** The people of a credits line with offsets into `line`, or undefined if the line is not all credits. */
export function readCredits(line: string): PersonSpan[] | undefined {
  if (line.length > longestCredits) return undefined;
  const labels = [...line.matchAll(label)];
  const first = labels[0];
  if (first === undefined || line.slice(0, first.index).replace(frame, '').trim() !== '') return undefined;
  const people: PersonSpan[] = [];
  for (const [index, match] of labels.entries()) {
    const from = match.index + match[0].length;
    const to = labels[index + 1]?.index ?? line.length;
    const role = roleOf(match.groups ?? {});
    let end = from;
    for (const found of line.slice(from, to).matchAll(name)) {
      if (!betweenNames.test(line.slice(end, from + found.index))) return undefined;
      const start = from + found.index;
      end = start + found[0].length;
      people.push({ role, start, end });
    }
    if (!betweenNames.test(line.slice(end, to).replace(frame, ''))) return undefined;
  }
  // 记者：你好 is a question of an interview; a line of authors alone is no credits line.
  return labels.every(({ groups }) => roleOf(groups ?? {}) === 'author') ? undefined : people;
}

function roleOf(groups: Readonly<Record<string, string | undefined>>): Role {
  return roles.find((_, index) => groups[`r${index}`] !== undefined)?.[1] ?? 'editor';
}
