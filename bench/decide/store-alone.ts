import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '../../server/storage/open-storage.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { GROUP, type RecordedGroup, recordGroup, renamed } from './record-group.ts';

const WARM_UP = 40;
const MEASURED = 400;
/** Groups made ahead at a time, so that making them is not measured and they do not fill memory. */
const PREPARED = 20;

/**
 * Leads per second of the database alone: the very statements of the lane for 50 leads, look-ups included, one
 * transaction after the other. No HTTP, no decision, no JSON made on the way. fsync on.
 */
export const storeAlone = async ({ databaseUrl }: { readonly databaseUrl?: string }): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-store-alone-'));
  const storage = await openStorage(
    databaseUrl === undefined ? { dataDir: join(folder, 'data') } : { databaseUrl },
  );
  try {
    const group = await recordGroup(storage);
    let number = 0;
    const replay = async (count: number): Promise<number> => {
      let spent = 0;
      for (let done = 0; done < count; done += PREPARED) {
        const prepared = Array.from({ length: PREPARED }, () => renamed(group, ++number));
        const start = performance.now();
        for (const one of prepared) await write(storage, one);
        spent += performance.now() - start;
      }
      return spent;
    };
    await replay(WARM_UP);
    return (MEASURED * GROUP * 1000) / (await replay(MEASURED));
  } finally {
    await storage.close();
    await rm(folder, { recursive: true, force: true });
  }
};

const write = (storage: Storage, { tenantId, lookedUp, written }: RecordedGroup): Promise<void> =>
  storage.withTenant(tenantId, async (_trx, tx) => {
    await tx.pipeline(lookedUp);
    await tx.commit(written);
  });
