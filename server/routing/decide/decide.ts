import {
  BEFORE_RULES,
  type Decided,
  FIRST_ENGINE,
  type Meanwhile,
  type Outcome,
  type StepTrace,
} from '../decision.ts';
import type { Lead, LeadHistory } from '../lead.ts';
import { phaseOf } from '../ledger/shares.ts';
import type { Rule, Step } from '../policy/schema.ts';
import type { RoutingState } from '../state.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { derivedCodes } from './derived-codes.ts';
import { HOLD, holdBack } from './hold.ts';
import { tryOwner } from './owner-step.ts';
import { tryPool } from './pool-step.ts';
import { tryRep } from './rep-step.ts';
import type { StepResult, Taken, Walk } from './walk.ts';

/**
 * A lead that waits with no known moment of change is looked at again after this long: one hour. Events (a claim, a
 * closed lead, a publish) wake it sooner; this is what makes "never nowhere" true without them.
 */
export const LOOK_AGAIN_AFTER = 3_600_000;

/**
 * What the policy says about one lead at one moment. Pure, total and deterministic: the same arguments give the same
 * result, bit for bit. `now` is epoch milliseconds and lies within the validity of every rep's availability.
 *
 * The first rule that matches gives its steps, then come the fallback's; the first step that takes the lead ends it.
 * `lead.owner` is the record's owner as far as it is somebody's choice: a holder the policy put there (`meanwhile`)
 * is passed as null.
 */
export const decide = (lead: Lead, compiled: CompiledPolicy, state: RoutingState, now: number): Decided => {
  const derived = compiled.derive(lead.values, now);
  const walk: Walk = {
    lead,
    derived,
    compiled,
    state,
    now,
    phase: phaseOf(lead.id),
    read: { pools: {}, reps: [], teams: {} },
    engine: FIRST_ENGINE,
    nextChance: Infinity,
  };
  const refused = intake(walk);
  if (refused !== null) return result(walk, null, null, [], { outcome: refused, pool: null, posting: null });
  const held = holdBack(walk);
  if (held !== null) return result(walk, null, HOLD, [], held);
  return takeSteps(walk, () => compiled.matchRule(derived.values, now));
};

const intake = ({ lead, derived, compiled, now }: Walk): Outcome | null => {
  if (!compiled.inIntake(derived.values, now)) return { because: 'not_in_intake', kind: 'not_routed' };
  const kept = lead.owner !== null && compiled.policy.intake.owned !== 'route';
  return kept ? { because: 'already_owned', kind: 'not_routed' } : null;
};

const SAME_OWNER = { kind: 'owner', of: 'duplicate' } as const;

/** Whoever has an earlier lead of the person, where the policy says so; the rule's steps, then the fallback's, then waiting. */
const takeSteps = (walk: Walk, matchRule: () => Rule | null): Decided => {
  const traces: StepTrace[] = [];
  if (walk.compiled.policy.duplicates !== undefined && walk.lead.history.earlier?.length) {
    const { trace, taken } = tryOwner(walk, BEFORE_RULES, SAME_OWNER);
    traces.push(trace);
    if (taken !== null) return result(walk, null, BEFORE_RULES, traces, taken);
  }
  const rule = matchRule();
  let holder: Meanwhile | null = null;
  for (const [key, step] of keyedSteps(rule, walk.compiled.policy.fallback)) {
    const { trace, taken } = tryStep(walk, key, step);
    traces.push(trace);
    if (taken !== null) return result(walk, rule, key, traces, taken);
    holder = meanwhileOf(step) ?? holder;
    if (trace.because === 'waiting') return waiting(walk, rule, key, traces, holder, trace.until!);
  }
  return waiting(walk, rule, null, traces, holder, null);
};

const keyedSteps = (rule: Rule | null, fallback: readonly Step[]): readonly (readonly [string, Step])[] => [
  ...(rule?.steps.map((step, i) => [`${rule.id}/${i}`, step] as const) ?? []),
  ...fallback.map((step, i) => [`fallback/${i}`, step] as const),
];

const tryStep = (walk: Walk, key: string, step: Step): StepResult => {
  switch (step.kind) {
    case 'pool':
      return tryPool(walk, key, step);
    case 'rep':
      return tryRep(walk, key, step);
    case 'owner':
      return tryOwner(walk, key, step);
    case 'queue': {
      const taken: Taken = { outcome: { kind: 'in_queue', queue: step.queue }, pool: null, posting: null };
      return { trace: { candidates: [], key, kind: 'queue', took: true }, taken };
    }
    case 'wait':
      return { trace: tryWait(walk, key, step.milliseconds), taken: null };
    default:
      return step satisfies never;
  }
};

/** A wait holds the lead here from when it was first reached; earlier steps are tried anew at each decision. */
const tryWait = (walk: Walk, key: string, milliseconds: number): StepTrace => {
  const until = (walk.lead.history.waits[key] ?? walk.now) + milliseconds;
  const because = walk.now >= until ? 'wait_over' : 'waiting';
  return { because, candidates: [], key, kind: 'wait', took: false, until };
};

/** Who holds the record: what the latest step that names somebody says. */
const meanwhileOf = (step: Step): Meanwhile | null => {
  if (step.kind === 'wait') return step.meanwhile;
  return step.kind === 'pool' && step.give.mode !== 'assign' ? step.give.meanwhile : null;
};

const waiting = (
  walk: Walk,
  rule: Rule | null,
  key: string | null,
  traces: readonly StepTrace[],
  meanwhile: Meanwhile | null,
  until: number | null,
): Decided => {
  const soonest = Math.min(walk.nextChance, until ?? Infinity);
  const retryAt = soonest === Infinity ? walk.now + LOOK_AGAIN_AFTER : soonest;
  const outcome = { kind: 'waiting', meanwhile, retryAt } as const;
  return result(walk, rule, key, traces, { outcome, pool: null, posting: null });
};

const result = (
  walk: Walk,
  rule: Rule | null,
  step: string | null,
  steps: readonly StepTrace[],
  taken: Taken,
): Decided => {
  const logOnly = rule?.logOnly === true || walk.compiled.pool(taken.pool ?? '')?.logOnly === true;
  return {
    ...(walk.derived.accounts && { account: walk.derived.accounts }),
    ...derivedCodes(walk.derived),
    engine: walk.engine,
    history: historyAfter(walk, step, taken.outcome),
    inputs: {
      history: walk.lead.history,
      lead: { digest: walk.lead.digest, id: walk.lead.id, owner: walk.lead.owner },
      now: walk.now,
      policy: { hash: walk.compiled.hash, version: walk.compiled.version },
      state: walk.read,
      zones: walk.state.zones,
    },
    ...(logOnly && { logOnly }),
    outcome: taken.outcome,
    pool: taken.pool,
    posting: logOnly ? null : taken.posting,
    rule: rule?.id ?? null,
    step,
    steps,
  };
};

/** An offer counts as an attempt of its step; a wait is remembered from when it was first reached. */
const historyAfter = (
  { lead: { history }, now }: Walk,
  step: string | null,
  outcome: Outcome,
): LeadHistory => {
  if (step === null) return history;
  if (outcome.kind === 'offered')
    return { ...history, attempts: { ...history.attempts, [step]: (history.attempts[step] ?? 0) + 1 } };
  if (outcome.kind === 'waiting' && history.waits[step] === undefined)
    return { ...history, waits: { ...history.waits, [step]: now } };
  return history;
};
