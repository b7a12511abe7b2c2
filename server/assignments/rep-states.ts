import type { RepState } from '../routing/state.ts';
import { usedOf } from './rep-load.ts';
import { type Windows, windowsAt } from './rep-windows.ts';
import type { Roster, RosterRep } from './roster.ts';
import type { RepLoad } from './stored.ts';

/** A rep's availability, resolved outside the decision. */
export type Availabilities = (rep: RosterRep, now: number) => RepState['availability'];

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
}

export const createRepStates = (
  roster: Roster,
  timezone: string,
  availabilityOf: Availabilities,
  loadOf: (id: string) => RepLoad,
): RepStates => {
  const kept = new Map<string, Kept>();
  const zones = createZoneWindows();
  const zoneOf = (id: string): string => roster.reps.get(id)?.rep.timezone ?? timezone;
  const build = (member: RosterRep, now: number): Kept => {
    const { rep, active, paused, slack } = member;
    const windows = zones(zoneOf(rep.id), now);
    const before = kept.get(rep.id)?.state.availability;
    const availability =
      before !== undefined && now < before.validUntil ? before : availabilityOf(member, now);
    const state: RepState = {
      id: rep.id,
      active,
      paused,
      reachable: slack !== null,
      availability,
      capacity: rep.capacity,
      load: usedOf(loadOf(rep.id), windows),
      windowEnds: windows.ends,
      skills: rep.skills,
      today: windows.today,
    };
    return { state, until: Math.min(availability.validUntil, windows.ends.perHour) };
  };
  const stale = new Set<string>();
  return {
    at: (id, now) => {
      const known = kept.get(id);
      if (known !== undefined && now < known.until && !stale.has(id)) return known.state;
      const member = roster.reps.get(id);
      if (member === undefined) return undefined;
      const built = build(member, now);
      kept.set(id, built);
      stale.delete(id);
      return built.state;
    },
    windows: (id, now) => zones(zoneOf(id), now),
    forget: (id) => {
      stale.add(id);
    },
  };
};

/** Windows per zone, kept until the hour ends. An instant of the past is worked out each time. */
const createZoneWindows = () => {
  const kept = new Map<string, { from: number; windows: Windows }>();
  return (timezone: string, now: number): Windows => {
    const known = kept.get(timezone);
    if (known !== undefined && now >= known.from && now < known.windows.ends.perHour) return known.windows;
    const windows = windowsAt(now, timezone);
    if (known === undefined || now > known.from) kept.set(timezone, { from: now, windows });
    return windows;
  };
};
