import { readFile } from 'node:fs/promises';
import { afterEach, beforeAll, describe, inject } from 'vitest';
import { openStorage } from '../../server/storage/open-storage.ts';
import type { Storage } from '../../server/storage/storage.ts';
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

/** Opens a migrated, empty database. The caller closes its storage; `eachDatabase` does that by itself. */
export const openTestDatabase = async (kind: Kind): Promise<TestDatabase & { drop: () => Promise<void> }> => {
  if (kind === 'pglite') return { ...(await openMemory()), drop: async () => undefined };
  const clone = await cloneDatabase(await ask('postgresql'));
  return { ...(await openClone(clone)), drop: clone.drop };
};

/** The URL of a PostgreSQL database that holds nothing yet. */
export const emptyPostgres = async (): Promise<Clone> => cloneDatabase(await ask('postgresql'), true);

/**
 * Declares a suite on each of the two databases. `open` gives the suite a migrated, empty database, closed and
 * dropped after the test that opened it; pass the same one around within a test.
 *
 * `eachDatabase('leases', (open) => { test('…', async () => { const { storage } = await open(); … }) })`
 */
export const eachDatabase = (
  name: string,
  suite: (open: () => Promise<TestDatabase>, kind: Kind) => void,
): void => {
  describe.each(KINDS)(`${name} on %s`, (kind) => {
    // The first to ask waits until there is something to clone.
    beforeAll(() => ask(kind), PATIENCE);
    const opened: (TestDatabase & { drop: () => Promise<void> })[] = [];
    afterEach(async () => {
      for (const database of opened.splice(0)) {
        await database.storage.close();
        await database.drop();
      }
    });
    const open = async (): Promise<TestDatabase> => {
      const database = await openTestDatabase(kind);
      opened.push(database);
      return database;
    };
    suite(open, kind);
  });
};
