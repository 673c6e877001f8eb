/** `copydesk reconstruct`: the promise, checked on one article. */
import { writeFile } from 'node:fs/promises';
import { type LedgerFile, ledgerName, type Manifest, manifestName, sha256Hex, sourceTextName } from '../archive.ts';
import { ConfigError } from '../errors.ts';
import { reconstruct } from '../reconstruct.ts';
import { openStore } from '../stores/open.ts';
import { print, say } from './output.ts';

export async function reconstructCommand(article: string, { output }: { readonly output?: string }): Promise<void> {
  const store = await openStore(article);
  const [text, ledger, manifest] = await Promise.all([store.get(sourceTextName), store.get(ledgerName), store.get(manifestName)]);
  const { partOf } = manifest === undefined ? {} : (JSON.parse(decode(manifest.bytes)) as Partial<Manifest>);
  if (partOf !== undefined) {
    throw new ConfigError(
      `${article} is one of several articles of a file; the ledger is the file's: reconstruct ${partOf.record.replace(`/${manifestName}`, '')}`,
    );
  }
  if (text === undefined || ledger === undefined) {
    throw new ConfigError(`${article} has no ${sourceTextName} and ${ledgerName}; name the folder of one article, articles/dt=…/<docId>`);
  }
  const { layers, source } = JSON.parse(decode(ledger.bytes)) as LedgerFile;
  const bytes = reconstruct(decode(text.bytes), layers, source);
  if (!source.lossless) {
    if (output === '-') return print(bytes);
    if (output !== undefined) await writeFile(output, bytes);
    return print(
      `${article}: ${bytes.length} bytes of the text that was extracted from the ${source.format} file, at which its ledger begins; the file itself is under raw/\n`,
    );
  }
  const sha256 = sha256Hex(bytes);
  if (sha256 !== source.sha256) {
    say(`${article}: ${bytes.length} bytes with SHA-256 ${sha256}, but the source had ${source.bytes} with ${source.sha256}`);
    process.exitCode = 1;
    return;
  }
  if (output === '-') return print(bytes);
  if (output !== undefined) await writeFile(output, bytes);
  await print(`${article}: ${bytes.length} bytes, SHA-256 ${sha256}, as the source\n`);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}
