import { poolMembers } from '../routing/decide/members.ts';
import type { LaneSession } from './lane-session.ts';

/** What each member of a pool weighs now; empty where the live policy has no such pool. */
export const poolWeights = ({ memory, now }: LaneSession, poolId: string): ReadonlyMap<string, number> => {
  const pool = memory.compiled?.pool(poolId);
  const timezone = memory.compiled?.policy.timezone ?? 'UTC';
  const members = pool === undefined ? [] : poolMembers(pool, memory.roster.team, { now, timezone }).list;
  return new Map(members.map(({ rep, weight }) => [rep, weight]));
};
