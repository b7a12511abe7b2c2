import type { Lead } from '../lead.ts';
import type { Requirement } from '../policy/schema.ts';
import type { RepState } from '../state.ts';

/** The first of a pool's requirements that the rep does not meet for this lead, or null. */
export const unmetRequirement = (
  requires: readonly Requirement[],
  rep: RepState,
  lead: Lead,
): Requirement | null => {
  for (const requirement of requires) if (!meets(requirement, rep, lead)) return requirement;
  return null;
};

/** Text compares without case. A lead without the value, and nothing to stand in for it, suits nobody. */
const meets = ({ field, op, skill, whenMissing }: Requirement, rep: RepState, lead: Lead): boolean => {
  const wanted = lead.values[field] ?? whenMissing;
  const has = rep.skills[skill];
  if (typeof wanted !== 'string' || has === undefined) return false;
  const words = typeof has === 'string' ? [has] : has;
  if (op === 'eq' && words.length !== 1) return false;
  return words.some((word) => word.toLowerCase() === wanted.toLowerCase());
};
