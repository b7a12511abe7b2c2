import type { DecisionView } from './views.ts';

/** A decision for a workflow's next steps: flat, all text. The names are those of the HubSpot action's output fields. */
export const decisionOutputs = (decision: DecisionView): Readonly<Record<string, string>> => ({
  outcome: decision.outcome,
  owner: decision.rep?.name ?? '',
  rep: decision.rep?.id ?? '',
  pool: decision.pool?.name ?? '',
  rule: decision.rule?.name ?? '',
  reason: decision.reason,
  decision: decision.id,
});
