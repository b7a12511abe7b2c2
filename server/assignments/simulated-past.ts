import { restoreState } from '../routing/decide/read-state.ts';
import type { SimulatedLead } from '../routing/simulate/simulated-lead.ts';
import type { PastDecision } from './past-decision.ts';

/** A lead as a stored decision found it, to be given again. Its values are not erased. */
export const toSimulatedLead = ({
  decision,
  inputs,
  values,
  repId,
  closedAt,
}: PastDecision): SimulatedLead => {
  const arrivedAt = decision.decidedAt;
  return {
    id: decision.leadId,
    decision: decision.id,
    values: values ?? {},
    arrivedAt,
    handling: closedAt === null ? null : Math.max(0, closedAt - arrivedAt),
    owner: repId,
    recordOwner: inputs.lead.owner,
    known: restoreState(inputs),
    ...(inputs.history.earlier && { earlier: inputs.history.earlier }),
  };
};
