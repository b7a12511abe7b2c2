import { closeGone } from './follow-record.ts';
import type { Lanes } from './lane.ts';
import { isFirst } from './twins.ts';
import type { UseCases } from './use-cases.ts';

/** A record was deleted in its CRM, or merged into another one: its open lead ends. */
export const recordGone =
  (lanes: Lanes): UseCases['recordGone'] =>
  ({ tenantId, record, mergedInto }) =>
    lanes.submit(tenantId, {
      kind: 'record_gone',
      wanted: { records: [record] },
      apply: (session) => {
        const file = session.byRecord(record);
        if (file === undefined || file.assignment.closedAt !== null) return;
        // A twin that is gone says nothing of the lead: its other record lives.
        if (!isFirst(session, file, record)) return;
        closeGone(session, file, mergedInto === null ? 'missing' : { mergedInto });
      },
    });
