import type { Weighted } from '../ledger/posting.ts';
import type { Pool } from '../policy/schema.ts';
import type { RoutingState } from '../state.ts';

/** The reps of a pool in id order, teams spread out. Who is listed twice counts once, as listed first. */
export interface Members {
  readonly list: readonly Weighted[];
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
  const weights = new Map<string, number>();
  const teams: [string, readonly string[]][] = [];
  for (const member of pool.members) {
    const reps = member.kind === 'rep' ? [member.rep] : team(member.team);
    if (member.kind === 'team') teams.push([member.team, reps]);
    for (const rep of reps) if (!weights.has(rep)) weights.set(rep, member.weight);
  }
  const list = [...weights].map(([rep, weight]) => ({ rep, weight }));
  return { list: list.sort((a, b) => (a.rep < b.rep ? -1 : 1)), teams };
};
