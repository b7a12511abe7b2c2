import type { Candidate } from '../decision.ts';
import type { Lead } from '../lead.ts';
import type { Pool } from '../policy/schema.ts';
import type { RepState } from '../state.ts';
import { fullCap } from './capacity.ts';
import type { OffDuty } from './duty.ts';
import { absenceAtEdge } from './edges.ts';
import { unmetRequirement } from './requirement.ts';

/** How many of those who let a lead go last it does not return to, in a pool that says so. */
const REMEMBERED = 50;

/** What a pool asks of its members. */
export type Terms = Pick<Pool, 'availability' | 'requires' | 'catchUp' | 'byTerritory' | 'edges' | 'returns'>;

/** The terms of a step that names a rep: at work now, nothing else. */
export const NAMED_REP = Object.freeze<Terms>({
  availability: { kind: 'now' },
  requires: [],
  catchUp: { mode: 'none' },
});

/** Why a rep is not at work, or null: they are, or the pool does not mind. */
export const absenceOf = (rep: RepState, terms: Terms, now: number): Candidate | null => {
  const { code, backAt, source } = rep.availability;
  if (terms.edges !== undefined) {
    const atEdge = absenceAtEdge(rep, terms.edges, now);
    if (atEdge !== undefined) return atEdge;
  }
  if (code === 'available' || terms.availability.kind === 'ignore') return null;
  if (code === 'holiday' || source === undefined) return { backAt, code, rep: rep.id };
  return { backAt, code, rep: rep.id, source };
};

/** Whether an absent rep is back soon enough for a pool with `availability: {within: …}`. */
export const backSoon = (rep: RepState, terms: Terms, now: number): boolean =>
  terms.availability.kind === 'within' &&
  rep.availability.backAt !== null &&
  rep.availability.backAt <= now + terms.availability.milliseconds;

/** Whether a rep takes leads of a pool now: active, not paused, and at work as far as the pool minds. However full. */
export const isThere = (rep: RepState | undefined, terms: Terms, now: number): boolean =>
  rep?.active === true && !rep.paused && (absenceOf(rep, terms, now) === null || backSoon(rep, terms, now));

/** What keeps a rep from leads for a while. `absence`: why they are not at work, if that counts. */
interface Away {
  readonly absence: Candidate | null;
  readonly duty?: OffDuty | undefined;
}

/**
 * The first reason why a rep cannot have the lead, or null. The order is fixed: inactive, paused, off_duty, time_off,
 * holiday or off_hours, at_capacity, not_in_territory, missing_skill, declined_before, had_before. `outside`: the pool goes by
 * territory, and the lead is not in theirs.
 */
export const blockOf = (
  rep: string,
  state: RepState | undefined,
  { absence, duty }: Away,
  terms: Terms,
  lead: Lead,
  outside = false,
): Candidate | null => {
  if (state === undefined || !state.active) return { code: 'inactive', rep };
  if (state.paused) return { code: 'paused', rep };
  if (duty !== undefined) return { backAt: duty.backAt, code: 'off_duty', duty: duty.duty, rep };
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
  const { declined, missed, had } = lead.history;
  if (declined.includes(state.id)) return { code: 'declined_before', rep: state.id };
  if (had?.includes(state.id)) return { code: 'had_before', rep: state.id };
  const returned = terms.returns === 'never' && missed.slice(-REMEMBERED).includes(state.id);
  return returned ? { code: 'declined_before', missed: true, rep: state.id } : null;
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
