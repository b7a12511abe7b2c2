import type { TimeAway } from '../routing/availability/away.ts';
import type { KnownHours } from '../routing/availability/schedule.ts';
import type { TimeSource } from '../routing/state.ts';
import type { StoredConnection, StoredIdentity } from './lane-store.ts';
import { personTimes } from './person-times.ts';

/** What the CRMs know of when a rep works. */
export interface TimesOfRep {
  /** Of the connection that was made first, where several know; null: none knows. */
  readonly hours: KnownHours | null;
  /** All time off but the directory's. */
  readonly timeOff: readonly TimeAway[];
}

const NOTHING: TimesOfRep = Object.freeze({ hours: null, timeOff: [] });

/** What a tenant's CRMs know of each rep, all connections taken together: one person is away once. */
export const timesOfReps = (
  identities: readonly StoredIdentity[],
  connections: ReadonlyMap<string, StoredConnection>,
): ((repId: string) => TimesOfRep) => {
  const known = new Map<string, TimesOfRep>();
  const byConnection = Map.groupBy(identities, ({ connectionId }) => connectionId);
  for (const { id, vendor } of connections.values())
    for (const { kind, repId, details } of byConnection.get(id) ?? []) {
      if (kind !== 'owner' || repId === null || details.times === undefined) continue;
      known.set(repId, together(known.get(repId) ?? NOTHING, readTimes(details.times, vendor)));
    }
  return (repId) => known.get(repId) ?? NOTHING;
};

/** What cannot be read is no information: nobody is kept from leads by it. */
const readTimes = (times: unknown, source: TimeSource): TimesOfRep => {
  const { data } = personTimes.safeParse(times);
  return {
    hours: data?.hours ? { hours: data.hours, timezone: data.timezone ?? null, source } : null,
    timeOff: (data?.timeOff ?? []).map((range) => ({ ...range, source })),
  };
};

const together = (first: TimesOfRep, other: TimesOfRep): TimesOfRep => ({
  hours: first.hours ?? other.hours,
  timeOff: [...first.timeOff, ...other.timeOff],
});
