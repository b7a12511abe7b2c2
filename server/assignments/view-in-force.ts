import type { LaneMemory } from './lane-memory.ts';
import type { Answered } from './lane-session.ts';
import { namesOf } from './names.ts';
import { countsFirst } from './twins.ts';
import { viewDecision } from './view-decision.ts';
import type { DecisionView } from './views.ts';

/** A decision and what has become of it, by the names of now, for a program: in English and the policy's zone. */
export const viewInForce = (
  { compiled, roster }: LaneMemory,
  { decision, assignment, records }: Answered,
): DecisionView => {
  const policy = compiled?.policy ?? null;
  const { state, repId, written, dueAt, dueKind, firstActivityAt } = assignment;
  const inForce = assignment.decisionId === decision.id;
  return viewDecision(
    decision,
    {
      state,
      repId,
      written,
      firstActivityAt,
      inForce,
      dueAt: dueKind === 'delivery' ? null : dueAt,
      records,
    },
    {
      names: namesOf(policy, roster),
      reader: { language: 'en', timezone: policy?.timezone ?? 'UTC' },
      counts: (all) => countsFirst(all, policy?.crmOfRecord, roster)[0],
    },
  );
};
