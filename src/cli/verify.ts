/** `copydesk verify`: is the archive whole? */

import { statSync } from 'node:fs';
import { ConfigError } from '../errors.ts';
import { openStore, parseS3Address } from '../stores/open.ts';
import { verify } from '../verify.ts';
import { print, say } from './output.ts';

export async function verifyCommand(archive: string, { json }: { readonly json?: boolean }): Promise<void> {
  if (parseS3Address(archive) === undefined && !statSync(archive, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ConfigError(`${archive} is no folder; name the archive that ingest wrote`);
  }
  const store = await openStore(archive);
  const findings = verify(store);
  let broken = 0;
  let unfinished = 0;
  let step = await findings.next();
  for (; !step.done; step = await findings.next()) {
    const { kind, key, reason } = step.value;
    if (kind === 'broken') broken++;
    else unfinished++;
    if (json) await print(`${JSON.stringify(step.value)}\n`);
    else say(`${kind}: ${key}: ${reason}`);
  }
  const { articles, raw, sources, rejected } = step.value;
  if (articles + raw + sources + rejected === 0) throw new ConfigError(`${archive} holds no archive: nothing under articles/ and raw/`);
  const verdict = broken === 0 ? 'whole' : 'broken';
  if (json) await print(`${JSON.stringify({ verdict, articles, raw, sources, rejected, broken, unfinished })}\n`);
  else {
    const rest = unfinished === 0 ? '' : `, ${unfinished} unfinished (ingest again)`;
    await print(
      `${verdict}: ${articles} articles, ${raw} raw files, ${sources} sources, ${rejected} rejected; ${broken} findings${rest}\n`,
    );
  }
  if (broken > 0) process.exitCode = 1;
}
