import type { FieldValue, Lead } from '../lead.ts';
import type { Balance, Cap, RepState, RoutingState, WindowCap } from '../state.ts';
import { CAPS } from '../state.ts';

/** What a decision is made of, so that one thing can be changed and the rest left as it was. */
export interface Circumstances {
  readonly lead: Lead;
  readonly state: RoutingState;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** One thing that could have been otherwise: about the time, the rep, or the lead. */
export type Fact =
  /** The lead came later: when the rep is back or one of their caps frees, or when somebody else's shift has ended. */
  | {
      readonly kind: 'later';
      readonly at: number;
      readonly rep: string;
      readonly event: 'back' | 'room' | 'leaves';
    }
  /** So many more free slots under a cap. */
  | { readonly kind: 'room'; readonly cap: Cap; readonly slots: number }
  | { readonly kind: 'fewer_open'; readonly leads: number }
  | { readonly kind: 'at_work' | 'resumed' | 'active' | 'reachable' }
  | { readonly kind: 'skill'; readonly skill: string; readonly value: string }
  | { readonly kind: 'not_declined' | 'not_missed' }
  /** The lead had another value; null: none. */
  | { readonly kind: 'value'; readonly field: string; readonly value: FieldValue | null }
  /** The rep's last lead from the pool lay so much further back. Milliseconds. */
  | { readonly kind: 'waited'; readonly pool: string; readonly milliseconds: number }
  /** The pool owed the rep so much more. Millionths of a lead. */
  | { readonly kind: 'owed'; readonly pool: string; readonly amount: number };

/** The circumstances with one fact changed. `rep`: whom facts about a rep are about. */
export const withFact = (before: Circumstances, fact: Fact, rep: string): Circumstances => {
  switch (fact.kind) {
    case 'later':
      return { ...before, now: fact.at, state: stateAt(before.state, fact.at) };
    case 'value':
      return { ...before, lead: { ...before.lead, values: withValue(before.lead, fact) } };
    case 'not_declined':
    case 'not_missed':
      return { ...before, lead: withoutPast(before.lead, rep) };
    case 'waited':
    case 'owed':
      return { ...before, state: withBalance(before.state, fact, rep) };
    default:
      return { ...before, state: withRep(before.state, rep, (state) => repWith(state, fact)) };
  }
};

const withValue = ({ values }: Lead, { field, value }: Extract<Fact, { kind: 'value' }>): Lead['values'] => {
  const { [field]: _before, ...others } = values;
  return value === null ? others : { ...others, [field]: value };
};

const withoutPast = (lead: Lead, rep: string): Lead => {
  const { declined, missed } = lead.history;
  const others = (reps: readonly string[]) => reps.filter((one) => one !== rep);
  return { ...lead, history: { ...lead.history, declined: others(declined), missed: others(missed) } };
};

const withRep = (state: RoutingState, rep: string, change: (rep: RepState) => RepState): RoutingState => ({
  ...state,
  rep: (id) => {
    const found = state.rep(id);
    return id === rep && found !== undefined ? change(found) : found;
  },
});

type AboutRep = Exclude<
  Fact,
  { kind: 'later' | 'value' | 'not_declined' | 'not_missed' | 'waited' | 'owed' }
>;

const repWith = (rep: RepState, fact: AboutRep): RepState => {
  switch (fact.kind) {
    case 'room':
      return { ...rep, load: { ...rep.load, [fact.cap]: rep.load[fact.cap] - fact.slots } };
    case 'fewer_open':
      return { ...rep, load: { ...rep.load, open: rep.load.open - fact.leads } };
    case 'at_work':
      return { ...rep, availability: { ...rep.availability, ...AT_WORK } };
    case 'resumed':
      return { ...rep, paused: false };
    case 'active':
      return { ...rep, active: true };
    case 'reachable':
      return { ...rep, reachable: true };
    case 'skill':
      return { ...rep, skills: { ...rep.skills, [fact.skill]: fact.value } };
    default:
      return fact satisfies never;
  }
};

const AT_WORK = { code: 'available', inHours: true, endsAt: null, backAt: null } as const;
const GONE_HOME = { code: 'off_hours', inHours: false, endsAt: null, backAt: null } as const;

/** Everybody as they will be at a later instant, as far as their next coming and going is known. */
const stateAt = (state: RoutingState, at: number): RoutingState => ({
  ...state,
  rep: (id) => {
    const rep = state.rep(id);
    return rep && { ...rep, availability: availabilityAt(rep.availability, at), load: loadAt(rep, at) };
  },
});

const availabilityAt = (availability: RepState['availability'], at: number): RepState['availability'] => {
  const { code, endsAt, backAt } = availability;
  if (code === 'available')
    return endsAt === null || at < endsAt ? availability : { ...availability, ...GONE_HOME };
  return backAt === null || at < backAt ? availability : { ...availability, ...AT_WORK };
};

const loadAt = (rep: RepState, at: number): RepState['load'] =>
  Object.fromEntries(
    CAPS.map((cap) => [cap, cap !== 'open' && isOver(rep, cap, at) ? 0 : rep.load[cap]]),
  ) as RepState['load'];

const isOver = ({ windowEnds }: RepState, cap: WindowCap, at: number): boolean => windowEnds[cap] <= at;

const withBalance = (
  state: RoutingState,
  fact: Extract<Fact, { kind: 'waited' | 'owed' }>,
  rep: string,
): RoutingState => ({
  ...state,
  balance: (pool, id) => {
    const found = state.balance(pool, id);
    return id === rep && pool === fact.pool ? balanceWith(found, fact) : found;
  },
});

const balanceWith = (balance: Balance, fact: Extract<Fact, { kind: 'waited' | 'owed' }>): Balance =>
  fact.kind === 'owed'
    ? { ...balance, lag: balance.lag + fact.amount }
    : { ...balance, lastAt: balance.lastAt === null ? null : balance.lastAt - fact.milliseconds };
