import { z } from 'zod';
import type { PersonTimes } from '../../assignments/person-times.ts';
import { ReadFailed } from '../failures.ts';
import type { CallZoho, Org } from './client.ts';
import { PAGE, PATHS } from './facts.ts';
import { readBody } from './failures.ts';

type Hours = NonNullable<PersonTimes['hours']>;
type TimeOff = NonNullable<PersonTimes['timeOff']>;

/** A break within a shift: the same every day, or on each day another. */
const breaks = z.object({
  same_as_everyday: z.boolean().catch(true),
  break_days: z.array(z.string()).catch([]),
  daily_timing: z.array(z.string()).catch([]),
  custom_timing: z.array(z.object({ days: z.string(), break_timing: z.array(z.string()) })).catch([]),
});

const shift = z.object({
  id: z.string(),
  timezone: z.string().nullish().catch(null),
  same_as_everyday: z.boolean().catch(true),
  shift_days: z.array(z.string()).catch([]),
  daily_timing: z.array(z.string()).catch([]),
  custom_timing: z.array(z.object({ days: z.string(), shift_timing: z.array(z.string()) })).catch([]),
  break_hours: z.array(breaks).catch([]),
  holidays: z.array(z.object({ date: z.string().nullish() })).catch([]),
  users: z.array(z.object({ id: z.string() })).catch([]),
});
type Shift = z.infer<typeof shift>;

const shifts = z.object({ shift_hours: z.array(shift) });
const unavailable = z.object({
  users_unavailability: z.array(
    z.object({ user: z.object({ id: z.string() }), from: z.string(), to: z.string() }),
  ),
  info: z.object({ more_records: z.boolean().nullish() }).nullish(),
});

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * When people work, by user id: the hours of their shift in its zone without its breaks, its holidays, and the times they
 * said they are unavailable. Asked for as far as the org's edition and the granted scopes tell.
 */
export const readPersonTimes = async (
  call: CallZoho,
  org: Org,
): Promise<ReadonlyMap<string, PersonTimes>> => {
  const times = new Map<string, PersonTimes>();
  for (const one of await readShifts(call, org)) {
    const given = timesOf(one);
    for (const { id } of one.users) times.set(id, given);
  }
  for (const [id, away] of await readUnavailable(call, org)) {
    const known = times.get(id);
    times.set(id, { ...known, timeOff: [...(known?.timeOff ?? []), ...away] });
  }
  return times;
};

/** An edition without shifts, or a scope that was not granted, gives no information. */
const orNothing = async <T>(nothing: T, read: () => Promise<T>): Promise<T> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ReadFailed && error.failure.kind === 'refused') return nothing;
    throw error;
  }
};

/** The list tells neither hours nor people: each shift is asked for by itself. */
const readShifts = (call: CallZoho, org: Org): Promise<readonly Shift[]> =>
  orNothing<readonly Shift[]>([], async () => {
    const read = async (path: string): Promise<readonly Shift[]> =>
      readBody(shifts, await call(org, { method: 'GET', path, purpose: 'background' }))?.shift_hours ?? [];
    const all = await read(PATHS.shifts);
    return (await Promise.all(all.map(({ id }) => read(`${PATHS.shifts}/${id}`)))).flat();
  });

const readUnavailable = (call: CallZoho, org: Org): Promise<ReadonlyMap<string, TimeOff>> =>
  orNothing<ReadonlyMap<string, TimeOff>>(new Map(), async () => {
    const found = new Map<string, TimeOff>();
    for (let page = 1; ; page++) {
      // Pages are not described, though the reply tells of more: asked for only where it does.
      const query = page === 1 ? undefined : { page: String(page), per_page: String(PAGE) };
      const reply = await call(org, {
        method: 'GET',
        path: PATHS.unavailability,
        ...(query && { query }),
        purpose: 'background',
      });
      const part = readBody(unavailable, reply);
      for (const { user, from, to } of part?.users_unavailability ?? []) {
        const away = { from: Date.parse(from), to: Date.parse(to) };
        if (away.from < away.to) found.set(user.id, [...(found.get(user.id) ?? []), away]);
      }
      if (!part?.info?.more_records) return found;
    }
  });

const timesOf = (one: Shift): PersonTimes => {
  const zone = zoneOf(one.timezone);
  const hours = hoursOf(one);
  const holidays = zone === null ? [] : one.holidays.flatMap(({ date }) => holidayOf(date, zone));
  return {
    // Hours without their zone would be read in the rep's.
    ...(zone !== null && { timezone: zone }),
    ...(hours.some((day) => day.length > 0) && zone !== null && { hours }),
    ...(holidays.length > 0 && { timeOff: holidays }),
  };
};

interface Timing {
  readonly same_as_everyday: boolean;
  /** The days it is on, and its times on them. */
  readonly days: readonly string[];
  readonly daily_timing: readonly string[];
  readonly custom: readonly { readonly days: string; readonly timing: readonly string[] }[];
}

type Range = Hours[number][number];

const hoursOf = ({ break_hours, shift_days, custom_timing, ...shift }: Shift): Hours => {
  const custom = custom_timing.map(({ days, shift_timing }) => ({ days, timing: shift_timing }));
  const pauses = break_hours.map(
    ({ break_days, custom_timing: own, ...one }): Timing => ({
      ...one,
      days: break_days,
      custom: own.map(({ days, break_timing }) => ({ days, timing: break_timing })),
    }),
  );
  const week = DAYS.map((day) => {
    const worked = rangeOn(day, { ...shift, days: shift_days, custom });
    if (worked === null) return [];
    return pauses.reduce<Range[]>(
      (left, pause) => {
        const off = rangeOn(day, pause);
        return off === null ? left : left.flatMap((range) => without(range, withinShift(off, worked)));
      },
      [worked],
    );
  });
  return fromMidnight(week);
};

/** What a night's break leaves of it on the next day is that day's. */
const fromMidnight = (week: readonly (readonly Range[])[]): Hours =>
  week.map((day, index) => {
    const before = week[(index + 6) % 7] ?? [];
    const night = before.filter(({ from }) => from >= 1440);
    return [
      ...night.map(({ from, to }) => ({ from: from - 1440, to: to - 1440 })),
      ...day.filter(({ from }) => from < 1440),
    ];
  });

/** null: not on that day. A night shift ends on the next day. */
const rangeOn = (day: string, { same_as_everyday, days, daily_timing, custom }: Timing): Range | null => {
  const timing = same_as_everyday
    ? days.some((name) => name.toLowerCase() === day)
      ? daily_timing
      : []
    : (custom.find((one) => one.days.toLowerCase() === day)?.timing ?? []);
  const [from, to] = timing.map(minuteOf);
  if (from === undefined || to === undefined || Number.isNaN(from + to)) return null;
  return { from, to: to <= from ? to + 1440 : to };
};

/** A break before the shift begins is that of the night: on the next day. */
const withinShift = (pause: Range, shift: Range): Range =>
  pause.from < shift.from ? { from: pause.from + 1440, to: pause.to + 1440 } : pause;

const without = ({ from, to }: Range, pause: Range): Range[] =>
  [
    { from, to: Math.min(to, pause.from) },
    { from: Math.max(from, pause.to), to },
  ].filter((range) => range.from < range.to);

const minuteOf = (text: string): number => {
  const found = /^(\d{1,2}):(\d{2})$/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : Number.NaN;
};

const zoneOf = (name: string | null | undefined): string | null => {
  try {
    return name ? new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone && name : null;
  } catch {
    return null;
  }
};

/** The whole day in the shift's zone. */
const holidayOf = (date: string | null | undefined, zone: string): TimeOff => {
  try {
    const day = Temporal.PlainDate.from(date ?? '');
    const start = (one: Temporal.PlainDate) => one.toZonedDateTime(zone).epochMilliseconds;
    return [{ from: start(day), to: start(day.add({ days: 1 })) }];
  } catch {
    return [];
  }
};
