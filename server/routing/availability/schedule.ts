import type { Policy, Rep, WeekHours } from '../policy/schema.ts';
import type { TimeSource } from '../state.ts';
import type { Schedule } from './shifts.ts';

/** What reps without a zone or hours of their own go by. */
export type Defaults = Pick<Policy, 'timezone' | 'hours'>;

/** Working hours that a CRM knows of a rep. They are told in a zone; null: it did not say, so it is the rep's. */
export interface KnownHours {
  readonly hours: WeekHours;
  readonly timezone: string | null;
  readonly source: TimeSource;
}

/** Whether a CRM's hours are what a rep goes by: the directory comes first, a CRM before the policy's default. */
export const goesBy = (rep: Rep, known: KnownHours | null): known is KnownHours =>
  rep.hours === null && known !== null;

/** A rep's schedule. Hours and zone are the directory's, else those a CRM knows, else the policy's defaults. */
export const scheduleOf = (rep: Rep, defaults: Defaults, known: KnownHours | null = null): Schedule => {
  const timezone = rep.timezone ?? defaults.timezone;
  const days = { holidays: rep.holidays, timeOff: rep.timeOff };
  if (goesBy(rep, known)) return { timezone: known.timezone ?? timezone, hours: known.hours, ...days };
  return { timezone, hours: rep.hours ?? defaults.hours, ...days };
};
