import { expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, HUBSPOT, leadRef, openLaneWorld, ownerOf, TENANT } from '../support/lane-world.ts';

const REPS = [{ id: 'ann' }, { id: 'ben' }, { id: 'cat' }];
const POLICY = {
  fields: { country: { type: 'country', hubspot: 'contact.country' } },
  pools: [{ id: 'all', members: [{ rep: 'ann' }, { rep: 'ben' }, { rep: 'cat' }], method: 'round_robin' }],
  fallback: [{ pool: 'all' }],
};

eachDatabase('deciding leads', (open) => {
  test('one lead after another goes to each in turn, and the ledger is even', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    const reps: (string | undefined)[] = [];
    for (let i = 0; i < 6; i++) reps.push((await world.lead()).rep?.id);
    expect([...reps].sort()).toEqual(['ann', 'ann', 'ben', 'ben', 'cat', 'cat']);
    const members = await world.rows('select rep_id, received, lag from pool_member order by rep_id');
    expect(members.map(({ received }) => received)).toEqual([2, 2, 2]);
    expect(members.reduce((sum, { lag }) => sum + (lag as number), 0)).toBe(0);
    expect(await world.rows('select rep_id, open from rep_load order by rep_id')).toEqual(
      REPS.map(({ id }) => ({ rep_id: id, open: 2 })),
    );
  });

  test('leads that arrive together are decided together, and as if one after the other', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    world.groups.length = 0;
    const decisions = await Promise.all(Array.from({ length: 60 }, () => world.lead()));
    // And one look at what is known of the tenant.
    expect(world.groups.reduce((sum, size) => sum + size)).toBe(61);
    expect(world.groups.length).toBeLessThan(6);
    expect(decisions.filter((decision) => decision.rep?.id === 'ben')).toHaveLength(20);
  });

  test('webhook, two actions, API and poll at once make one assignment and one charge', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    world.crm.put('1', { raw: { country: 'US' } });
    const sources = ['webhook', 'hubspot_action', 'hubspot_action', 'api', 'poll'] as const;
    const decisions = await Promise.all(
      sources.map((source, i) =>
        world.contact('1', { source, request: { endpoint: source, key: String(i) } }),
      ),
    );
    expect(new Set(decisions.map(({ id }) => id)).size).toBe(1);
    expect(await world.assignments()).toHaveLength(1);
    expect(await world.rows('select kind from ledger_entry')).toHaveLength(1);
    expect(await world.deliveries('owner_write')).toHaveLength(1);
  });

  test('a repeated request gets the stored reply', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    const request = { endpoint: 'api', key: 'once' };
    const first = await world.useCases.decideLead({
      tenantId: TENANT,
      source: 'api',
      fields: { country: 'US' },
      request,
    });
    const again = await world.useCases.decideLead({
      tenantId: TENANT,
      source: 'api',
      fields: { country: 'US' },
      request,
    });
    expect(first).toMatchObject({ ok: true, created: true });
    expect(again).toEqual({ ...first, created: false });
  });

  test('a closed lead is not decided again, except on request', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    world.crm.put('1');
    const first = await world.contact('1');
    await world.useCases.recordGone({ tenantId: TENANT, record: contactRef('1'), mergedInto: null });
    expect((await world.contact('1')).id).toBe(first.id);
    const again = await world.contact('1', { again: true });
    expect(again.id).not.toBe(first.id);
    expect(again.lead.id).toBe(first.lead.id);
    expect(await world.assignments()).toMatchObject([
      { closed_because: 'record_gone' },
      { closed_because: null },
    ]);
  });

  test('an owned record is kept as it is', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    world.crm.put('1', { ownerId: ownerOf('ben') });
    expect(await world.contact('1')).toMatchObject({ outcome: 'not_routed', because: 'already_owned' });
    expect(await world.deliveries('owner_write')).toEqual([]);
    expect(await world.rows('select kind from ledger_entry')).toEqual([]);
  });

  test('a record that cannot be read waits with that reason, and is decided once it can be', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    world.crm.put('1');
    world.crm.failing = 'crm_unavailable';
    const waiting = await world.contact('1');
    expect(waiting).toMatchObject({
      outcome: 'waiting',
      reason: expect.stringContaining('could not be read'),
    });
    world.crm.failing = null;
    world.clock.now = Date.parse((waiting as { retryAt: string }).retryAt);
    await world.sweep();
    expect(await world.assignments()).toMatchObject([{ state: 'assigned' }]);
  });

  test('fields that cannot be read are refused by name and nothing is stored', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    const reply = await world.useCases.decideLead({
      tenantId: TENANT,
      source: 'api',
      fields: { contry: 'US' },
    });
    expect(reply).toMatchObject({
      ok: false,
      code: 'invalid_fields',
      problems: [{ field: '/fields/contry' }],
    });
    expect(await world.assignments()).toEqual([]);
  });

  test('routing a lead again with fields that cannot be read leaves it where it is', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    world.crm.put('1');
    const first = await world.contact('1');
    const again = { record: contactRef('1'), again: true, fields: { contry: 'US' } };
    const reply = await world.useCases.decideLead({ tenantId: TENANT, source: 'api', ...again });
    expect(reply).toMatchObject({ ok: false, code: 'invalid_fields' });
    expect(await world.assignments()).toMatchObject([{ decision_id: first.id, state: 'assigned' }]);
  });

  test('a lead under way as its tenant begins only to look lets its workflow go on, and its card is drawn again', async () => {
    const { storage } = await open();
    const offer = { pool: 'all', give: 'offer', claimWithin: 'PT10M', clock: 'elapsed' };
    const world = await openLaneWorld(storage, { policy: { ...POLICY, fallback: [offer] }, reps: REPS });
    world.crm.put('1');
    await world.contact('1', { callback: { connectionId: HUBSPOT, callbackId: 'blocked' } });
    await world.deliver('slack_card');
    await world.setLane({ mode: 'log_only' });
    world.clock.now += 600_000;
    await world.sweep();
    expect(await world.assignments()).toMatchObject([{ closed_because: 'log_only', callbacks: [] }]);
    expect(await world.deliveries('callback')).toHaveLength(1);
    expect((await world.deliveries('slack_refresh')).length).toBeGreaterThan(0);
    expect(await world.deliveries('owner_write')).toEqual([]);
  });

  test('a log-only tenant decides and shows, and nothing is written or sent', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    await world.setLane({ mode: 'log_only' });
    world.crm.put('1');
    const shown = await world.contact('1');
    expect(shown).toMatchObject({ outcome: 'assigned', logOnly: true });
    expect(await world.rows('select kind from delivery')).toEqual([]);
    expect(await world.assignments()).toMatchObject([{ state: 'closed', closed_because: 'log_only' }]);
    expect((await world.contact('1')).id).toBe(shown.id);
    await world.setLane({ mode: 'live' });
    expect(await world.contact('1')).toMatchObject({ outcome: 'assigned', logOnly: false });
  });

  test('a caller who only looks in a live tenant gets a decision, and neither it nor the CRM’s own news writes anything', async () => {
    const { storage } = await open();
    const policy = { ...POLICY, intake: { when: { field: 'country', op: 'is_present' }, owned: 'route' } };
    const world = await openLaneWorld(storage, { policy, reps: REPS });
    world.crm.put('00Q1', { ref: leadRef('00Q1'), raw: { country: 'US' }, alwaysOwned: true });
    const looking = { logOnly: true, writtenByCaller: false };
    const { decision, ownerId } = await world.salesforce('00Q1', looking);
    expect(decision).toMatchObject({ outcome: 'assigned', logOnly: true });
    expect(ownerId).toBeNull();
    const told = () =>
      world.useCases.recordChanged({ tenantId: TENANT, record: leadRef('00Q1'), source: 'poll' });
    await told();
    world.crm.put('00Q1', { ownerId: '005-somebody' });
    await told();
    expect(await world.rows('select kind from delivery')).toEqual([]);
    expect(await world.rows('select delivery_id from write_intent')).toEqual([]);
    expect(await world.assignments()).toMatchObject([{ state: 'closed', closed_because: 'log_only_asked' }]);
    expect((await world.salesforce('00Q1', looking)).decision.id).toBe(decision.id);
    // Once it is meant, it is routed.
    const meant = await world.salesforce('00Q1');
    expect(meant).toMatchObject({ ownerId: expect.any(String), decision: { logOnly: false } });
    expect(await world.deliveries('owner_write')).toHaveLength(1);
    // What is routed already is not taken back by a look.
    expect((await world.salesforce('00Q1', looking)).decision.id).toBe(meant.decision.id);
    expect(await world.deliveries('owner_write')).toHaveLength(1);
  });

  test('a paused tenant keeps what arrives and decides it when the pause ends', async () => {
    const { storage } = await open();
    const world = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    await world.setLane({ paused: true });
    const kept = await world.lead({ country: 'US' });
    expect(kept).toMatchObject({ outcome: 'waiting', reason: expect.stringContaining('paused') });
    world.clock.now += 3_600_000;
    expect(await world.sweep()).toBeNull();
    await world.setLane({ paused: false });
    await world.sweep();
    expect(await world.assignments()).toMatchObject([{ state: 'assigned' }]);
  });
});
