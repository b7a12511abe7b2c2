import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { explainRules } from '../../server/routing/explain/explain-rules.ts';
import type { LeadValues } from '../../server/routing/lead.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { policyHash } from '../../server/routing/policy/policy-hash.ts';
import { fields, problemsOf, reasonOf, toQueue } from '../support/lead-side.ts';
import { leadOf, NOW, policyOf, repAt, worldOf } from '../support/routing-world.ts';

test('a policy without any of this means, and hashes to, what it did', () => {
  const parsed = parsePolicy({
    fairlead: 1,
    name: 'Test',
    fields,
    ...toQueue({ field: 'country', op: 'eq', value: 'US' }),
  });
  if (!parsed.ok) throw new Error('refused');
  expect(policyHash(parsed.policy)).toBe(
    'sha256:5f8ac073b708fd4b039ecbda20f9447b97b74b3b9fd607fb06815deefa4f4d73',
  );
  expect(Object.keys(parsed.policy)).not.toContain('territories');
});

describe('a hold', () => {
  const compiled = policyOf({
    fields,
    hold: { until: { field: 'employees', op: 'is_present' }, atMost: 'PT2M', meanwhile: { queue: 'q' } },
    ...toQueue({ field: 'country', op: 'eq', value: 'US' }),
    fallback: [{ queue: 'q' }],
  });
  const at = (now: number, values: LeadValues, history = {}) =>
    decide(leadOf('lead', { values, history }), compiled, worldOf([]).state, now);

  test('an incomplete lead waits with its reason until it is complete, or as long as the policy says', () => {
    const held = at(NOW, { country: 'US' });
    expect(held.outcome).toEqual({
      kind: 'waiting',
      because: 'held',
      meanwhile: { queue: 'q' },
      retryAt: NOW + 120_000,
    });
    expect([held.rule, held.step]).toEqual([null, 'hold']);
    expect(reasonOf(held)).toBe(
      'The lead is held until what the policy waits for is known; it is looked at again at 15:02 UTC.',
    );
    expect(explainRules(compiled.policy, { country: 'US' }, held, NOW)).toEqual([
      { rule: 'hold', name: 'Held until', matched: false, because: 'employees has no value, needs a value' },
    ]);
    expect(at(NOW + 60_000, { country: 'US' }, held.history).outcome).toEqual(held.outcome);
    expect(at(NOW + 60_000, { country: 'US', employees: 3 }, held.history).rule).toBe('r0');
    expect(at(NOW + 120_000, { country: 'US' }, held.history).rule).toBe('r0');
  });

  test('a complete lead is decided at once, and nobody who was asked makes a lead wait for it again', () => {
    expect(at(NOW, { country: 'US', employees: 3 }).rule).toBe('r0');
    for (const history of [{ declined: ['dana'] }, { missed: ['dana'] }, { waits: { 'r0/1': NOW } }])
      expect(at(NOW, { country: 'US' }, history).rule).toBe('r0');
  });

  test('refuses a queue there is not, and an endless hold', () => {
    const hold = { until: { field: 'city', op: 'is_present' }, atMost: 'PT2M' };
    expect(problemsOf({ hold: { ...hold, meanwhile: { queue: 'x' } } })[0]).toContain(
      '/hold/meanwhile/queue',
    );
    expect(problemsOf({ hold: { until: hold.until } })[0]).toContain('/hold/atMost is missing');
  });
});

describe('for the log only', () => {
  const pools = [
    { id: 'trial', members: [{ rep: 'dana' }], method: 'round_robin', log: 'only' },
    { id: 'desk', members: [{ rep: 'dana' }], method: 'round_robin' },
  ];
  const offer = { give: 'offer', claimWithin: 'PT10M' };
  const world = worldOf([repAt('dana')]);
  const by = (document: Record<string, unknown>, state = world.state) =>
    decide(
      leadOf('lead', { values: { country: 'US' } }),
      policyOf({ fields, pools, ...document }),
      state,
      NOW,
    );

  test('a rule decides and explains, and the ledger hears nothing', () => {
    const when = { field: 'country', op: 'eq', value: 'US' };
    const rule = (log: object) => ({
      rules: [{ id: 'us', when, then: [{ pool: 'desk', ...offer }], ...log }],
    });
    const looked = by(rule({ log: 'only' }));
    const live = by(rule({}));
    expect(looked).toMatchObject({ logOnly: true, posting: null, rule: 'us', pool: 'desk' });
    expect([looked.outcome, looked.steps]).toEqual([live.outcome, live.steps]);
    expect(live.posting).not.toBeNull();
    expect('logOnly' in live).toBe(false);
    expect(reasonOf(looked)).toBe(`For the log only; nothing is written or sent. ${reasonOf(live)}`);
  });

  test('a pool is only looked at where it takes the lead; where it has nobody the next step is in earnest', () => {
    const fallback = [{ pool: 'trial' }, { pool: 'desk' }];
    expect(by({ fallback })).toMatchObject({ logOnly: true, posting: null, pool: 'trial' });
    const required = pools.map((one) => (one.id === 'trial' ? { ...one, members: [{ rep: 'gone' }] } : one));
    const next = by({ pools: required, fallback });
    expect(next.pool).toBe('desk');
    expect(next.posting).not.toBeNull();
    expect('logOnly' in next).toBe(false);
  });
});
