/** A stretch of time with one offset from UTC: `from` <= instant < `to`. Milliseconds. */
export interface OffsetSpan {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

const YEAR = 366 * 86_400_000;

interface Known {
  readonly from: number;
  readonly to: number;
  readonly spans: readonly OffsetSpan[];
}

const known = new Map<string, Known>();

/**
 * The offsets of a zone over at least `from` to `to`, in order. Asked for rarely and kept for years around: everything
 * else about zones is then arithmetic. Throws RangeError on a zone the zone data does not know.
 */
export const zoneOffsets = (timezone: string, from: number, to: number): readonly OffsetSpan[] => {
  const before = known.get(timezone);
  if (before !== undefined && before.from <= from && before.to >= to) return before.spans;
  const wider = {
    from: Math.min(from - YEAR, before?.from ?? from),
    to: Math.max(to + 2 * YEAR, before?.to ?? to),
  };
  const spans = readOffsets(timezone, wider.from, wider.to);
  known.set(timezone, { ...wider, spans });
  return spans;
};

const readOffsets = (timezone: string, from: number, to: number): readonly OffsetSpan[] => {
  const spans: OffsetSpan[] = [];
  let there = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timezone);
  for (;;) {
    const next = there.getTimeZoneTransition('next');
    const end = next === null ? Number.POSITIVE_INFINITY : next.epochMilliseconds;
    spans.push({ from: there.epochMilliseconds, to: end, offset: there.offsetNanoseconds / 1_000_000 });
    if (next === null || end >= to) return spans;
    there = next;
  }
};

/** What the zone's clock shows at an instant, as milliseconds since 1970-01-01T00:00 of that clock. */
export const wallTime = (timezone: string, at: number): number => {
  for (const span of zoneOffsets(timezone, at, at)) if (at < span.to) return at + span.offset;
  return at;
};

/** The stretches of time in which the zone's clock shows `from` <= time < `to`: two when clocks go back in between. */
export const wallSpan = (
  timezone: string,
  from: number,
  to: number,
): readonly (readonly [number, number])[] => {
  const day = 86_400_000;
  const stretches: [number, number][] = [];
  for (const span of zoneOffsets(timezone, from - day, to + day)) {
    const start = Math.max(from - span.offset, span.from);
    const end = Math.min(to - span.offset, span.to);
    if (start < end) stretches.push([start, end]);
  }
  return stretches;
};
