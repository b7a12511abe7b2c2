import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, POLICY, setUp, type TestService } from './open-service.ts';

let service: TestService;
const leads: string[] = [];
beforeAll(async () => {
  service = await openService();
  await setUp(service);
  for (const country of ['US', 'DE', 'US']) {
    const { body } = await service.api('post', '/api/v1/leads').send({ fields: { country } });
    leads.push(body.id);
  }
});
afterAll(() => service.close());

test('a draft is tried on the past leads, and nothing is written', async () => {
  const before = await service.counts();
  const { body } = await service
    .api('post', '/api/v1/policy/simulate')
    .send({ policy: POLICY, days: 7 })
    .expect(200);
  expect(body).toMatchObject({
    past: { days: 7, leads: 3, erased: 0, truncated: false },
    movesFromAgainst: { leads: 3, moved: 0 },
    policy: { leads: 3, given: 2 },
  });
  expect(await service.counts()).toEqual(before);
});

test.each([
  [{ policy: { fairlead: 1 } }, 422, 'invalid_policy'],
  [{ policy: POLICY, days: 0 }, 400, 'invalid_request'],
  [{ days: 7 }, 400, 'invalid_request'],
])('what cannot be tried is refused: %j', async (asked, status, code) => {
  const { body } = await service.api('post', '/api/v1/policy/simulate').send(asked).expect(status);
  expect(body.code).toBe(code);
});

test('one decision, or all, are decided again', async () => {
  const one = await service.api('post', `/api/v1/decisions/${leads[0]}/replay`).expect(200);
  expect(one.body).toEqual({ decision: leads[0], engine: 1, result: 'same', differences: [] });
  const all = await service.api('post', '/api/v1/decisions/replay').send({ limit: 2 }).expect(200);
  expect(all.body).toMatchObject({ left: 3, counts: { same: 2, differs: 0 }, differing: [] });
  const rest = await service
    .api('post', '/api/v1/decisions/replay')
    .send({ after: all.body.next })
    .expect(200);
  expect(rest.body).toMatchObject({ left: 1, counts: { same: 1 }, next: null });
  await service.api('post', '/api/v1/decisions/dec_none/replay').expect(404);
});
