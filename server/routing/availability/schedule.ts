import type { Policy, Rep } from '../policy/schema.ts';
import type { Schedule } from './shifts.ts';

/** What reps without a zone or hours of their own go by. */
export type Defaults = Pick<Policy, 'timezone' | 'hours'>;

/** A rep's schedule, the policy's defaults filled in. */
export const scheduleOf = (rep: Rep, defaults: Defaults): Schedule => ({
  timezone: rep.timezone ?? defaults.timezone,
  hours: rep.hours ?? defaults.hours,
  holidays: rep.holidays,
  timeOff: rep.timeOff,
});
