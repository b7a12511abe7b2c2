import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import type { PoolFairness } from '../../server/assignments/pool-fairness.ts';
import { createHolidayDates } from '../../server/holidays/holiday-dates.ts';
import { LEDGER_COLUMNS, ledgerLines } from '../../server/routing/ledger/ledger-lines.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { openLaneWorld, TENANT } from '../support/lane-world.ts';

const VERIFY = fileURLToPath(new URL('../../examples/verify-fairness/verify.mjs', import.meta.url));
const { disagreements } = (await import(VERIFY)) as {
  disagreements: (csv: string, statement: PoolFairness) => { readonly problems: readonly string[] };
};

const POLICY = {
  fields: { kind: { type: 'text', hubspot: 'contact.kind' } },
  pools: ['turns', 'offers', 'all'].map((id) => ({
    id,
    name: `The pool ${id}`,
    members: [{ rep: 'ann', weight: 3 }, { rep: 'ben', weight: 2 }, { rep: 'cy' }],
    method: 'round_robin',
  })),
  rules: [
    {
      id: 'offers',
      when: { field: 'kind', op: 'eq', value: 'offer' },
      then: [{ pool: 'offers', give: 'offer', claimWithin: 'PT10M', clock: 'elapsed' }],
    },
    {
      id: 'all',
      when: { field: 'kind', op: 'eq', value: 'all' },
      then: [{ pool: 'all', give: 'broadcast', claimWithin: 'PT10M', clock: 'elapsed' }],
    },
  ],
  fallback: [{ pool: 'turns' }],
};

const openWorld = async (storage: Storage) => {
  const world = await openLaneWorld(storage, {
    policy: POLICY,
    reps: ['ann', 'ben', 'cy'].map((id) => ({ id })),
  });
  const queries = createQueries({
    storage,
    clock: { now: () => world.clock.now },
    availabilities: createAvailabilities(createHolidayDates()),
  });
  const entriesCsv = async (pool: string): Promise<string> => {
    const rows: (readonly string[])[] = [LEDGER_COLUMNS];
    for await (const page of queries.poolEntries(TENANT, pool)) rows.push(...page.flatMap(ledgerLines));
    return stringify(rows.map((row) => [...row]));
  };
  const balances = (pool: string) =>
    world.rows(`select rep_id, lag, banked from pool_member where pool_id = '${pool}' order by rep_id`);
  return { world, queries, entriesCsv, balances };
};

eachDatabase('fairness', (open) => {
  test('a statement is what the ledger holds: turns, declines, claims of an offer to all', async () => {
    const { storage } = await open();
    const { world, queries, entriesCsv, balances } = await openWorld(storage);
    for (let i = 0; i < 12; i++) await world.lead({ kind: 'turn' });
    const declined = await world.lead({ kind: 'offer' });
    const by = { tenantId: TENANT, assignmentId: declined.assignment, repId: declined.rep?.id ?? '' };
    await world.useCases.decline({ ...by, reason: 'too_busy', note: null });
    for (const rep of ['cy', 'cy']) {
      const { assignment } = await world.lead({ kind: 'all' });
      await world.useCases.claim({ tenantId: TENANT, assignmentId: assignment, repId: rep });
    }
    for (const pool of ['turns', 'offers', 'all']) {
      const statement = await queries.poolFairness(TENANT, pool);
      const kept = (await balances(pool)).map(({ rep_id, lag, banked }) => [
        rep_id,
        Number(lag),
        Number(banked),
      ]);
      expect(statement?.members.map(({ rep, lag, banked }) => [rep.id, lag, banked])).toEqual(kept);
      expect(statement?.owed).toBe(statement?.received);
      expect(disagreements(await entriesCsv(pool), statement!).problems).toEqual([]);
    }
    const [turns, offers, all] = await Promise.all(
      ['turns', 'offers', 'all'].map((pool) => queries.poolFairness(TENANT, pool)),
    );
    expect(turns).toMatchObject({
      entries: 12,
      turns: 12,
      bound: 1_000_000,
      pool: { name: 'The pool turns' },
    });
    expect(turns?.worstLag).toBeLessThan(1_000_000);
    expect(offers).toMatchObject({ entries: 3, turns: 2, bound: null, unboundBecause: 'corrections' });
    expect(all).toMatchObject({ turns: 2, bound: null, unboundBecause: 'not_by_rule' });
    expect(all?.says).toMatch(/so no bound is proven/);
  });

  test('a pool of another name is none; one that gave no lead yet says so', async () => {
    const { storage } = await open();
    const { queries } = await openWorld(storage);
    expect(await queries.poolFairness(TENANT, 'tunrs')).toBeNull();
    expect(await queries.poolFairness(TENANT, 'turns')).toMatchObject({
      entries: 0,
      unboundBecause: 'no_turns',
    });
  });
});
