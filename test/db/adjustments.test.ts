import { expect, test } from 'vitest';
import { createAvailabilities } from '../../server/assignments/availabilities.ts';
import type { Adjuster, Adjustment } from '../../server/assignments/use-cases.ts';
import { balancesFrom, type LedgerEntry } from '../../server/routing/ledger/balance.ts';
import type { Posting } from '../../server/routing/state.ts';
import { createQueries } from '../../server/storage/queries/create-queries.ts';
import { eachDatabase } from '../support/databases.ts';
import { contactRef, type LaneWorld, openLaneWorld, type Row, TENANT } from '../support/lane-world.ts';

const REPS = [
  { id: 'ann', name: 'Ann', manager: 'max' },
  { id: 'bob', name: 'Bob', manager: 'max' },
  { id: 'cy', name: 'Cy' },
  { id: 'dee', name: 'Dee' },
  { id: 'max', name: 'Max' },
];
const MEMBERS = ['ann', 'bob', 'cy', 'dee'];
const ADMIN: Adjuster = { repId: null, admin: true, name: 'key:ops' };
const manager = (repId: string): Adjuster => ({ repId, admin: false, name: repId });
const DAY = 86_400_000;
const FIELDS = { stage: { type: 'text', hubspot: 'contact.stage' } };

eachDatabase('changes to a ledger by hand', (open) => {
  const opened = async (policy: object = {}, pool: object = {}) => {
    const { storage } = await open();
    const desk = {
      id: 'desk',
      members: MEMBERS.map((rep) => ({ rep })),
      method: 'round_robin',
      availability: 'ignore',
      ...pool,
    };
    const lane = await openLaneWorld(storage, {
      policy: { fields: FIELDS, pools: [desk], fallback: [{ pool: 'desk' }], ...policy },
      reps: REPS,
    });
    const queries = createQueries({
      storage,
      clock: { now: () => lane.clock.now },
      availabilities: createAvailabilities(() => new Set()),
    });
    const adjust = (
      repId: string,
      adjustment: Adjustment,
      more: { by?: Adjuster; key?: string; pool?: string } = {},
    ) =>
      lane.useCases.adjustPool({
        tenantId: TENANT,
        poolId: more.pool ?? 'desk',
        repId,
        adjustment,
        reason: 'Helped out',
        by: more.by ?? ADMIN,
        ...(more.key && { request: { endpoint: 'api', key: more.key } }),
      });
    const junk = (assignmentId: string, by: Adjuster = ADMIN) =>
      lane.useCases.markJunk({ tenantId: TENANT, assignmentId, reason: 'A robot', by });
    return { lane, queries, adjust, junk };
  };
  const credit = (amount: number): Adjustment => ({ kind: 'credit', amount });
  const route = async (lane: LaneWorld, count: number): Promise<string> => {
    let order = '';
    for (let i = 0; i < count; i++) {
      lane.clock.now += 1000;
      order += (await lane.lead()).rep!.id[0];
    }
    return order;
  };

  /** Σ owed = Σ charged over all entries, and the kept balances are those the entries add up to. */
  const expectEven = async (lane: LaneWorld) => {
    const rows = await lane.rows('select * from ledger_entry order by seq');
    const entries = rows.map(toEntry);
    const sum = (amounts: Readonly<Record<string, number>>) =>
      Object.values(amounts).reduce((total, one) => total + one, 0);
    for (const { posting } of entries) expect(sum(posting.owed)).toBe(sum(posting.charged));
    const balances = balancesFrom(entries);
    const kept = await lane.rows('select rep_id, lag, skip, last_at from pool_member order by rep_id');
    expect(kept.map(({ rep_id, lag, skip, last_at }) => [rep_id, Number(lag), skip, last_at])).toEqual(
      [...balances]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([rep, { lag, skip, lastAt }]) => [
          rep,
          lag,
          skip ?? null,
          lastAt === null ? null : new Date(lastAt),
        ]),
    );
    expect([...balances.values()].reduce((total, { lag }) => total + lag, 0)).toBe(0);
  };

  test('a credit and a debit: the others give and get by weight, with who and why', async () => {
    const { lane, queries, adjust } = await opened();
    expect(await adjust('ann', credit(3_000_000))).toMatchObject({ ok: true });
    expect(await adjust('bob', credit(-600_000), { by: manager('max') })).toMatchObject({ ok: true });
    expect(
      (await lane.rows('select rep_id, lag from pool_member order by rep_id')).map(({ lag }) => Number(lag)),
    ).toEqual([3_200_000, -1_600_000, -800_000, -800_000]);
    const order = await route(lane, 20);
    expect(MEMBERS.map((rep) => [...order].filter((one) => one === rep[0]).length)).toEqual([8, 4, 4, 4]);
    await expectEven(lane);
    expect(await queries.adjustments(TENANT, { pool: 'desk', limit: 10 })).toMatchObject([
      {
        kind: 'debit',
        rep: { id: 'bob', name: 'Bob' },
        leads: -0.6,
        by: 'Max',
        reason: 'Helped out',
        skip: null,
      },
      { kind: 'credit', rep: { id: 'ann', name: 'Ann' }, leads: 3, by: 'key:ops', reason: 'Helped out' },
    ]);
  });

  test('a turn is passed once, and kept or lost', async () => {
    const { lane, queries, adjust } = await opened();
    expect(await route(lane, 4)).toBe('abcd');
    expect(await adjust('ann', { kind: 'skip', skip: 'keep' })).toMatchObject({ ok: true });
    expect(await adjust('ann', { kind: 'skip', skip: 'keep' })).toEqual({
      ok: false,
      code: 'nothing_to_change',
    });
    const { pools } = await queries.overview(TENANT);
    expect(pools[0]!.members.map(({ skip }) => skip)).toEqual(['keep', null, null, null]);
    expect(await route(lane, 4)).toBe('bacd');
    await adjust('bob', { kind: 'skip', skip: 'lose' });
    await adjust('cy', { kind: 'skip', skip: 'lose' });
    await adjust('cy', { kind: 'skip', skip: null });
    const order = await route(lane, 12);
    expect([...order].filter((rep) => rep === 'b')).toHaveLength(2);
    await expectEven(lane);
    expect(
      (await queries.adjustments(TENANT, { pool: 'desk', limit: 2 })).map(({ skip, rep }) => [rep.id, skip]),
    ).toEqual([
      ['cy', 'none'],
      ['cy', 'lose'],
    ]);
  });

  test('a repeated request makes no other change', async () => {
    const { lane, adjust } = await opened();
    const first = await adjust('ann', credit(1_000_000), { key: 'once' });
    expect(await adjust('ann', credit(1_000_000), { key: 'once' })).toEqual(first);
    const both = await Promise.all([1, 2].map(() => adjust('bob', credit(1_000_000), { key: 'at-once' })));
    expect(both[1]).toEqual(both[0]);
    expect(await lane.rows("select * from ledger_entry where kind = 'adjustment'")).toHaveLength(2);
    await expectEven(lane);
  });

  test('what cannot be is refused, and changes nothing', async () => {
    const { lane, adjust } = await opened({}, { method: 'longest_waiting' });
    expect(await adjust('ann', credit(1), { pool: 'nope' })).toEqual({ ok: false, code: 'unknown_pool' });
    expect(await adjust('max', credit(1))).toEqual({ ok: false, code: 'not_a_member' });
    expect(await adjust('cy', credit(1), { by: manager('max') })).toEqual({ ok: false, code: 'not_allowed' });
    expect(await adjust('ann', credit(1), { by: manager('ann') })).toEqual({
      ok: false,
      code: 'not_allowed',
    });
    expect(await adjust('ann', credit(0))).toEqual({ ok: false, code: 'nothing_to_change' });
    expect(await adjust('ann', { kind: 'skip', skip: 'lose' })).toEqual({ ok: false, code: 'goes_by_time' });
    const alone = await opened({}, { members: [{ rep: 'ann' }] });
    expect(await alone.adjust('ann', credit(1))).toEqual({ ok: false, code: 'no_other_members' });
    expect(await lane.rows('select * from ledger_entry')).toEqual([]);
    expect(await lane.rows('select * from adjustment')).toEqual([]);
  });

  test('a lead that was junk gives its turn back, once, as though it had never come', async () => {
    const { lane, queries, junk } = await opened();
    await route(lane, 2);
    const before = await lane.rows('select rep_id, lag, received, last_at from pool_member order by rep_id');
    lane.clock.now += 1000;
    const { assignment, id } = await lane.lead();
    lane.clock.now += DAY;
    expect(await junk(assignment)).toEqual({ ok: true, already: false });
    expect(await junk(assignment)).toEqual({ ok: true, already: true });
    expect(await lane.rows('select rep_id, lag, received, last_at from pool_member order by rep_id')).toEqual(
      before,
    );
    await expectEven(lane);
    const [only] = await queries.adjustments(TENANT, { pool: 'desk', limit: 10 });
    expect(only).toMatchObject({
      kind: 'junk',
      rep: { id: 'cy' },
      leads: 1,
      reason: 'A robot',
      decision: id,
    });
    const story = (await queries.explanation(TENANT, id))!.story.map(({ text }) => text);
    expect(story).toContain('Marked as junk by key:ops: Cy has the turn back.');
    expect(
      await lane.rows(
        "select adjustment_id is not null as by_hand from ledger_entry where kind = 'reversal'",
      ),
    ).toEqual([{ by_hand: true }]);
  });

  test('junk is marked by who manages the charged rep, in time, and where there was a charge', async () => {
    const { lane, junk } = await opened({ junk: { within: 'P2D' } });
    const { assignment, rep } = await lane.lead();
    expect(rep!.id).toBe('ann');
    expect(await junk(assignment, manager('bob'))).toEqual({ ok: false, code: 'not_allowed' });
    lane.clock.now += 2 * DAY + 1;
    expect(await junk(assignment, manager('max'))).toEqual({ ok: false, code: 'too_late' });
    expect(await junk('asg_none')).toEqual({ ok: false, code: 'not_found' });
    const named = await opened({ fallback: [{ rep: 'ann' }] });
    expect(await named.junk((await named.lane.lead()).assignment)).toEqual({
      ok: false,
      code: 'not_charged',
    });
    const offers = await opened({
      fallback: [{ pool: 'desk', give: 'offer', claimWithin: 'PT1H', clock: 'elapsed' }],
    });
    expect(await offers.junk((await offers.lane.lead()).assignment)).toEqual({
      ok: false,
      code: 'not_assigned',
    });
  });

  test('the policy says which leads were junk: the record says so, and the turn is back', async () => {
    const { lane, queries } = await opened({ junk: { when: { field: 'stage', op: 'eq', value: 'junk' } } });
    lane.crm.put('c1', { raw: { stage: 'new' } });
    const { assignment, rep } = await lane.contact('c1');
    const change = (stage: string) => {
      lane.crm.put('c1', { raw: { stage } });
      return lane.useCases.recordChanged({ tenantId: TENANT, record: contactRef('c1'), source: 'webhook' });
    };
    await change('open');
    expect(await queries.adjustments(TENANT, { pool: 'desk', limit: 10 })).toEqual([]);
    await change('junk');
    await change('junk');
    expect(await queries.adjustments(TENANT, { pool: 'desk', limit: 10 })).toMatchObject([
      { kind: 'junk', by: 'policy', reason: null, rep: { id: rep!.id }, assignment },
    ]);
    await expectEven(lane);
  });

  test('what somebody wrote of a lead is erased with it; who did what stays', async () => {
    const { lane, queries, junk, adjust } = await opened();
    lane.crm.put('c1');
    const { assignment } = await lane.contact('c1');
    await junk(assignment);
    await adjust('ann', credit(1));
    await lane.useCases.eraseLead({ tenantId: TENANT, record: contactRef('c1') });
    expect(
      (await queries.adjustments(TENANT, { pool: 'desk', limit: 9 })).map(({ kind, reason }) => [
        kind,
        reason,
      ]),
    ).toEqual([
      ['credit', 'Helped out'],
      ['junk', null],
    ]);
    await expect(lane.rows('delete from adjustment')).rejects.toThrow('permission denied');
    await expect(lane.rows('update adjustment set amount = 9')).rejects.toThrow('permission denied');
  });
});

const toEntry = (row: Row): LedgerEntry => ({
  at: (row.at as Date).getTime(),
  posting: {
    pool: row.pool_id,
    owed: row.owed,
    charged: row.charged,
    banked: row.banked,
    released: row.released,
    previousAt: (row.previous_at as Date | null)?.getTime() ?? null,
    ...(row.skips !== null && { skips: row.skips }),
  } as Posting,
});
