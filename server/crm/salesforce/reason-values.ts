import type { DecisionView } from '../../assignments/views.ts';
import { cutText } from '../../routing/render/cut-text.ts';
import { REASON_FIELDS, REASON_LENGTH } from './facts.ts';

/** What the package's fields say of a decision. */
export const reasonValues = (decision: DecisionView) => ({
  [REASON_FIELDS.reason]: cutText(decision.reason, REASON_LENGTH),
  [REASON_FIELDS.decision]: decision.id,
  [REASON_FIELDS.rule]: decision.rule?.name ?? null,
  [REASON_FIELDS.pool]: decision.pool?.name ?? null,
  [REASON_FIELDS.decidedAt]: decision.decidedAt,
});
