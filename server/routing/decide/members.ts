import type { Weighted } from '../ledger/posting.ts';
import type { Pool } from '../policy/schema.ts';
import type { RoutingState } from '../state.ts';

/** A rep of a pool, with the territories they work as the pool says. */
export interface PoolMember extends Weighted {
  readonly territories?: readonly string[];
}

/** The reps of a pool in id order, teams spread out. Who is listed twice counts once, as listed first. */
export interface Members {
  readonly list: readonly PoolMember[];
  readonly teams: readonly (readonly [id: string, reps: readonly string[]])[];
}

const kept = new WeakMap<Pool, Members>();

/** The members of a pool now. Kept per pool until a team it names changes, since every decision asks. */
export const poolMembers = (pool: Pool, team: RoutingState['team']): Members => {
  const before = kept.get(pool);
  if (before?.teams.every(([id, reps]) => team(id) === reps) === true) return before;
  const members = spread(pool, team);
  kept.set(pool, members);
  return members;
};

const spread = (pool: Pool, team: RoutingState['team']): Members => {
  const found = new Map<string, PoolMember>();
  const teams: [string, readonly string[]][] = [];
  for (const member of pool.members) {
    const reps = member.kind === 'rep' ? [member.rep] : team(member.team);
    if (member.kind === 'team') teams.push([member.team, reps]);
    const { weight, territories } = member;
    for (const rep of reps)
      if (!found.has(rep)) found.set(rep, { rep, weight, ...(territories && { territories }) });
  }
  return { list: [...found.values()].sort((a, b) => (a.rep < b.rep ? -1 : 1)), teams };
};
