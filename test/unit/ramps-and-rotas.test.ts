import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { replay } from '../../server/routing/decide/replay.ts';
import { canonicalJson } from '../../server/routing/hash/canonical-json.ts';
import { parsePolicy } from '../../server/routing/policy/parse-policy.ts';
import { renderDecision } from '../../server/routing/render/render-decision.ts';
import {
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

const at = (text: string): number => Date.parse(text);
const problemsOf = (desk: object): readonly string[] => {
  const parsed = parsePolicy({ fairlead: 1, name: 'Test', pools: [desk], fallback: [{ pool: 'desk' }] });
  return parsed.ok ? [] : parsed.problems.map(({ field, message }) => `${field} ${message}`);
};
const inZone = (timezone: string, desk: object) =>
  policyOf({ timezone, pools: [desk], fallback: [{ pool: 'desk' }] });
const reasonAt = (decided: ReturnType<typeof decide>, now: number, timezone: string) =>
  renderDecision(decided, { names: IDS_AS_NAMES, reader: { timezone, language: 'en' }, decidedAt: now });

describe('ramps', () => {
  const ramp = {
    from: '2026-11-23',
    steps: [
      { after: 'P0D', share: 25 },
      { after: 'P30D', share: 50 },
      { after: 'P60D', share: 100 },
    ],
  };
  const compiled = inZone('America/New_York', pool(['ann', { rep: 'new', ramp }]));
  const { state } = worldOf([repAt('ann'), repAt('new')]);
  const owedAt = (text: string) => decide(leadOf('l'), compiled, state, at(text)).posting?.owed;

  test('each step begins at midnight of the policy, counted in days of its calendar', () => {
    expect(owedAt('2026-11-23T04:59:59Z')).toEqual({ ann: 1_000_000 });
    expect(owedAt('2026-11-23T05:00:00Z')).toEqual({ ann: 800_000, new: 200_000 });
    expect(owedAt('2026-12-23T04:59:59Z')).toEqual({ ann: 800_000, new: 200_000 });
    expect(owedAt('2026-12-23T05:00:00Z')).toMatchObject({ new: expect.closeTo(333_333, -1) });
    expect(owedAt('2027-01-22T05:00:00Z')).toEqual({ ann: 500_000, new: 500_000 });
    expect(owedAt('2031-01-01T00:00:00Z')).toEqual({ ann: 500_000, new: 500_000 });
  });

  test('before it begins the member takes nothing, is owed nothing, and says when it begins', () => {
    const now = at('2026-11-20T15:00:00Z');
    const decided = decide(leadOf('l'), compiled, state, now);
    expect(decided.steps[0]!.candidates).toContainEqual({
      rep: 'new',
      code: 'off_duty',
      duty: 'ramp',
      backAt: at('2026-11-23T05:00:00Z'),
    });
    expect(reasonAt(decided, now, 'America/New_York').reason).toContain(
      'new: their ramp begins at Mon 00:00 New York.',
    );
    const alone = inZone('America/New_York', pool([{ rep: 'new', ramp }]));
    expect(decide(leadOf('l'), alone, state, now).outcome).toMatchObject({
      kind: 'waiting',
      retryAt: at('2026-11-23T05:00:00Z'),
    });
  });

  test('a joiner starts level: owed nothing for the leads before, and never a lead away while a step lasts', () => {
    const world = worldOf([repAt('ann'), repAt('bob'), repAt('new')]);
    const desk = inZone('UTC', pool(['ann', 'bob', { rep: 'new', ramp }]));
    const got: Record<string, number> = {};
    const give = (count: number, start: number) => {
      for (let i = 0; i < count; i++) {
        const decided = decide(leadOf(`l${start + i}`), desk, world.state, start + i);
        world.post(decided.posting, start + i);
        if (decided.outcome.kind === 'assigned')
          got[decided.outcome.rep] = (got[decided.outcome.rep] ?? 0) + 1;
        for (const rep of ['ann', 'bob', 'new'])
          expect(Math.abs(world.balance('desk', rep).lag)).toBeLessThan(1_000_000);
      }
    };
    give(100, at('2026-11-10T00:00:00Z'));
    expect(got.new).toBeUndefined();
    give(900, at('2026-11-24T00:00:00Z'));
    expect(got.new).toBe(100);
  });

  test('what makes no sense is refused by name', () => {
    const withSteps = (...steps: object[]) =>
      problemsOf(pool([{ rep: 'new', ramp: { from: '2026-11-23', steps } }]));
    const path = '/pools/0/members/0/ramp/steps';
    expect(withSteps({ after: 'P0D', share: 50 }, { after: 'P0D', share: 100 })).toEqual([
      `${path}/1/after is not later than the step before; put the steps in order`,
    ]);
    expect(withSteps({ after: 'P0D', share: 50 }, { after: 'P9D', share: 25 })).toEqual([
      `${path}/1/share is less than the step before; a ramp only rises`,
    ]);
    expect(withSteps({ after: 'PT12H', share: 50 })).toEqual([
      `${path}/0/after PT12H is no number of whole days; write P0D, P1D, P30D or P1W`,
    ]);
    expect(problemsOf(pool(['ann'], { onCall: { every: 'P1W', from: '9999-12-31' } }))).toEqual([
      '/pools/0/onCall/from is too far away; write a date from 2000 to 2099',
    ]);
    expect(problemsOf(pool([{ rep: 'new', ramp }], { method: 'longest_waiting' }))).toEqual([
      '/pools/0/members/0/ramp longest_waiting takes no weights; remove it or use round_robin',
    ]);
  });
});

describe('on call', () => {
  const REPS = ['ann', 'bob', 'cy', 'dee', 'eve'];
  const desk = pool(['eve', 'dee', { team: 'rest' }], {
    onCall: { every: 'P1W', from: '2026-10-19', size: 2 },
    availability: 'ignore',
  });
  const compiled = inZone('Europe/Berlin', desk);
  const { state } = worldOf(
    REPS.map((rep) => repAt(rep)),
    { rest: ['ann', 'bob', 'cy'] },
  );
  const onCallAt = (text: string) => {
    const codes = codesOf(decide(leadOf('l'), compiled, state, at(text)));
    return REPS.filter((rep) => codes[rep] !== 'off_duty');
  };

  test('members take turns as listed, and hand over at local midnight, whatever the clocks do', () => {
    // Clocks go back on 25 October: the week has 169 hours.
    expect(onCallAt('2026-10-18T22:00:00Z')).toEqual(['dee', 'eve']);
    expect(onCallAt('2026-10-25T22:59:59Z')).toEqual(['dee', 'eve']);
    expect(onCallAt('2026-10-25T23:00:00Z')).toEqual(['ann', 'bob']);
    expect(onCallAt('2026-11-02T12:00:00Z')).toEqual(['cy', 'eve']);
    expect(onCallAt('2026-11-09T12:00:00Z')).toEqual(['ann', 'dee']);
    // The turns go on backwards from the date they are counted from.
    expect(onCallAt('2026-10-18T21:59:59Z')).toEqual(['bob', 'cy']);
  });

  test('who is not on call says until when', () => {
    const now = at('2026-10-20T12:00:00Z');
    const decided = decide(leadOf('l'), compiled, state, now);
    expect(decided.steps[0]!.candidates).toContainEqual({
      rep: 'cy',
      code: 'off_duty',
      duty: 'rota',
      backAt: at('2026-11-01T23:00:00Z'),
    });
    const { candidates } = reasonAt(decided, now, 'Europe/Berlin');
    expect(candidates.find(({ rep }) => rep === 'cy')?.detail).toBe('not on call until 2 Nov 00:00 Berlin');
  });

  test('with nobody on call free, the lead is looked at again at the hand-over', () => {
    const now = at('2026-10-24T12:00:00Z');
    const busy = { capacity: { open: 1 }, load: { open: 1, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 } };
    const full = worldOf(
      REPS.map((rep) => repAt(rep, rep === 'dee' || rep === 'eve' ? busy : {})),
      { rest: ['ann', 'bob', 'cy'] },
    );
    expect(decide(leadOf('l'), compiled, full.state, now).outcome).toMatchObject({
      kind: 'waiting',
      retryAt: at('2026-10-25T23:00:00Z'),
    });
  });

  test('a rep whose ramp begins within another turn is on call from their first turn after it', () => {
    const ramp = { from: '2026-10-28', steps: [{ after: 'P0D', share: 100 }] };
    const ramped = inZone(
      'UTC',
      pool(['ann', 'bob', { rep: 'cy', ramp }], { onCall: { every: 'P2D', from: '2026-10-26' } }),
    );
    const codes = decide(leadOf('l'), ramped, state, at('2026-10-26T12:00:00Z')).steps[0]!.candidates;
    expect(codes).toContainEqual({
      rep: 'cy',
      code: 'off_duty',
      duty: 'ramp',
      backAt: at('2026-10-30T00:00:00Z'),
    });
  });

  test('a decision on call replays from what it stored', () => {
    const decided = decide(leadOf('l'), compiled, state, at('2026-10-26T12:00:00Z'));
    expect(
      canonicalJson(replay(JSON.parse(JSON.stringify(decided.inputs)), {}, compiled, decided.engine)),
    ).toBe(canonicalJson(decided));
  });
});

describe('priority', () => {
  const members = ['ann', 'bob', { rep: 'cy', priority: 2 }, { rep: 'dee', priority: 3 }];
  const compiled = inZone('UTC', pool(members, { catchUp: { mode: 'full' } }));
  const busy = { capacity: { open: 1 }, load: { open: 1, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 } };

  test('only the first tier that has anybody is weighed, owed and asked', () => {
    const { state } = worldOf([repAt('ann'), repAt('bob'), repAt('cy'), repAt('dee')]);
    const decided = decide(leadOf('l'), compiled, state, NOW);
    expect(decided.posting!.owed).toEqual({ ann: 500_000, bob: 500_000 });
    expect(decided.steps[0]!.candidates.slice(2)).toEqual([
      { rep: 'cy', code: 'outranked', by: 'priority', lag: 0, share: 0, open: 0 },
      { rep: 'dee', code: 'outranked', by: 'priority', lag: 0, share: 0, open: 0 },
    ]);
    const { candidates, reason } = reasonAt(decided, NOW, 'UTC');
    expect(candidates.find(({ rep }) => rep === 'dee')?.detail).toBe('comes after the tier of ann');
    expect(reason).toContain('ann was level with the others');
  });

  test('a tier with nobody free passes the lead to the next; those away are owed only among their own', () => {
    const vacation = { availability: away(NOW + 50 * HOUR, 'time_off') };
    const { state } = worldOf([repAt('ann', busy), repAt('bob', vacation), repAt('cy'), repAt('dee')]);
    const decided = decide(leadOf('l'), compiled, state, NOW);
    expect(decided.outcome).toMatchObject({ kind: 'assigned', rep: 'cy' });
    expect(decided.posting).toMatchObject({ owed: { cy: 1_000_000 }, banked: {} });
    expect(reasonAt(decided, NOW, 'UTC').reason).toContain(
      'cy was the only one free in the first tier that had anybody.',
    );
  });

  test('an offer to all goes to the first tier only', () => {
    const { state } = worldOf([repAt('ann'), repAt('bob'), repAt('cy'), repAt('dee')]);
    const all = policyOf({
      pools: [pool(members)],
      fallback: [{ pool: 'desk', give: 'broadcast', claimWithin: 'PT10M' }],
    });
    expect(decide(leadOf('l'), all, state, NOW).outcome).toMatchObject({ to: ['ann', 'bob'] });
  });
});
