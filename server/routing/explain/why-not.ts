import type { CompiledPolicy } from '../decide/compiled-policy.ts';
import { restoreState } from '../decide/read-state.ts';
import type { Candidate, Decided, DecisionInputs } from '../decision.ts';
import type { LeadValues } from '../lead.ts';
import type { RoutingState } from '../state.ts';
import { type Circumstances, type Fact, withFact } from './facts.ts';
import { decideIn, goesTo } from './is-choice.ts';
import { laterChanges } from './later-changes.ts';
import { leadChanges } from './lead-changes.ts';
import { type NextTurn, nextTurn } from './next-turn.ts';
import { clearTheWay, stepsOf } from './rep-changes.ts';
import { withOthers } from './with-others.ts';

/** Why a rep was, or was not, whom a lead went to. */
export interface WhyNot {
  readonly rep: string;
  readonly chosen: boolean;
  /** The first reason, and the key of the step that gives it; null: no step looked at them. */
  readonly reason: { readonly step: string; readonly candidate: Candidate } | null;
  /** null: they had it, or no change that was tried would have given it to them. */
  readonly change: Change | null;
  readonly next: NextTurn | null;
}

/** Facts that together would have made the rep the choice. */
export interface Change {
  readonly facts: readonly Fact[];
  /** Somebody comes into it whom the decision had not looked at: they are taken as they stand now. */
  readonly asOfNow: boolean;
}

/** What is asked: a stored decision, what it read, and whoever it had not looked at, as they stand now. */
export interface Asked {
  readonly inputs: DecisionInputs;
  readonly values: LeadValues;
  /** The version the decision was made by. */
  readonly compiled: CompiledPolicy;
  readonly others: RoutingState;
  readonly rep: string;
}

/** Facts of one change, at most. */
const MOST_FACTS = 4;
/** Members looked at over all moments that are tried, about. */
const MOST_LOOKS = 6_400;

/**
 * Why (not) this rep, and the smallest change that would have made them the choice. Every change was decided with: it
 * is never guessed. Smallest: the fewest facts; then the kinds in the order of `ORDER`; then the sooner or the lesser.
 */
export const whyNot = ({ inputs, values, compiled, others, rep }: Asked): WhyNot => {
  const lead = { ...inputs.lead, values, history: inputs.history };
  const seen: Circumstances = { lead, state: restoreState(inputs), now: inputs.now };
  const decided = decideIn(seen, compiled);
  const chosen = goesTo(decided.outcome, rep);
  return {
    rep,
    chosen,
    reason: reasonOf(decided, rep),
    change: chosen ? null : smallestChange(seen, { inputs, compiled, others, rep }, decided),
    next: nextTurn(seen, compiled, decided, rep),
  };
};

/** The step that took the lead says why; where it did not look at them, the first one that did. */
const reasonOf = ({ steps }: Decided, rep: string): WhyNot['reason'] => {
  for (const { key, candidates } of steps.toSorted((a, b) => Number(b.took) - Number(a.took))) {
    const candidate = candidates.find((one) => one.rep === rep);
    if (candidate !== undefined) return { step: key, candidate };
  }
  return null;
};

const smallestChange = (
  seen: Circumstances,
  { inputs, compiled, others, rep }: Omit<Asked, 'values'>,
  decided: Decided,
): Change | null => {
  const whole = withOthers(seen.state, inputs.state, others);
  const start: Circumstances = { ...seen, state: whole.state };
  let best: readonly Fact[] | null = null;
  const consider = (base: readonly Fact[]): void => {
    const most = (best?.length ?? MOST_FACTS) - base.length;
    if (most < 0) return;
    const changed = base.reduce((before, fact) => withFact(before, fact, rep), start);
    for (const target of targetsOf(changed, compiled, rep)) {
      const more = clearTheWay(changed, compiled, rep, { target, most });
      const facts = more === null ? null : merged([...base, ...more]);
      if (facts !== null && (best === null || compareChanges(facts, best) < 0)) best = facts;
    }
  };
  consider([]);
  const tries = triesOf(decided);
  for (const later of laterChanges(start, compiled, decided, rep).slice(0, tries)) consider([later]);
  for (const facts of leadChanges(start, compiled, decided, rep).slice(0, tries)) consider(facts);
  return best === null ? null : { facts: best, asOfNow: usesOthers(whole, start, compiled, best, rep) };
};

/** How many moments, and values of the lead, are tried: fewer where each decision looks at very many. */
const triesOf = ({ steps }: Decided): number => {
  const looked = steps.reduce((sum, { candidates }) => sum + candidates.length, 1);
  return Math.max(8, Math.floor(MOST_LOOKS / looked));
};

/** The steps at which the rep is looked at in these circumstances; one that stands for none where they are chosen. */
const targetsOf = (
  circumstances: Circumstances,
  compiled: CompiledPolicy,
  rep: string,
): readonly string[] => {
  const decided = decideIn(circumstances, compiled);
  return goesTo(decided.outcome, rep) ? [''] : stepsOf(decided.steps, rep);
};

/** Whether deciding with the change looks at anybody the decision had not looked at. */
const usesOthers = (
  whole: ReturnType<typeof withOthers>,
  start: Circumstances,
  compiled: CompiledPolicy,
  facts: readonly Fact[],
  rep: string,
): boolean => {
  whole.reset();
  decideIn(
    facts.reduce((before, fact) => withFact(before, fact, rep), start),
    compiled,
  );
  return whole.used();
};

/** Room under the cap on open leads and fewer open leads are the same thing. */
const merged = (facts: readonly Fact[]): readonly Fact[] => {
  const fewer = facts.find((fact) => fact.kind === 'fewer_open');
  const room = facts.find((fact) => fact.kind === 'room' && fact.cap === 'open');
  if (fewer?.kind !== 'fewer_open' || room?.kind !== 'room') return facts;
  const both: Fact = { kind: 'fewer_open', leads: fewer.leads + room.slots };
  return facts.flatMap((fact) => (fact === room ? [] : [fact === fewer ? both : fact]));
};

/** Which kinds of change count as smaller: waiting, then the rep's room, presence and skills, the lead, the ledger. */
const ORDER: readonly Fact['kind'][] = [
  'later',
  'room',
  'fewer_open',
  'reachable',
  'resumed',
  'at_work',
  'active',
  'not_missed',
  'not_declined',
  'skill',
  'value',
  'waited',
  'owed',
];

const compareChanges = (a: readonly Fact[], b: readonly Fact[]): number => {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const byKind = ORDER.indexOf(a[i]!.kind) - ORDER.indexOf(b[i]!.kind);
    if (byKind !== 0) return byKind;
    const byAmount = amountOf(a[i]!) - amountOf(b[i]!);
    if (byAmount !== 0) return byAmount;
  }
  return 0;
};

const amountOf = (fact: Fact): number => {
  if (fact.kind === 'later') return fact.at;
  if (fact.kind === 'room') return fact.slots;
  return fact.kind === 'fewer_open' ? fact.leads : 0;
};
