import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../server/routing/decide/decide.ts';
import { creditPosting, skipPosting } from '../../server/routing/ledger/adjust.ts';
import type { LedgerEntry } from '../../server/routing/ledger/balance.ts';
import { balancesFrom } from '../../server/routing/ledger/balance.ts';
import { postGiven, reversePosting, writeOff } from '../../server/routing/ledger/posting.ts';
import { LEAD, phaseOf, split } from '../../server/routing/ledger/shares.ts';
import { compareFractions } from '../../server/routing/ledger/urgency.ts';
import type { Posting, RepState, Skip } from '../../server/routing/state.ts';
import {
  AT_WORK,
  away,
  HOUR,
  leadOf,
  NOW,
  policyOf,
  repAt,
  type World,
  worldOf,
} from '../support/routing-world.ts';

const sum = (amounts: Iterable<number>): number => [...amounts].reduce((total, amount) => total + amount, 0);

describe('shares', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 100 });
  const phase = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

  test('sum to exactly the total, each within a unit of its exact share', () => {
    fc.assert(
      fc.property(
        weights,
        phase,
        fc.integer({ min: -3_000_000_000, max: 3_000_000_000 }),
        (all, at, total) => {
          const parts = split(total, all, at);
          expect(sum(parts)).toBe(total);
          const whole = sum(all);
          parts.forEach((part, i) => {
            expect(Number.isSafeInteger(part)).toBe(true);
            expect(Math.abs(part - (total * all[i]!) / whole)).toBeLessThan(1.000001);
          });
        },
      ),
    );
  });

  test('over many leads the rounding favours nobody', () => {
    const all = [3, 3, 1, 7, 1000];
    const drift = all.map(() => 0);
    for (let lead = 0; lead < 100_000; lead++)
      split(LEAD, all, phaseOf(`lead-${lead}`)).forEach((part, i) => {
        drift[i]! += part - (LEAD * all[i]!) / sum(all);
      });
    // A fixed rounding would have drifted tens of thousands of units.
    for (const one of drift) expect(Math.abs(one)).toBeLessThan(1000);
  });

  test('fractions compare exactly, however large', () => {
    const numerator = fc.integer({ min: -8_000_000_000_000_000, max: 8_000_000_000_000_000 });
    const denominator = fc.integer({ min: 1, max: LEAD });
    fc.assert(
      fc.property(numerator, denominator, numerator, denominator, (a, b, c, d) => {
        const exact = BigInt(a) * BigInt(d) - BigInt(c) * BigInt(b);
        expect(Math.sign(compareFractions(a, b, c, d))).toBe(exact > 0n ? 1 : exact < 0n ? -1 : 0);
      }),
    );
  });
});

const deskOf = (weights: readonly number[], catchUp: object = { mode: 'none' }) =>
  policyOf({
    pools: [
      {
        id: 'desk',
        members: weights.map((weight, i) => ({ rep: `rep${i}`, weight })),
        method: 'round_robin',
        catchUp,
      },
    ],
    fallback: [{ pool: 'desk' }],
  });

describe('with fixed eligibility', () => {
  test('nobody is ever a whole lead away from what they are owed, whatever the weights', () => {
    const weight = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 1_000_000 }));
    const pool = fc.array(fc.record({ weight, free: fc.boolean() }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(pool, (members) => {
        const compiled = deskOf(members.map((member) => member.weight));
        const world = worldOf(members.map(({ free }, i) => repAt(`rep${i}`, { paused: !free })));
        const eligible = members.filter(({ free }) => free);
        const whole = sum(eligible.map(({ weight }) => weight));
        const exact = members.map(() => 0);
        for (let lead = 0; lead < 400 && eligible.length > 0; lead++) {
          const { outcome, posting } = decide(leadOf(`lead${lead}`), compiled, world.state, NOW + lead);
          world.post(posting);
          members.forEach(({ weight, free }, i) => {
            exact[i]! +=
              (free ? weight / whole : 0) -
              (outcome.kind === 'assigned' && outcome.rep === `rep${i}` ? 1 : 0);
            expect(Math.abs(exact[i]!)).toBeLessThan(1);
            expect(Math.abs(world.balance('desk', `rep${i}`).lag)).toBeLessThan(LEAD);
          });
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

type Event =
  | { readonly kind: 'lead'; readonly who: readonly number[]; readonly days: number }
  | { readonly kind: 'reverse' | 'claim' | 'leave'; readonly pick: number }
  | { readonly kind: 'credit'; readonly pick: number; readonly amount: number }
  | { readonly kind: 'skip'; readonly pick: number; readonly skip: Skip | null };

const SIZE = 5;
const events = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('lead' as const),
        who: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: SIZE, maxLength: SIZE }),
        days: fc.integer({ min: 0, max: 1 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constantFrom('reverse' as const, 'claim' as const),
        pick: fc.nat(1000),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('leave' as const), pick: fc.nat(1000) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('credit' as const),
        pick: fc.nat(1000),
        amount: fc.integer({ min: -5_000_000, max: 5_000_000 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('skip' as const),
        pick: fc.nat(1000),
        skip: fc.constantFrom<(Skip | null)[]>('keep', 'lose', null),
      }),
    },
  ),
  { maxLength: 60 },
);
const catchUps = fc.constantFrom({ mode: 'none' }, { mode: 'full' }, { mode: 'bounded', perDay: 1 });
const AVAILABILITIES = [AT_WORK, AT_WORK, away(NOW + HOUR), away(NOW + 48 * HOUR, 'time_off')];

/** Plays a history of one pool: leads in changing company, claims, declines, people who leave and come back new. */
const play = (weights: readonly number[], catchUp: object, history: readonly Event[]) => {
  const compiled = deskOf(weights, catchUp);
  const world = worldOf([]);
  const entries: (LedgerEntry & { readonly undoes?: LedgerEntry })[] = [];
  const post = (posting: Posting, at: number, undoes?: LedgerEntry) => {
    entries.push({ posting, at, ...(undoes === undefined ? {} : { undoes }) });
    world.post(posting, at);
  };
  const members = weights.map((weight, i) => ({ rep: `rep${i}`, weight }));
  let day = 1;
  history.forEach((event, i) => {
    const now = NOW + i;
    if (event.kind === 'lead') {
      day = Math.min(day + event.days, 28);
      const today = `2026-12-${String(day).padStart(2, '0')}`;
      event.who.forEach((code, rep) => {
        const state: RepState = repAt(`rep${rep}`, { availability: AVAILABILITIES[code]!, today });
        world.reps.set(state.id, state);
      });
      const { posting } = decide(leadOf(`lead${i}`), compiled, world.state, now);
      if (posting !== null) post(posting, now);
    } else if (event.kind === 'claim') {
      const rep = members[event.pick % members.length]!.rep;
      const { lastAt } = world.balance('desk', rep);
      post(postGiven({ pool: 'desk', members, rep }, lastAt, phaseOf(`lead${i}`)), now);
    } else if (event.kind === 'credit') {
      const { rep } = members[event.pick % members.length]!;
      const others = members.filter((member) => member.rep !== rep);
      post(creditPosting('desk', { rep, amount: event.amount }, others, phaseOf(`lead${i}`)), now);
    } else if (event.kind === 'skip') {
      const { rep } = members[event.pick % members.length]!;
      post(skipPosting('desk', rep, world.balance('desk', rep).skip ?? null, event.skip), now);
    } else if (event.kind === 'reverse') reverse(event.pick, entries, world, post);
    else {
      const leaver = members[event.pick % members.length]!.rep;
      const posting = writeOff(
        'desk',
        [{ rep: leaver, balance: world.balance('desk', leaver) }],
        members.filter(({ rep }) => rep !== leaver),
        phaseOf(`lead${i}`),
      );
      if (posting !== null) post(posting, now);
    }
  });
  return { entries, world, reps: members.map(({ rep }) => rep) };
};

const reverse = (
  pick: number,
  entries: readonly (LedgerEntry & { readonly undoes?: LedgerEntry })[],
  world: World,
  post: (posting: Posting, at: number, undoes: LedgerEntry) => void,
) => {
  const undone = new Set(entries.flatMap(({ undoes }) => undoes ?? []));
  const standing = entries.filter(
    (entry) =>
      entry.undoes === undefined && !undone.has(entry) && Object.keys(entry.posting.charged).length > 0,
  );
  const entry = standing[pick % standing.length];
  if (entry === undefined) return;
  const [rep] = Object.keys(entry.posting.charged);
  post(reversePosting(entry, world.balance('desk', rep!).lastAt), NOW + 1_000_000, entry);
};

describe('over any history', () => {
  const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: SIZE, maxLength: SIZE });

  test('owed equals charged, in every posting and in the balances', () => {
    fc.assert(
      fc.property(weights, catchUps, events, (all, catchUp, history) => {
        const { entries, world, reps } = play(all, catchUp, history);
        for (const { posting } of entries) {
          expect(sum(Object.values(posting.owed))).toBe(sum(Object.values(posting.charged)));
          expect(sum(Object.values(posting.banked))).toBe(0);
          expect(sum(Object.values(posting.released).map(({ amount }) => amount))).toBe(0);
        }
        expect(sum(reps.map((rep) => world.balance('desk', rep).lag))).toBe(0);
        expect(sum(reps.map((rep) => world.balance('desk', rep).banked))).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  test('the balances recomputed from the entries are the ones kept', () => {
    fc.assert(
      fc.property(weights, catchUps, events, (all, catchUp, history) => {
        const { entries, world } = play(all, catchUp, history);
        for (const [rep, balance] of balancesFrom(entries))
          expect(world.balance('desk', rep)).toEqual(balance);
      }),
      { numRuns: 100 },
    );
  });

  test('a reversal leaves no trace in what anybody is owed', () => {
    fc.assert(
      fc.property(weights, catchUps, events, fc.nat(1000), (all, catchUp, history, pick) => {
        const { entries, world, reps } = play(all, catchUp, history);
        const { posting } = decide(leadOf('last'), deskOf(all, catchUp), world.state, NOW + 5000);
        if (posting === null) return;
        const before = reps.map((rep) => world.balance('desk', rep));
        world.post(posting, NOW + 5000);
        const [rep] = Object.keys(posting.charged);
        world.post(
          reversePosting({ posting, at: NOW + 5000 }, world.balance('desk', rep!).lastAt),
          NOW + 6000 + pick,
        );
        reps.forEach((id, i) => {
          const { lag, banked, lastAt, skip = null } = world.balance('desk', id);
          expect({ lag, banked, lastAt, skip }).toEqual({
            skip: before[i]!.skip ?? null,
            lag: before[i]!.lag,
            banked: before[i]!.banked,
            lastAt: before[i]!.lastAt,
          });
        });
        expect(entries.length).toBeLessThanOrEqual(history.length);
      }),
      { numRuns: 100 },
    );
  });

  test('bounded catch-up releases no more than its leads a day', () => {
    fc.assert(
      fc.property(weights, events, (all, history) => {
        const { entries } = play(
          all,
          { mode: 'bounded', perDay: 1 },
          history.filter(({ kind }) => kind === 'lead'),
        );
        const byDay = new Map<string, number>();
        for (const { posting } of entries)
          for (const [rep, { amount, on }] of Object.entries(posting.released)) {
            if (on === null) continue;
            const key = `${rep} ${on}`;
            byDay.set(key, (byDay.get(key) ?? 0) + amount);
          }
        for (const released of byDay.values()) expect(released).toBeLessThanOrEqual(LEAD);
      }),
      { numRuns: 100 },
    );
  });
});
