import type { Lanes } from './lane.ts';
import { note, tell } from './lane-session.ts';
import type { UseCases } from './use-cases.ts';

/** Somebody worked on an assigned lead for the first time since its rep has it. Told twice, the second time changes nothing. */
export const firstActivity =
  (lanes: Lanes): UseCases['firstActivity'] =>
  ({ tenantId, assignmentId, at, since }) =>
    lanes.submit(tenantId, {
      kind: 'first_activity',
      wanted: { assignments: [assignmentId] },
      apply: (session) => {
        const file = session.byAssignment(assignmentId);
        if (file === undefined) return;
        const { state, firstActivityAt, repId } = file.assignment;
        if (state !== 'assigned' || firstActivityAt !== null) return;
        note(session, file, { firstActivityAt: at });
        tell(session, file, 'first_activity', repId, { at, after: Math.max(0, at - since) });
      },
    });
