/** Has something upstream flattened the document's fullwidth marks to ASCII, as NFKC does? */
const flattened = /(?<=[\p{Script=Han}、。」』》”])[,:;?!](?=[\p{Script=Han}「『《“]|$)/gmu;
const fullwidth = /[，：；？！]/g;

/** Marks that stand between Han, from which the document is flattened if it hardly has any in full width. */
const fewest = 3;
const share = 0.1;

export function isFlattened(text: string): boolean {
  const flat = count(text, flattened);
  return flat >= fewest && count(text, fullwidth) <= flat * share;
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found++;
  return found;
}
