import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, setUp, type TestService } from './open-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await setUp(service, { portal: true });
});
afterAll(() => service.close());

const adjustments = '/api/v1/pools/all/adjustments';
const adjust = (body: object) => service.api('post', adjustments).send(body);

test('a credit and a passed turn are made, listed with who and why, and shown on the live page', async () => {
  await adjust({ rep: 'dana', leads: 0.25, reason: 'Covered the fair' })
    .set('idempotency-key', 'one')
    .expect(200);
  const again = await adjust({ rep: 'dana', leads: 0.25, reason: 'Covered the fair' })
    .set('idempotency-key', 'one')
    .expect(200);
  await adjust({ rep: 'dana', skip: 'keep', reason: 'In a demo' }).expect(200);
  const { body } = await service.api('get', adjustments).expect(200);
  expect(body).toMatchObject([
    {
      kind: 'skip',
      skip: 'keep',
      leads: 0,
      reason: 'In a demo',
      rep: { id: 'dana', name: 'Dana Whitfield' },
    },
    {
      id: again.body.id,
      kind: 'credit',
      leads: 0.25,
      reason: 'Covered the fair',
      by: expect.stringMatching(/^key:/),
    },
  ]);
  const { body: overview } = await service.api('get', '/api/v1/overview').expect(200);
  const pool = overview.pools.find(({ id }: { id: string }) => id === 'all');
  expect(pool.members.find((one: { rep: { id: string } }) => one.rep.id === 'dana')).toMatchObject({
    skip: 'keep',
    lag: 0.25,
  });
});

test('a lead is marked as junk once', async () => {
  const { body: lead } = await service.api('post', '/api/v1/leads').send({ fields: { country: 'US' } });
  const mark = () =>
    service.api('post', `/api/v1/assignments/${lead.assignment}/junk`).send({ reason: 'A robot' });
  expect((await mark().expect(200)).body).toEqual({ already: false });
  expect((await mark().expect(200)).body).toEqual({ already: true });
  const { body } = await service.api('get', adjustments).expect(200);
  expect(body[0]).toMatchObject({ kind: 'junk', leads: 1, decision: lead.id, assignment: lead.assignment });
});

test.each([
  [{ rep: 'dana', reason: 'x' }, 400, '/leads'],
  [{ rep: 'dana', leads: 1 }, 400, ''],
  [{ rep: 'dana', leads: 0, reason: 'x' }, 400, ''],
  [{ rep: 'dana', leads: 1e-7, reason: 'x' }, 400, ''],
  [{ rep: 'dana', leads: 2000, reason: 'x' }, 400, ''],
  [{ rep: 'dana', leads: 1, skip: 'keep', reason: 'x' }, 400, ''],
  [{ rep: 'nobody', leads: 1, reason: 'x' }, 422, 'no member of this pool'],
])('%o is refused with %i and what to do', async (given, status, detail) => {
  const { body } = await adjust(given).expect(status);
  expect(JSON.stringify(body)).toContain(detail);
  expect(body.code).toMatch(/^[a-z_]+$/);
});

test('an unknown pool and an unknown lead are not found', async () => {
  await service
    .api('post', '/api/v1/pools/none/adjustments')
    .send({ rep: 'dana', leads: 1, reason: 'x' })
    .expect(404);
  await service.api('post', '/api/v1/assignments/asg_none/junk').send({ reason: 'x' }).expect(404);
});
