import { dayAt } from '../availability/shifts.ts';
import { wallTime } from '../availability/zone-offsets.ts';
import type { OwnedLeads } from './audit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When leads arrive on a zone's clock. */
export interface ArrivalHours {
  /** Leads by hour of the day, 0 to 23. */
  readonly byHour: readonly number[];
  readonly onWeekends: number;
  /** Leads that went to somebody who was not at work then; null: nobody's hours are known. */
  readonly toAbsent: { readonly leads: number; readonly of: number } | null;
}

/** Counts arrivals by hour. `atWork`: whether an owner works at an instant; null: not known. */
export const arrivalHours = (
  leads: OwnedLeads,
  timezone: string,
  atWork: ((owner: string, at: number) => boolean | null) | null,
): ArrivalHours => {
  const byHour = new Array<number>(24).fill(0);
  let onWeekends = 0;
  const toAbsent = { leads: 0, of: 0 };
  for (let i = 0; i < leads.owner.length; i++) {
    const at = leads.at[i]!;
    byHour[Math.floor((((wallTime(timezone, at) % DAY) + DAY) % DAY) / HOUR)]!++;
    // 1970-01-01 was a Thursday.
    if ((((dayAt(timezone, at) + 3) % 7) + 7) % 7 >= 5) onWeekends++;
    const works = atWork?.(leads.owners[leads.owner[i]!]!, at) ?? null;
    if (works === null) continue;
    toAbsent.of++;
    if (!works) toAbsent.leads++;
  }
  return { byHour, onWeekends, toAbsent: atWork === null ? null : toAbsent };
};
