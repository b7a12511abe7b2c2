import { withAway } from '../routing/availability/away.ts';
import { offerDeadline } from '../routing/availability/offer-deadline.ts';
import { resolveAvailability } from '../routing/availability/resolve-availability.ts';
import { type Defaults, goesBy, scheduleOf } from '../routing/availability/schedule.ts';
import type { HolidayDates } from '../routing/availability/shifts.ts';
import type { Availability } from '../routing/state.ts';
import type { RosterRep } from './roster.ts';

/** Whether a rep is at work at an instant. */
export type Availabilities = (rep: RosterRep, now: number) => Availability;

/** When an offer that reached a rep ends. Instants are epoch milliseconds, `claimWithin` milliseconds. */
export type OfferEnds = (
  rep: RosterRep,
  offer: { readonly startedAt: number; readonly claimWithin: number; readonly clock: 'working' | 'elapsed' },
) => number;

/** What holds for reps without a zone or hours of their own while nothing is published. */
const NO_DEFAULTS: Defaults = Object.freeze({ timezone: 'UTC', hours: null });

export const createAvailabilities =
  (holidays: HolidayDates) =>
  (defaults: Defaults | null): Availabilities =>
  ({ rep, hours, timeOff }, now) => {
    const schedule = scheduleOf(rep, defaults ?? NO_DEFAULTS, hours);
    const source = goesBy(rep, hours) ? hours.source : undefined;
    const usual = (at: number): Availability => {
      const scheduled = resolveAvailability(schedule, holidays, at);
      return source === undefined || scheduled.code !== 'off_hours' ? scheduled : { ...scheduled, source };
    };
    return withAway(usual, timeOff, now);
  };

export const createOfferEnds =
  (holidays: HolidayDates) =>
  (defaults: Defaults | null): OfferEnds => {
    const availabilityOf = createAvailabilities(holidays)(defaults);
    return (member, offer) => offerDeadline((at) => availabilityOf(member, at), offer);
  };
