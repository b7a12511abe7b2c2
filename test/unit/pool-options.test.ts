import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { policyHash } from '../../server/routing/policy/policy-hash.ts';
import { renderDecision } from '../../server/routing/render/render-decision.ts';
import {
  AT_WORK,
  assignTo,
  away,
  codesOf,
  HOUR,
  IDS_AS_NAMES,
  leadOf,
  NOW,
  policyOf,
  pool,
  repAt,
  worldOf,
} from '../support/routing-world.ts';

const MINUTE = 60_000;
describe('the edges of shifts', () => {
  const compiled = assignTo(
    pool(['ann', 'bob', 'cy', 'dee'], { edges: { startsBefore: 'PT20M', stopsBefore: 'PT15M' } }),
  );
  const ending = (minutes: number) => ({ ...AT_WORK, endsAt: NOW + minutes * MINUTE });

  test('leads begin before a shift and stop before its end', () => {
    const { state } = worldOf([
      repAt('ann', { availability: ending(15) }),
      repAt('bob', { availability: ending(16) }),
      repAt('cy', { availability: away(NOW + 20 * MINUTE) }),
      repAt('dee', { availability: away(NOW + 21 * MINUTE) }),
    ]);
    const decided = decide(leadOf('l'), compiled, state, NOW);
    expect(codesOf(decided)).toMatchObject({ ann: 'off_hours', dee: 'off_hours' });
    expect(decided.posting!.owed).toEqual({ bob: 500_000, cy: 500_000 });
    const { candidates } = renderDecision(decided, {
      names: IDS_AS_NAMES,
      reader: { timezone: 'UTC', language: 'en' },
      decidedAt: NOW,
    });
    expect(candidates.find(({ rep }) => rep === 'ann')?.detail).toBe(
      'their shift ends at 15:15 UTC, too soon for another lead',
    );
  });

  test('with nobody in between, the lead is looked at again as soon as the next one counts', () => {
    const all = (availability: typeof AT_WORK) =>
      worldOf(['ann', 'bob', 'cy', 'dee'].map((rep) => repAt(rep, { availability }))).state;
    const retryAt = (availability: typeof AT_WORK) =>
      decide(leadOf('l'), compiled, all(availability), NOW).outcome;
    expect(retryAt(away(NOW + HOUR))).toMatchObject({ retryAt: NOW + 40 * MINUTE });
    expect(retryAt(ending(5))).toMatchObject({ retryAt: NOW + 5 * MINUTE });
    expect(retryAt(away(NOW + 10 * MINUTE, 'time_off'))).toMatchObject({ retryAt: NOW + 10 * MINUTE });
  });

  test('in a pool that asks at any hour they are refused', () => {
    const given = pool(['ann'], { edges: { startsBefore: 'PT20M' }, availability: 'ignore' });
    expect(parsePolicy({ fairlead: 1, name: 'Test', pools: [given] })).toMatchObject({
      problems: [
        {
          field: '/pools/0/edges',
          message: 'availability: ignore takes leads at any hour; remove one of the two',
        },
      ],
    });
  });
});

describe('a lead that came back', () => {
  const missed = (count: number) => Array.from({ length: count }, (_, i) => `rep${i}`);
  const members = [...missed(60)];
  const { state } = worldOf(members.map((rep) => repAt(rep)));
  const decidedBy = (more: Record<string, unknown>, history: object) =>
    decide(leadOf('l', { history }), assignTo(pool(members, more)), state, NOW);

  test('goes to those who let it go last, by default', () => {
    expect(decidedBy({}, { missed: missed(60) }).outcome).toMatchObject({ kind: 'assigned' });
  });

  test('returns to none of the last fifty who let it go, where the pool says so', () => {
    const decided = decidedBy({ returns: 'never' }, { missed: missed(60) });
    const blocked = Object.entries(codesOf(decided)).filter(([, code]) => code === 'declined_before');
    expect(blocked.map(([rep]) => rep).sort()).toEqual(missed(60).slice(10).sort());
    expect(decided.steps[0]!.candidates).toContainEqual({
      rep: 'rep59',
      code: 'declined_before',
      missed: true,
    });
    expect(
      decidedBy({ returns: 'never' }, { missed: missed(50), declined: missed(60).slice(50) }).outcome,
    ).toMatchObject({
      kind: 'waiting',
    });
  });
});

test('a default that is written out means the same as one that is not', () => {
  const hashOf = (more: Record<string, unknown>) =>
    policyHash(policyOf({ pools: [pool(['ann'], more)] }).policy);
  const spelt = {
    members: [{ rep: 'ann', weight: 1, priority: 1 }],
    credit: { decline: 'keep', expiry: 'charge' },
    manual: 'ignore',
    returns: 'last',
    edges: {},
  };
  expect(hashOf(spelt)).toBe(hashOf({}));
  for (const other of [
    { credit: { expiry: 'keep' } },
    { manual: 'count' },
    { returns: 'never' },
    { edges: { stopsBefore: 'PT5M' } },
  ])
    expect(hashOf(other)).not.toBe(hashOf({}));
});
