import type { Leases } from '../assignments/delivery-ports.ts';
import type { LaneStore, UntouchedLead } from '../assignments/lane-store.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import { createBell } from '../base/bell.ts';
import type { Clock } from '../base/clock.ts';
import type { Tenants } from '../storage/directory/tenants.ts';
import type { Vendors } from './connect-vendors.ts';

export interface ActivityWatchParts {
  readonly vendors: Pick<Vendors, 'connectorOf' | 'connections'>;
  readonly tenants: Pick<Tenants, 'list'>;
  readonly leases: Leases;
  readonly store: Pick<LaneStore, 'untouched'>;
  readonly useCases: Pick<UseCases, 'firstActivity'>;
  readonly clock: Clock;
  /** How often it is looked; absent: every two minutes. Milliseconds. */
  readonly everyMs?: number;
  readonly onError: (error: unknown, what: string) => void;
}

const EVERY_MS = 120_000;
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
export const createActivityWatch = (parts: ActivityWatchParts) => {
  const stopping = new AbortController();
  const bell = createBell();
  let running: Promise<void> = Promise.resolve();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await bell.wait(parts.everyMs ?? EVERY_MS, stopping.signal);
      if (!stopping.signal.aborted) await lookAtAll(parts, stopping.signal);
    }
  };
  return {
    start: (): void => {
      running = run();
    },
    /** Resolves once the look in hand is done. */
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
  };
};

const lookAtAll = async (parts: ActivityWatchParts, signal: AbortSignal): Promise<void> => {
  try {
    for (const { id } of await parts.tenants.list())
      for (const connection of await parts.vendors.connections.list(id)) {
        if (signal.aborted) return;
        await look(connection, parts).catch((error: unknown) =>
          parts.onError(error, `connection ${connection.id} could not be asked what was done`),
        );
      }
  } catch (error) {
    parts.onError(error, 'looking for what was done failed');
  }
};

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
