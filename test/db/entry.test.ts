import { afterEach, expect, test } from 'vitest';
import { eachDatabase } from '../support/databases.ts';
import { type EntryWorld, openEntryWorld } from '../support/entry-world.ts';
import {
  leadRef,
  OFFER_MEANWHILE_HELD,
  SALESFORCE,
  TENANT,
  TUESDAY,
  userOf,
  type WorldOptions,
} from '../support/lane-world.ts';

const REPS = [{ id: 'dana' }, { id: 'sam' }];
const POLICY = {
  crmOfRecord: 'salesforce',
  fields: {
    country: { type: 'country', salesforce: 'Lead.Country' },
    size: { type: 'number', salesforce: 'Lead.NumberOfEmployees' },
    mail: { type: 'email' },
  },
  pools: [
    { id: 'all', members: [{ rep: 'dana' }, { rep: 'sam' }], method: 'round_robin', availability: 'ignore' },
  ],
  queues: [{ id: 'holding', salesforce: 'Holding' }],
  fallback: [{ pool: 'all' }],
};
const OFFERED = {
  ...POLICY,
  fallback: [{ ...OFFER_MEANWHILE_HELD, convert: true }],
};
const ADA = { name: 'Ada', email: ' Ada@Example.com ' };

eachDatabase('a lead that enters a CRM', (open) => {
  const worlds: EntryWorld[] = [];
  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close();
  });
  const openWorld = async (options: Partial<WorldOptions> = {}): Promise<EntryWorld> => {
    const { storage } = await open();
    const world = await openEntryWorld(storage, { policy: POLICY, reps: REPS, ...options });
    worlds.push(world);
    return world;
  };
  const repOf = async (world: EntryWorld): Promise<string> =>
    (await world.assignments()).at(-1)!.rep_id as string;
  const eventsOf = async (world: EntryWorld): Promise<unknown[]> =>
    (await world.rows('select kind from assignment_event order by seq')).map(({ kind }) => kind);

  test('is made there with its owner, once, and stands on the record', async () => {
    const world = await openWorld();
    const decision = await world.lead({ country: 'Germany', size: 12 }, { person: ADA });
    await world.send();
    const rep = await repOf(world);
    expect(world.crmServer.records).toMatchObject([
      {
        key: decision.lead.id,
        ownerId: userOf(rep),
        fields: { LastName: 'Ada', Email: 'Ada@Example.com', Country: 'Germany', NumberOfEmployees: '12' },
      },
    ]);
    const [record] = world.crmServer.records;
    expect(await world.rows('select record_id, seen_owner_id, url from lead_record')).toEqual([
      { record_id: record!.id, seen_owner_id: userOf(rep), url: `${world.crmServer.url}/${record!.id}` },
    ]);
    expect(await world.assignments()).toMatchObject([{ state: 'assigned', written: 'done', entry: null }]);
    expect(await eventsOf(world)).toEqual(['assigned', 'entered', 'owner_written']);
    expect(await world.deliveries('owner_write')).toEqual([]);
  });

  test('two hundred pairs at once are two hundred leads, records and charges', async () => {
    const world = await openWorld();
    const runner = world.startSending();
    runner.start();
    const emails = Array.from({ length: 200 }, (_, index) => `person.${index}@example.com`);
    const said = await Promise.all(
      [...emails, ...emails.map((email) => email.toUpperCase())].map((email) =>
        world.lead({}, { person: { name: 'P', email } }),
      ),
    );
    await runner.stop();
    await world.send();
    expect(new Set(said.map(({ lead }) => lead.id)).size).toBe(200);
    expect(world.crmServer.records).toHaveLength(200);
    expect(new Set(world.crmServer.records.map(({ key }) => key)).size).toBe(200);
    expect(await world.rows('select count(*)::int as n from lead_record')).toEqual([{ n: 200 }]);
    expect(await world.rows('select count(*)::int as n from ledger_entry')).toEqual([{ n: 200 }]);
    const owners = Map.groupBy(world.crmServer.records, ({ ownerId }) => ownerId);
    expect([...owners].map(([owner, list]) => [owner, list.length]).sort()).toEqual([
      [userOf('dana'), 100],
      [userOf('sam'), 100],
    ]);
    expect(world.crmServer.calls.create).toBeLessThan(40);
  }, 60_000);

  test('who is there already is routed as that record, and only what it lacks is filled in', async () => {
    const world = await openWorld();
    const record = world.crmServer.add({ Email: 'ada@example.com', Country: 'France' });
    await world.lead({ country: 'DE', size: 40 }, { person: ADA });
    await world.send();
    expect(world.crmServer.records).toHaveLength(1);
    expect(record).toMatchObject({
      ownerId: userOf(await repOf(world)),
      fields: { Country: 'France', NumberOfEmployees: '40' },
    });
    expect(await world.rows('select record_id from lead_record')).toEqual([{ record_id: record.id }]);
  });

  test('a person with only a phone number is known by its digits', async () => {
    const world = await openWorld();
    world.crmServer.required.clear();
    const first = await world.lead({}, { person: { phone: '+1 (415) 555-0123' } });
    const second = await world.lead({}, { person: { phone: '+1 415 555 0123' } });
    const other = await world.lead({}, { person: { phone: '+1 415 555 0124' } });
    expect(second.id).toBe(first.id);
    expect(other.id).not.toBe(first.id);
  });

  test('an address given as a field counts, and a lead without either is made as well', async () => {
    const world = await openWorld();
    world.crmServer.required.clear();
    const first = await world.lead({ mail: 'ada@example.com' });
    expect((await world.lead({}, { person: ADA })).id).toBe(first.id);
    await world.lead({ country: 'DE' });
    await world.send();
    expect(world.crmServer.records.map(({ fields }) => fields.Email)).toEqual(['ada@example.com', undefined]);
  });

  test('what a second caller adds while the record is made is filled in once it is there', async () => {
    const world = await openWorld();
    await world.lead({ country: 'DE' }, { person: ADA });
    await world.lead({ country: 'FR', size: 7 }, { person: ADA });
    await world.send();
    expect(world.crmServer.records).toMatchObject([{ fields: { Country: 'DE', NumberOfEmployees: '7' } }]);
  });

  test.each([
    [
      'the answer is lost',
      async (world: EntryWorld) => {
        world.crmServer.faults.create = ['lost'];
      },
    ],
    [
      'the process dies before it stores that it was made',
      async (world: EntryWorld) => {
        const runner = world.startSending({ losesVerdicts: true });
        runner.start();
        await waitFor(() => world.crmServer.records.length > 0);
        await runner.stop();
      },
    ],
    [
      'the process dies before anybody hears that it was made',
      async (world: EntryWorld) => {
        const runner = world.startSending({ tellsNobody: true });
        runner.start();
        await waitFor(async () => (await world.deliveries('enter')).length === 0);
        await runner.stop();
      },
    ],
  ])('%s: no second record, and its owner stands', async (_what, trouble) => {
    const world = await openWorld();
    world.crmServer.indexes = false;
    await world.lead({}, { person: ADA });
    await trouble(world);
    await world.send();
    expect(world.crmServer.records).toHaveLength(1);
    expect(world.crmServer.records[0]!.ownerId).toBe(userOf(await repOf(world)));
    expect(await world.assignments()).toMatchObject([{ entry: null, written: 'done', state: 'assigned' }]);
    expect(await world.rows('select * from lead_record')).toHaveLength(1);
  });

  test('a push about the record that comes before the answer is no second lead', async () => {
    const world = await openWorld();
    world.crmServer.onCreate = async ({ id, ownerId }) => {
      const record = leadRef(id);
      await world.useCases.decideLead({ tenantId: TENANT, source: 'webhook', record });
      await world.useCases.recordChanged({ tenantId: TENANT, source: 'webhook', record });
      await world.useCases.ownerChangedOutside({ tenantId: TENANT, record, ownerId, at: TUESDAY });
    };
    await world.lead({}, { person: ADA });
    await world.send();
    expect(await world.rows('select * from lead')).toHaveLength(1);
    expect(await world.rows('select * from lead_record')).toHaveLength(1);
    expect(await world.assignments()).toMatchObject([{ entry: null, written: 'done', state: 'assigned' }]);
    expect(await eventsOf(world)).not.toContain('reassigned_outside');
  });

  test('whoever has the lead by the time it is sent owns it, and whoever has it afterwards as well', async () => {
    const world = await openWorld();
    const reassign = async (repId: string) => {
      const assignmentId = (await world.assignments())[0]!.id as string;
      const by = { repId: null, admin: true };
      const command = { tenantId: TENANT, assignmentId, repId, by, note: null };
      expect(await world.useCases.reassign(command)).toMatchObject({ ok: true });
    };
    await world.lead({}, { person: ADA });
    const [first, other] = (await repOf(world)) === 'dana' ? ['dana', 'sam'] : ['sam', 'dana'];
    await reassign(other!);
    // While it is on its way it is given back.
    let made: string | null = null;
    world.crmServer.onCreate = async ({ ownerId }) => {
      made = ownerId;
      await reassign(first!);
    };
    await world.send();
    expect(made).toBe(userOf(other!));
    expect(world.crmServer.records).toMatchObject([{ ownerId: userOf(first!) }]);
    expect(await world.assignments()).toMatchObject([{ rep_id: first, written: 'done' }]);
    expect(await eventsOf(world)).not.toContain('reassigned_outside');
  });

  test('an offer enters at once with whoever holds it meanwhile; a claim converts it as ours', async () => {
    const world = await openWorld({ policy: OFFERED });
    const decision = await world.lead({}, { person: ADA });
    expect(decision.reason).toContain('Whoever claims it has it converted');
    await world.send();
    expect(world.crmServer.records).toMatchObject([{ ownerId: '00G-holding', converted: false }]);
    await world.deliver('slack_card');
    const [{ id, repId }] = (await world.assignments()).map((row) => ({
      id: row.id as string,
      repId: row.rep_id as string,
    })) as [{ id: string; repId: string }];
    const claimed = await world.useCases.claim({ tenantId: TENANT, assignmentId: id, repId });
    expect(claimed).toMatchObject({ ok: true });
    await world.send();
    expect(world.crmServer.records).toMatchObject([{ ownerId: userOf(repId), converted: true }]);
    expect(await world.assignments()).toMatchObject([{ state: 'closed', closed_because: 'converted' }]);
  });

  test('a conversion that shows before its answer is ours; one that the CRM refuses needs a person', async () => {
    const world = await openWorld({
      policy: { ...POLICY, fallback: [{ pool: 'all', convert: true }] },
    });
    const record = world.crmServer.add({ Email: 'ada@example.com' });
    await world.lead({}, { person: ADA });
    record.converted = true;
    await world.useCases.recordChanged({ tenantId: TENANT, source: 'webhook', record: leadRef(record.id) });
    expect(await world.assignments()).toMatchObject([{ closed_because: 'converted' }]);

    const second = world.crmServer.add({ Email: 'bo@example.com' });
    await world.lead({}, { person: { email: 'bo@example.com' } });
    second.converted = true;
    await world.send();
    const [alert] = await world.rows("select detail from alert where kind = 'convert_refused'");
    expect(alert).toMatchObject({
      detail: { text: 'Salesforce did not convert a lead: Look at the lead: ALREADY_CONVERTED.' },
    });
  });

  test('a conversion that was begun goes on although it shows already; one that was not is left to whoever made it', async () => {
    const world = await openWorld({
      policy: { ...POLICY, fallback: [{ pool: 'all', convert: true }] },
    });
    for (const [email, tries, state] of [
      ['ada@example.com', 0, 'superseded'],
      ['bo@example.com', 1, 'pending'],
    ] as const) {
      const record = world.crmServer.add({ Email: email });
      await world.lead({}, { person: { email } });
      // As a process leaves it that dies while the CRM converts.
      await world.rows(
        `update delivery set attempts = ${tries} where kind = 'convert' and state = 'pending'`,
      );
      record.converted = true;
      await world.useCases.recordChanged({ tenantId: TENANT, source: 'webhook', record: leadRef(record.id) });
      const [last] = await world.rows(
        "select state from delivery where kind = 'convert' order by seq desc limit 1",
      );
      expect(last).toEqual({ state });
    }
  });

  test('a refusal names the field, keeps the assignment, and a retry ends it', async () => {
    const world = await openWorld();
    world.crmServer.required.add('Company');
    await world.lead({}, { person: ADA });
    await world.send();
    const text =
      'Salesforce did not take a lead in: it refused Company (REQUIRED_FIELD_MISSING). Give the lead a Company, then send it again.';
    expect(await world.assignments()).toMatchObject([
      { state: 'assigned', written: 'refused', remedy: text },
    ]);
    expect(await world.rows("select detail->>'text' as text from alert where closed_at is null")).toEqual([
      { text },
    ]);
    world.crmServer.required.delete('Company');
    const [dead] = await world.store.deliveries.deadLetters(TENANT, 10);
    expect(await world.store.deliveries.retryDead(TENANT, dead!.delivery.id, world.clock.now)).toBe(
      SALESFORCE,
    );
    await world.send();
    expect(world.crmServer.records).toHaveLength(1);
    expect(await world.assignments()).toMatchObject([{ written: 'done', entry: null, remedy: null }]);
    expect(await world.rows('select * from alert where closed_at is null')).toEqual([]);
  });

  test('an owner whom the CRM refuses: giving the lead to another sends it again', async () => {
    const world = await openWorld();
    await world.lead({}, { person: ADA });
    const first = await repOf(world);
    world.crmServer.inactive.add(userOf(first));
    await world.send();
    expect(world.crmServer.records).toEqual([]);
    const other = first === 'dana' ? 'sam' : 'dana';
    const assignmentId = (await world.assignments())[0]!.id as string;
    const by = { repId: null, admin: true };
    await world.useCases.reassign({ tenantId: TENANT, assignmentId, repId: other, by, note: null });
    await world.send();
    expect(world.crmServer.records).toMatchObject([{ ownerId: userOf(other) }]);
  });

  test('a CRM that cannot be asked holds nothing up; whoever turns out to be there is not made again', async () => {
    const world = await openWorld();
    const record = world.crmServer.add({ Email: 'ada@example.com' }, '005-dana');
    world.crmServer.faults.find = ['down'];
    const decision = await world.lead({}, { person: ADA });
    expect(decision.outcome).toBe('assigned');
    await world.send();
    expect(world.crmServer.records).toEqual([record]);
    // Dana owned it before we looked: that is kept.
    expect(await world.assignments()).toMatchObject([{ rep_id: 'dana', entry: null }]);
  });

  test.each([
    ['the policy says so', { ...POLICY, entry: { crm: 'none' } }, {}],
    ['the tenant only looks', POLICY, { mode: 'log_only' as const }],
    [
      'the policy does not take it in',
      { ...POLICY, intake: { when: { field: 'size', op: 'gt', value: 1 } } },
      {},
    ],
  ])('enters nowhere where %s', async (_what, policy, lane) => {
    const world = await openWorld({ policy });
    if ('mode' in lane) await world.setLane(lane);
    await world.lead({}, { person: ADA });
    await world.send();
    expect(world.crmServer.records).toEqual([]);
    expect(await world.rows("select * from delivery where kind = 'enter'")).toEqual([]);
  });

  test('when somebody first worked on it is told once, and on the card in words', async () => {
    const world = await openWorld();
    await world.lead({}, { person: ADA });
    await world.send();
    const record = leadRef(world.crmServer.records[0]!.id);
    const asked = { connectionId: SALESFORCE, after: TUESDAY - 1, limit: 10 };
    const [untouched, ...others] = await world.store.lane.untouched(TENANT, asked);
    expect([untouched, others]).toMatchObject([{ ref: record, since: TUESDAY }, []]);
    const { assignmentId, since } = untouched!;
    const event = { tenantId: TENANT, assignmentId, since, at: TUESDAY + 4 * 60_000 };
    await world.useCases.firstActivity(event);
    await world.useCases.firstActivity({ ...event, at: event.at + 1 });
    expect(await world.store.lane.untouched(TENANT, asked)).toEqual([]);
    const reader = { language: 'en', timezone: null };
    const card = await world.queries.recordCard(TENANT, {
      about: { record },
      looker: { repId: null, admin: false },
      reader,
    });
    expect(card.standing?.headline).toMatch(/ has it, first touched after 4 minutes\.$/);
    expect(card.explanation?.firstActivityAt).toBe(new Date(event.at).toISOString());
    const told = card.explanation?.story.filter(({ kind }) => kind === 'first_activity');
    expect(told).toMatchObject([{ text: 'First touched after 4 minutes.' }]);
  });

  test('a conversion that no connected CRM makes is refused by name', async () => {
    const crms = [{ vendor: 'salesforce' as const, name: 'Salesforce', converts: false }];
    const world = await openWorld({ crms });
    const error = await world.publish(OFFERED).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'invalid_policy',
      problems: [{ field: '/fallback/0/convert', message: 'Salesforce converts no leads; remove convert' }],
    });
    const queued = { ...POLICY, fallback: [{ queue: 'holding', convert: true }] };
    await expect(world.publish(queued)).rejects.toMatchObject({
      problems: [{ field: '/fallback/0/convert' }],
    });
    await expect(world.publish({ ...POLICY, entry: { crm: 'sugar' } })).rejects.toMatchObject({
      problems: [{ field: '/entry/crm' }],
    });
  });

  test('a decision tells the record once there is one, also to a repeat of the request', async () => {
    const world = await openWorld();
    const request = { endpoint: 'api/leads', key: 'k1' };
    const decision = await world.lead({}, { person: ADA, request });
    expect(decision.record).toBeUndefined();
    await world.send();
    const [made] = world.crmServer.records;
    const record = {
      connection: SALESFORCE,
      objectType: 'lead',
      recordId: made!.id,
      url: `${world.crmServer.url}/${made!.id}`,
    };
    expect((await world.queries.decision(TENANT, decision.id))?.record).toEqual(record);
    expect((await world.lead({}, { person: ADA, request })).record).toEqual(record);
    expect((await world.queries.explanation(TENANT, decision.id))?.person?.url).toBe(record.url);
  });

  test('routed again while it is on its way, it has one record and the latest owner', async () => {
    const world = await openWorld();
    await world.lead({}, { person: ADA });
    await world.lead({}, { person: ADA, again: true });
    await world.send();
    expect(world.crmServer.records).toMatchObject([{ ownerId: userOf(await repOf(world)) }]);
    expect(await world.rows('select * from lead_record')).toHaveLength(1);
  });
});

const waitFor = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  const until = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error('it never came to be');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
