import fc from 'fast-check';
import { expect, test } from 'vitest';
import { poolHours } from '../../server/routing/check/findings/pool-hours.ts';
import { idleState } from '../../server/routing/check/idle-state.ts';
import { decide } from '../../server/routing/decide/decide.ts';
import { poolMembers } from '../../server/routing/decide/members.ts';
import { CHECKED_AT } from '../support/check-input.ts';
import { HOUR, leadOf } from '../support/routing-world.ts';
import { deskParts, simulateAll, simulatedLead } from '../support/simulated.ts';

const DAY = 24 * HOUR;
const MONDAY = Date.parse('2026-11-23T00:00:00Z');
const two = (n: number) => String(n).padStart(2, '0');

/** Hours of one rep: some days, from one hour to another; overnight where they end before they begin. */
const hours = fc
  .record({
    day: fc.constantFrom('mon-fri', 'sat-sun', 'mon-sun', 'tue'),
    from: fc.nat(23),
    long: fc.integer({ min: 1, max: 22 }),
  })
  .map(({ day, from, long }) => ({ [day]: `${two(from)}:00-${two((from + long) % 24)}:00` }));
const rotas = fc.record({
  hours: fc.array(hours, { minLength: 1, maxLength: 4 }),
  timeOff: fc.array(fc.nat(13), { maxLength: 4 }),
  size: fc.integer({ min: 1, max: 3 }),
  days: fc.integer({ min: 1, max: 9 }),
});
type Rota = typeof rotas extends fc.Arbitrary<infer Value> ? Value : never;

const partsOf = ({ hours: all, timeOff, size, days }: Rota, withTimeOff: boolean) =>
  deskParts({
    timezone: 'UTC',
    reps: all.map((one, i) => ({
      id: `rep${i}`,
      hours: one,
      ...(withTimeOff && {
        timeOff: timeOff
          .filter((_, of) => of % all.length === i)
          .map((day) => ({ from: new Date(MONDAY + day * DAY).toISOString().slice(0, 10) })),
      }),
    })),
    pools: [
      {
        id: 'desk',
        members: all.map((_, i) => ({ rep: `rep${i}` })),
        method: 'round_robin',
        onCall: { every: `P${days}D`, from: '2026-11-20', size },
      },
    ],
    fallback: [{ pool: 'desk' }],
  });

test('a check calls a rota closed exactly when a lead would wait', () => {
  fc.assert(
    fc.property(rotas, (rota) => {
      const parts = partsOf(rota, false);
      const input = { ...parts, now: CHECKED_AT };
      const [found] = poolHours(input);
      const state = idleState(input);
      for (let hour = 0; hour < 168; hour++) {
        // In the middle of an hour: every minute of it is like that one.
        const now = MONDAY + 7 * DAY + hour * HOUR + HOUR / 2;
        const minute = hour * 60 + 30;
        const closed = found!.closed.some(([from, to]) => from <= minute && minute < to);
        const { outcome } = decide(leadOf('lead'), parts.compiled, state(now), now);
        expect([hour, outcome.kind]).toEqual([hour, closed ? 'waiting' : 'assigned']);
      }
    }),
    { numRuns: 60 },
  );
});

test('in a simulation nobody waits while a member of the rota is at work, and who stands in is who a decision names', () => {
  fc.assert(
    fc.property(rotas, fc.array(fc.nat(14 * 24), { minLength: 1, maxLength: 30 }), (rota, arrivals) => {
      const parts = partsOf(rota, true);
      const leads = arrivals
        .toSorted((a, b) => a - b)
        .map((hour, i) => simulatedLead({ id: `l${i}`, arrivedAt: MONDAY + hour * HOUR + i }));
      const { settled } = simulateAll(parts, leads);
      const state = idleState({ ...parts, now: MONDAY });
      const desk = parts.compiled.pool('desk')!;
      for (const [i, { arrivedAt }] of leads.entries()) {
        const { rota: turn } = poolMembers(desk, () => [], { now: arrivedAt, timezone: 'UTC' });
        const atWork = turn!.around.filter(
          (id) => state(arrivedAt).rep(id)?.availability.code === 'available',
        );
        const { taker, at } = settled[i]!;
        // As many as the turn has, from its first on around the list, of those who are at work.
        if (atWork.length > 0)
          expect([at, atWork.slice(0, rota.size)]).toEqual([arrivedAt, expect.arrayContaining([taker])]);
        else expect(taker === null || at > arrivedAt).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
