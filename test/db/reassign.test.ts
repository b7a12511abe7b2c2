import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import type { Looker } from '../../server/assignments/permissions.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import { eachDatabase } from '../support/databases.ts';
import {
  contactRef,
  leadRef,
  openLaneWorld,
  ownerOf,
  SALESFORCE,
  TENANT,
  userOf,
} from '../support/lane-world.ts';

const REPS = [
  { id: 'dana', name: 'Dana', manager: 'max' },
  { id: 'sam', name: 'Sam', manager: 'max@example.com' },
  { id: 'max', name: 'Max', manager: 'ceo' },
  { id: 'ceo', name: 'Cleo' },
];
const POOL = {
  id: 'all',
  members: [{ rep: 'dana' }, { rep: 'sam' }],
  method: 'round_robin',
  availability: 'ignore',
};
const as = (repId: string | null, admin = false): Looker => ({ repId, admin });
const READER = { language: 'en', timezone: null };

eachDatabase('giving a lead to somebody else', (open) => {
  const opened = async (step: Readonly<Record<string, unknown>> = { rep: 'dana' }) => {
    const { storage } = await open();
    const lane = await openLaneWorld(storage, { policy: { pools: [POOL], fallback: [step] }, reps: REPS });
    lane.crm.put('c1');
    const { assignment } = await lane.contact('c1');
    const queries = createQueries({
      storage,
      clock: { now: () => lane.clock.now },
      availabilities: createAvailabilities(() => new Set()),
    });
    const give = (repId: string, by: Looker, more: { note?: string; key?: string } = {}) =>
      lane.useCases.reassign({
        tenantId: TENANT,
        assignmentId: assignment,
        repId,
        by,
        note: more.note ?? null,
        ...(more.key && { request: { endpoint: 'card', key: more.key } }),
      });
    const card = (looker: Looker) =>
      queries.recordCard(TENANT, { about: { record: contactRef('c1') }, looker, reader: READER });
    return { lane, queries, assignment, give, card };
  };

  test.each<[who: string, by: Looker, may: boolean]>([
    ['its owner', as('dana'), true],
    ['their manager', as('max'), true],
    ['the manager above', as('ceo'), true],
    ['an admin who is no rep', as(null, true), true],
    ['a colleague', as('sam'), false],
    ['a stranger', as(null), false],
  ])('%s: allowed is %o', async (_who, by, may) => {
    const { give, card } = await opened();
    const shown = await card(by);
    expect(shown.may.reassign).toBe(may);
    expect(shown.reps.map(({ id }) => id)).toEqual(may ? ['ceo', 'max', 'sam'] : []);
    expect(await give('sam', by)).toEqual(
      may ? { ok: true, already: false } : { ok: false, code: 'not_allowed' },
    );
  });

  test('moves the slot and the owner, charges nobody anew, and tells who did it and why', async () => {
    const { lane, give, card, queries } = await opened();
    expect(await give('sam', as('max'), { note: 'Knows them' })).toMatchObject({ ok: true });
    expect(await lane.rows('select rep_id, open from rep_load order by rep_id')).toEqual([
      { rep_id: 'dana', open: 0 },
      { rep_id: 'sam', open: 1 },
    ]);
    const writes = await lane.deliveries('owner_write');
    expect(writes.at(-1)?.body).toMatchObject({ record: contactRef('c1'), ownerId: ownerOf('sam') });
    const { explanation, standing } = await card(as('sam'));
    expect(standing).toMatchObject({ state: 'assigned', headline: 'Sam has it.', written: 'pending' });
    expect(explanation?.story.at(-1)?.text).toBe('Max gave it to Sam, before Dana: “Knows them”');
    await lane.useCases.eraseLead({ tenantId: TENANT, record: contactRef('c1') });
    const told = await queries.explanation(TENANT, explanation!.id);
    expect(told?.story.map(({ text }) => text)).toContain('Max gave it to Sam, before Dana.');
    // Which record it was is not known any more.
    expect((await card(as('sam'))).explanation).toBeNull();
  });

  test('an offer gives its turn back', async () => {
    const { lane, give, card } = await opened({
      pool: 'all',
      give: 'offer',
      claimWithin: 'PT1H',
      clock: 'elapsed',
    });
    const offered = (await lane.assignments())[0]!.rep_id as string;
    expect((await card(as(offered))).may).toEqual({ claim: true, decline: true, reassign: false });
    const other = offered === 'dana' ? 'sam' : 'dana';
    expect(await give(other, as('max'))).toMatchObject({ ok: true });
    const balances = await lane.rows('select lag::int as lag from pool_member');
    expect(balances.every(({ lag }) => lag === 0)).toBe(true);
    expect((await card(as(offered))).may).toEqual({ claim: false, decline: false, reassign: false });
  });

  test('the same request is done once, whatever has happened since', async () => {
    const { lane, give } = await opened();
    await give('sam', as('dana'), { key: 'r1' });
    await give('ceo', as('max'), { key: 'r2' });
    expect(await give('sam', as('dana'), { key: 'r1' })).toEqual({ ok: true, already: false });
    expect((await lane.assignments())[0]).toMatchObject({ rep_id: 'ceo' });
  });

  test('refusals say why: closed, nobody of that id, no such assignment', async () => {
    const { lane, give } = await opened();
    expect(await give('nobody', as(null, true))).toEqual({ ok: false, code: 'unknown_rep' });
    await lane.useCases.recordGone({ tenantId: TENANT, record: contactRef('c1'), mergedInto: null });
    expect(await give('sam', as(null, true))).toEqual({ ok: false, code: 'closed' });
    const unknown = { tenantId: TENANT, assignmentId: 'asg_x', repId: 'sam', by: as(null, true), note: null };
    expect(await lane.useCases.reassign(unknown)).toEqual({ ok: false, code: 'not_found' });
  });
});

eachDatabase('a card on a record', (open) => {
  test('of a record nobody routed is empty, and says so', async () => {
    const { storage } = await open();
    const lane = await openLaneWorld(storage, { policy: { fallback: [{ wait: 'PT1H' }] }, reps: REPS });
    const queries = createQueries({
      storage,
      clock: { now: () => lane.clock.now },
      availabilities: createAvailabilities(() => new Set()),
    });
    const ask = (record = leadRef('00Q1')) =>
      queries.recordCard(TENANT, { about: { record }, looker: as('dana'), reader: READER });
    expect(await ask()).toMatchObject({ explanation: null, standing: null, may: { claim: false }, reps: [] });
    lane.crm.put('c1');
    await lane.contact('c1');
    const reader = { language: 'en', timezone: 'Asia/Tokyo' };
    const card = await queries.recordCard(TENANT, {
      about: { record: contactRef('c1') },
      looker: as('dana'),
      reader,
    });
    expect(card.standing).toMatchObject({
      state: 'waiting',
      headline: 'Waits for somebody who can take it. Looked at again 01:00 Tokyo.',
    });
    expect(card.declineReasons).toContainEqual({ code: 'too_busy', label: 'too busy' });
  });

  test('people are known by the user id they sign in with; admins by the connection’s settings', async () => {
    const { storage } = await open();
    const lane = await openLaneWorld(storage, { policy: {}, reps: REPS });
    const queries = createQueries({
      storage,
      clock: { now: () => lane.clock.now },
      availabilities: createAvailabilities(() => new Set()),
    });
    const connection = {
      id: SALESFORCE,
      tenantId: TENANT,
      vendor: 'salesforce' as const,
      externalId: 'x',
      name: 'x',
      status: 'active' as const,
      settings: { admins: ['Max@example.com'] },
    };
    expect(await queries.looker(connection, userOf('dana'))).toEqual({ repId: 'dana', admin: false });
    expect(await queries.looker(connection, userOf('max'))).toEqual({ repId: 'max', admin: true });
    expect(await queries.looker(connection, '005-nobody')).toEqual({ repId: null, admin: false });
  });
});
