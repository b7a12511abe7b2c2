import { type ArrivalHours, arrivalHours } from './arrival-hours.ts';
import { type Audit, auditLeads } from './audit.ts';
import type { CollectedLeads } from './collect-owned-leads.ts';

/** An audit with what could not be counted. */
export interface AuditReport extends Audit {
  /** null: the file gives days only. */
  readonly hours: ArrivalHours | null;
  readonly withoutOwner: number;
  readonly withoutTime: number;
  readonly datesOnly: boolean;
  readonly timezone: string;
}

/**
 * What a file's leads say of how they were shared; null: none of them has both an owner and a time. `atWork`: whether
 * an owner works at an instant; null: nobody knows.
 */
export const auditReport = (
  { leads, ...left }: CollectedLeads,
  timezone: string,
  atWork: Parameters<typeof arrivalHours>[2],
): AuditReport | null => {
  const measured = auditLeads(leads);
  if (measured === null) return null;
  const hours = left.datesOnly ? null : arrivalHours(leads, timezone, atWork);
  const { withoutOwner, withoutTime, datesOnly } = left;
  return { ...measured, hours, withoutOwner, withoutTime, datesOnly, timezone };
};
