import type { Leases } from '../assignments/delivery-ports.ts';
import type { Policies } from '../assignments/directory-ports.ts';
import { readPolicy } from '../assignments/live-policy.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import { createBell } from '../base/bell.ts';
import type { Clock } from '../base/clock.ts';
import { type Polled, pollChanged } from '../crm/salesforce/poll.ts';
import type { PollMarks } from '../storage/directory/poll-marks.ts';
import type { Tenants } from '../storage/directory/tenants.ts';
import type { Vendors } from './connect-vendors.ts';

export interface PollerParts {
  readonly vendors: Pick<Vendors, 'callSalesforce' | 'addresses' | 'connections'>;
  readonly tenants: Pick<Tenants, 'list'>;
  readonly policies: Pick<Policies, 'live'>;
  readonly leases: Leases;
  readonly marks: PollMarks;
  readonly useCases: Pick<UseCases, 'recordChanged'>;
  readonly clock: Clock;
  readonly everyMs: number;
  readonly onError: (error: unknown, what: string) => void;
}

/** Longer than one look may take. Milliseconds. */
const LEASE_MS = 60_000;
/** Records told at once. */
const AT_ONCE = 50;
/** What changed before an account was connected is no news. Milliseconds. */
const FIRST_LOOK_BACK_MS = 60_000;

/**
 * Looks through each Salesforce org for what changed, as nothing pushes it here: owners people chose, leads that were
 * closed, converted or merged, new ones where the policy takes them in. One process looks at an org at a time.
 */
export const createPoller = (parts: PollerParts) => {
  const stopping = new AbortController();
  const bell = createBell();
  // Looks overlap: what was told already is known by its stamp.
  const told = new Map<string, ReadonlyMap<string, string>>();
  let running: Promise<void> = Promise.resolve();

  const look = async (connection: ConnectionInfo): Promise<void> => {
    const lease = await parts.leases.acquire(`poll:${connection.id}`, LEASE_MS);
    if (lease === null) return;
    try {
      const now = parts.clock.now();
      const since = (await parts.marks.read(connection.id)) ?? now - FIRST_LOOK_BACK_MS;
      const polled = await lookSince(connection, since, parts);
      const before = told.get(connection.id);
      const news = polled.records.filter(
        ({ snapshot, stamp }) => before?.get(snapshot.ref.recordId) !== stamp,
      );
      await tellAll(connection, news, parts);
      told.set(
        connection.id,
        new Map(polled.records.map(({ snapshot, stamp }) => [snapshot.ref.recordId, stamp])),
      );
      await parts.marks.write(connection.id, polled.next);
    } finally {
      await parts.leases.release(lease);
    }
  };

  const lookAtAll = async (): Promise<void> => {
    for (const { id } of await parts.tenants.list())
      for (const connection of await parts.vendors.connections.list(id)) {
        if (connection.vendor !== 'salesforce' || connection.status !== 'active') continue;
        if (stopping.signal.aborted) return;
        await look(connection).catch((error: unknown) =>
          parts.onError(error, `connection ${connection.id} could not be asked what changed`),
        );
      }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await bell.wait(parts.everyMs, stopping.signal);
      if (stopping.signal.aborted) return;
      await lookAtAll().catch((error: unknown) => parts.onError(error, 'looking for changes failed'));
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

const lookSince = async (
  connection: ConnectionInfo,
  since: number,
  { vendors, policies }: PollerParts,
): Promise<Polled> => {
  const live = await policies.live(connection.tenantId);
  const fields = live === null ? {} : readPolicy(live).policy.fields;
  const sources = Object.entries(fields).flatMap(([name, field]) =>
    field.sources.salesforce === undefined ? [] : [[name, field.sources.salesforce] as const],
  );
  const { callSalesforce, addresses } = vendors;
  return pollChanged(callSalesforce, addresses, connection, Object.fromEntries(sources), since);
};

const tellAll = async (
  { tenantId }: ConnectionInfo,
  news: Polled['records'],
  { useCases }: PollerParts,
): Promise<void> => {
  for (let from = 0; from < news.length; from += AT_ONCE)
    await Promise.all(
      news
        .slice(from, from + AT_ONCE)
        .map(({ snapshot }) =>
          useCases.recordChanged({ tenantId, record: snapshot.ref, source: 'poll', snapshot }),
        ),
    );
};
