import type { Leases } from '../assignments/delivery-ports.ts';
import type { Policies } from '../assignments/directory-ports.ts';
import { readPolicy } from '../assignments/live-policy.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import type { RecordRef } from '../assignments/types.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import { createBell } from '../base/bell.ts';
import type { Clock } from '../base/clock.ts';
import type { ChangedRecord, Connector } from '../crm/connector.ts';
import type { PollMarks } from '../storage/directory/poll-marks.ts';
import type { Tenants } from '../storage/directory/tenants.ts';
import type { Vendors } from './connect-vendors.ts';

export interface PollerParts {
  readonly vendors: Pick<Vendors, 'connectors' | 'connectorOf' | 'connections'>;
  readonly tenants: Pick<Tenants, 'list'>;
  readonly policies: Pick<Policies, 'live'>;
  readonly leases: Leases;
  readonly marks: PollMarks;
  readonly useCases: Pick<UseCases, 'recordChanged'>;
  /** The records of a connection that open leads stand on. */
  readonly openRecords: (connection: ConnectionInfo) => Promise<readonly RecordRef[]>;
  readonly clock: Clock;
  /** How often to see which looks are due; absent: as often as the most frequent needs. Milliseconds. */
  readonly tickMs?: number;
  readonly onError: (error: unknown, what: string) => void;
}

/** Longer than one look may take. Milliseconds. */
const LEASE_MS = 60_000;
/** Records told at once. */
const AT_ONCE = 50;
/** A new connection is found this soon. Milliseconds. */
const LONGEST_WAIT_MS = 5_000;
/** How often a vendor's registration of our pushes is looked after. Milliseconds. */
const KEEP_PUSH_MS = 3_600_000;

/**
 * Looks through each connection for what no push told: owners people chose, leads that were closed, converted or
 * merged, new ones where the policy takes them in; and sees to it that vendors go on pushing. One process looks at a
 * connection at a time, and for as long as a look lasts no other one does.
 */
export const createPoller = (parts: PollerParts) => {
  const stopping = new AbortController();
  const bell = createBell();
  const looks = createLooks(parts);
  const pushes = createPushKeeper(parts);
  const waitMs =
    parts.tickMs ??
    Math.min(LONGEST_WAIT_MS, ...parts.vendors.connectors.map(({ changes }) => changes.everyMs));
  let running: Promise<void> = Promise.resolve();

  const serve = async (connection: ConnectionInfo): Promise<void> => {
    const connector = parts.vendors.connectorOf(connection);
    if (connector === undefined || connection.status !== 'active') return;
    await pushes(connection, connector).catch((error: unknown) =>
      parts.onError(error, `connection ${connection.id} could not be asked to push`),
    );
    await looks(connection, connector).catch((error: unknown) =>
      parts.onError(error, `connection ${connection.id} could not be asked what changed`),
    );
  };

  const serveAll = async (): Promise<void> => {
    for (const { id } of await parts.tenants.list())
      for (const connection of await parts.vendors.connections.list(id)) {
        if (stopping.signal.aborted) return;
        await serve(connection);
      }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await bell.wait(waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
      await serveAll().catch((error: unknown) => parts.onError(error, 'looking for changes failed'));
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

type Serve = (connection: ConnectionInfo, connector: Connector) => Promise<void>;

/** Looks at a connection when that is due. */
const createLooks = (parts: PollerParts): Serve => {
  const { clock } = parts;
  const nextAt = new Map<string, number>();
  // Looks overlap: what was told already is known by its stamp.
  const told = new Map<string, ReadonlyMap<string, string>>();
  return async (connection, connector) => {
    const { everyMs } = connector.changes;
    if (clock.now() < (nextAt.get(connection.id) ?? 0)) return;
    const lease = await parts.leases.acquire(`poll:${connection.id}`, LEASE_MS);
    if (lease === null) return;
    nextAt.set(connection.id, clock.now() + everyMs);
    try {
      const cursor = await parts.marks.read(connection.id);
      const sources = await sourcesOf(connection, parts);
      const changes = await connector.changes.read(connection, {
        cursor,
        now: clock.now(),
        sources,
        openRecords: () => parts.openRecords(connection),
      });
      const before = told.get(connection.id);
      const news = changes.records.filter(({ ref, stamp }) => before?.get(keyOf(ref)) !== stamp);
      await tellAll(connection, news, parts);
      told.set(connection.id, new Map(changes.records.map(({ ref, stamp }) => [keyOf(ref), stamp])));
      await parts.marks.write(connection.id, changes.cursor);
    } finally {
      await parts.leases.release(lease);
    }
  };
};

/** Looks after a connection's registrations when that is due; a failure is tried again at the next look. */
const createPushKeeper = ({ leases, clock }: PollerParts): Serve => {
  const nextAt = new Map<string, number>();
  return async (connection, connector) => {
    if (connector.keepPush === undefined || clock.now() < (nextAt.get(connection.id) ?? 0)) return;
    nextAt.set(connection.id, clock.now() + LEASE_MS);
    const lease = await leases.acquire(`push:${connection.id}`, LEASE_MS);
    if (lease === null) return;
    try {
      await connector.keepPush(connection);
      nextAt.set(connection.id, clock.now() + KEEP_PUSH_MS);
    } finally {
      await leases.release(lease);
    }
  };
};

const keyOf = ({ objectType, recordId }: ChangedRecord['ref']): string => `${objectType}/${recordId}`;

/** Where the live policy's fields are kept in the connection's CRM. */
const sourcesOf = async (
  { tenantId, vendor }: ConnectionInfo,
  { policies }: PollerParts,
): Promise<Readonly<Record<string, string>>> => {
  const live = await policies.live(tenantId);
  const fields = live === null ? {} : readPolicy(live).policy.fields;
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, { sources }]) => {
      const source = vendor === 'slack' ? undefined : sources[vendor];
      return source === undefined ? [] : [[name, source] as const];
    }),
  );
};

const tellAll = async (
  { tenantId }: ConnectionInfo,
  news: readonly ChangedRecord[],
  { useCases }: PollerParts,
): Promise<void> => {
  for (let from = 0; from < news.length; from += AT_ONCE)
    await Promise.all(
      news
        .slice(from, from + AT_ONCE)
        .map(({ ref, snapshot }) =>
          useCases.recordChanged({ tenantId, record: ref, source: 'poll', ...(snapshot && { snapshot }) }),
        ),
    );
};
