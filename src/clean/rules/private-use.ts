import type { Rule } from '../rule.ts';

/**
 * Stretches of private-use characters and noncharacters. By UTF-16 units: leads from U+DB80 on begin planes 15 and 16, and the last
 * two code points of every plane are noncharacters.
 */
const unreadable =
  /(?:[\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]|[\udb80-\udbff][\udc00-\udfff]|[\ud83f\ud87f\ud8bf\ud8ff\ud93f\ud97f\ud9bf\ud9ff\uda3f\uda7f\udabf\udaff\udb3f\udb7f][\udffe\udfff])+/g;

const maxMessages = 20;
/** Of a stretch, so many code points are named. */
const maxNamed = 8;

export const privateUse: Rule = {
  id: 'private-use',
  why: 'A font of its own draws what has no code, and without it nobody knows which character the \\ue5e5 of 张\\ue5e5 is. It is kept, and a person is told where it stands.',
  confidence: 0.95,
  examples: [{ raw: '记者张\ue5e5报道', clean: '记者张\ue5e5报道' }],
  keeps: ['\ue000\u{f0000}\u{10fffd}', '\ufdd0\uffff\u{1fffe}', '😀𠮷', '\udb80', '新聞\ufffd'],
  find: (text, { report }) => {
    let stretches = 0;
    for (const match of text.matchAll(unreadable)) {
      stretches++;
      if (stretches > maxMessages) continue;
      const end = match.index + match[0].length;
      report({ severity: 'warning', reason: `review: ${nameOf(match[0])} kept: no standard says what it is`, start: match.index, end });
    }
    const more = stretches - maxMessages;
    if (more > 0)
      report({ severity: 'warning', reason: `review: ${more} more stretches of private-use characters or noncharacters are kept` });
    return [];
  },
};

/** The code points of a stretch: `U+E5E5`. */
function nameOf(stretch: string): string {
  const named: string[] = [];
  let total = 0;
  for (const character of stretch) {
    if (total < maxNamed) named.push(`U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`);
    total++;
  }
  const more = total > maxNamed ? ` and ${total - maxNamed} more` : '';
  return `${named.join(' ')}${more} ${total > 1 ? 'are' : 'is'}`;
}
