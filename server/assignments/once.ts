import type { LaneItem } from './lane.ts';
import type { Answered, LaneSession, LeadFile } from './lane-session.ts';
import type { RequestKey } from './use-cases.ts';
import { viewInForce } from './view-in-force.ts';

/**
 * An item about one assignment that is done once per request: a repeat gets what was said the first time, whatever has
 * happened since. Without a request key it is done each time. `missing`: what is said where there is no such assignment.
 * A reply is kept without the decision in it, which is looked at anew.
 */
export const onceItem = <Reply extends { readonly ok: boolean }>(
  kind: string,
  { assignmentId, request }: { readonly assignmentId: string; readonly request?: RequestKey | undefined },
  missing: Reply,
  apply: (session: LaneSession, file: LeadFile) => Reply,
): LaneItem<Reply> => ({
  kind,
  wanted: { assignments: [assignmentId], ...(request && { requests: [request] }) },
  apply: (session) => {
    const before = request && session.reply(request);
    if (before !== undefined) return again(session, before);
    const file = session.byAssignment(assignmentId);
    if (file === undefined) return missing;
    const reply = apply(session, file);
    if (request) session.keepReply(request, file, 'decision' in reply ? { ...reply, decision: null } : reply);
    return reply;
  },
});

const again = <Reply>(session: LaneSession, before: Answered): Reply => {
  const said = before.said as object;
  return { ...said, ...('decision' in said && { decision: viewInForce(session.memory, before) }) } as Reply;
};
