import { withAway } from '../routing/availability/away.ts';
import { offerDeadline } from '../routing/availability/offer-deadline.ts';
import { resolveAvailability } from '../routing/availability/resolve-availability.ts';
import { type Defaults, scheduleOf } from '../routing/availability/schedule.ts';
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
  ({ rep, away }, now) => {
    const schedule = scheduleOf(rep, defaults ?? NO_DEFAULTS);
    return withAway((at) => resolveAvailability(schedule, holidays, at), away, now);
  };

export const createOfferEnds =
  (holidays: HolidayDates) =>
  (defaults: Defaults | null): OfferEnds => {
    const availabilityOf = createAvailabilities(holidays)(defaults);
    return (member, offer) => offerDeadline((at) => availabilityOf(member, at), offer);
  };
