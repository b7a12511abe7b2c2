import type { Availability, TimeSource } from '../state.ts';

/** Time off that a rep set themselves, from when they set it. Instants; `until` null: until they switch back. */
export interface Away {
  readonly since: number;
  readonly until: number | null;
}

/** Time off known from outside the directory. Instants: `from` included, `to` not; null: no end is known. */
export interface TimeAway {
  readonly from: number;
  readonly to: number | null;
  readonly source: TimeSource;
}

/**
 * Availability with such time off laid over a rep's schedule. `usual`: what the schedule says at an instant. While
 * they are away the code is `time_off`, and they are back with the first work after all of it; not known: no `backAt`.
 * A shift ends where time off begins.
 */
export const withAway = (
  usual: (at: number) => Availability,
  away: readonly TimeAway[],
  now: number,
): Availability => {
  const scheduled = usual(now);
  if (away.length === 0) return scheduled;
  const current = coveringAt(away, now);
  const validUntil = Math.min(scheduled.validUntil, changeAfter(away, now));
  if (current !== undefined) {
    const { inHours } = scheduled;
    const backAt = current.to === null ? null : backFrom(usual, away, current.to);
    const source = scheduled.code === 'time_off' ? {} : { source: current.source };
    return { code: 'time_off', ...source, inHours, endsAt: null, backAt, validUntil };
  }
  if (scheduled.code !== 'available') {
    const backAt = scheduled.backAt === null ? null : backFrom(usual, away, scheduled.backAt);
    return { ...scheduled, backAt, validUntil };
  }
  const start = Math.min(...away.map(({ from }) => from).filter((from) => from > now));
  const endsAt = Math.min(scheduled.endsAt ?? Number.POSITIVE_INFINITY, start);
  return { ...scheduled, endsAt: endsAt === Number.POSITIVE_INFINITY ? null : endsAt, validUntil };
};

/** Whether time off covers an instant. */
export const isAway = (away: readonly TimeAway[], at: number): boolean => coveringAt(away, at) !== undefined;

const coveringAt = (away: readonly TimeAway[], at: number): TimeAway | undefined =>
  away.find(({ from, to }) => from <= at && (to === null || at < to));

/** When the next time off begins or ends; infinite: none does. */
const changeAfter = (away: readonly TimeAway[], now: number): number =>
  Math.min(...away.flatMap(({ from, to }) => [from, to ?? now]).filter((at) => at > now));

/** The first work at or after an instant that no time off covers; null: none is known. */
const backFrom = (
  usual: (at: number) => Availability,
  away: readonly TimeAway[],
  from: number,
): number | null => {
  for (let at = from; ; ) {
    const covering = coveringAt(away, at);
    const { code, backAt } = usual(at);
    if (covering === undefined && code === 'available') return at;
    const next = covering === undefined ? backAt : covering.to;
    if (next === null) return null;
    at = next;
  }
};
