import type { CompiledPolicy } from '../decide/compiled-policy.ts';
import { poolMembers } from '../decide/members.ts';
import type { Candidate, Decided, StepTrace } from '../decision.ts';
import { LEAD } from '../ledger/shares.ts';
import type { Pool } from '../policy/schema.ts';
import { type Circumstances, type Fact, withFact } from './facts.ts';
import { decideIn, goesTo, wouldGoTo } from './is-choice.ts';

/** What a pool is said to owe is told in hundredths of a lead, and looked for up to a hundred leads. */
const OWED_STEP = LEAD / 100;
const MOST_OWED_STEPS = 10_000;
const MINUTE = 60_000;

/**
 * Takes away, one after the other, what stands between the rep and the lead at the step of key `target`, until the
 * decision is theirs. null: something does that no change of the rep takes away, or more than `most` facts do.
 */
export const clearTheWay = (
  before: Circumstances,
  compiled: CompiledPolicy,
  rep: string,
  { target, most }: { readonly target: string; readonly most: number },
): readonly Fact[] | null => {
  let now = before;
  const facts: Fact[] = [];
  for (;;) {
    const decided = decideIn(now, compiled);
    if (goesTo(decided.outcome, rep)) return facts;
    if (facts.length >= most) return null;
    const fact = nextFact(now, compiled, decided, rep, target);
    if (fact === null) return null;
    now = withFact(now, fact, rep);
    facts.push(fact);
  }
};

const nextFact = (
  now: Circumstances,
  compiled: CompiledPolicy,
  decided: Decided,
  rep: string,
  target: string,
): Fact | null => {
  const trace = decided.steps.find(({ key }) => key === target);
  const candidate = trace?.candidates.find((one) => one.rep === rep);
  if (trace === undefined || candidate === undefined) return null;
  const pool = trace.pool === undefined ? undefined : compiled.pool(trace.pool);
  return candidate.code === 'outranked'
    ? overtaking(now, compiled, candidate, pool, rep)
    : remedyOf(candidate, now, pool);
};

/** What takes a member's reason away. */
const remedyOf = (candidate: Candidate, { lead }: Circumstances, pool: Pool | undefined): Fact | null => {
  switch (candidate.code) {
    case 'off_hours':
    case 'time_off':
    case 'holiday':
      return { kind: 'at_work' };
    case 'at_capacity':
      return { kind: 'room', cap: candidate.cap, slots: candidate.used - candidate.limit + 1 };
    case 'missing_skill': {
      const skill = candidate.attribute.replace('skills.', '');
      const missing = pool?.requires.find((one) => one.skill === skill)?.whenMissing;
      const value = lead.values[candidate.field] ?? missing;
      return typeof value === 'string' ? { kind: 'skill', skill, value } : null;
    }
    case 'declined_before':
      return { kind: 'not_declined' };
    case 'inactive':
      return { kind: 'active' };
    case 'paused':
      return { kind: 'resumed' };
    case 'unreachable':
      return { kind: 'reachable' };
    default:
      return null;
  }
};

/** The least that puts an eligible member before whoever was chosen, by the comparison they lost. */
const overtaking = (
  now: Circumstances,
  compiled: CompiledPolicy,
  { by }: Extract<Candidate, { code: 'outranked' }>,
  pool: Pool | undefined,
  rep: string,
): Fact | null => {
  if (pool === undefined) return null;
  const smallest = (of: (amount: number) => Fact, most: number): Fact | null =>
    smallestThatDoes(of, most, (fact) => wouldGoTo(withFact(now, fact, rep), compiled, rep));
  switch (by) {
    case 'missed_offer':
      return { kind: 'not_missed' };
    case 'load':
      return smallest((leads) => ({ kind: 'fewer_open', leads }), now.state.rep(rep)?.load.open ?? 0);
    case 'waited_less':
      return smallest(
        (minutes) => ({ kind: 'waited', pool: pool.id, milliseconds: minutes * MINUTE }),
        longestWait(now, compiled, pool, rep),
      );
    case 'fairness':
    case 'tie':
      return smallest(
        (steps) => ({ kind: 'owed', pool: pool.id, amount: steps * OWED_STEP }),
        MOST_OWED_STEPS,
      );
    // The pool's own order, and what people did by hand: nothing of the rep's state changes those.
    case 'priority':
    case 'skipped':
      return null;
    default:
      return by satisfies never;
  }
};

/** Minutes by which a member's last lead would have to lie further back, at most, to be before everybody's. */
const longestWait = (
  { state, now }: Circumstances,
  { policy: { timezone } }: CompiledPolicy,
  pool: Pool,
  rep: string,
): number => {
  const own = state.balance(pool.id, rep).lastAt;
  const { list } = poolMembers(pool, state.team, { now, timezone });
  const all = list.map((member) => state.balance(pool.id, member.rep).lastAt);
  const first = Math.min(...all.filter((at) => at !== null));
  return own === null || !Number.isFinite(first) ? 0 : Math.ceil((own - first) / MINUTE) + 1;
};

/** The smallest amount from 1 to `most` that does, where more never does less; null: not even the most does. */
const smallestThatDoes = (
  of: (amount: number) => Fact,
  most: number,
  does: (fact: Fact) => boolean,
): Fact | null => {
  if (most < 1 || !does(of(most))) return null;
  let low = 1;
  let high = most;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (does(of(middle))) high = middle;
    else low = middle + 1;
  }
  return of(low);
};

/** Keys of the steps at which the rep was looked at, in the order they were tried. */
export const stepsOf = (steps: readonly StepTrace[], rep: string): readonly string[] =>
  steps.filter(({ candidates }) => candidates.some((one) => one.rep === rep)).map(({ key }) => key);
