/** Has something upstream flattened the document's fullwidth marks to ASCII, as NFKC does? */
const flattened = /(?<=[\p{Script=Han}、。」』》”])[,:;?!](?=[\p{Script=Han}「『《“]|$)/gmu;
const fullwidth = /[，：；？！]/g;

/** Marks that stand between Han, from which the document is flattened if it hardly has any in full width. */
const fewest = 3;
const share = 0.1;

export function isFlattened(text: string): boolean {
  const full = text.match(fullwidth)?.length ?? 0;
  // Most texts have marks in full width, and too few others for them to be read on.
  if (full > 0 && (text.match(/[,:;?!]/g)?.length ?? 0) * share < full) return false;
  const flat = text.match(flattened)?.length ?? 0;
  return flat >= fewest && full <= flat * share;
}
