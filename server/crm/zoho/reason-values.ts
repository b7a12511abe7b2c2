import type { DecisionView } from '../../assignments/views.ts';
import { reasonWithOthers } from '../reason-with-others.ts';
import { NAME_LENGTH, REASON_FIELDS, REASON_LENGTH } from './facts.ts';

/** The reason as values of the custom fields. */
export const reasonValues = (decision: DecisionView): Readonly<Record<string, string | null>> => ({
  [REASON_FIELDS.reason]: reasonWithOthers(decision, REASON_LENGTH),
  [REASON_FIELDS.decision]: decision.id,
  [REASON_FIELDS.rule]: decision.rule?.name.slice(0, NAME_LENGTH) ?? null,
  [REASON_FIELDS.pool]: decision.pool?.name.slice(0, NAME_LENGTH) ?? null,
  // Zoho takes whole seconds with an offset.
  [REASON_FIELDS.decidedAt]: `${decision.decidedAt.slice(0, 19)}+00:00`,
});
