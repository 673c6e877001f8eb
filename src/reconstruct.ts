/** From the clean text and the ledger back to the raw bytes: the promise of the project, as a function. */
import { type Charset, encode } from './decode/charset.ts';
import { type Layer, undoLayers } from './text/edit.ts';

/**
 * Rebuilds the raw bytes; of a binary format (`source.lossless` is false) the UTF-8 bytes of the text that was extracted, where its ledger begins.
 *
 * @param text the clean text in the source's own script.
 * @param layers the whole ledger; layers of stage `convert` are branches and play no part.
 * @throws {LedgerError} if the layers do not fit the text. Compare the SHA-256 of the answer with the source's.
 */
export function reconstruct(
  text: string,
  layers: readonly Layer[],
  source: { readonly charset: Charset; readonly bom: boolean },
): Uint8Array {
  const trunk = layers.filter(({ stage }) => stage !== 'convert');
  return encode(undoLayers(text, trunk), source.charset, source.bom);
}
