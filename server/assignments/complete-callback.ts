import { completeCallbacks } from './deliveries.ts';
import type { Lanes } from './lane.ts';
import { note } from './lane-session.ts';
import type { UseCases } from './use-cases.ts';

/**
 * A workflow was held because its decision came too late for the reply: it goes on now where the lead has somebody or
 * lies in a queue, and otherwise once it does.
 */
export const completeCallback =
  (lanes: Lanes): UseCases['completeCallback'] =>
  ({ tenantId, assignmentId, callback }) =>
    lanes.submit(tenantId, {
      kind: 'complete_callback',
      wanted: { assignments: [assignmentId] },
      apply: (session) => {
        const file = session.byAssignment(assignmentId);
        if (file === undefined) return;
        const { state, callbacks } = file.assignment;
        const known = callbacks.some(({ callbackId }) => callbackId === callback.callbackId);
        if (!known) note(session, file, { callbacks: [...callbacks, callback] });
        if (state !== 'offered' && state !== 'waiting') completeCallbacks(session, file);
      },
    });
