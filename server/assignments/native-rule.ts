import type { Lanes } from './lane.ts';
import { tell } from './lane-session.ts';
import type { UseCases } from './use-cases.ts';

/**
 * What a CRM's own assignment rule had to do with a change of owner that was followed. It changes nothing but the lead's
 * story, once for each change; whom the rule gave it to is told by their id, as they may be no rep.
 */
export const nativeRule =
  (lanes: Lanes): UseCases['nativeRule'] =>
  ({ tenantId, assignmentId, change, connectionId, crm, rule, code, ownerId }) => {
    const request = { endpoint: 'native_rule', key: String(change) };
    return lanes.submit(tenantId, {
      kind: 'native_rule',
      wanted: { assignments: [assignmentId], requests: [request] },
      apply: (session) => {
        const file = session.byAssignment(assignmentId);
        if (file === undefined || session.reply(request) !== undefined) return;
        const repId = ownerId === null ? null : session.memory.roster.repOf(connectionId, ownerId);
        tell(session, file, 'native_rule', repId, {
          change,
          connection: connectionId,
          crm,
          rule,
          code,
          ownerId,
        });
        session.keepReply(request, file);
      },
    });
  };
