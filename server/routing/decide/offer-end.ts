import type { Availability } from '../state.ts';

/**
 * When an offer made now ends for one rep: `claimWithin` later, and no later than their shift. For a rep who is not
 * at work, a working clock begins when they are back. Without the hours of later days this is exact within a shift,
 * which is all an offer lasts; `offerDeadline` computes it afresh when the offer is delivered.
 */
export const offerEnd = (
  availability: Availability,
  now: number,
  claimWithin: number,
  clock: 'working' | 'elapsed',
): number => {
  if (availability.code === 'available') return Math.min(now + claimWithin, availability.endsAt ?? Infinity);
  const starts = clock === 'working' ? (availability.backAt ?? now) : now;
  return starts + claimWithin;
};
