import type { Leases } from '../assignments/delivery-ports.ts';
import type { LaneStore, UntouchedLead } from '../assignments/lane-store.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import type { Clock } from '../base/clock.ts';
import type { Vendors } from './connect-vendors.ts';
import { createWatch, type Watch, type WatchParts } from './create-watch.ts';

interface ActivityWatchParts extends WatchParts {
  readonly vendors: Pick<Vendors, 'connectorOf' | 'connections'>;
  readonly leases: Leases;
  readonly store: Pick<LaneStore, 'untouched'>;
  readonly useCases: Pick<UseCases, 'firstActivity'>;
  readonly clock: Clock;
}

/** Longer than one look may take. Milliseconds. */
const LEASE_MS = 60_000;
/** Who has not worked on a lead by then is not waited for any more. Milliseconds. */
const LONGEST_AGO_MS = 7 * 24 * 3_600_000;
/** Leads of one connection asked about in one look, the latest first. */
const MOST = 1_000;

/**
 * Asks CRMs when each lead that a rep has was first worked on. Nothing is asked of a CRM while there is no such lead; one
 * process asks at a time.
 */
export const createActivityWatch = (parts: ActivityWatchParts): Watch =>
  createWatch(parts, 'what was done', (connection) => look(connection, parts));

const look = async (connection: ConnectionInfo, parts: ActivityWatchParts): Promise<void> => {
  const connector = parts.vendors.connectorOf(connection);
  if (connector?.firstActivity === undefined || connection.status !== 'active') return;
  const { id, tenantId } = connection;
  const untouched = await parts.store.untouched(tenantId, {
    connectionId: id,
    after: parts.clock.now() - LONGEST_AGO_MS,
    limit: MOST,
  });
  if (untouched.length === 0) return;
  const lease = await parts.leases.acquire(`activity:${id}`, LEASE_MS);
  if (lease === null) return;
  try {
    const found = await connector.firstActivity(connection, untouched);
    await Promise.all(
      [...earliest(untouched, found)].map(([assignmentId, { at, since }]) =>
        parts.useCases.firstActivity({ tenantId, assignmentId, at, since }),
      ),
    );
  } finally {
    await parts.leases.release(lease);
  }
};

interface Touched {
  readonly at: number;
  readonly since: number;
}

/** By assignment: a lead may stand on several records, each with work of its own. */
const earliest = (
  untouched: readonly UntouchedLead[],
  found: readonly (number | null)[],
): ReadonlyMap<string, Touched> => {
  const touched = new Map<string, Touched>();
  untouched.forEach(({ assignmentId, since }, index) => {
    const at = found[index] ?? null;
    const before = touched.get(assignmentId)?.at ?? Number.POSITIVE_INFINITY;
    if (at !== null && at < before) touched.set(assignmentId, { at, since });
  });
  return touched;
};
