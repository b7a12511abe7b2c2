import type { Decided, DecisionInputs } from '../decision.ts';
import type { LeadValues } from '../lead.ts';
import type { CompiledPolicy } from './compiled-policy.ts';
import { decide } from './decide.ts';
import { restoreState } from './read-state.ts';

/**
 * Decides again from a decision's stored inputs. `values` are those of its snapshot and `compiled` is its policy
 * version; with the same engine the result hashes to the decision's hash.
 */
export const replay = (inputs: DecisionInputs, values: LeadValues, compiled: CompiledPolicy): Decided =>
  decide({ ...inputs.lead, values, history: inputs.history }, compiled, restoreState(inputs), inputs.now);
