import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, inject } from 'vitest';
import { openStorage } from '../../server/storage/open-storage.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { emptyDatabase } from './empty-database.ts';
import { type Clone, cloneDatabase } from './template-database.ts';

type Kind = Storage['kind'];

/** Where an open test database can be opened a second time; null: in memory, so it cannot. */
export interface TestDatabase {
  readonly storage: Storage;
  readonly url: string | null;
}

const KINDS: readonly Kind[] = ['pglite', 'postgresql'];

/** Making the snapshot or starting a server on a busy machine. Milliseconds. */
const PATIENCE = 120_000;

const ask = async (kind: Kind): Promise<string> => {
  const response = await fetch(`${inject('databaseBroker')}/${kind}`);
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text;
};

let snapshot: Promise<Uint8Array<ArrayBuffer>> | null = null;
const loadSnapshot = (): Promise<Uint8Array<ArrayBuffer>> => {
  snapshot ??= ask('pglite').then(async (path) => new Uint8Array(await readFile(path)));
  return snapshot;
};

const openMemory = async (): Promise<TestDatabase> => ({
  storage: await openStorage({ snapshot: await loadSnapshot(), migrate: false }),
  url: null,
});

const openClone = async ({ url }: Clone): Promise<TestDatabase> => ({
  storage: await openStorage({ databaseUrl: url, migrate: false, connections: 5 }),
  url,
});

/** An open database that its opener closes and drops. */
export type OwnedDatabase = TestDatabase & { readonly drop: () => Promise<void> };

/** Opens a migrated, empty database. The caller closes its storage and drops it; `eachDatabase` does that by itself. */
export const openTestDatabase = async (kind: Kind): Promise<OwnedDatabase> => {
  if (kind === 'pglite') return { ...(await openMemory()), drop: async () => undefined };
  const clone = await cloneDatabase(await ask('postgresql'));
  return { ...(await openClone(clone)), drop: clone.drop };
};

/** The URL of a PostgreSQL database that holds nothing yet. */
export const emptyPostgres = async (): Promise<Clone> => cloneDatabase(await ask('postgresql'), true);

const discard = async ({ storage, drop }: OwnedDatabase): Promise<void> => {
  await storage.close().catch(() => undefined);
  await drop();
};

/**
 * Declares a suite on each of the two databases. `open` gives a test a migrated, empty database, which is emptied
 * after it and given to the next: opening one takes long. Whatever works on it in the background must be stopped in
 * the test. Opened twice in one test, there are two.
 *
 * `eachDatabase('leases', (open) => { test('…', async () => { const { storage } = await open(); … }) })`
 */
export const eachDatabase = (
  name: string,
  suite: (open: () => Promise<TestDatabase>, kind: Kind) => void,
): void => {
  describe.each(KINDS)(`${name} on %s`, (kind) => {
    const inUse: OwnedDatabase[] = [];
    const empty: OwnedDatabase[] = [];
    // The first to ask waits until there is something to clone.
    beforeAll(() => ask(kind), PATIENCE);
    afterEach(async () => {
      for (const database of inUse.splice(0)) {
        const emptied = await emptyDatabase(database.storage).then(
          () => true,
          () => false,
        );
        if (emptied) empty.push(database);
        else await discard(database);
      }
    });
    afterAll(async () => {
      for (const database of empty.splice(0)) await discard(database);
    });
    const open = async (): Promise<TestDatabase> => {
      const database = empty.pop() ?? (await openTestDatabase(kind));
      inUse.push(database);
      return database;
    };
    suite(open, kind);
  });
};
