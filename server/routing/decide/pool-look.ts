import { releases } from '../ledger/release.ts';
import { LEAD, split } from '../ledger/shares.ts';
import type { Pool } from '../policy/schema.ts';
import type { Release } from '../state.ts';
import { isThere } from './eligibility.ts';
import { type Members, poolMembers } from './members.ts';
import { setIndexes, sharesWithFloor } from './performance.ts';
import { noteRead } from './read-state.ts';
import { BLOCKED, firstTier, type Seat, takeSeat } from './seat.ts';
import { type DutyNow, dutyNow } from './stand-ins.ts';
import type { Walk } from './walk.ts';

/** A pool as one lead finds it: every member's seat, who of them shares the lead, and what is released to them. */
export interface PoolLook {
  readonly pool: Pool;
  readonly seats: readonly Seat[];
  /** Empty when nobody can have the lead. */
  readonly eligible: readonly Seat[];
  readonly tier: number;
  readonly released: Readonly<Record<string, Release>>;
}

/** The engine from which on somebody stands in for whoever is on call and not there. */
const STANDS_IN = 2;

const NONE: PoolLook['released'] = Object.freeze({});

/** Looks at every member of a pool, whoever they are, so that each has a reason. */
export const lookAtPool = (walk: Walk, pool: Pool, messaged: boolean): PoolLook => {
  const { lead, now, state } = walk;
  const { timezone } = walk.compiled.policy;
  const members = poolMembers(pool, state.team, { now, timezone });
  const look = {
    terms: pool,
    lead,
    territory: walk.derived.territory,
    now,
    messaged,
    duty: dutyOf(walk, pool, members),
  };
  const all: Seat[] = [];
  let tier = BLOCKED;
  for (const member of members.list) {
    const seat = takeSeat(member, state.rep(member.rep), state.balance(pool.id, member.rep), look);
    if (seat.tier < tier) tier = seat.tier;
    all.push(seat);
  }
  noteRead(walk, pool, members.teams, all);
  const seats = members.tiered && tier !== BLOCKED ? firstTier(all, tier) : all;
  const eligible = tier === BLOCKED ? [] : seats.filter((seat) => seat.tier === tier);
  const released = pool.catchUp.mode === 'none' ? NONE : releasesOf(pool, seats, eligible, walk.phase);
  if (pool.floor !== undefined) setIndexes(seats);
  setShares(pool, { seats, eligible, released }, walk.phase);
  return { pool, seats, eligible, tier, released };
};

/** Who is on call. Where somebody was asked to stand in, the decision is one of the engine that knows of it. */
const dutyOf = (walk: Walk, pool: Pool, { off, rota }: Members): DutyNow => {
  const { compiled, now, state } = walk;
  const turns = compiled.engine >= STANDS_IN ? rota : null;
  const duty = dutyNow({ off, rota: turns }, (rep) => isThere(state.rep(rep), pool, now));
  if (duty.asked.size > 0) walk.engine = STANDS_IN;
  return duty;
};

const releasesOf = (pool: Pool, seats: readonly Seat[], eligible: readonly Seat[], phase: number) => {
  const back = eligible
    .filter((seat) => seat.balance.banked > 0)
    .map(({ rep, balance, state }) => ({ rep, balance, today: state!.today }));
  const perDay = pool.catchUp.mode === 'bounded' ? pool.catchUp.perDay : null;
  return back.length === 0 ? NONE : releases(back, seats, perDay, phase);
};

const setShares = (
  { floor }: Pool,
  { seats, eligible, released }: Pick<PoolLook, 'seats' | 'eligible' | 'released'>,
  phase: number,
): void => {
  if (eligible.length === 0) return;
  const shares =
    floor === undefined
      ? split(
          LEAD,
          eligible.map((seat) => seat.weight),
          phase,
        )
      : sharesWithFloor(eligible, seats, floor, phase);
  for (let i = 0; i < eligible.length; i++) {
    const seat = eligible[i]!;
    seat.share = shares[i]!;
    seat.lag = seat.balance.lag + seat.share + (released[seat.rep]?.amount ?? 0);
  }
};
