import { expect, test } from 'vitest';
import { UNDO_WITHIN } from '../../server/assignments/offboarding/offboard-rep.ts';
import { eachDatabase } from '../support/databases.ts';
import { type LaneWorld, openLaneWorld, ownerOf, TENANT } from '../support/lane-world.ts';

const REPS = [{ id: 'dana', name: 'Dana' }, { id: 'sam' }, { id: 'max' }];
const member = (rep: string) => ({ rep });
const pool = (id: string, ...reps: string[]) => ({
  id,
  members: reps.map(member),
  method: 'round_robin',
  availability: 'ignore',
});
const POLICY = {
  fields: { kind: { type: 'text' } },
  pools: [pool('hers', 'dana'), pool('all', 'dana', 'sam', 'max')],
  rules: [
    {
      id: 'offered',
      when: { field: 'kind', op: 'eq', value: 'offered' },
      then: [{ pool: 'hers', give: 'offer', claimWithin: 'PT1H' }, { pool: 'all' }],
    },
    { id: 'hers', when: { field: 'kind', op: 'eq', value: 'hers' }, then: [{ pool: 'hers' }] },
    { id: 'named', when: { field: 'kind', op: 'eq', value: 'named' }, then: [{ rep: 'dana' }] },
  ],
  fallback: [{ pool: 'all' }],
};
const who = { tenantId: TENANT, by: 'key:test' };

eachDatabase('a rep who leaves', (open) => {
  const opened = async () => {
    const { storage } = await open();
    const lane = await openLaneWorld(storage, { policy: POLICY, reps: REPS });
    return { lane, offboard: lane.useCases.offboardRep };
  };
  /** Leads by hand with Dana, of the pool everybody is in. */
  const withDana = async (
    lane: LaneWorld,
    people: readonly (string | null)[],
  ): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (const email of people) {
      const { assignment } = await lane.lead({}, { person: { name: 'X', email } });
      await lane.useCases.reassign({
        tenantId: TENANT,
        assignmentId: assignment,
        repId: 'dana',
        by: { repId: null, admin: true },
        note: null,
      });
      ids.push(assignment);
    }
    return ids;
  };
  const holders = async (lane: LaneWorld) =>
    new Map((await lane.assignments()).map((row) => [row.id as string, row.rep_id as string | null]));
  const ledgerHolds = async (lane: LaneWorld) => {
    const sums = await lane.rows(
      'select pool_id, sum(lag + banked)::int as sum from pool_member group by pool_id order by pool_id',
    );
    expect(sums.every(({ sum }) => sum === 0)).toBe(true);
    const loads = await lane.rows(
      `select rep_load.rep_id, rep_load.open, (select count(*)::int from assignment
        where rep_id = rep_load.rep_id and held_at is not null and closed_at is null) as held from rep_load`,
    );
    for (const { open: counted, held } of loads) expect(counted).toBe(held);
  };

  test('is followed by others: accounts together, slots moved, nobody charged, and the directory without them', async () => {
    const { lane, offboard } = await opened();
    const ids = await withDana(lane, [
      'a@acme.com',
      'b@acme.com',
      'c@gmail.com',
      'd@gmail.com',
      'e@other.example',
    ]);
    const entries = await lane.rows('select count(*)::int as count from ledger_entry');
    const plan = (await offboard.preview(TENANT, 'dana'))!;
    expect(plan.moves.map(({ because }) => because).sort()).toEqual([
      'account_kept',
      'account_kept',
      'best',
      'best',
      'best',
    ]);
    expect(plan.namedIn).toEqual(['pool hers', 'pool all', 'rule named']);
    expect(await holders(lane)).toEqual(new Map(ids.map((id) => [id, 'dana'])));
    const done = await offboard.confirm({ ...who, repId: 'dana', moves: null });
    expect(done).toMatchObject({ state: 'done', by: 'key:test', undone: null });
    const after = await holders(lane);
    for (const { assignment, to } of plan.moves) expect(after.get(assignment)).toBe(to!.id);
    expect(after.get(ids[0]!)).toBe(after.get(ids[1]!));
    expect(new Set(after.values())).toEqual(new Set(['sam', 'max']));
    expect(await lane.rows('select count(*)::int as count from ledger_entry')).toEqual(entries);
    await ledgerHolds(lane);
    expect(await lane.rows("select active, document from rep where id = 'dana'")).toEqual([
      { active: false, document: { id: 'dana', name: 'Dana' } },
    ]);
    expect(await offboard.preview(TENANT, 'dana')).toBeNull();
    expect((await lane.lead({ kind: 'hers' })).rep?.id).not.toBe('dana');
  });

  test('what nobody can take, the policy decides; what was offered goes on', async () => {
    const { lane, offboard } = await opened();
    const hers = await lane.lead({ kind: 'hers' });
    const named = await lane.lead({ kind: 'named' });
    const offered = await lane.lead({ kind: 'offered' });
    expect([hers, named, offered].map(({ outcome }) => outcome)).toEqual(['assigned', 'assigned', 'offered']);
    const plan = (await offboard.preview(TENANT, 'dana'))!;
    expect([plan.offers, plan.moves.map(({ to, because }) => [to, because])]).toEqual([
      1,
      expect.arrayContaining([
        [null, 'nobody'],
        [null, 'no_pool'],
      ]),
    ]);
    await offboard.confirm({ ...who, repId: 'dana', moves: null });
    const after = await holders(lane);
    for (const { assignment } of [hers, named, offered])
      expect(['sam', 'max']).toContain(after.get(assignment));
    await ledgerHolds(lane);
  });

  test('goes as the preview said, or as it was changed; what was moved by then stays', async () => {
    const { lane, offboard } = await opened();
    const [a, b, c] = await withDana(lane, ['a@x.example', 'b@y.example', 'c@z.example']);
    const moves = [a!, b!, c!].map((assignment) => ({ assignment, to: 'max' }));
    await expect(
      offboard.confirm({ ...who, repId: 'dana', moves: [{ assignment: a!, to: 'nobody' }] }),
    ).rejects.toMatchObject({ code: 'unknown_rep' });
    await lane.useCases.reassign({
      tenantId: TENANT,
      assignmentId: b!,
      repId: 'sam',
      by: { repId: null, admin: true },
      note: null,
    });
    const done = await offboard.confirm({ ...who, repId: 'dana', moves });
    expect(done.moves.map(({ state }) => state)).toEqual(['moved', 'moved']);
    expect(await holders(lane)).toEqual(
      new Map([
        [a, 'max'],
        [b, 'sam'],
        [c, 'max'],
      ]),
    );
    await expect(offboard.confirm({ ...who, repId: 'dana', moves: null })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('comes back with the leads that nobody has touched since', async () => {
    const { lane, offboard } = await opened();
    const ids = await withDana(lane, ['a@x.example', 'b@y.example', 'c@z.example', 'd@w.example']);
    const { id } = await offboard.confirm({
      ...who,
      repId: 'dana',
      moves: ids.map((assignment) => ({ assignment, to: 'max' })),
    });
    await lane.deliver('owner_write');
    await lane.deliver('slack_card');
    await lane.useCases.firstActivity({
      tenantId: TENANT,
      assignmentId: ids[0]!,
      at: lane.clock.now + 1000,
      since: lane.clock.now,
    });
    await lane.useCases.reassign({
      tenantId: TENANT,
      assignmentId: ids[1]!,
      repId: 'sam',
      by: { repId: 'max', admin: false },
      note: null,
    });
    const undone = await offboard.undo({ ...who, by: 'key:other', id });
    expect(undone).toMatchObject({ state: 'undone', undone: { by: 'key:other' } });
    expect(await holders(lane)).toEqual(
      new Map([
        [ids[0], 'max'],
        [ids[1], 'sam'],
        [ids[2], 'dana'],
        [ids[3], 'dana'],
      ]),
    );
    await ledgerHolds(lane);
    expect(await lane.rows("select active, document->>'email' as email from rep where id = 'dana'")).toEqual([
      { active: true, email: 'dana@example.com' },
    ]);
    expect(
      await lane.rows(`select rep_id from rep_identity where external_id = '${ownerOf('dana')}'`),
    ).toContainEqual({
      rep_id: 'dana',
    });
    await expect(offboard.undo({ ...who, id })).rejects.toMatchObject({ code: 'conflict' });
    await expect(offboard.undo({ ...who, id: 'off_none' })).rejects.toMatchObject({ code: 'not_found' });
    expect(await offboard.latest(TENANT, 'dana')).toMatchObject({ id, state: 'undone' });
  });

  test('is final after a week', async () => {
    const { lane, offboard } = await opened();
    const { id } = await offboard.confirm({ ...who, repId: 'dana', moves: null });
    lane.clock.now += UNDO_WITHIN + 1;
    await expect(offboard.undo({ ...who, id })).rejects.toMatchObject({ code: 'conflict' });
  });

  test('what a stopped process had begun, the next sweep ends', async () => {
    const { lane, offboard } = await opened();
    const ids = await withDana(lane, ['a@x.example', 'b@y.example']);
    await offboard.confirm({
      ...who,
      repId: 'dana',
      moves: ids.map((assignment) => ({ assignment, to: 'max' })),
    });
    // As it stood after it was begun, and before the second lead was moved.
    await lane.rows(
      `update offboarding_move set state = 'pending', version = null where assignment_id = '${ids[1]}'`,
    );
    await lane.rows(`update assignment set rep_id = 'dana' where id = '${ids[1]}'`);
    await lane.rows("update offboarding set state = 'moving'");
    await lane.sweep();
    expect(await lane.rows('select state from offboarding')).toEqual([{ state: 'done' }]);
    expect(await holders(lane)).toEqual(new Map(ids.map((id) => [id, 'max'])));
    expect((await offboard.latest(TENANT, 'dana'))?.moves.map(({ state }) => state)).toEqual([
      'moved',
      'moved',
    ]);
  });

  test.for(['dana', 'dana@example.com'])(
    'who manages others leaves, named as %s: leads are decided and policies published',
    async (manager) => {
      const { storage } = await open();
      const reps = [{ id: 'dana' }, { id: 'sam', manager }, { id: 'max' }];
      const lane = await openLaneWorld(storage, { policy: POLICY, reps });
      await lane.useCases.offboardRep.confirm({ ...who, repId: 'dana', moves: null });
      expect(await lane.lead()).toMatchObject({ outcome: 'assigned' });
      const pools = [pool('all', 'sam', 'max')];
      await lane.publish({ pools, fallback: [{ pool: 'all' }] });
      expect(await lane.lead()).toMatchObject({ outcome: 'assigned', policy: { version: 2 } });
    },
  );

  test('whose address went to somebody else meanwhile comes back, and leads are decided', async () => {
    const { lane, offboard } = await opened();
    const { id } = await offboard.confirm({ ...who, repId: 'dana', moves: null });
    await lane.putReps([{ id: 'sam', email: 'dana@example.com' }, { id: 'max' }]);
    await offboard.undo({ ...who, id });
    expect(await lane.lead()).toMatchObject({ outcome: 'assigned' });
  });
});
