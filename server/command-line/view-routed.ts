import { type Standing, viewDecision } from '../assignments/view-decision.ts';
import { explainRules } from '../routing/explain/explain-rules.ts';
import { hashDecided } from '../routing/hash/decision-hash.ts';
import type { Policy } from '../routing/policy/schema.ts';
import type { Reader } from '../routing/render/moment-text.ts';
import type { Names } from '../routing/render/render-decision.ts';
import type { Routed } from './create-routing.ts';

/** How decisions are shown: by whose names, to whom, with the rules passed over or without. */
export interface Showing {
  readonly policy: Policy;
  readonly names: Names;
  readonly reader: Reader;
  readonly explain: boolean;
}

/** Nothing is delivered and nobody claims: the decision stands as it was said. */
const NOT_DELIVERED: Standing = {
  state: 'closed',
  repId: null,
  written: 'none',
  inForce: false,
  dueAt: null,
  records: [],
  firstActivityAt: null,
};

/** A decision as JSON, in the shape it has everywhere. `number`: its place in the file, from 1. */
export const viewRouted = ({ row, decided, taker }: Routed, number: number, showing: Showing): object => {
  const { inputs, engine, ...result } = decided;
  const decision = {
    id: `dec_${String(number).padStart(6, '0')}`,
    leadId: row.id,
    assignmentId: '',
    decidedAt: inputs.now,
    policyVersion: inputs.policy.version,
    engine,
    hash: hashDecided(decided),
    logOnly: true,
    result,
  };
  const { assignment: _, ...view } = viewDecision(decision, NOT_DELIVERED, {
    ...showing,
    counts: () => undefined,
  });
  return {
    ...view,
    ...(!decided.logOnly && { rep: taker === null ? null : { id: taker, name: showing.names.rep(taker) } }),
    ...(showing.explain && { rules: explainRules(showing.policy, row.values, decided, inputs.now) }),
  };
};
