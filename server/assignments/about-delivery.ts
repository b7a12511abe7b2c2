import type { Lanes } from './lane.ts';
import type { LaneSession, LeadFile } from './lane-session.ts';
import type { Delivery } from './ports.ts';

/** Takes in the lane what a delivery told of its lead; nothing where that is gone. */
export const aboutDelivery = (
  lanes: Lanes,
  { assignmentId, tenantId, kind }: Delivery,
  apply: (session: LaneSession, file: LeadFile) => void,
): Promise<void> => {
  if (assignmentId === null) return Promise.resolve();
  return lanes.submit(tenantId, {
    kind: `${kind}_ended`,
    wanted: { assignments: [assignmentId] },
    apply: (session) => {
      const file = session.byAssignment(assignmentId);
      if (file !== undefined) apply(session, file);
    },
  });
};
