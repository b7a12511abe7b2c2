import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, HUBSPOT, openLaneWorld, ownerOf, TENANT } from '../support/lane-world.ts';

const REPS = [{ id: 'ann' }, { id: 'ben' }];
const fields = {
  country: { type: 'country', hubspot: 'contact.country' },
  employees: { type: 'number', hubspot: 'company.numberofemployees' },
};
const all = { id: 'all', members: [{ rep: 'ann' }, { rep: 'ben' }], method: 'round_robin' };

eachDatabase('the lead’s side of a policy', (open) => {
  test('a held lead shows why, and is decided once its record is complete', async () => {
    const { storage } = await open();
    const policy = {
      fields,
      hold: { until: { field: 'employees', op: 'is_present' }, atMost: 'PT2M' },
      pools: [all],
      fallback: [{ pool: 'all' }],
    };
    const world = await openLaneWorld(storage, { policy, reps: REPS });
    world.crm.put('1', { raw: { country: 'US' } });
    const held = await world.contact('1');
    expect(held).toMatchObject({
      outcome: 'waiting',
      retryAt: new Date(world.clock.now + 120_000).toISOString(),
      reason: expect.stringContaining('held until'),
    });
    // Looked at, but nothing of it has changed: it stays as it is.
    world.clock.now += 30_000;
    await world.useCases.recordChanged({ tenantId: TENANT, record: contactRef('1'), source: 'webhook' });
    expect(await world.rows('select id from decision')).toHaveLength(1);
    world.crm.put('1', { raw: { country: 'US', employees: '12' } });
    await world.useCases.recordChanged({ tenantId: TENANT, record: contactRef('1'), source: 'webhook' });
    expect(await world.assignments()).toMatchObject([{ state: 'assigned', rep_id: 'ann' }]);
    expect(await world.deliveries('owner_write')).toHaveLength(1);
  });

  test('a held lead is decided by a second trigger that finds it complete, else at its deadline as it is', async () => {
    const { storage } = await open();
    const policy = {
      fields,
      hold: { until: { field: 'employees', op: 'is_present' }, atMost: 'PT2M' },
      pools: [all],
      fallback: [{ pool: 'all' }],
    };
    const world = await openLaneWorld(storage, { policy, reps: REPS });
    for (const id of ['1', '2']) world.crm.put(id, { raw: {} });
    await world.contact('1');
    await world.contact('2');
    world.crm.put('1', { raw: { employees: '3' } });
    expect(await world.contact('1')).toMatchObject({ outcome: 'assigned' });
    expect(await world.sweep()).toBe(world.clock.now + 120_000);
    world.clock.now += 120_000;
    await world.sweep();
    expect(await world.assignments()).toMatchObject([{ state: 'assigned' }, { state: 'assigned' }]);
  });

  test('a rule for the log only: shown, and no owner, card, slot or ledger entry; a new version routes it in earnest', async () => {
    const { storage } = await open();
    const rule = (log: object) => ({
      fields,
      pools: [all],
      rules: [
        {
          id: 'us',
          when: { field: 'country', op: 'eq', value: 'US' },
          then: [{ pool: 'all', give: 'offer', claimWithin: 'PT10M' }],
          ...log,
        },
      ],
      fallback: [{ pool: 'all' }],
    });
    const world = await openLaneWorld(storage, { policy: rule({ log: 'only' }), reps: REPS });
    world.crm.put('1', { raw: { country: 'US' } });
    world.crm.put('2', { raw: { country: 'DE' } });
    const looked = await world.contact('1');
    expect(looked).toMatchObject({ outcome: 'offered', logOnly: true, rule: { id: 'us' } });
    expect(await world.assignments()).toMatchObject([
      { state: 'closed', closed_because: 'log_only_policy', held_at: null },
    ]);
    for (const table of ['delivery', 'ledger_entry', 'pool_member', 'rep_load'])
      expect(await world.rows(`select * from ${table}`)).toEqual([]);
    // The same again finds it; other leads are routed.
    expect((await world.contact('1')).id).toBe(looked.id);
    expect(await world.contact('2')).toMatchObject({ outcome: 'assigned', logOnly: false });
    await world.publish(rule({}));
    expect(await world.contact('1')).toMatchObject({ outcome: 'offered', logOnly: false });
    expect(await world.deliveries('slack_card')).toHaveLength(2);
  });

  test('urgent leads find somebody first however late they came, and their writes go out first', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, {
      policy: {
        fields,
        tiers: [{ id: 'hot', when: { field: 'employees', op: 'gte', value: 1000 }, urgent: true }],
        pools: [all],
        fallback: [{ pool: 'all' }],
      },
      reps: REPS.map((rep) => ({ ...rep, hours: { wed: '09:00-17:00' } })),
    });
    const sizes = { 1: '5', 2: '2000', 3: '10', 4: '3000' };
    for (const [id, employees] of Object.entries(sizes)) {
      world.crm.put(id, { raw: { employees } });
      expect(await world.contact(id)).toMatchObject({ outcome: 'waiting' });
      world.clock.now += 1000;
    }
    // As many may have one as there are reps, so who is first shows.
    await world.putReps(REPS.map((rep) => ({ ...rep, capacity: { open: 1 } })));
    world.clock.now += 1000;
    await world.publish({
      fields,
      tiers: [{ id: 'hot', when: { field: 'employees', op: 'gte', value: 1000 }, urgent: true }],
      pools: [all],
      fallback: [{ pool: 'all' }],
    });
    await world.sweep();
    const assigned = await world.rows(
      "select record_id, urgent from assignment join lead_record using (tenant_id, lead_id) where state = 'assigned' order by opened_at",
    );
    expect(assigned).toEqual([
      { record_id: '2', urgent: true },
      { record_id: '4', urgent: true },
    ]);
    expect(
      await world.rows("select distinct priority from delivery where kind in ('owner_write', 'slack_card')"),
    ).toEqual([{ priority: -1 }]);
    expect((await world.deliveries('owner_write')).map(({ body }) => body)).toMatchObject([
      { record: { connectionId: HUBSPOT, recordId: '2' } },
      { record: { connectionId: HUBSPOT, recordId: '4' }, ownerId: expect.stringContaining(ownerOf('')) },
    ]);
  });
});
