import type { Rep } from '../policy/schema.ts';
import type { Availability, Cap, RepState } from '../state.ts';
import type { Windows } from './windows.ts';

/** What decisions see of a rep, from who they are and where they stand now. */
export const repState = (
  rep: Rep,
  now: {
    readonly availability: Availability;
    readonly windows: Windows;
    readonly load: Readonly<Record<Cap, number>>;
    readonly active: boolean;
    readonly paused: boolean;
    readonly reachable: boolean;
  },
): RepState => ({
  id: rep.id,
  active: now.active,
  paused: now.paused,
  reachable: now.reachable,
  availability: now.availability,
  capacity: rep.capacity,
  load: now.load,
  windowEnds: now.windows.ends,
  skills: rep.skills,
  today: now.windows.today,
  ...(rep.results && { results: rep.results }),
});
