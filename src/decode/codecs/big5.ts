/** Big5 with the Hong Kong Supplementary Character Set, and with the extension of Unicode-At-On (PTT, older Taiwanese sites). */
import { big5Hkscs as hkscsLines, big5Uao as uaoLines } from '../charset-tables.generated.ts';
import { type Codec, encodeBy, inverseOf, piecesBy, readTable } from '../codec.ts';

const perLead = 157;
/** Codes of two characters. Source: HKSCS-2008. */
const pairs: Readonly<Record<number, string>> = {
  34914: '\u00ca\u0304',
  34916: '\u00ca\u030c',
  34979: '\u00ea\u0304',
  34981: '\u00ea\u030c',
};

function codecOf<Name extends string>(charset: Name, lines: readonly string[], hasPairs: boolean): Codec<Name> {
  let table: (string | undefined)[] | undefined;
  let inverse: Map<string, number> | undefined;
  const tableOf = () => {
    table ??= lines.reduce<(string | undefined)[]>((into, one) => readTable(one, into), []);
    return table;
  };
  return {
    charset,
    pieces: piecesBy((bytes, at) => {
      const lead = bytes[at] ?? 0;
      const trail = bytes[at + 1] ?? 0;
      const column = trail >= 0x40 && trail <= 0x7e ? trail - 0x40 : trail >= 0xa1 && trail <= 0xfe ? trail - 0xa1 + 63 : -1;
      if (lead < 0x81 || lead > 0xfe || column === -1) return undefined;
      const text = (hasPairs ? pairs[(lead << 8) | trail] : undefined) ?? tableOf()[(lead - 0x81) * perLead + column];
      return text === undefined ? undefined : { length: 2, text };
    }),
    encode: encodeBy((character) => {
      // Of a character with two codes that of Big5 itself is the one that is written.
      inverse ??= inverseOf(tableOf(), (0xa1 - 0x81) * perLead);
      const index = inverse.get(character);
      if (index === undefined) return undefined;
      const column = index % perLead;
      return [0x81 + Math.floor(index / perLead), column < 63 ? 0x40 + column : 0xa1 + column - 63];
    }),
  };
}

export const big5Hkscs = codecOf('big5-hkscs', [hkscsLines], true);
export const big5Uao = codecOf('big5-uao', [hkscsLines, uaoLines], false);
