import type { WindowCap, WindowEnds } from '../routing/state.ts';

/** The current hour, day, week (from Monday) and month in a zone: their names, and when each ends. */
export interface Windows {
  readonly names: Readonly<Record<WindowCap, string>>;
  readonly ends: WindowEnds;
  /** The date there, `YYYY-MM-DD`. */
  readonly today: string;
}

/** The windows at an instant. A repeated hour, when clocks go back, is one window. */
export const windowsAt = (now: number, timezone: string): Windows => {
  const there = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
  const date = there.toPlainDate();
  const hour = there.round({ smallestUnit: 'hour', roundingMode: 'floor' });
  const monday = date.subtract({ days: date.dayOfWeek - 1 });
  const starts = (day: Temporal.PlainDate): number => day.toZonedDateTime(timezone).epochMilliseconds;
  const today = date.toString();
  return {
    names: {
      perHour: hour.toPlainDateTime().toString().slice(0, 13),
      perDay: today,
      perWeek: monday.toString(),
      perMonth: today.slice(0, 7),
    },
    ends: {
      perHour: hour.add({ hours: 1 }).epochMilliseconds,
      perDay: starts(date.add({ days: 1 })),
      perWeek: starts(monday.add({ days: 7 })),
      perMonth: starts(date.with({ day: 1 }).add({ months: 1 })),
    },
    today,
  };
};
