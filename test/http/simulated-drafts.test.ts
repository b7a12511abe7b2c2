import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeNewId } from '../../server/base/ids.ts';
import { createApiKeys } from '../../server/storage/directory/api-keys.ts';
import { openService, POLICY, setUp, type TestService } from './open-service.ts';

let service: TestService;
const SECOND = 'fl_a-second-person';
beforeAll(async () => {
  service = await openService();
  await setUp(service);
  const { rows } = await service.storage.executeSql('select id from tenant');
  await createApiKeys(service.storage, makeNewId()).add(
    { tenantId: (rows[0] as { id: string }).id, name: 'second' },
    SECOND,
  );
  for (const fields of [{ employees: 12 }, { employees: 600 }, { country: 'DE' }, { employees: 5_000 }])
    await service.api('post', '/api/v1/leads').send({ fields }).expect(200);
});
afterAll(() => service.close());

/** Companies from `limit` on are large; nobody waits for Germany any more. */
const text = (limit: number): string =>
  JSON.stringify({
    ...POLICY,
    rules: [{ ...POLICY.rules[0], when: { field: 'employees', op: 'gte', value: limit } }],
  });
const keep = async (limit: number) =>
  (
    await service
      .api('post', '/api/v1/policy/drafts')
      .send({ text: text(limit) })
      .expect(200)
  ).body;
const rules = (publishing: object) => service.api('put', '/api/v1/settings').send({ publishing });
const draftOf = async (id: string) =>
  (await service.api('get', `/api/v1/policy/drafts/${id}`).expect(200)).body;
const simulate = (id: string, asked: object = {}) =>
  service.api('post', `/api/v1/policy/drafts/${id}/simulate`).send({ days: 7, ...asked });
const publish = (id: string) => service.api('post', `/api/v1/policy/drafts/${id}/publish`).send({});

test('where simulation is required a draft goes live only once its text was tried', async () => {
  await rules({ simulation: true, approvals: 1 }).expect(200);
  expect((await service.api('put', '/api/v1/policy').send(POLICY).expect(409)).body.code).toBe(
    'approval_needed',
  );
  const { id, needs, simulation } = await keep(500);
  expect([needs, simulation]).toEqual([['simulation', 'approval'], null]);
  const refused = (await publish(id).expect(409)).body;
  expect(refused.code).toBe('simulation_needed');
  expect(refused.detail).toContain('Try it on the past');
  const approve = async () =>
    service.anyone
      .post(`/api/v1/policy/drafts/${id}/approve`)
      .set('authorization', `Bearer ${SECOND}`)
      .send({ revision: (await draftOf(id)).revision });
  // Whoever approves sees what it would do, so it is tried before.
  expect(await approve()).toMatchObject({ status: 409, body: { code: 'simulation_needed' } });

  const said = (await simulate(id).expect(200)).body;
  expect(said.past).toMatchObject({ leads: 4, days: 7 });
  const tried = await draftOf(id);
  expect(tried).toMatchObject({
    needs: ['approval'],
    simulation: {
      by: expect.stringMatching(/^key:/),
      at: '2026-11-24T15:00:00.000Z',
      days: 7,
      leads: 4,
      moved: said.movesFromAgainst.moved,
      waited: 0,
      unowned: 0,
    },
  });
  expect(tried.simulation.worstLag).toBe(
    Math.max(
      ...said.policy.pools.map(
        (pool: { fairness: { worstLag: number } | null }) => pool.fairness?.worstLag ?? 0,
      ),
    ),
  );

  // Another note leaves it, another text needs another try.
  const put = (body: object) => service.api('put', `/api/v1/policy/drafts/${id}`).send(body).expect(200);
  expect((await put({ text: text(500), note: 'Why' })).body.simulation).not.toBeNull();
  expect((await put({ text: text(501), note: 'Why' })).body).toMatchObject({ simulation: null });
  await publish(id).expect(409);
  await simulate(id).expect(200);
  expect(await approve()).toMatchObject({ status: 200, body: { needs: [] } });
  await publish(id).expect(200);
  await rules({ approvals: 0 }).expect(409);
  await service.anyone
    .put('/api/v1/settings')
    .set('authorization', `Bearer ${SECOND}`)
    .send({ publishing: { approvals: 0 } })
    .expect(200);
  expect((await service.api('put', '/api/v1/policy').send(POLICY).expect(409)).body.code).toBe(
    'simulation_needed',
  );
  await rules({ simulation: false }).expect(200);
  await service.api('put', '/api/v1/policy').send(POLICY).expect(200);
});

test('leads that go elsewhere are told with why; names come along', async () => {
  const { id } = await keep(500);
  const { body } = await simulate(id).expect(200);
  const to = (rep: string | null, rule: string | null, more: object = {}) =>
    expect.objectContaining({ rep, rule, ...more });
  expect(body.movedLeads).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        because: 'rule',
        before: to(null, 'parked', { end: 'in_queue', queue: 'holding' }),
        after: to(expect.any(String), null, { pool: 'all' }),
      }),
    ]),
  );
  for (const { decision } of body.movedLeads)
    await service.api('get', `/api/v1/decisions/${decision}`).expect(200);
  expect(body.names).toMatchObject({
    reps: { dana: 'Dana Whitfield' },
    pools: { large: 'Enterprise' },
    rules: { large: 'Large companies', parked: 'To be looked at' },
    queues: { holding: 'Holding' },
  });
  const large = body.policy.pools.find(({ pool }: { pool: string }) => pool === 'large');
  expect(large).toMatchObject({ leads: 2, reps: [{ rep: 'dana', leads: 2, share: 1 }] });
});

test('two drafts are tried against each other, and that keeps nothing', async () => {
  const [a, b] = [await keep(500), await keep(9_000)];
  const { body } = await simulate(a.id, { against: b.id }).expect(200);
  expect(body.against.rules).toEqual([{ rule: null, leads: 4 }]);
  expect(body.policy.rules).toEqual([
    { rule: 'large', leads: 2 },
    { rule: null, leads: 2 },
  ]);
  expect((await draftOf(a.id)).simulation).toBeNull();
  await simulate(a.id, { against: 'drf_none' }).expect(404);
  await simulate(a.id, { days: 0 }).expect(400);
});

test('how far it is is told line by line to whoever takes that; a refusal is answered as ever', async () => {
  const { id } = await keep(500);
  const lines = (asked: string) =>
    simulate(asked)
      .set('accept', 'application/x-ndjson')
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => done(null, text));
      });
  const { body } = await lines(id).expect(200);
  const told = String(body)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(told.at(0)).toEqual({ progress: { done: 4, of: 4 } });
  expect(told.at(-1).reply.past.leads).toBe(4);
  await lines('drf_none').expect(404);
});
