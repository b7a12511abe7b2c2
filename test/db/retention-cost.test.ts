import { expect, test } from 'vitest';
import { createInboxStore } from '../../server/storage/inbox-store.ts';
import { leadsOf, oldLeads } from '../../server/storage/lifecycle/find-leads.ts';
import { prune } from '../../server/storage/lifecycle/prune.ts';
import { pruneDirectory } from '../../server/storage/lifecycle/prune-directory.ts';
import type { Storage, Trx } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { fillOld, OLD_TENANT } from '../support/old-rows.ts';
import { countingRows } from '../support/rows-read.ts';

const AT = Date.parse('2026-06-01T00:00:00Z');
const [KEPT, OVER] = [20_000, 60];

eachDatabase('what the retention costs', (open) => {
  /** Rows that some work of a tenant reads. */
  const readBy = (storage: Storage, work: (trx: Trx) => Promise<unknown>): Promise<number> =>
    storage.withTenant(OLD_TENANT, async (trx) => {
      const { trx: counting, counted } = countingRows(trx);
      await work(counting);
      return counted.rows;
    });
  const readInDirectory = (storage: Storage, work: (through: Storage) => Promise<unknown>) => {
    let rows = 0;
    const directory: Storage['directory'] = (inside) =>
      storage.directory(async (trx, tx) => {
        const { trx: counting, counted } = countingRows(trx);
        const done = await inside(counting, tx);
        rows += counted.rows;
        return done;
      });
    return work({ ...storage, directory }).then(() => rows);
  };

  test('grows with what is removed or asked for, and not with what is kept', async () => {
    const { storage } = await open();
    await fillOld(storage, { kept: KEPT, over: OVER });
    const before = { deliveries: AT, replies: AT };
    const read = {
      prune: await readBy(storage, (trx) => prune(trx, OLD_TENANT, before, 1_000)),
      pruneAgain: await readBy(storage, (trx) => prune(trx, OLD_TENANT, before, 1_000)),
      closed: await readBy(storage, (trx) =>
        oldLeads(trx, OLD_TENANT, { closedBefore: AT, deletedBefore: null }, OVER),
      ),
      deleted: await readBy(storage, (trx) =>
        oldLeads(trx, OLD_TENANT, { closedBefore: null, deletedBefore: AT }, OVER),
      ),
      person: await readBy(storage, (trx) => leadsOf(trx, OLD_TENANT, { email: 'old7@example.com' })),
      directory: await readInDirectory(storage, (through) => through.directory(pruneDirectory)),
      inbox: await readInDirectory(storage, (through) => createInboxStore(through).prune(3 * 86_400_000)),
    };
    for (const [what, rows] of Object.entries(read)) expect([what, rows < 20 * OVER]).toEqual([what, true]);
    expect(read.prune).toBeGreaterThan(3 * OVER);
  }, 120_000);

  test('finds a person by their address however it is spelt, wherever it stands, and nobody else', async () => {
    const { storage } = await open();
    await fillOld(storage, { kept: 40, over: 10 });
    const leads = (email: string) =>
      storage.withTenant(OLD_TENANT, (trx) => leadsOf(trx, OLD_TENANT, { email }));
    expect(await leads(' OLD7@Example.com')).toEqual(['old7']);
    expect(await leads('old@example.com')).toEqual([]);
    // A hash that is another's too finds nobody who does not hold the address.
    await storage.executeSql(
      `begin; select set_config('fairlead.tenant', '${OLD_TENANT}', true);
       insert into lead_address select '${OLD_TENANT}', address_hash('old7@example.com'), 'old8'; commit`,
    );
    expect(await leads('old7@example.com')).toEqual(['old7']);
  });
});
