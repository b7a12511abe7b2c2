import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { replay } from '../../server/routing/decide/replay.ts';
import { whyNot } from '../../server/routing/explain/why-not.ts';
import { canonicalJson } from '../../server/routing/hash/canonical-json.ts';
import { renderDecision } from '../../server/routing/render/render-decision.ts';
import type { RepState } from '../../server/routing/state.ts';
import {
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

const REPS = ['ann', 'bob', 'cy', 'dee'];
/** The week of `NOW` is ann's, then come bob, cy and dee. */
const onCall = { every: 'P1W', from: '2026-11-23' };
const BUSY = { capacity: { open: 1 }, load: { open: 1, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 } };

const rota = (given: Readonly<Record<string, Partial<RepState> | null>>, more: object = {}) => {
  const desk = pool(REPS, { onCall, availability: 'ignore', ...more });
  const world = worldOf(REPS.flatMap((rep) => (given[rep] === null ? [] : [repAt(rep, given[rep] ?? {})])));
  const compiled = assignTo(desk);
  return { world, compiled, decided: decide(leadOf('l'), compiled, world.state, NOW) };
};
const said = (decided: ReturnType<typeof decide>) =>
  renderDecision(decided, {
    names: IDS_AS_NAMES,
    reader: { timezone: 'UTC', language: 'en' },
    decidedAt: NOW,
  });

describe('a turn on call whose rep is not there', () => {
  test.each([
    ['paused', { paused: true }, 'paused'],
    ['inactive', { active: false }, 'inactive'],
    ['removed', null, 'inactive'],
  ] as const)('%s: the next around the list stands in', (_, ann, code) => {
    const { decided } = rota({ ann });
    expect(decided.outcome).toMatchObject({ kind: 'assigned', rep: 'bob' });
    expect(decided.engine).toBe(2);
    expect(codesOf(decided)).toEqual({ ann: code, bob: 'chosen', cy: 'off_duty', dee: 'off_duty' });
    expect(decided.posting).toMatchObject({ owed: { bob: 1_000_000 } });
  });

  test('the explanation says for whom and why', () => {
    const { reason, candidates } = said(rota({ ann: { paused: true } }).decided);
    expect(reason).toContain('bob stands in on call for ann (paused).');
    expect(candidates.find(({ rep }) => rep === 'bob')?.detail).toBe(
      'was next in line; owed 1 lead; stands in on call for ann (paused)',
    );
    const gone = { availability: away(NOW + 30 * HOUR, 'time_off') };
    expect(said(rota({ ann: gone }, { availability: 'now' }).decided).reason).toContain(
      'bob stands in on call for ann (on time off, back at Wed 21:00 UTC).',
    );
  });

  test('whoever is not there either is passed over with their own reason, and is no longer said to be off duty', () => {
    const bob = { availability: away(NOW + 2 * HOUR) };
    const { decided } = rota({ ann: { paused: true }, bob }, { availability: 'now' });
    expect(codesOf(decided)).toEqual({ ann: 'paused', bob: 'off_hours', cy: 'chosen', dee: 'off_duty' });
  });

  test('with nobody there the lead is looked at again when the first of them is back', () => {
    const gone = (hours: number) => ({ availability: away(NOW + hours * HOUR) });
    const { decided } = rota(
      { ann: { paused: true }, bob: gone(9), cy: gone(3), dee: { active: false } },
      { availability: 'now' },
    );
    expect(decided.outcome).toMatchObject({ kind: 'waiting', retryAt: NOW + 3 * HOUR });
  });

  test('of several on call each who is not there has a stand-in of their own', () => {
    const two = { onCall: { ...onCall, size: 2 } };
    const { decided } = rota({ ann: { paused: true } }, two);
    expect(codesOf(decided)).toMatchObject({ bob: 'chosen', cy: 'outranked', dee: 'off_duty' });
    const both = rota({ ann: { paused: true }, bob: { active: false } }, two).decided;
    expect(both.steps[0]!.candidates).toMatchObject([
      { rep: 'ann', code: 'paused' },
      { rep: 'bob', code: 'inactive' },
      { rep: 'cy', standsInFor: 'ann' },
      { rep: 'dee', standsInFor: 'bob' },
    ]);
  });

  test('who is full, or not one for the lead, is there all the same: the turn stays theirs', () => {
    const { decided } = rota({ ann: BUSY });
    expect(decided.engine).toBe(1);
    expect(codesOf(decided)).toMatchObject({ ann: 'at_capacity', bob: 'off_duty' });
  });

  test('the turn is theirs again as soon as they are', () => {
    const { compiled, decided, world } = rota({ ann: { paused: true } });
    const asked = { inputs: decided.inputs, values: {}, compiled, others: world.state };
    expect(whyNot({ ...asked, rep: 'ann' })).toMatchObject({
      reason: { candidate: { code: 'paused' } },
      change: { facts: [{ kind: 'resumed' }] },
    });
    expect(whyNot({ ...asked, rep: 'bob' })).toMatchObject({ chosen: true, next: { leads: 1 } });
    expect(whyNot({ ...asked, rep: 'cy' })).toMatchObject({ reason: { candidate: { code: 'off_duty' } } });
  });

  test('whose time off is credited is only whose turn it was', () => {
    const off = { availability: away(NOW + 99 * HOUR, 'time_off') };
    const { decided } = rota({ ann: off, bob: off }, { availability: 'now', catchUp: { mode: 'full' } });
    expect(decided.outcome).toMatchObject({ rep: 'cy' });
    expect(decided.posting!.banked).toMatchObject({ ann: 500_000 });
    expect(decided.posting!.banked.bob).toBeUndefined();
  });
});

describe('decisions of the engine before', () => {
  test('replay as they were, without a stand-in', () => {
    const { compiled, world } = rota({ ann: { paused: true } });
    const before = decide(leadOf('l'), { ...compiled, engine: 1 }, world.state, NOW);
    expect(before).toMatchObject({ engine: 1, outcome: { kind: 'waiting' } });
    expect(canonicalJson(replay(before.inputs, {}, compiled, 1))).toBe(canonicalJson(before));
    expect(replay(before.inputs, {}, compiled, 2)).toMatchObject({ engine: 2, outcome: { rep: 'bob' } });
  });

  test('are the same where nobody stands in', () => {
    const { compiled, world, decided } = rota({});
    expect(decided.engine).toBe(1);
    expect(canonicalJson(decided)).toBe(
      canonicalJson(decide(leadOf('l'), { ...compiled, engine: 1 }, world.state, NOW)),
    );
  });

  test('with a ramp that has not begun the turn is stood in for too', () => {
    const ramp = { from: '2026-12-24', steps: [{ after: 'P0D', share: 100 }] };
    const compiled = policyOf({
      pools: [pool([{ rep: 'ann', ramp }, 'bob', 'cy'], { onCall })],
      fallback: [{ pool: 'desk' }],
    });
    const { state } = worldOf(REPS.map((rep) => repAt(rep)));
    const decided = decide(leadOf('l'), compiled, state, NOW);
    expect(said(decided).reason).toContain(
      'bob stands in on call for ann (their ramp begins at 4 Jan 2027 00:00 UTC).',
    );
  });
});
