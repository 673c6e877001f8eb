/** Bytes to text: the first step. */

import type { Message } from '../message.ts';
import { defaultMaxBytes, type NormalizeOptions } from '../options.ts';
import { applyLayers, type Edit, type Layer } from '../text/edit.ts';
import { type Charset, decodeBytes } from './charset.ts';
import { type Refusal, refuseSignature, refuseSize, refuseText } from './formats/plain.ts';

export interface Decoded {
  readonly charset: Charset;
  readonly bom: boolean;
  readonly format: 'text';
  /** Do the text and the ledger give the bytes back? False only for what is too large to be read. */
  readonly lossless: boolean;
  /** The text after the layers; well formed when it was not refused. */
  readonly text: string;
  readonly layers: readonly Layer[];
  readonly messages: readonly Message[];
  readonly refusal?: Refusal;
}

/** Never throws: what cannot be read comes back with a `refusal`, and with layers that still rebuild the bytes. */
export function decode(
  bytes: Uint8Array,
  { maxBytes = defaultMaxBytes, charset }: Pick<NormalizeOptions, 'maxBytes' | 'charset'> = {},
): Decoded {
  const refused = refuseSize(bytes, maxBytes) ?? (charset === undefined ? refuseSignature(bytes) : undefined);
  if (refused?.code === 'too-large') {
    return { charset: 'latin1', bom: false, format: 'text', lossless: false, text: '', layers: [], messages: [], refusal: refused };
  }
  if (refused?.code === 'binary') {
    const text = Buffer.from(bytes).toString('latin1');
    return { charset: 'latin1', bom: false, format: 'text', lossless: true, text, layers: [], messages: [], refusal: refused };
  }
  const decoded = decodeBytes(bytes, charset);
  const layers = [...decoded.layers];
  let text = applyLayers(decoded.raw, layers);
  const surrogates = loneSurrogates(text);
  if (surrogates.length > 0) {
    const layer: Layer = { stage: 'decode', rule: 'lone-surrogate', edits: surrogates };
    layers.push(layer);
    text = applyLayers(text, [layer]);
  }
  const undecodableBytes = decoded.undecodable.reduce((sum, place) => sum + place.bytes, 0);
  const refusal = refused ?? refuseText(text, undecodableBytes);
  const messages = lossMessages(decoded.layers[0]?.rule, decoded.undecodable, surrogates.length);
  const result = { charset: decoded.charset, bom: decoded.bom, format: 'text' as const, lossless: true, text, layers, messages };
  return refusal === undefined ? result : { ...result, refusal };
}

function loneSurrogates(text: string): Edit[] {
  if (text.isWellFormed()) return [];
  return [...text.matchAll(/\p{Surrogate}/gu)].map((match) => ({ at: match.index, removed: match[0], inserted: '\ufffd' }));
}

function lossMessages(readAs: string | undefined, places: readonly { at: number; bytes: number }[], surrogates: number): Message[] {
  const messages: Message[] = [];
  if (places.length > 0) {
    const named = places.slice(0, 5).map((place) => `${place.bytes} at ${place.at}`);
    const more = places.length > named.length ? `, and ${places.length - named.length} more places` : '';
    const reason = `read as ${readAs}; undecodable bytes (count at byte offset): ${named.join(', ')}${more}; each reads as U+FFFD, the bytes are in the ledger`;
    messages.push({ rule: 'charset', severity: 'warning', reason });
  }
  if (surrogates > 0) {
    messages.push({ rule: 'lone-surrogate', severity: 'warning', reason: `${surrogates} lone surrogates read as U+FFFD` });
  }
  return messages;
}
