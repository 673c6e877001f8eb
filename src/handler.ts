/** The Lambda function: the environment's settings, the stores, and a loop of envelope, ingest, answer. */
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { readConfig } from './config.ts';
import { type Delivery, type ObjectRef, type Outcome, sourceKeyOf } from './delivery.ts';
import { envelopeOf } from './envelopes/index.ts';
import { ConfigError, type EnvelopeError } from './errors.ts';
import { ingest } from './ingest.ts';
import { folderStore } from './stores/folder.ts';
import { openBucket, openStore, parseS3Address } from './stores/open.ts';
import type { Store } from './stores/store.ts';

const config = readConfig(process.env);
const archive = await openStore(config.archive);
const archiveAddress = parseS3Address(config.archive);
const logger = new Logger();
const metrics = new Metrics();

const metricOf: Readonly<Record<Outcome['status'], string>> = {
  archived: 'Archived',
  duplicate: 'Duplicates',
  stale: 'Stale',
  rejected: 'Rejected',
  failed: 'Failed',
};

/**
 * Handles an event of any trigger in `envelopes/`. A rejected file is answered for by its record in the archive and never
 * tried again; what fails is thrown or listed, as the trigger wants it, and tried again.
 */
export async function handler(event: unknown, context: Context): Promise<unknown> {
  logger.addContext(context);
  try {
    const envelope = envelopeOf(event);
    return await envelope.handle(event, { deliver, refuse }, context);
  } catch (error) {
    logger.error('the event is to be delivered again', error as Error);
    throw error;
  } finally {
    // With none to publish it would warn, in a line that is not JSON.
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

async function deliver(delivery: Delivery): Promise<void> {
  const source = sourceKeyOf(delivery.ref);
  try {
    refuseRecursion(delivery.ref);
    const outcome = await ingest(config.inbox === undefined ? delivery : unversioned(delivery), {
      ...config,
      archive,
      inbox,
      now: Date.now,
    });
    metrics.addMetric(metricOf[outcome.status], MetricUnit.Count, 1);
    const { status, docId, record, reason } = outcome;
    logger[status === 'rejected' ? 'warn' : 'info'](status, { source, docId, record, reason });
  } catch (error) {
    metrics.addMetric(metricOf.failed, MetricUnit.Count, 1);
    logger.error('failed', { source, error: error as Error });
    throw error;
  }
}

function refuse(error: EnvelopeError): void {
  metrics.addMetric(metricOf.failed, MetricUnit.Count, 1);
  logger.error('failed', { error });
}

/** A folder that stands for the buckets has one version of each object. */
function unversioned({ ref: { versionId: _, ...ref } }: Delivery): Delivery {
  return { ref };
}

function inbox({ bucket = '' }: ObjectRef): Store | Promise<Store> {
  return config.inbox === undefined ? openBucket({ bucket, prefix: '' }) : folderStore(config.inbox);
}

/** An article written under a watched prefix would be delivered as a raw file, and so on without end. */
function refuseRecursion({ bucket, key }: ObjectRef): void {
  if (archiveAddress?.bucket === bucket && (archiveAddress?.prefix === '' || key.startsWith(`${archiveAddress?.prefix}/`))) {
    throw new ConfigError(`${bucket}/${key} lies in the archive ${config.archive}: take the notification for it off the bucket`);
  }
}
