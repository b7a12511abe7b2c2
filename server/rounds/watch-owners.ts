import type { Comparisons, SeenOwner, WatchedLead } from '../assignments/first-steps/ports.ts';
import type { RecordSnapshot } from '../assignments/types.ts';
import type { Clock } from '../base/clock.ts';
import type { Chore } from './chore.ts';

interface WatchParts {
  readonly comparisons: Pick<Comparisons, 'begin' | 'due' | 'note'>;
  readonly clock: Clock;
}

const EVERY_MS = 5_000;
/** When a record is looked at after its decision: soon, then ever more rarely. Milliseconds. */
const LOOKS_MS = [5_000, 20_000, 120_000, 600_000, 3_600_000, 21_600_000, 86_400_000] as const;
/** An owner who is still there this long after the decision is who the CRM gave it to. Milliseconds. */
const SETTLED_MS = 120_000;
/** Records of one connection looked at in one round. */
const MOST = 500;

/**
 * Looks at the records of leads that were decided for the log only, until it is plain whom their CRM gave them to: what
 * the policy would have done is compared with that. Nothing is read while nothing was decided for the log.
 */
export const createOwnerWatch = ({ comparisons, clock }: WatchParts): Chore => ({
  name: 'compare',
  everyMs: () => EVERY_MS,
  run: async (connection, { reader }) => {
    const { tenantId, id: connectionId } = connection;
    await comparisons.begin(tenantId, connectionId);
    const due = await comparisons.due(tenantId, { connectionId, now: clock.now(), limit: MOST });
    for (const [, leads] of Map.groupBy(due, ({ record }) => record.objectType))
      for (let from = 0; from < leads.length; from += reader.batchLimit) {
        const batch = leads.slice(from, from + reader.batchLimit);
        const snapshots = await reader.read(
          connection,
          batch.map(({ record }) => ({ ref: record, sources: {} })),
        );
        const now = clock.now();
        const seen = batch.map((lead, i) => look(lead, snapshots[i], now));
        await comparisons.note(tenantId, seen);
      }
  },
});

/** What a look says of a lead. A record that is gone, or was not told of, leaves its lead as it was last seen. */
export const look = (
  lead: WatchedLead,
  snapshot: Pick<RecordSnapshot, 'ownerId' | 'gone'> | undefined,
  now: number,
): SeenOwner => {
  const { leadId, decidedAt } = lead;
  const next = LOOKS_MS.find((after) => decidedAt + after > now);
  if (snapshot === undefined || snapshot.gone !== null)
    return { leadId, ownerId: lead.ownerId, ownedAt: lead.ownedAt, lookAt: null };
  const { ownerId } = snapshot;
  const same = ownerId === lead.ownerId;
  const settled = next === undefined || (ownerId !== null && same && now - decidedAt >= SETTLED_MS);
  return {
    leadId,
    ownerId,
    ownedAt: ownerId === null ? null : same ? lead.ownedAt : (lead.ownedAt ?? now),
    lookAt: settled ? null : decidedAt + next,
  };
};
