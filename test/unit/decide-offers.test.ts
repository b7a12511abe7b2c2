import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import {
  assignTo,
  away,
  codesOf,
  HOUR,
  leadOf,
  NOW,
  policyOf,
  pool,
  repAt,
  worldOf,
} from '../support/routing-world.ts';

const OFFER = { give: 'offer', claimWithin: 'PT10M', attempts: 2 };
const offerTo = (desk: Record<string, unknown>, more: Record<string, unknown> = {}, ...steps: unknown[]) =>
  policyOf({
    pools: [desk],
    queues: [{ id: 'holding' }],
    fallback: [{ pool: 'desk', ...OFFER, ...more }, ...steps],
  });

describe('offers', () => {
  test('one member is held out to; the ledger is posted and the attempt counted', () => {
    const { state } = worldOf([repAt('ann')]);
    const decided = decide(
      leadOf('l'),
      offerTo(pool(['ann']), { meanwhile: { queue: 'holding' } }),
      state,
      NOW,
    );
    expect(decided.outcome).toEqual({
      kind: 'offered',
      to: ['ann'],
      broadcast: false,
      claimWithin: 600_000,
      clock: 'working',
      expiresAt: NOW + 600_000,
      meanwhile: { queue: 'holding' },
    });
    expect(decided.history.attempts).toEqual({ 'fallback/0': 1 });
    expect(decided.posting!.charged).toEqual({ ann: 1_000_000 });
  });

  test('no later than the end of the shift; a working clock begins when the rep is back', () => {
    const endsSoon = worldOf([
      repAt('ann', { availability: { ...repAt('ann').availability, endsAt: NOW + 60_000 } }),
    ]);
    const offer = (world: ReturnType<typeof worldOf>, desk: Record<string, unknown>, clock: string) => {
      const { outcome } = decide(leadOf('l'), offerTo(desk, { clock }), world.state, NOW);
      return outcome.kind === 'offered' ? outcome.expiresAt - NOW : null;
    };
    expect(offer(endsSoon, pool(['ann']), 'working')).toBe(60_000);
    expect(offer(endsSoon, pool(['ann']), 'elapsed')).toBe(60_000);
    const asleep = worldOf([repAt('ann', { availability: away(NOW + HOUR) })]);
    expect(offer(asleep, pool(['ann'], { availability: 'ignore' }), 'working')).toBe(HOUR + 600_000);
    expect(offer(asleep, pool(['ann'], { availability: 'ignore' }), 'elapsed')).toBe(600_000);
  });

  test('when its attempts are used the next step is tried', () => {
    const { state } = worldOf([repAt('ann')]);
    const decided = decide(
      leadOf('l', { history: { attempts: { 'fallback/0': 2 } } }),
      offerTo(pool(['ann']), {}, { queue: 'holding' }),
      state,
      NOW,
    );
    expect(decided.steps[0]).toMatchObject({ took: false, because: 'attempts_used' });
    expect(decided.outcome).toEqual({ kind: 'in_queue', queue: 'holding' });
  });

  test('who cannot be reached is skipped; when nobody can, one of them is assigned the lead', () => {
    const silent = repAt('ann', { reachable: false });
    const compiled = offerTo(pool(['ann', 'bob']));
    const one = decide(leadOf('l'), compiled, worldOf([silent, repAt('bob')]).state, NOW);
    expect(codesOf(one)).toEqual({ ann: 'unreachable', bob: 'chosen' });
    expect(one.posting!.owed).toEqual({ bob: 1_000_000 });
    const none = decide(leadOf('l'), compiled, worldOf([silent]).state, NOW);
    expect(none.outcome).toEqual({ kind: 'assigned', rep: 'ann', via: 'pool' });
    expect(none.history.attempts).toEqual({});
  });

  test('reach does not matter where the lead is assigned', () => {
    const { state } = worldOf([repAt('ann', { reachable: false })]);
    expect(decide(leadOf('l'), assignTo(pool(['ann'])), state, NOW).outcome.kind).toBe('assigned');
  });

  test('a broadcast goes to everybody eligible and posts nothing yet', () => {
    const { state } = worldOf([repAt('ann'), repAt('bob'), repAt('cy', { paused: true })]);
    const decided = decide(
      leadOf('l'),
      offerTo(pool(['ann', 'bob', 'cy']), { give: 'broadcast' }),
      state,
      NOW,
    );
    expect(decided.outcome).toMatchObject({ kind: 'offered', to: ['ann', 'bob'], broadcast: true });
    expect(decided).toMatchObject({ pool: 'desk', posting: null });
  });
});
