import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { isThere } from '../../server/routing/decide/eligibility.ts';
import { poolMembers } from '../../server/routing/decide/members.ts';
import { replay } from '../../server/routing/decide/replay.ts';
import { dutyNow } from '../../server/routing/decide/stand-ins.ts';
import { canonicalJson } from '../../server/routing/hash/canonical-json.ts';
import { LEAD } from '../../server/routing/ledger/shares.ts';
import type { Availability, RepState } from '../../server/routing/state.ts';
import { assignTo, away, HOUR, leadOf, NOW, pool, repAt, worldOf } from '../support/routing-world.ts';

const DAY = 24 * HOUR;

type Drawn<T> = T extends fc.Arbitrary<infer Value> ? Value : never;

/** How a rep is at a moment; null: removed. */
const states = fc.option(
  fc.record({
    active: fc.boolean(),
    paused: fc.boolean(),
    code: fc.constantFrom<Availability['code']>('available', 'off_hours', 'time_off', 'holiday'),
  }),
  { nil: null, freq: 6 },
);
const ofState = (id: string, { code, ...state }: NonNullable<Drawn<typeof states>>): RepState =>
  repAt(id, { ...state, ...(code === 'available' ? {} : { availability: away(NOW + 1000 * DAY, code) }) });

const cases = fc.record({
  reps: fc.array(states, { minLength: 1, maxLength: 7 }),
  size: fc.integer({ min: 1, max: 4 }),
  days: fc.integer({ min: 1, max: 9 }),
  availability: fc.constantFrom<'now' | 'ignore'>('now', 'ignore'),
  catchUp: fc.constantFrom('none', 'full'),
  moments: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 12 }),
});

const worldFor = ({ reps, size, days, availability, catchUp }: Drawn<typeof cases>) => {
  const ids = reps.map((_, i) => `rep${i}`);
  const onCall = { every: `P${days}D`, from: '2026-11-20', size };
  const compiled = assignTo(pool(ids, { availability, onCall, catchUp: { mode: catchUp } }));
  return {
    ids,
    compiled,
    world: worldOf(reps.flatMap((one, i) => (one === null ? [] : [ofState(ids[i]!, one)]))),
  };
};

test('as long as some member can serve, somebody on call can: as many as asked for, or all who are there', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const { ids, compiled, world } = worldFor(given);
      const desk = compiled.pool('desk')!;
      for (const moment of given.moments) {
        const now = NOW + moment * DAY;
        const there = (rep: string) => isThere(world.state.rep(rep), desk, now);
        const members = poolMembers(desk, () => [], { now, timezone: 'UTC' });
        const duty = dutyNow(members, there);
        const serving = ids.filter((rep) => there(rep) && !duty.off!.has(rep));
        expect(serving.length).toBe(Math.min(given.size, ids.filter(there).length));
        // Whose turn it is and who is there never gives it away.
        for (const rep of ids) if (!members.off!.has(rep)) expect(duty.off!.has(rep)).toBe(false);
        for (const [standIn, absent] of duty.standIns) {
          expect(there(standIn)).toBe(true);
          expect(there(absent)).toBe(false);
          expect(members.off!.has(absent)).toBe(false);
        }
        expect(new Set(duty.standIns.values()).size).toBe(duty.standIns.size);
        const { outcome } = decide(leadOf('lead'), compiled, world.state, now);
        expect(outcome.kind).toBe(ids.some(there) ? 'assigned' : 'waiting');
      }
    }),
    { numRuns: 300 },
  );
});

test('stand-ins are decided the same again, and the ledger stays even', () => {
  fc.assert(
    fc.property(cases, (given) => {
      const { ids, compiled, world } = worldFor(given);
      for (const [i, moment] of given.moments.toSorted((a, b) => a - b).entries()) {
        const now = NOW + moment * DAY;
        const decided = decide(leadOf(`lead${i}`), compiled, world.state, now);
        const stored = JSON.parse(JSON.stringify(decided.inputs));
        expect(canonicalJson(replay(stored, {}, compiled, decided.engine))).toBe(canonicalJson(decided));
        const before = decide(leadOf(`lead${i}`), { ...compiled, engine: 1 }, world.state, now);
        if (decided.engine === 1) expect(canonicalJson(before)).toBe(canonicalJson(decided));
        else expect(canonicalJson(replay(before.inputs, {}, compiled, 1))).toBe(canonicalJson(before));
        world.post(decided.posting, now);
        if (decided.posting === null) continue;
        const { owed, banked } = decided.posting;
        expect([...Object.values(owed), ...Object.values(banked)].reduce((sum, one) => sum + one, 0)).toBe(
          LEAD,
        );
        const balance = ids.map((rep) => world.balance('desk', rep));
        expect(balance.reduce((sum, { lag, banked: kept }) => sum + lag + kept, 0)).toBe(0);
      }
    }),
    { numRuns: 150 },
  );
});
