import { BEFORE_RULES, type Decided } from '../decision.ts';
import type { LeadValues } from '../lead.ts';
import type { Policy } from '../policy/schema.ts';
import { holdTrace, type RuleTrace, ruleTraces } from './rule-traces.ts';

/**
 * What came before a lead's steps: each rule up to the one that matched, or what a held lead is held for. Empty where
 * the policy was not asked, and where an earlier lead's rep had it before. `now`: of the decision, in epoch milliseconds.
 */
export const explainRules = (
  policy: Policy,
  values: LeadValues,
  { outcome, step }: Pick<Decided, 'outcome' | 'step'>,
  now: number,
): readonly RuleTrace[] => {
  if (outcome.kind === 'not_routed' || step === BEFORE_RULES) return [];
  if (outcome.kind !== 'waiting' || outcome.because === undefined) return ruleTraces(policy, values, now);
  return outcome.because === 'held' ? holdTrace(policy, values, now) : [];
};
