import { isAfter } from './classify-owner-event.ts';
import type { Roster } from './roster.ts';
import type { StoredLead, WriteIntent } from './stored.ts';
import { isSame } from './twins.ts';
import type { RecordRef } from './types.ts';

type Lead = Pick<StoredLead, 'assignment' | 'records' | 'intents'>;

/** An owner on a record. */
interface Owned {
  readonly record: RecordRef;
  readonly ownerId: string | null;
}

/** Our latest write of an owner onto a record. */
export const writeOf = (
  { intents }: Pick<Lead, 'intents'>,
  record: RecordRef,
  ownerId: string | null,
): WriteIntent | undefined => intents.find((one) => isSame(one.record, record) && one.ownerId === ownerId);

/**
 * Whether the lead is somebody else's than a record says, and theirs has been written: what looks like the echo of our
 * write may then be a person's who gives it back. Of two records a sync may carry our write from one to the other: that
 * is nobody's.
 */
export const wentElsewhere = (
  { assignment, records }: Lead,
  { record, ownerId }: Owned,
  roster: Pick<Roster, 'ownerOf'>,
): boolean =>
  records.length === 1 &&
  assignment.state === 'assigned' &&
  assignment.written === 'done' &&
  assignment.repId !== null &&
  roster.ownerOf(record.connectionId, assignment.repId) !== ownerId;

/** Whether somebody gave a record back to an owner we had written there. `at`: when it was set; undefined: unknown. */
export const isGivenBack = (
  lead: Lead,
  owned: Owned,
  { roster, at }: { readonly roster: Pick<Roster, 'ownerOf'>; readonly at: number | undefined },
): boolean => {
  const write = writeOf(lead, owned.record, owned.ownerId);
  return write !== undefined && isAfter(write, at) && wentElsewhere(lead, owned, roster);
};
