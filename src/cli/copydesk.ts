#!/usr/bin/env node
/** The command line. Results go to stdout, progress and logs to stderr; exit codes 0, 1 (something was rejected or failed), 2 (usage). */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import * as v from 'valibot';
import { byteCount, defaultFormats, formatList, ruleList, scriptList } from '../config.ts';
import { scripts } from '../convert/scripts.ts';
import { ConfigError } from '../errors.ts';
import { defaultMaxBytes, defaultScripts } from '../options.ts';
import { pipelineVersion } from '../pipeline-version.ts';
import { isDay } from '../structure/given-dates.ts';

const program = new Command('copydesk')
  .description('Cleans raw Chinese news files, finds their structure, converts their script and archives them, losing nothing.')
  .version(pipelineVersion)
  .exitOverride()
  .showHelpAfterError('(add --help for the options)');

const scriptsOption = () =>
  new Option('--scripts <list>', 'scripts to convert to').default(defaultScripts, 'zh-Hans,zh-Hant').argParser(parsing(scriptList));
const withoutOption = () =>
  new Option('--without <ids>', 'rules to turn off, those that `copydesk rules` lists; may be given again')
    .default([], 'none')
    .argParser((value, before: readonly string[]) => [...before, ...parsing(ruleList)(value)]);
const pureOption = () => new Option('--pure-opencc', 'convert as OpenCC does, without context and with the quotation marks as they are');
const referenceOption = () =>
  new Option(
    '--reference <date>',
    'a day near to the articles, as 2018-06-12: their dates without a year are of the year nearest to it',
  ).argParser(day);
const jobsOption = (what: string) => new Option('--jobs <n>', what).argParser(wholeNumber);

program
  .command('ingest')
  .description('clean, convert and archive files, folders or buckets')
  .argument('<source...>', 'files, folders or s3://bucket/prefix')
  .requiredOption('--archive <folder|s3://…>', 'where the articles go')
  .addOption(scriptsOption())
  .addOption(
    new Option('--formats <list>', 'outputs a script: ninjs, markdown, text, jsonld, ninjs16')
      .default(defaultFormats, 'ninjs,markdown,text')
      .argParser(parsing(formatList)),
  )
  .addOption(withoutOption())
  .addOption(pureOption())
  .addOption(referenceOption())
  .addOption(jobsOption('files under way at once').default(4))
  .addOption(
    new Option('--max-bytes <n>', 'larger files are rejected')
      .env('COPYDESK_MAX_BYTES')
      .default(defaultMaxBytes)
      .argParser(parsing(byteCount)),
  )
  .option('--json', 'one result line a file on stdout')
  .option('--watch', 'go on with what is dropped later, until interrupted')
  .option('--dry-run', 'say what would be done, write nothing')
  .action(async (sources, options) => (await import('./ingest.ts')).ingestCommand(sources, options));

program
  .command('normalize')
  .description('clean and convert one file, without a store; prints the Result as JSON')
  .argument('[file]', 'a file, or - for standard input', '-')
  .addOption(new Option('--format <format>', 'print just that').choices(['text', 'markdown', 'ninjs', 'jsonld', 'ninjs16', 'ledger']))
  .addOption(new Option('--script <script>', 'print just that script').choices([...scripts, 'source']))
  .addOption(scriptsOption())
  .addOption(withoutOption())
  .addOption(pureOption())
  .addOption(referenceOption())
  .option('--jsonl', 'bulk: NDJSON records in, one Result a line out, in order')
  .addOption(jobsOption('worker threads for --jsonl').default(1))
  .action(async (file, options) => (await import('./normalize.ts')).normalizeCommand(file, options));

program
  .command('rules')
  .description('list the rules: what each mends and keeps, and why; --without turns them off')
  .option('--json', 'one rule a line')
  .action(async (options) => (await import('./rules.ts')).rulesCommand(options));

program
  .command('reconstruct')
  .description('rebuild the raw bytes of an article from its clean text and ledger alone')
  .argument('<article>', 'the folder of an article, or s3://…')
  .option('-o, --output <file>', 'write the raw bytes there; - for standard output')
  .action(async (article, options) => (await import('./reconstruct.ts')).reconstructCommand(article, options));

program
  .command('verify')
  .description('audit an archive: manifests, hashes, ledgers replayed both ways, orphans')
  .argument('<archive>', 'a folder or s3://bucket/prefix')
  .option('--json', 'one finding a line on stdout, the summary last')
  .action(async (archive, options) => (await import('./verify.ts')).verifyCommand(archive, options));

program
  .command('invoke')
  .description('run the bundled Lambda handler on an event file')
  .argument('<event>', 'a JSON file, such as one of events/')
  .option('--archive <folder|s3://…>', 'where the articles go; default: COPYDESK_ARCHIVE')
  .option('--inbox <folder>', "a folder that stands for the event's buckets; default: COPYDESK_INBOX, else they are S3 buckets")
  .action(async (event, options) => (await import('./invoke.ts')).invokeCommand(event, options));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else if (error instanceof ConfigError) {
    process.stderr.write(`copydesk: ${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`copydesk: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

function parsing<T extends typeof scriptList | typeof formatList | typeof ruleList | typeof byteCount>(
  schema: T,
): (value: string) => v.InferOutput<T> {
  return (value) => {
    const parsed = v.safeParse(schema, value);
    if (!parsed.success) throw new InvalidArgumentError(v.summarize(parsed.issues));
    return parsed.output;
  };
}

function day(value: string): string {
  if (!isDay(value)) throw new InvalidArgumentError('write a day as 2018-06-12');
  return value;
}

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 256) throw new InvalidArgumentError('It must be a whole number from 1 to 256.');
  return number;
}
