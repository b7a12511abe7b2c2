import type { ReadState } from '../decision.ts';
import type { RoutingState } from '../state.ts';

/** A decision's state, and whoever it had not looked at as they stand now. */
export interface WithOthers {
  readonly state: RoutingState;
  /** Whether anybody was taken as they stand now since the last `reset`. */
  readonly used: () => boolean;
  readonly reset: () => void;
}

/** Completes a restored state: what the decision read stands, the rest comes from `others`. */
export const withOthers = (seen: RoutingState, read: ReadState, others: RoutingState): WithOthers => {
  let used = false;
  const other = <T>(found: T): T => {
    used = true;
    return found;
  };
  return {
    used: () => used,
    reset: () => {
      used = false;
    },
    state: {
      zones: seen.zones,
      rep: (id) => {
        const known = seen.rep(id);
        if (known === undefined) return other(others.rep(id));
        // Only the skills that mattered were stored.
        return { ...known, skills: { ...others.rep(id)?.skills, ...known.skills } };
      },
      balance: (pool, rep) =>
        read.pools[pool] === undefined ? other(others.balance(pool, rep)) : seen.balance(pool, rep),
      repNamed: (name, asked) =>
        read.owners !== undefined && asked in read.owners
          ? (read.owners[asked] ?? null)
          : other(others.repNamed?.(name, asked) ?? null),
      team: (id) => read.teams[id] ?? others.team(id),
    },
  };
};
