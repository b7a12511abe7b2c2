import { close } from './close.ts';
import { refreshCards } from './deliveries.ts';
import type { Lanes } from './lane.ts';
import type { UseCases } from './use-cases.ts';

/** Somebody's data is to be forgotten: what the lead was like goes, and what was decided stays, by ids and codes. */
export const eraseLead =
  (lanes: Lanes): UseCases['eraseLead'] =>
  ({ tenantId, record }) =>
    lanes.submit(tenantId, {
      kind: 'erase_lead',
      wanted: { records: [record] },
      apply: (session) => {
        const file = session.byRecord(record);
        if (file === undefined) return;
        session.changes.erased.add(file.id);
        if (file.assignment.closedAt === null) return close(session, file, 'record_gone');
        // The cards show who the lead is until they are drawn anew.
        refreshCards(session, file);
      },
    });
