import type { Decided, DecisionInputs } from '../decision.ts';
import type { LeadValues } from '../lead.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { decide } from './decide.ts';
import { restoreState } from './read-state.ts';

/**
 * Decides again from a decision's stored inputs. `values` are those of its snapshot, `compiled` is its policy version and
 * `engine` its engine: then the result hashes to the decision's hash.
 */
export const replay = (
  inputs: DecisionInputs,
  values: LeadValues,
  compiled: CompiledPolicy,
  engine: number,
): Decided => {
  const lead = { ...inputs.lead, values, history: inputs.history };
  return decide(lead, { ...compiled, engine }, restoreState(inputs), inputs.now);
};
