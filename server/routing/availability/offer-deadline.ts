import type { Availability } from '../state.ts';

/**
 * When an offer that reached its rep at `startedAt` ends: `claimWithin` (milliseconds) later, and no later than the
 * rep's shift. On a working clock, time before the rep is back does not count; on an elapsed clock all time counts,
 * and a rep who is not at work has no shift to end it. `availabilityAt`: whether the rep works at an instant.
 */
export const offerDeadline = (
  availabilityAt: (instant: number) => Availability,
  offer: { readonly startedAt: number; readonly claimWithin: number; readonly clock: 'working' | 'elapsed' },
): number => {
  const { startedAt, claimWithin, clock } = offer;
  const { code, endsAt, backAt } = availabilityAt(startedAt);
  if (code === 'available') return Math.min(startedAt + claimWithin, endsAt ?? Number.POSITIVE_INFINITY);
  if (clock === 'elapsed' || backAt === null) return startedAt + claimWithin;
  const shift = availabilityAt(backAt);
  return Math.min(backAt + claimWithin, shift.endsAt ?? Number.POSITIVE_INFINITY);
};
