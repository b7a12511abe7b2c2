import { describe, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import {
  contactRef,
  leadRef,
  OFFER_MEANWHILE_HELD,
  openLaneWorld,
  ownerOf,
  TENANT,
  TUESDAY,
  userOf,
} from '../support/lane-world.ts';

const REPS = [{ id: 'dana' }, { id: 'sam' }];
const POLICY = {
  crmOfRecord: 'salesforce',
  fields: { country: { type: 'country', hubspot: 'contact.country', salesforce: 'Lead.Country' } },
  pools: [
    {
      id: 'all',
      members: [{ rep: 'dana' }, { rep: 'sam' }],
      method: 'round_robin',
      availability: 'ignore',
    },
  ],
  fallback: [{ pool: 'all' }],
};
const TWIN = [{ vendor: 'salesforce' as const, objectType: 'lead', recordId: '00Q1' }];
const ADA = {
  name: 'Ada',
  company: null,
  email: 'Ada@Example.com',
  phone: null,
  source: null,
  message: null,
  url: null,
};

const OFFERED = {
  ...POLICY,
  queues: [{ id: 'holding', salesforce: 'Holding' }],
  fallback: [{ pool: 'all', give: 'offer', claimWithin: 'PT1H', clock: 'elapsed' }],
};

eachDatabase('a person on two records', (open) => {
  const world = async (policy: Readonly<Record<string, unknown>> = POLICY) => {
    const { storage } = await open();
    const opened = await openLaneWorld(storage, { policy, reps: REPS });
    opened.crm.put('00Q1', {
      ref: leadRef('00Q1'),
      person: ADA,
      ownerId: '005-integration',
      alwaysOwned: true,
    });
    opened.crm.put('c1', { person: ADA, twins: TWIN });
    return opened;
  };
  const openedWorld = world;

  test.each([
    ['the contact first', ['c', 'l']],
    ['the lead first', ['l', 'c']],
    ['one of each, twice', ['c', 'l', 'c', 'l']],
  ])('%s: one lead, one decision, one charge', async (_what, order) => {
    const lane = await openedWorld();
    const said: string[] = [];
    for (const which of order)
      said.push(which === 'c' ? (await lane.contact('c1')).id : (await lane.salesforce('00Q1')).decision.id);
    expect(new Set(said).size).toBe(1);
    expect(await lane.rows('select * from lead')).toHaveLength(1);
    expect(await lane.rows('select * from lead_record')).toHaveLength(2);
    expect(await lane.rows('select * from ledger_entry')).toHaveLength(1);
  });

  test('both at once are one lead', async () => {
    const lane = await openedWorld();
    const [contact, lead] = await Promise.all([lane.contact('c1'), lane.salesforce('00Q1')]);
    expect(contact.id).toBe(lead.decision.id);
  });

  test('without the link they are known by the address, whatever its case', async () => {
    const lane = await openedWorld();
    lane.crm.put('c1', { person: { ...ADA, email: 'ada@example.com' }, twins: [] });
    const first = await lane.salesforce('00Q1');
    expect((await lane.contact('c1')).id).toBe(first.decision.id);
  });

  test('an address used twice in one CRM is two leads', async () => {
    const lane = await openedWorld();
    lane.crm.put('c2', { ref: contactRef('c2'), person: ADA, twins: [] });
    lane.crm.put('c1', { twins: [] });
    expect((await lane.contact('c1')).id).not.toBe((await lane.contact('c2')).id);
  });

  test('a policy that names no CRM of record keeps them apart', async () => {
    const { crmOfRecord: _, ...apart } = POLICY;
    const lane = await openedWorld(apart);
    expect((await lane.contact('c1')).id).not.toBe((await lane.salesforce('00Q1')).decision.id);
  });

  test('the CRM of record says the values, and its twin those it lacks', async () => {
    const lane = await openedWorld();
    lane.crm.put('00Q1', { raw: { country: 'DE' } });
    lane.crm.put('c1', { raw: { country: 'FR' } });
    await lane.contact('c1');
    expect(await lane.rows('select field_values from lead_snapshot')).toEqual([
      { field_values: { country: 'DE' } },
    ]);
  });

  test('the owner goes onto both, the CRM of record first', async () => {
    const lane = await openedWorld();
    const decision = await lane.contact('c1');
    const rep = decision.outcome === 'assigned' ? decision.rep.id : '';
    const writes = (await lane.deliveries('owner_write')).map(({ body }) => body);
    expect(writes).toMatchObject([
      { record: leadRef('00Q1'), ownerId: userOf(rep), expectedOwnerId: '005-integration' },
      { record: contactRef('c1'), ownerId: ownerOf(rep), expectedOwnerId: null },
    ]);
  });

  describe('a sync that carries our owner over', () => {
    test('is our echo, before and after we wrote that record ourselves', async () => {
      const lane = await openedWorld();
      const decision = await lane.salesforce('00Q1');
      const rep = decision.decision.outcome === 'assigned' ? decision.decision.rep.id : '';
      await lane.contact('c1');
      lane.crm.put('c1', { ownerId: ownerOf(rep) });
      const event = { tenantId: TENANT, record: contactRef('c1'), ownerId: ownerOf(rep), at: TUESDAY };
      await lane.useCases.ownerChangedOutside(event);
      expect(await lane.rows("select * from assignment_event where kind = 'reassigned_outside'")).toEqual([]);
    });

    test('of an owner a person chose moves the lead once, and the other record follows', async () => {
      const lane = await openedWorld();
      await lane.contact('c1');
      await lane.deliver('owner_write');
      const rep = (await lane.assignments())[0]!.rep_id as string;
      const other = rep === 'dana' ? 'sam' : 'dana';
      lane.crm.put('00Q1', { ownerId: userOf(other) });
      const at = TUESDAY + 3_600_000;
      lane.clock.now = at;
      const changed = { tenantId: TENANT, record: leadRef('00Q1'), ownerId: userOf(other), at };
      await lane.useCases.ownerChangedOutside(changed);
      expect((await lane.deliveries('owner_write')).map(({ body }) => body)).toMatchObject([
        { record: contactRef('c1'), ownerId: ownerOf(other) },
      ]);
      // The sync was faster than our write.
      lane.crm.put('c1', { ownerId: ownerOf(other) });
      await lane.useCases.ownerChangedOutside({
        tenantId: TENANT,
        record: contactRef('c1'),
        ownerId: ownerOf(other),
        at,
      });
      expect(
        await lane.rows("select * from assignment_event where kind = 'reassigned_outside'"),
      ).toHaveLength(1);
    });
  });

  test('a rep in both CRMs has one capacity and one open-work count', async () => {
    const lane = await openedWorld({ ...POLICY, fallback: [{ rep: 'dana' }, { wait: 'PT1H' }] });
    await lane.putReps([{ id: 'dana', capacity: { open: 4 } }, { id: 'sam' }]);
    // Three leads of their own in Salesforce, none in HubSpot.
    const open = { [userOf('dana')]: 3 };
    await lane.useCases.recountOpenWork({ tenantId: TENANT, connectionId: 'con_salesforce', open });
    expect((await lane.contact('c1')).outcome).toBe('assigned');
    lane.crm.put('c2', { ref: contactRef('c2') });
    expect((await lane.contact('c2')).outcome).toBe('waiting');
    lane.crm.put('00Q2', { ref: leadRef('00Q2'), ownerId: '005-integration', alwaysOwned: true });
    expect((await lane.salesforce('00Q2')).decision.outcome).toBe('waiting');
  });

  test('time off counts in both', async () => {
    const lane = await openedWorld({
      ...POLICY,
      pools: POLICY.pools.map((pool) => ({ ...pool, availability: 'now' })),
    });
    await lane.putReps([{ id: 'dana', timeOff: [{ from: '2026-11-20', to: '2026-11-30' }] }, { id: 'sam' }]);
    lane.crm.put('c2', { ref: contactRef('c2') });
    const decided = [await lane.contact('c2'), (await lane.salesforce('00Q1')).decision];
    expect(decided.map((one) => (one.outcome === 'assigned' ? one.rep.id : one.outcome))).toEqual([
      'sam',
      'sam',
    ]);
  });
});

eachDatabase('a twin that a sync makes while its lead is offered', (open) => {
  test('is owned by whoever the sync could name: no choice, and it gets who holds the lead', async () => {
    const { storage } = await open();
    const [step] = OFFERED.fallback;
    const policy = { ...OFFERED, fallback: [{ ...step, meanwhile: { queue: 'holding' } }] };
    const lane = await openLaneWorld(storage, { policy, reps: REPS });
    lane.crm.put('c1', { person: ADA });
    expect((await lane.contact('c1')).outcome).toBe('offered');
    const lead = { ref: leadRef('00Q1'), person: ADA, ownerId: '005-operations', alwaysOwned: true };
    lane.crm.put('00Q1', lead);
    lane.crm.put('c1', { twins: TWIN });
    expect((await lane.salesforce('00Q1')).ownerId).toBe('00G-holding');
    expect(await lane.assignments()).toMatchObject([{ state: 'offered', closed_because: null }]);
    await lane.useCases.recordChanged({ tenantId: TENANT, record: leadRef('00Q1'), source: 'poll' });
    expect(await lane.assignments()).toMatchObject([{ state: 'offered' }]);
    lane.crm.put('00Q1', { ...lead, ownerId: '005-a-manager' });
    await lane.useCases.recordChanged({ tenantId: TENANT, record: leadRef('00Q1'), source: 'poll' });
    expect(await lane.assignments()).toMatchObject([{ state: 'closed', closed_because: 'owned_outside' }]);
  });
});

eachDatabase('a caller who writes the owner', (open) => {
  const opened = async () => {
    const { storage } = await open();
    const lane = await openLaneWorld(storage, {
      policy: {
        ...POLICY,
        crmOfRecord: undefined,
        queues: [{ id: 'holding', salesforce: 'Holding' }],
        fallback: [OFFER_MEANWHILE_HELD],
      },
      reps: REPS,
    });
    lane.crm.put('00Q1', { ref: leadRef('00Q1'), ownerId: '005-integration', alwaysOwned: true });
    return lane;
  };

  test('is told whom to write, and the write is looked at later', async () => {
    const lane = await opened();
    const { ownerId, decision } = await lane.salesforce('00Q1');
    expect([decision.outcome, ownerId]).toEqual(['offered', '00G-holding']);
    const rows = await lane.rows("select due_at from delivery where kind = 'owner_write'");
    expect((rows[0]!.due_at as Date).getTime()).toBe(TUESDAY + 15_000);
  });

  test('what it writes shows at once and is ours', async () => {
    const lane = await opened();
    await lane.salesforce('00Q1');
    lane.crm.put('00Q1', { ownerId: '00G-holding' });
    await lane.useCases.recordChanged({ tenantId: TENANT, record: leadRef('00Q1'), source: 'poll' });
    expect((await lane.assignments())[0]).toMatchObject({ state: 'offered' });
  });

  test('who asks again gets the same decision and the owner of now', async () => {
    const lane = await opened();
    const request = { endpoint: 'salesforce/decisions', key: 'r1' };
    const first = await lane.salesforce('00Q1', { request });
    const repeat = await lane.salesforce('00Q1', { request });
    expect(repeat).toMatchObject({
      created: false,
      ownerId: first.ownerId,
      decision: { id: first.decision.id },
    });
    expect(await lane.deliveries('owner_write')).toHaveLength(1);
  });

  test('a queue of Salesforce, or somebody who takes no leads, owns nothing; a rep does', async () => {
    const lane = await opened();
    lane.crm.put('00Q2', { ref: leadRef('00Q2'), ownerId: '00G-other', alwaysOwned: true });
    lane.crm.put('00Q3', { ref: leadRef('00Q3'), ownerId: userOf('dana'), alwaysOwned: true });
    expect((await lane.salesforce('00Q2')).decision.outcome).toBe('offered');
    expect(await lane.salesforce('00Q3')).toMatchObject({
      ownerId: null,
      decision: { outcome: 'not_routed', because: 'already_owned' },
    });
  });
});
