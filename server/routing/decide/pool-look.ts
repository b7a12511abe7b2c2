import { releases } from '../ledger/release.ts';
import { LEAD, split } from '../ledger/shares.ts';
import type { Pool } from '../policy/schema.ts';
import type { Release } from '../state.ts';
import { poolMembers } from './members.ts';
import { noteRead } from './read-state.ts';
import { BLOCKED, type Seat, takeSeat } from './seat.ts';
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

const NONE: PoolLook['released'] = Object.freeze({});

/** Looks at every member of a pool, whoever they are, so that each has a reason. */
export const lookAtPool = (walk: Walk, pool: Pool, messaged: boolean): PoolLook => {
  const { lead, now, state } = walk;
  const members = poolMembers(pool, state.team);
  const look = { terms: pool, lead, territory: walk.derived.territory, now, messaged };
  const seats: Seat[] = [];
  let tier = BLOCKED;
  for (const member of members.list) {
    const seat = takeSeat(member, state.rep(member.rep), state.balance(pool.id, member.rep), look);
    if (seat.tier < tier) tier = seat.tier;
    seats.push(seat);
  }
  noteRead(walk, pool, members.teams, seats);
  const eligible = tier === BLOCKED ? [] : seats.filter((seat) => seat.tier === tier);
  const released = pool.catchUp.mode === 'none' ? NONE : releasesOf(pool, seats, eligible, walk.phase);
  setShares(eligible, released, walk.phase);
  return { pool, seats, eligible, tier, released };
};

const releasesOf = (pool: Pool, seats: readonly Seat[], eligible: readonly Seat[], phase: number) => {
  const back = eligible
    .filter((seat) => seat.balance.banked > 0)
    .map(({ rep, balance, state }) => ({ rep, balance, today: state!.today }));
  const perDay = pool.catchUp.mode === 'bounded' ? pool.catchUp.perDay : null;
  return back.length === 0 ? NONE : releases(back, seats, perDay, phase);
};

const setShares = (eligible: readonly Seat[], released: PoolLook['released'], phase: number): void => {
  if (eligible.length === 0) return;
  const shares = split(
    LEAD,
    eligible.map((seat) => seat.weight),
    phase,
  );
  for (let i = 0; i < eligible.length; i++) {
    const seat = eligible[i]!;
    seat.share = shares[i]!;
    seat.lag = seat.balance.lag + seat.share + (released[seat.rep]?.amount ?? 0);
  }
};
