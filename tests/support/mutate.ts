/** Damage as it happens to files and as people do it on purpose: bytes flipped, cut, doubled, moved; lengths made huge. Seeded. */

/** A pseudo-random sequence of 0..1; the same for the same seed (mulberry32). */
export function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const tokens = [
  '<',
  '>',
  '&',
  '<![CDATA[',
  ']]>',
  '<!--',
  '{',
  '}',
  '[',
  '"',
  '\\',
  "\\'",
  '\\u',
  '\0',
  '\r\n\r\n',
  '--',
  '%PDF-',
  '&#x10ffff;',
  '=?',
  '`',
];

export function mutate(bytes: Uint8Array, random: () => number): Buffer {
  let mutated = Buffer.from(bytes);
  const at = (): number => Math.floor(random() * mutated.length);
  for (let count = 1 + Math.floor(random() * 4); count > 0; count--) {
    const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number];
    const kind = Math.floor(random() * 7);
    if (kind === 0) for (let flips = 1 + Math.floor(random() * 20); flips > 0; flips--) mutated[at()] = Math.floor(random() * 256);
    else if (kind === 1) mutated = mutated.subarray(0, to);
    else if (kind === 2) mutated = Buffer.concat([mutated.subarray(0, from), mutated.subarray(to)]);
    else if (kind === 3) mutated = Buffer.concat([mutated.subarray(0, to), mutated.subarray(from)]);
    else if (kind === 4) mutated.fill(random() < 0.5 ? 0xff : 0, from, Math.min(from + 8, mutated.length));
    else if (kind === 5) {
      const token = Buffer.from(
        (tokens[Math.floor(random() * tokens.length)] ?? '').repeat(random() < 0.1 ? 5000 : 1 + Math.floor(random() * 3)),
      );
      mutated = Buffer.concat([mutated.subarray(0, from), token, mutated.subarray(from)]);
    } else if (to > from) {
      const part = mutated.subarray(from, Math.min(to, from + 64));
      mutated = Buffer.concat([
        mutated.subarray(0, from),
        ...Array.from({ length: 1 + Math.floor(random() * 50) }, () => part),
        mutated.subarray(from),
      ]);
    }
    if (mutated.length === 0) return mutated;
  }
  return mutated;
}
