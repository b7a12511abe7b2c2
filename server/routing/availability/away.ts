import type { Availability } from '../state.ts';

/** Time off that a rep set themselves, from when they set it. Instants; `until` null: until they switch back. */
export interface Away {
  readonly since: number;
  readonly until: number | null;
}

/** Whether a rep is away at an instant. */
export const isAway = (away: Away | null, at: number): away is Away =>
  away !== null && (away.until === null || at < away.until);

/**
 * Availability with such time off laid over a rep's schedule. `usual`: what the schedule says at an instant. While
 * they are away the code is `time_off`, and they are back with the first work after it; not known: no `backAt`.
 */
export const withAway = (
  usual: (at: number) => Availability,
  away: Away | null,
  now: number,
): Availability => {
  const scheduled = usual(now);
  if (!isAway(away, now)) return scheduled;
  const { inHours } = scheduled;
  const off = { code: 'time_off', inHours, endsAt: null } as const;
  if (away.until === null) return { ...off, backAt: null, validUntil: scheduled.validUntil };
  const then = usual(away.until);
  return {
    ...off,
    backAt: then.code === 'available' ? away.until : then.backAt,
    validUntil: Math.min(scheduled.validUntil, away.until),
  };
};
