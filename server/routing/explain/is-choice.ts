import type { CompiledPolicy } from '../decide/compiled-policy.ts';
import { decide } from '../decide/decide.ts';
import type { Decided, Outcome } from '../decision.ts';
import type { Circumstances } from './facts.ts';

/** Whether a lead went to the rep, or was held out to them. */
export const goesTo = (outcome: Outcome, rep: string): boolean =>
  outcome.kind === 'assigned' ? outcome.rep === rep : outcome.kind === 'offered' && outcome.to.includes(rep);

/** What the policy says in these circumstances. */
export const decideIn = ({ lead, state, now }: Circumstances, compiled: CompiledPolicy): Decided =>
  decide(lead, compiled, state, now);

/** Whether the rep would be the choice in these circumstances, by the real decision. */
export const wouldGoTo = (circumstances: Circumstances, compiled: CompiledPolicy, rep: string): boolean =>
  goesTo(decideIn(circumstances, compiled).outcome, rep);
