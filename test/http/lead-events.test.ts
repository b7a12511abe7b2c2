import { afterAll, beforeAll, expect, test } from 'vitest';
import { openService, POLICY, setUp, type TestService } from './open-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await openService();
  await setUp(service, {});
  await service
    .api('put', '/api/v1/policy')
    .send({
      ...POLICY,
      events: ['webinar', 'demo'],
      score: {
        points: [{ name: 'Webinars', when: { event: 'webinar', within: 'P14D', atLeast: 2 }, points: 30 }],
      },
      tiers: [{ id: 'hot', name: 'Hot', when: { field: 'score', op: 'gte', value: 30 }, urgent: true }],
      rules: [{ id: 'hot', when: { tier: 'hot' }, then: [{ queue: 'holding' }] }, ...POLICY.rules],
    })
    .expect(200);
});
afterAll(() => service.close());

const day = (ago: number) => new Date(service.clock.now() - ago * 86_400_000).toISOString();
const route = (events: unknown, path = '/api/v1/leads') => {
  const lead = { fields: { country: 'US' }, events };
  return service.api('post', path).send(path.endsWith('batch') ? { leads: [lead] } : lead);
};

test('what a lead did counts in its score, and the decision says which points made it', async () => {
  const { body } = await route([
    { kind: 'webinar', at: day(2) },
    { kind: 'webinar', at: day(1) },
  ]).expect(200);
  expect(body).toMatchObject({ outcome: 'in_queue', rule: { id: 'hot' } });
  expect(body.derived).toEqual({ score: 30, tier: { id: 'hot', name: 'Hot' }, urgent: true });
  expect(body.reason).toContain('tier Hot, urgent; score 30 (Webinars +30)');
  const once = await route([{ kind: 'webinar', at: day(1) }]).expect(200);
  expect(once.body.rule).toBeNull();
  const explained = await service.api('get', `/api/v1/decisions/${once.body.id}/explanation`).expect(200);
  expect(explained.body.rules[0]).toMatchObject({
    rule: 'hot',
    matched: false,
    because: 'no tier, needs hot',
  });
  expect(explained.body.values['events.webinar']).toEqual([day(1)]);
});

test.each(['/api/v1/leads', '/api/v1/leads/batch'])(
  '%s refuses a kind of event that is not declared, and says where',
  async (path) => {
    const { body } = await route([{ kind: 'webinr', at: day(1) }], path).expect(422);
    expect(body.code).toBe('invalid_fields');
    expect(body.errors[0]).toMatchObject({
      field: `${path.endsWith('batch') ? '/leads/0' : ''}/events`,
      message: expect.stringContaining('did you mean events.webinar?'),
    });
    const bad = await route([{ kind: 'webinar', at: 'yesterday' }], path).expect(400);
    expect(bad.body.errors[0].field).toContain('/events/0/at');
  },
);
