/** What `ingest` needs, with stores that a test can look into. */
import type { Delivery, ObjectRef } from '../../src/delivery.ts';
import { type IngestContext, ingest } from '../../src/ingest.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import type { Store } from '../../src/stores/store.ts';

export interface Intake {
  readonly inbox: Store;
  readonly archive: Store;
  /** Ingests what the inbox holds at the key. */
  take(key: string | ObjectRef, changes?: Partial<IngestContext>): ReturnType<typeof ingest>;
}

export function intake({ inbox = memoryStore(), archive = memoryStore() }: Partial<Pick<Intake, 'inbox' | 'archive'>> = {}): Intake {
  const context: IngestContext = {
    inbox: () => inbox,
    archive,
    scripts: ['zh-Hans', 'zh-Hant'],
    formats: ['ninjs', 'markdown', 'text'],
    maxBytes: 1_000_000,
    now: () => Date.parse('2026-03-01T02:03:04.005Z'),
  };
  return {
    inbox,
    archive,
    take: (key, changes = {}) => ingest(deliveryOf(key), { ...context, ...changes }),
  };
}

function deliveryOf(key: string | ObjectRef): Delivery {
  return { ref: typeof key === 'string' ? { key } : key };
}

/** The store with another way to put, or to get. */
export function altered(store: Store, changes: Partial<Pick<Store, 'put' | 'get'>>): Store {
  return { ...store, ...changes };
}
