import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openService, type TestService, TUESDAY } from './open-service.ts';

const WEEK = 7 * 86_400_000;
const REPS = ['ann', 'bob', 'cy', 'dee'].map((id) => ({
  id,
  name: `${id[0]!.toUpperCase()}${id.slice(1)}`,
  email: `${id}@example.com`,
  timezone: 'America/New_York',
}));

/** The week of the Tuesday is Ann's, then come Bob, Cy and Dee. */
const policyOf = (availability: 'now' | 'ignore') => ({
  fairlead: 1,
  name: 'On call',
  timezone: 'America/New_York',
  fields: { note: { type: 'text' } },
  pools: [
    {
      id: 'on-call',
      name: 'On call',
      members: REPS.map(({ id }) => ({ rep: id })),
      method: 'round_robin',
      availability,
      onCall: { every: 'P1W', from: '2026-11-23' },
    },
  ],
  fallback: [{ pool: 'on-call' }],
});

describe.each(['pglite', 'postgresql'] as const)('a rota whose rep is not there, on %s', (kind) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openService({}, kind);
    await service.api('put', '/api/v1/reps').send(REPS).expect(200);
    await service.api('put', '/api/v1/policy').send(policyOf('now')).expect(200);
  }, 120_000);
  afterAll(() => service?.close());

  /** Ann is on time off from that Tuesday to the next day. */
  const annIsOff = (off: boolean) =>
    service
      .api('put', '/api/v1/reps')
      .send(
        REPS.map((rep) =>
          rep.id === 'ann' && off ? { ...rep, timeOff: [{ from: '2026-11-24', to: '2026-11-25' }] } : rep,
        ),
      )
      .expect(200);
  /** As Slack's Home pauses somebody. */
  const pause = (rep: string, paused: boolean) =>
    service.storage.executeSql(
      `begin; select set_config('fairlead.tenant', (select id from tenant), true);
       update rep set paused = ${paused} where id = '${rep}';
       update lane set roster_version = roster_version + 1; commit`,
    );
  const lead = async () => {
    const { body } = await service.api('post', '/api/v1/leads').send({ fields: {} }).expect(200);
    // What is told at once is what is told later.
    expect((await service.api('get', `/api/v1/decisions/${body.id}`).expect(200)).body.hash).toBe(body.hash);
    const codes = (body.candidates as { rep: string; code: string }[]).map(({ rep, code }) => [rep, code]);
    return { ...body, codes: Object.fromEntries(codes) };
  };
  const decided: { id: string; engine: number }[] = [];

  test('is stood in for by the next around the list who is there, for as long as it lasts', async () => {
    const expected = async (rep: string, engine: number, codes: Record<string, string>, reason?: string) => {
      const told = await lead();
      expect([told.rep?.id, told.engine, told.codes]).toEqual([rep, engine, codes]);
      if (reason !== undefined) expect(told.reason).toContain(reason);
      decided.push(told);
    };
    const others = { bob: 'off_duty', cy: 'off_duty', dee: 'off_duty' };
    await expected('ann', 1, { ann: 'chosen', ...others });
    await annIsOff(true);
    await expected('bob', 2, { ann: 'time_off', ...others, bob: 'chosen' }, 'Bob stands in on call for Ann');
    const { body: overview } = await service.api('get', '/api/v1/overview').expect(200);
    const standIns = overview.pools[0].members.filter((one: { standsInFor?: unknown }) => one.standsInFor);
    expect(standIns).toMatchObject([{ rep: { id: 'bob' } }]);
    await pause('bob', true);
    await expected(
      'cy',
      2,
      { ann: 'time_off', bob: 'paused', cy: 'chosen', dee: 'off_duty' },
      'Cy stands in',
    );
    await annIsOff(false);
    await expected('ann', 1, { ann: 'chosen', ...others, bob: 'paused' });
    await pause('bob', false);
    // The next turn is Bob's, whoever stood in in this one.
    service.clock.set(TUESDAY + WEEK);
  });

  test('costs and owes what any lead does', async () => {
    const { rows } = await service.storage.executeSql(
      `begin; select set_config('fairlead.tenant', (select id from tenant), true);
       select rep_id, lag, received from pool_member order by rep_id; commit`,
    );
    const members = (rows as { rep_id?: string; lag: number; received: number }[]).filter(
      (row) => row.rep_id,
    );
    expect(members.reduce((sum, { lag }) => sum + Number(lag), 0)).toBe(0);
    expect(members.map(({ rep_id, received }) => [rep_id, Number(received)])).toEqual([
      ['ann', 2],
      ['bob', 1],
      ['cy', 1],
    ]);
  });

  test('is decided the same again, each decision by the engine it bears', async () => {
    for (const { id, engine } of decided) {
      const { body } = await service.api('post', `/api/v1/decisions/${id}/replay`).expect(200);
      expect(body).toEqual({ decision: id, engine, result: 'same', differences: [] });
    }
    const all = await service.api('post', '/api/v1/decisions/replay').send({}).expect(200);
    expect(all.body).toMatchObject({ left: 4, counts: { same: 4, differs: 0 }, differing: [] });
  });

  test('tried on the past the same policy moves nothing, and one that asks at any hour gives Ann her turn', async () => {
    const tried = async (availability: 'now' | 'ignore') =>
      (
        await service
          .api('post', '/api/v1/policy/simulate')
          .send({ policy: policyOf(availability), days: 30 })
          .expect(200)
      ).body;
    const received = (body: { policy: { reps: { rep: string; leads: number }[] } }) =>
      Object.fromEntries(body.policy.reps.map(({ rep, leads }) => [rep, leads]));
    const same = await tried('now');
    expect(same.movesFromAgainst).toMatchObject({ leads: 4, moved: 0 });
    expect(received(same)).toMatchObject({ ann: 2, bob: 1, cy: 1 });
    const other = await tried('ignore');
    expect(other.movesFromAgainst).toMatchObject({ leads: 4, moved: 2 });
    expect(received(other)).toMatchObject({ ann: 4 });
  });

  test('is no finding of a check as long as somebody of the rota can serve', async () => {
    const check = async (hours: Readonly<Record<string, Record<string, string>>>) => {
      const reps = REPS.map((rep) => ({ ...rep, hours: hours[rep.id] ?? { 'mon-fri': '09:00-17:00' } }));
      await service.api('put', '/api/v1/reps').send(reps).expect(200);
      const { body } = await service.api('post', '/api/v1/policy/check').send(policyOf('now')).expect(200);
      return (body.findings as { code: string; message: string }[]).filter(
        ({ code }) => code === 'unservable',
      );
    };
    // Ann's turn at night is Dee's to stand in for: together they are there day and night.
    const always = { 'mon-sun': '17:00-09:00' };
    expect(await check({ dee: always, cy: { 'mon-sun': '09:00-17:00' } })).toEqual([]);
    expect(await check({ dee: always })).not.toEqual([]);
  });
});
