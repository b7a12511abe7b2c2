import { poolMembers } from '../routing/decide/members.ts';
import type { Weighted } from '../routing/ledger/posting.ts';
import type { LaneSession } from './lane-session.ts';

/** What each member of a pool weighs now; empty where the live policy has no such pool. */
export const poolWeights = ({ memory, now }: LaneSession, poolId: string): ReadonlyMap<string, number> => {
  const pool = memory.compiled?.pool(poolId);
  const timezone = memory.compiled?.policy.timezone ?? 'UTC';
  const members = pool === undefined ? [] : poolMembers(pool, memory.roster.team, { now, timezone }).list;
  return new Map(members.map(({ rep, weight }) => [rep, weight]));
};

/** Active members of a pool with a weight now, by whom what is no decision's is shared. */
export const sharers = (session: LaneSession, poolId: string): readonly Weighted[] =>
  [...poolWeights(session, poolId)]
    .filter(([rep, weight]) => weight > 0 && session.memory.roster.reps.get(rep)?.active === true)
    .map(([rep, weight]) => ({ rep, weight }));
