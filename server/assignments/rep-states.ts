import { repState } from '../routing/availability/rep-state.ts';
import { type Windows, windowsAt } from '../routing/availability/windows.ts';
import type { RepState } from '../routing/state.ts';
import type { Availabilities } from './availabilities.ts';
import { usedOf } from './rep-load.ts';
import type { Roster, RosterRep } from './roster.ts';
import type { RepLoad } from './stored.ts';

export type { Availabilities } from './availabilities.ts';

/** Reps as decisions see them, kept until a load changes or the clock moves past what was resolved. */
export interface RepStates {
  readonly at: (id: string, now: number) => RepState | undefined;
  /** The windows of a rep's caps; of the policy's zone for who is no rep any more. */
  readonly windows: (id: string, now: number) => Windows;
  /** The rep's load has changed. */
  readonly forget: (id: string) => void;
}

interface Kept {
  readonly state: RepState;
  readonly until: number;
  stale: boolean;
}

export const createRepStates = (
  roster: Roster,
  timezone: string,
  availabilityOf: Availabilities,
  loadOf: (id: string) => RepLoad,
): RepStates => {
  const kept = new Map<string, Kept>();
  const zones = createZoneWindows();
  const windows = (id: string, now: number): Windows =>
    zones(roster.reps.get(id)?.rep.timezone ?? timezone, now);
  const build = (member: RosterRep, before: Kept | undefined, now: number): Kept => {
    const { rep, active, paused, slack } = member;
    const current = windows(rep.id, now);
    const resolved = before?.state.availability;
    const availability =
      resolved !== undefined && now < resolved.validUntil ? resolved : availabilityOf(member, now);
    const load = usedOf(loadOf(rep.id), current);
    const state = repState(rep, {
      availability,
      windows: current,
      load,
      active,
      paused,
      reachable: slack !== null,
    });
    return { state, until: Math.min(availability.validUntil, current.ends.perHour), stale: false };
  };
  return {
    at: (id, now) => {
      const known = kept.get(id);
      if (known !== undefined && !known.stale && now < known.until) return known.state;
      const member = roster.reps.get(id);
      if (member === undefined) return undefined;
      const built = build(member, known, now);
      kept.set(id, built);
      return built.state;
    },
    windows,
    forget: (id) => {
      const known = kept.get(id);
      if (known !== undefined) known.stale = true;
    },
  };
};

/** Windows per zone, kept until the hour ends. An instant of an earlier hour is worked out each time. */
const createZoneWindows = () => {
  const kept = new Map<string, { readonly from: number; readonly windows: Windows }>();
  return (timezone: string, now: number): Windows => {
    const known = kept.get(timezone);
    if (known !== undefined && now >= known.from && now < known.windows.ends.perHour) return known.windows;
    const windows = windowsAt(now, timezone);
    if (known === undefined || now > known.from) kept.set(timezone, { from: now, windows });
    return windows;
  };
};
