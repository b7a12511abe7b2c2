import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import { createReplays } from '../../server/assignments/replay-decisions.ts';
import { createPolicies } from '../../server/storage/directory/policies.ts';
import { createReps } from '../../server/storage/directory/reps.ts';
import { createPastDecisions } from '../../server/storage/queries/create-past-decisions.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import { createSlackStore } from '../../server/storage/slack-store/create-slack-store.ts';
import type { Storage } from '../../server/storage/storage.ts';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, HUBSPOT, openLaneWorld, SLACK, TENANT } from '../support/lane-world.ts';
import { rowsWith } from '../support/made-up-row.ts';

/** Made so that each text stands for one thing that is known of the person, and is found wherever it stands. */
const PERSON = {
  name: 'Zelda Quibblewick',
  company: 'Frobnicator Works',
  email: 'Zelda@Quibblewick.example',
  phone: '+1 555 010 7788',
  message: 'Ring me about the gribbleflange',
};
const TEXTS = ['quibblewick', 'frobnicator', '555 010 7788', '5550107788', 'gribbleflange', 'rec-zelda'];

const POLICY = {
  fields: {
    email: { type: 'email', hubspot: 'contact.email' },
    company: { type: 'text', hubspot: 'contact.company' },
    city: { type: 'text', hubspot: 'contact.city' },
  },
  duplicates: { match: ['email', 'phone'], then: 'same_owner' },
  accounts: [],
  pools: [{ id: 'all', name: 'All', members: [{ rep: 'ann' }, { rep: 'ben' }], method: 'round_robin' }],
  rules: [
    {
      id: 'works',
      when: { field: 'company', op: 'contains', value: 'works' },
      then: [{ pool: 'all', give: 'offer', claimWithin: 'PT1H', clock: 'elapsed' }],
    },
  ],
  fallback: [{ pool: 'all' }],
};

const openErasure = async (storage: Storage) => {
  const { accounts: _, ...policy } = POLICY;
  const world = await openLaneWorld(storage, { policy, reps: [{ id: 'ann' }, { id: 'ben' }] });
  const queries = createQueries({
    storage,
    clock: { now: () => world.clock.now },
    availabilities: createAvailabilities(() => new Set()),
  });
  const replays = createReplays({
    past: createPastDecisions(storage),
    policies: createPolicies(storage),
    reps: createReps(storage),
  });
  const zelda = (recordId = 'rec-zelda') =>
    world.crm.put(recordId, {
      raw: { email: PERSON.email, company: PERSON.company, city: 'Gribbleflange' },
      person: { ...PERSON, source: 'Gribbleflange fair', url: `https://crm.example/${recordId}` },
    });
  return { world, queries, replays, zelda };
};

const found = async (storage: Storage): Promise<readonly string[]> => {
  const rows = await Promise.all(TEXTS.map((text) => rowsWith(storage, text)));
  // A published policy and its drafts are what somebody here wrote.
  return rows.flat().map(({ table, row }) => `${table} ${row}`);
};

eachDatabase('erasure of a person', (open) => {
  test('nothing that was known of them stands in any table; decisions, ledger and hashes do', async () => {
    const { storage } = await open();
    const { world, queries, replays, zelda } = await openErasure(storage);
    zelda();
    const request = { endpoint: 'api', key: `lead-${PERSON.email}` };
    const asked = await world.contact('rec-zelda', {
      request,
      fields: { city: 'Gribbleflange City' },
      person: PERSON,
    });
    // A card is out, is handed back with a note, and the lead goes on to the other rep, who gives it away again.
    const rep = asked.candidates.find(({ code }) => code === 'chosen')!.rep;
    await world.deliver('slack_card');
    const assignmentId = asked.assignment!;
    await world.useCases.decline({
      tenantId: TENANT,
      assignmentId,
      repId: rep,
      reason: 'other',
      note: 'Quibblewick shouted at me',
      request: { endpoint: 'card', key: `decline-${PERSON.email}` },
    });
    const other = rep === 'ann' ? 'ben' : 'ann';
    await world.useCases.claim({ tenantId: TENANT, assignmentId, repId: other });
    const [write] = await world.deliveries('owner_write');
    await world.events.ownerRefused(
      write!,
      'refused',
      `The e-mail ${PERSON.email} is not valid: mend the record.`,
    );
    await world.useCases.reassign({
      tenantId: TENANT,
      assignmentId,
      repId: rep,
      by: { repId: null, may: 'everything' } as never,
      note: 'Zelda Quibblewick asked for you',
    });
    await world.useCases.adjustPool({
      tenantId: TENANT,
      poolId: 'all',
      repId: rep,
      adjustment: { kind: 'credit', amount: 1_000_000 },
      reason: 'unrelated',
      by: { repId: null, name: 'console', may: 'everything' } as never,
    });
    // A second lead of theirs came by the API, in another spelling of the address; a third is somebody else's.
    const second = await world.lead({ email: PERSON.email.toUpperCase(), city: 'Gribbleflange' });
    const somebody = await world.lead({ email: 'other@example.com' }, { person: { name: 'Other' } });
    const before = await world.rows('select id, hash, result, inputs from decision order by seq');
    const ledger = await world.rows('select * from ledger_entry order by seq');
    expect((await found(storage)).length).toBeGreaterThan(10);

    const erase = (more: object = {}) =>
      world.useCases.erasePerson({
        tenantId: TENANT,
        person: { email: ' zelda@QUIBBLEWICK.example' },
        by: 'console',
        ...more,
      });
    expect(await erase({ preview: true })).toEqual({ leads: 2 });
    expect((await found(storage)).length).toBeGreaterThan(10);
    expect(await erase()).toEqual({ leads: 2 });
    expect(await found(storage)).toEqual([]);

    expect(await world.rows('select id, hash, result, inputs from decision order by seq')).toEqual(before);
    expect((await world.rows('select * from ledger_entry order by seq')).slice(0, ledger.length)).toEqual(
      ledger,
    );
    expect((await replays.many(TENANT, 0, 100)).counts).toMatchObject({
      differs: 0,
      inputs_erased: before.length - 1,
    });
    expect(await replays.one(TENANT, somebody.id)).toMatchObject({ result: 'same' });
    expect((await queries.poolFairness(TENANT, 'all'))?.members.length).toBe(2);
    const told = (await queries.explanation(TENANT, asked.id))!;
    expect(told).toMatchObject({ person: null, values: null, rules: [] });
    expect(told.story.at(-1)?.text).toBe('Closed: what was known of the person was erased.');
    expect(await queries.explanation(TENANT, second.id)).toMatchObject({ person: null });
    expect(await world.rows('select asked_by, because, leads, removed from erasure')).toEqual([
      { asked_by: 'console', because: 'asked', leads: 2, removed: {} },
    ]);
    expect(await erase()).toEqual({ leads: 0 });
  });

  test('a request that comes again, or a record that lives on, begins anew', async () => {
    const { storage } = await open();
    const { world, zelda } = await openErasure(storage);
    zelda();
    const request = { endpoint: 'api', key: 'again' };
    const first = await world.contact('rec-zelda', { request });
    await world.useCases.eraseLead({ tenantId: TENANT, record: contactRef('rec-zelda') });
    expect(await found(storage)).toEqual([]);
    expect(await world.rows('select asked_by, because, leads from erasure')).toEqual([
      { asked_by: HUBSPOT, because: 'vendor', leads: 1 },
    ]);
    const again = await world.contact('rec-zelda', { request });
    expect(again.lead.id).not.toBe(first.lead.id);
    expect(again.id).not.toBe(first.id);
    // Nobody recalls that it was theirs: the person who owned it before is only one of two again.
    expect(await world.rows('select count(*) as n from lead_snapshot where erased_at is null')).toEqual([
      { n: 1 },
    ]);
  });

  test('what stands in Slack is drawn anew, of every assignment the lead had, and what was to be written is not', async () => {
    const { storage } = await open();
    const { world, queries, zelda } = await openErasure(storage);
    zelda();
    const first = await world.contact('rec-zelda');
    const cards = createSlackStore(storage);
    const key = { tenantId: TENANT, assignmentId: first.assignment!, repId: 'ann' };
    await cards.begin({ ...key, connectionId: SLACK, deliveryId: 'dlv_1' });
    await cards.posted(key, { channel: 'D1', ts: '1.0', version: 1 });
    world.crm.put('rec-zelda', { ownerId: null });
    const second = await world.contact('rec-zelda', { again: true });
    expect(second.assignment).not.toBe(first.assignment);
    await world.useCases.erasePerson({
      tenantId: TENANT,
      person: { record: contactRef('rec-zelda') },
      by: 'x',
    });
    const pending = await world.rows(`select kind, assignment_id from delivery where state = 'pending'`);
    expect(new Set(pending.map(({ kind }) => kind))).toEqual(new Set(['slack_refresh']));
    expect(pending.map((row) => row.assignment_id)).toContain(first.assignment);
    expect(await queries.offerCard(TENANT, first.assignment!, 'ann')).toMatchObject({
      erased: true,
      person: null,
    });
  });
});
