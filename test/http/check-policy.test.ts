import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, POLICY, setUp, type TestService } from './open-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await setUp(service);
});
afterAll(() => service.close());

const check = (document: object, query = '') =>
  service.api('post', `/api/v1/policy/check${query}`).send(document);

test('a draft is checked with the directory of reps, and the live policy stays', async () => {
  const [rule] = POLICY.rules;
  const draft = { ...POLICY, rules: [...POLICY.rules, { ...rule, id: 'twice', name: 'Twice' }] };
  const { body } = await check(draft).expect(200);
  expect(body.findings).toContainEqual(
    expect.objectContaining({ severity: 'error', code: 'shadowed', rules: ['twice', rule!.id] }),
  );
  const live = await service.api('get', '/api/v1/policy').expect(200);
  expect(live.body.version).toBe(1);
});

test('a draft that cannot be published is refused by the field at fault', async () => {
  const { body } = await check({ ...POLICY, rules: [{ id: 'x' }] }).expect(422);
  expect(body).toMatchObject({ code: 'invalid_policy', detail: expect.stringContaining('not checked') });
});

test('a volume that is no number is refused', async () => {
  await check(POLICY, '?volume=many').expect(400);
});
