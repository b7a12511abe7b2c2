import type { Windows } from '../routing/availability/windows.ts';
import type { Cap, WindowCap } from '../routing/state.ts';
import type { RepLoad, WindowCounts } from './stored.ts';

export const WINDOW_CAPS: readonly WindowCap[] = ['perHour', 'perDay', 'perWeek', 'perMonth'];

export const noLoad = (repId: string): RepLoad => ({ repId, open: 0, windows: {}, crmOpen: {} });

/** A rep's load after taking one more lead in the windows of now. */
export const takeSlot = (load: RepLoad, now: Windows): RepLoad => ({
  ...load,
  open: load.open + 1,
  windows: Object.fromEntries(
    WINDOW_CAPS.map((cap) => [cap, [now.names[cap], taken(load.windows, cap, now) + 1]]),
  ),
});

/**
 * A rep's load after an assignment ends. `undone`: the windows the slot was taken in, when the lead was never really
 * theirs (declined, run out, moved on): those that are still current forget it. A lead that was worked stays counted.
 */
export const returnSlot = (load: RepLoad, undone: Windows | null): RepLoad => ({
  ...load,
  open: load.open - 1,
  windows: undone === null ? load.windows : forget(load.windows, undone),
});

const forget = (windows: WindowCounts, undone: Windows): WindowCounts =>
  Object.fromEntries(
    Object.entries(windows).map(([cap, [name, count]]) => [
      cap,
      [name, name === undone.names[cap as WindowCap] ? count - 1 : count],
    ]),
  );

/** What each cap has used up. */
export const usedOf = (load: RepLoad, now: Windows): Record<Cap, number> => ({
  open: load.open + Object.values(load.crmOpen).reduce((sum, count) => sum + count, 0),
  perHour: taken(load.windows, 'perHour', now),
  perDay: taken(load.windows, 'perDay', now),
  perWeek: taken(load.windows, 'perWeek', now),
  perMonth: taken(load.windows, 'perMonth', now),
});

const taken = (windows: WindowCounts, cap: WindowCap, now: Windows): number => {
  const counted = windows[cap];
  return counted !== undefined && counted[0] === now.names[cap] ? counted[1] : 0;
};
