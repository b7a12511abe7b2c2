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
  return leads[0] ?? null;
};

/** The lead that stands on a record, with its latest assignment; null: nothing is known of it. */
export const peekRecord = async (
  store: LaneStore,
  tenantId: string,
  record: RecordRef,
): Promise<StoredLead | null> => {
  const { leads } = await store.peek(tenantId, { requests: [], records: [record], assignments: [] });
  return leads[0] ?? null;
};
