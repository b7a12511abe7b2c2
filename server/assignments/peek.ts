import { isLater, recordKey } from './lane-session.ts';
import type { LaneStore } from './lane-store.ts';
import type { StoredLead } from './stored.ts';
import type { RecordRef } from './types.ts';

/** The lead an assignment is about, as it stood a moment ago; null: there is no such assignment. */
export const peekAssignment = async (
  store: LaneStore,
  tenantId: string,
  assignmentId: string,
): Promise<StoredLead | null> => {
  const { leads } = await store.peek(tenantId, { requests: [], records: [], assignments: [assignmentId] });
  return leads.find(({ assignment }) => assignment.id === assignmentId) ?? null;
};

/** The lead that stands on a record, with its latest assignment; null: nothing is known of it. */
export const peekRecord = async (
  store: LaneStore,
  tenantId: string,
  record: RecordRef,
): Promise<StoredLead | null> => {
  const { leads } = await store.peek(tenantId, { requests: [], records: [record], assignments: [] });
  const key = recordKey(record);
  return leads
    .filter(({ records }) => records.some((one) => recordKey(one) === key))
    .reduce<StoredLead | null>(
      (latest, lead) => (latest === null || isLater(lead.assignment, latest.assignment) ? lead : latest),
      null,
    );
};
