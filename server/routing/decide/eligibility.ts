import type { Candidate } from '../decision.ts';
import type { Lead } from '../lead.ts';
import type { Pool } from '../policy/schema.ts';
import type { RepState } from '../state.ts';
import { fullCap } from './capacity.ts';
import { unmetRequirement } from './requirement.ts';

/** What a pool asks of its members. */
export type Terms = Pick<Pool, 'availability' | 'requires' | 'catchUp' | 'byTerritory'>;

/** The terms of a step that names a rep: at work now, nothing else. */
export const NAMED_REP = Object.freeze<Terms>({
  availability: { kind: 'now' },
  requires: [],
  catchUp: { mode: 'none' },
});

/** Why a rep is not at work, or null: they are, or the pool does not mind. */
export const absenceOf = (rep: RepState, terms: Terms): Candidate | null => {
  const { code, backAt, source } = rep.availability;
  if (code === 'available' || terms.availability.kind === 'ignore') return null;
  if (code === 'holiday' || source === undefined) return { backAt, code, rep: rep.id };
  return { backAt, code, rep: rep.id, source };
};

/** Whether an absent rep is back soon enough for a pool with `availability: {within: …}`. */
export const backSoon = (rep: RepState, terms: Terms, now: number): boolean =>
  terms.availability.kind === 'within' &&
  rep.availability.backAt !== null &&
  rep.availability.backAt <= now + terms.availability.milliseconds;

/**
 * The first reason why a rep cannot have the lead, or null. The order is fixed: inactive, paused, time_off, holiday
 * or off_hours, at_capacity, not_in_territory, missing_skill, declined_before. `absence`: why they are not at work, if
 * that counts; `outside`: the pool goes by territory, and the lead is not in theirs.
 */
export const blockOf = (
  rep: string,
  state: RepState | undefined,
  absence: Candidate | null,
  terms: Terms,
  lead: Lead,
  outside = false,
): Candidate | null => {
  if (state === undefined || !state.active) return { code: 'inactive', rep };
  if (state.paused) return { code: 'paused', rep };
  if (absence !== null) return absence;
  const cap = fullCap(state);
  if (cap !== null)
    return { cap, code: 'at_capacity', limit: state.capacity[cap]!, rep, used: state.load[cap] };
  return outside ? { code: 'not_in_territory', rep } : unsuited(state, terms, lead);
};

/** Why a rep is not one for this lead, whenever they work; or null. */
const unsuited = (state: RepState, terms: Terms, lead: Lead): Candidate | null => {
  const unmet = terms.requires.length === 0 ? null : unmetRequirement(terms.requires, state, lead);
  if (unmet !== null)
    return { attribute: `skills.${unmet.skill}`, code: 'missing_skill', field: unmet.field, rep: state.id };
  return lead.history.declined.includes(state.id) ? { code: 'declined_before', rep: state.id } : null;
};

/** Whether a blocked rep would be at work now but for time off, and suits the lead: owed for it where the pool catches up. */
export const accruesAway = (
  blocked: Candidate | null,
  state: RepState | undefined,
  terms: Terms,
  lead: Lead,
): boolean =>
  terms.catchUp.mode !== 'none' &&
  (blocked?.code === 'time_off' || blocked?.code === 'holiday') &&
  state!.availability.inHours &&
  unsuited(state!, terms, lead) === null;
