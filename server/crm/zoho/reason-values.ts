import type { DecisionView } from '../../assignments/views.ts';
import { cutText } from '../../routing/render/cut-text.ts';
import { reasonWithOthers } from '../reason-with-others.ts';
import { NAME_LENGTH, REASON_FIELDS, REASON_LENGTH } from './facts.ts';

/** The reason as values of the custom fields. */
export const reasonValues = (decision: DecisionView): Readonly<Record<string, string | null>> => ({
  [REASON_FIELDS.reason]: reasonWithOthers(decision, REASON_LENGTH),
  [REASON_FIELDS.decision]: decision.id,
  [REASON_FIELDS.rule]: decision.rule && cutText(decision.rule.name, NAME_LENGTH),
  [REASON_FIELDS.pool]: decision.pool && cutText(decision.pool.name, NAME_LENGTH),
  // Zoho takes whole seconds with an offset.
  [REASON_FIELDS.decidedAt]: `${decision.decidedAt.slice(0, 19)}+00:00`,
});
