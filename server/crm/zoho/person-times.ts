import { z } from 'zod';
import type { PersonTimes } from '../../assignments/person-times.ts';
import { ReadFailed } from '../failures.ts';
import type { CallZoho, Org } from './client.ts';
import { PAGE, PATHS } from './facts.ts';
import { readBody } from './failures.ts';

type Hours = NonNullable<PersonTimes['hours']>;
type TimeOff = NonNullable<PersonTimes['timeOff']>;

const shift = z.object({
  id: z.string(),
  timezone: z.string().nullish().catch(null),
  same_as_everyday: z.boolean().catch(true),
  shift_days: z.array(z.string()).catch([]),
  daily_timing: z.array(z.string()).catch([]),
  custom_timing: z.array(z.object({ days: z.string(), shift_timing: z.array(z.string()) })).catch([]),
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
 * When people work, by user id: the hours of their shift in its zone, its holidays, and the times they said they are
 * unavailable. Asked for as far as the org's edition and the granted scopes tell.
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

const hoursOf = ({ same_as_everyday, shift_days, daily_timing, custom_timing }: Shift): Hours =>
  DAYS.map((day) => {
    const timing = same_as_everyday
      ? shift_days.some((name) => name.toLowerCase() === day)
        ? daily_timing
        : []
      : (custom_timing.find(({ days }) => days.toLowerCase() === day)?.shift_timing ?? []);
    const [from, to] = timing.map(minuteOf);
    if (from === undefined || to === undefined || Number.isNaN(from + to)) return [];
    // A night shift ends on the next day.
    return [{ from, to: to <= from ? to + 1440 : to }];
  });

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
