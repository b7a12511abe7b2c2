/** A moment as conditions see it: the instant, and the wall clock of the policy's time zone. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA name. */
  readonly timezone: string;
}

/** A wall clock. `day`: 0 is Monday; `minute`: after midnight; `date`: `YYYY-MM-DD`. */
export interface WallClock {
  readonly day: number;
  readonly minute: number;
  readonly date: string;
}

/** The zone's offset, good for `from` <= instant < `to`. Milliseconds. */
interface Offset {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

const offsets = new Map<string, Offset>();

const offsetAt = (now: number, timezone: string): number => {
  const kept = offsets.get(timezone);
  if (kept !== undefined && now >= kept.from && now < kept.to) return kept.offset;
  const there = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
  const next = there.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  // From `now` only: an earlier instant looks its offset up again.
  const found = { from: now, to: next, offset: there.offsetNanoseconds / 1_000_000 };
  offsets.set(timezone, found);
  return found.offset;
};

const DAY = 86_400_000;

/** What the clock on the wall shows. */
export const wallClock = ({ now, timezone }: Moment): WallClock => {
  const local = now + offsetAt(now, timezone);
  const days = Math.floor(local / DAY);
  return {
    // 1970-01-01 was a Thursday.
    day: (((days + 3) % 7) + 7) % 7,
    minute: Math.floor((local - days * DAY) / 60_000),
    date: new Date(days * DAY).toISOString().slice(0, 10),
  };
};

/** Whole days since 1970-01-01 of a date `YYYY-MM-DD`. */
export const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY;

/** Days that a duration covers when it is counted in dates, today included. */
export const daysOf = (milliseconds: number): number => Math.ceil(milliseconds / DAY);
