import type { Candidate } from '../decision.ts';
import type { Edges } from '../policy/pool-options.ts';
import type { RepState } from '../state.ts';

/**
 * What a pool that moves the edges of shifts makes of a rep: null, if their shift begins soon enough to count as begun;
 * why not, if it ends too soon; undefined: their hours decide. Time off and holidays are no shift to come.
 */
export const absenceAtEdge = (
  { id, availability: { code, backAt, endsAt } }: RepState,
  { startsBefore, stopsBefore }: Edges,
  now: number,
): Candidate | null | undefined => {
  if (code === 'off_hours' && backAt !== null && backAt - now <= startsBefore) return null;
  if (code === 'available' && endsAt !== null && endsAt - now <= stopsBefore)
    return { backAt: null, code: 'off_hours', endsAt, rep: id };
  return undefined;
};
