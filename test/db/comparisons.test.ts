import { expect, test } from 'vitest';
import {
  type ComparisonParts,
  readComparison,
} from '../../server/assignments/first-steps/read-comparison.ts';
import { createComparisons } from '../../server/storage/directory/comparisons.ts';
import { createKnownPeople } from '../../server/storage/directory/known-people.ts';
import { createRepIdentities } from '../../server/storage/directory/rep-identities.ts';
import { eachDatabase } from '../support/databases.ts';
import { HUBSPOT, openLaneWorld, SALESFORCE, TENANT } from '../support/lane-world.ts';

const POLICY = {
  fields: { city: { type: 'text', hubspot: 'contact.city' } },
  pools: [{ id: 'all', name: 'All', members: [{ rep: 'ann' }, { rep: 'ben' }], method: 'round_robin' }],
  fallback: [{ pool: 'all' }],
};

eachDatabase('comparisons', (open) => {
  test('each decision for the log is begun with once, where its record is, by whichever process comes first', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }, { id: 'ben' }] });
    const decide = async (id: string) => {
      world.crm.put(id, { raw: { city: 'Ghent' } });
      await world.contact(id);
    };
    const one = createComparisons(storage);
    expect(await one.begin(TENANT, HUBSPOT)).toBe(0);
    await decide('live');
    await world.setLane({ mode: 'log_only' });
    for (const id of ['first', 'second']) await decide(id);
    expect(await one.begin(TENANT, SALESFORCE)).toBe(0);
    expect(await one.begin(TENANT, HUBSPOT)).toBe(2);
    expect(await one.begin(TENANT, HUBSPOT)).toBe(0);

    const other = createComparisons(storage);
    await decide('third');
    expect(await other.begin(TENANT, HUBSPOT)).toBe(1);
    expect(await one.begin(TENANT, HUBSPOT)).toBe(0);
    await decide('fourth');
    expect(await one.begin(TENANT, HUBSPOT)).toBe(1);
    expect(await one.begin(TENANT, SALESFORCE)).toBe(0);
    const listed = await one.list(TENANT, { since: 0, limit: 3, named: 2 });
    const inOrder = await world.rows('select decision_id from comparison order by seq');
    expect(listed.map(({ decisionId }) => decisionId)).toEqual(
      inOrder.slice(1).map(({ decision_id }) => decision_id),
    );
    // Who it is is told of the latest only, pool and rep of all, as their decisions have them.
    expect(listed.map(({ person }) => person !== null)).toEqual([false, true, true]);
    const decided = await world.rows('select pool_id, rep_id from decision where log_only order by seq');
    expect(listed.map(({ poolId, repId }) => ({ pool_id: poolId, rep_id: repId }))).toEqual(decided.slice(1));
    expect(decided[1]).toEqual({ pool_id: 'all', rep_id: expect.stringMatching(/ann|ben/) });
    // What each was owed of the lead comes along; both worked.
    for (const { shares, vendor } of listed) {
      expect(vendor).toBe('hubspot');
      expect(Object.keys(shares!).sort()).toEqual(['ann', 'ben']);
      expect(shares!.ann! + shares!.ben!).toBe(1_000_000);
    }
  });

  test('pool by pool against the shares; owners keep their names when their account is gone', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: [{ id: 'ann' }, { id: 'ben' }] });
    const comparisons = createComparisons(storage);
    const owners = { 1: '11', 2: '11', 3: '77', 4: '99' };
    await world.setLane({ mode: 'log_only' });
    for (const id of Object.keys(owners)) {
      world.crm.put(id, { raw: { city: 'Ghent' } });
      await world.contact(id);
    }
    await comparisons.begin(TENANT, HUBSPOT);
    const due = await comparisons.due(TENANT, { connectionId: HUBSPOT, now: world.clock.now, limit: 10 });
    await comparisons.note(
      TENANT,
      due.map(({ leadId, record }) => ({
        leadId,
        ownerId: owners[Number(record.recordId) as keyof typeof owners],
        ownedAt: world.clock.now,
        lookAt: null,
      })),
    );
    await createRepIdentities(storage).replace(TENANT, HUBSPOT, [
      {
        kind: 'owner',
        externalId: '11',
        email: 'ann@harbour.example',
        name: 'Ann of HubSpot',
        details: { name: 'Ann of HubSpot' },
      },
      { kind: 'owner', externalId: '77', email: null, name: 'Zoe Outside', details: { name: 'Zoe Outside' } },
    ]);
    await world.rows(`update rep_identity set rep_id = 'ann' where external_id = '11'`);
    const read = readComparison({
      comparisons,
      people: createKnownPeople(storage),
      reps: { list: async () => ['ann', 'ben'].map((id) => ({ document: { id, name: id.toUpperCase() } })) },
      policies: {
        live: async () => ({ version: 1, hash: '', document: { fairlead: 1, name: 'P', ...POLICY } }),
      },
      now: () => world.clock.now,
    } as unknown as ComparisonParts);
    // What was told is told again, until something of it changes.
    const told = await read(TENANT);
    expect(await read(TENANT)).toBe(told);
    await comparisons.note(
      TENANT,
      due.slice(0, 1).map(({ leadId, record }) => ({
        leadId,
        ownerId: owners[Number(record.recordId) as keyof typeof owners],
        ownedAt: world.clock.now,
        lookAt: null,
      })),
    );
    const again = await read(TENANT);
    expect(again).not.toBe(told);
    expect(again).toEqual(told);
    world.clock.now += 60_000;
    expect(await read(TENANT)).not.toBe(again);
    for (const status of ['connected', 'disconnected']) {
      await storage.directory((trx) =>
        trx.updateTable('connection').set({ status }).where('id', '=', HUBSPOT).execute(),
      );
      const { takers, pools } = await read(TENANT);
      expect(takers.map(({ id, name }) => [id, name])).toEqual([
        ['ann', 'ANN'],
        ['ben', 'BEN'],
        ['77', 'Zoe Outside'],
        ['99', 'Owner 99 of HubSpot'],
      ]);
      expect(pools[0]!.shares).toMatchObject({
        leads: 4,
        outside: 2,
        nobody: 0,
        members: [
          { rep: { name: 'BEN' }, owed: 2, theirs: 0, ours: 2 },
          { rep: { name: 'ANN' }, owed: 2, theirs: 2, ours: 2 },
        ],
        said: 'Today BEN is furthest from the share they are owed, with 2.0 leads too few; with Fairlead everybody has exactly theirs. Of 4 leads today, 2 went to people outside the pool.',
      });
    }
  });
});
