import { repState } from '../availability/rep-state.ts';
import { resolveAvailability } from '../availability/resolve-availability.ts';
import { type Defaults, scheduleOf } from '../availability/schedule.ts';
import type { HolidayDates } from '../availability/shifts.ts';
import { type Windows, windowsAt } from '../availability/windows.ts';
import type { Rep } from '../policy/schema.ts';
import type { Availability, Cap, RepState, WindowCap } from '../state.ts';

/** Reps as decisions see them, with the leads they have taken so far. Kept in memory. */
export interface RepBook {
  readonly at: (id: string, now: number) => RepState | undefined;
  /** The rep takes a lead: their open work and the windows of their caps count one more. */
  readonly take: (id: string, now: number) => void;
  /** One of the rep's leads is closed: their open work counts one less. */
  readonly release: (id: string) => void;
}

/** A rep's page. What was resolved holds for `from` <= now < `until`; a file's arrivals may go back in time. */
interface Page {
  readonly rep: Rep;
  /** Leads taken, by window of a cap (`perDay 2026-11-24`). */
  readonly taken: Map<string, number>;
  open: number;
  from: number;
  until: number;
  resolved: { readonly availability: Availability; readonly windows: Windows } | null;
  /** null: to be made anew from what was resolved. */
  state: RepState | null;
}

const WINDOW_CAPS = ['perHour', 'perDay', 'perWeek', 'perMonth'] as const satisfies readonly WindowCap[];

/** Everybody is active and reachable and starts with nothing to do. `defaults`: what reps without hours go by. */
export const createRepBook = (reps: readonly Rep[], defaults: Defaults, holidays: HolidayDates): RepBook => {
  const pages = new Map(reps.map((rep) => [rep.id, newPage(rep)]));
  const turnTo = (id: string, now: number): Page | undefined => {
    const page = pages.get(id);
    if (page !== undefined && !(page.from <= now && now < page.until)) resolve(page, now, defaults, holidays);
    return page;
  };
  return {
    at: (id, now) => {
      const page = turnTo(id, now);
      if (page === undefined) return undefined;
      page.state ??= stateOf(page);
      return page.state;
    },
    take: (id, now) => {
      const page = turnTo(id, now);
      if (page !== undefined) count(page);
    },
    release: (id) => {
      const page = pages.get(id);
      if (page === undefined || page.open === 0) return;
      page.open--;
      page.state = null;
    },
  };
};

const newPage = (rep: Rep): Page => ({
  rep,
  taken: new Map(),
  open: 0,
  from: Number.POSITIVE_INFINITY,
  until: Number.NEGATIVE_INFINITY,
  resolved: null,
  state: null,
});

const resolve = (page: Page, now: number, defaults: Defaults, holidays: HolidayDates): void => {
  const schedule = scheduleOf(page.rep, defaults);
  const availability = resolveAvailability(schedule, holidays, now);
  const windows = windowsAt(now, schedule.timezone);
  page.from = now;
  page.until = Math.min(availability.validUntil, windows.ends.perHour);
  page.resolved = { availability, windows };
  page.state = null;
};

/** Only windows with a cap are counted: there is no need to remember the others. */
const count = (page: Page): void => {
  page.open++;
  page.state = null;
  for (const cap of WINDOW_CAPS)
    if (page.rep.capacity[cap] !== undefined) page.taken.set(windowOf(page, cap), takenIn(page, cap) + 1);
};

const windowOf = ({ resolved }: Page, cap: WindowCap): string => `${cap} ${resolved!.windows.names[cap]}`;
const takenIn = (page: Page, cap: WindowCap): number => page.taken.get(windowOf(page, cap)) ?? 0;

const stateOf = (page: Page): RepState => {
  const load: Record<Cap, number> = { open: page.open, perHour: 0, perDay: 0, perWeek: 0, perMonth: 0 };
  for (const cap of WINDOW_CAPS) load[cap] = takenIn(page, cap);
  return repState(page.rep, { ...page.resolved!, load, active: true, paused: false, reachable: true });
};
