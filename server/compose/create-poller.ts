import type { Leases } from '../assignments/delivery-ports.ts';
import type { Policies } from '../assignments/directory-ports.ts';
import type { Alerts, ConnectionInfo } from '../assignments/ports.ts';
import type { RecordRef } from '../assignments/types.ts';
import type { UseCases } from '../assignments/use-cases.ts';
import { AppError } from '../base/app-error.ts';
import { createBell } from '../base/bell.ts';
import type { Clock } from '../base/clock.ts';
import type { ChangedRecord, Connector } from '../crm/connector.ts';
import type { PollMarks } from '../storage/directory/poll-marks.ts';
import type { Tenants } from '../storage/directory/tenants.ts';
import { checkSources } from './check-sources.ts';
import type { Vendors } from './connect-vendors.ts';
import { readSources } from './read-sources.ts';

export interface PollerParts {
  readonly vendors: Pick<Vendors, 'connectors' | 'connectorOf' | 'connections'>;
  readonly tenants: Pick<Tenants, 'list'>;
  readonly policies: Pick<Policies, 'live'>;
  readonly leases: Leases;
  readonly marks: PollMarks;
  readonly useCases: Pick<UseCases, 'recordChanged'>;
  readonly alerts: Alerts;
  /** Whether a stream tells of a connection's changes: then it is looked through only to be sure. */
  readonly streamed: (connectionId: string) => boolean;
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
/** How often a connection is looked through whose changes a stream tells. Milliseconds. */
const RECONCILE_MS = 15 * 60_000;
/** How often a policy's sources are compared with what the CRM has. Milliseconds. */
const SOURCES_MS = 600_000;
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
  const lastAt = new Map<string, number>();
  const unreadable = createUnreadable(parts);
  const looks = createLooks(parts, lastAt, unreadable.close);
  const pushes = createPushKeeper(parts);
  const sources = createSourceKeeper(parts);
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
    await sources(connection, connector).catch((error: unknown) =>
      parts.onError(error, `connection ${connection.id} could not be asked for its fields`),
    );
    await looks(connection, connector).catch(async (error: unknown) => {
      parts.onError(error, `connection ${connection.id} could not be asked what changed`);
      await unreadable.open(connection, error);
    });
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
    /** Looks through a connection at once, however lately it was done. */
    lookNow: (connectionId: string): void => {
      lastAt.delete(connectionId);
      bell.ring();
    },
    /** Resolves once the look in hand is done. */
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
  };
};

type Serve = (connection: ConnectionInfo, connector: Connector) => Promise<void>;

const NEEDS_A_PERSON = new Set(['crm_read_failed', 'needs_reconnecting']);

/** Tells operators of connections that refuse to be read until somebody does something, and of their end. */
const createUnreadable = ({ alerts, vendors }: Pick<PollerParts, 'alerts' | 'vendors'>) => {
  const kind = 'crm_unreadable';
  // Unknown at the start: an alert may be left of an earlier run.
  const readable = new Set<string>();
  return {
    open: async ({ id, tenantId, name }: ConnectionInfo, error: unknown): Promise<void> => {
      if (!(error instanceof AppError) || error.retryable || !NEEDS_A_PERSON.has(error.code)) return;
      // A connection that was found broken has told so itself.
      if ((await vendors.connections.byId(id))?.status !== 'active') return;
      readable.delete(id);
      await alerts.open(tenantId, {
        kind,
        subject: id,
        detail: { code: error.code, text: `${name}: ${error.message}` },
      });
    },
    close: async ({ id, tenantId }: ConnectionInfo): Promise<void> => {
      if (readable.has(id)) return;
      await alerts.close(tenantId, kind, id);
      readable.add(id);
    },
  };
};

/** Looks at a connection when that is due. `lastAt`: when each was looked at. */
const createLooks = (
  parts: PollerParts,
  lastAt: Map<string, number>,
  onRead: (connection: ConnectionInfo) => Promise<void>,
): Serve => {
  const { clock } = parts;
  // Looks overlap: what was told already is known by its stamp.
  const told = new Map<string, ReadonlyMap<string, string>>();
  // A first look that failed is made up for from when it was due.
  const firstDueAt = new Map<string, number>();
  return async (connection, connector) => {
    const everyMs = parts.streamed(connection.id) ? RECONCILE_MS : connector.changes.everyMs;
    const now = clock.now();
    if (now < (lastAt.get(connection.id) ?? Number.NEGATIVE_INFINITY) + everyMs) return;
    const lease = await parts.leases.acquire(`poll:${connection.id}`, LEASE_MS);
    if (lease === null) return;
    lastAt.set(connection.id, now);
    try {
      const cursor = await parts.marks.read(connection.id);
      const sources = await readSources(connection, parts.policies);
      if (!firstDueAt.has(connection.id)) firstDueAt.set(connection.id, now);
      const changes = await connector.changes.read(connection, {
        cursor,
        now: cursor === null ? firstDueAt.get(connection.id)! : now,
        sources,
        openRecords: () => parts.openRecords(connection),
      });
      const before = told.get(connection.id);
      const news = changes.records.filter(({ ref, stamp }) => before?.get(keyOf(ref)) !== stamp);
      await tellAll(connection, news, parts);
      told.set(connection.id, new Map(changes.records.map(({ ref, stamp }) => [keyOf(ref), stamp])));
      await parts.marks.write(connection.id, changes.cursor);
      await onRead(connection);
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

/** Compares the live policy's sources with what the CRM has, when that is due. */
const createSourceKeeper = ({ leases, clock, policies, alerts }: PollerParts): Serve => {
  const nextAt = new Map<string, number>();
  return async (connection, connector) => {
    if (connector.missingSources === undefined || clock.now() < (nextAt.get(connection.id) ?? 0)) return;
    nextAt.set(connection.id, clock.now() + SOURCES_MS);
    const lease = await leases.acquire(`sources:${connection.id}`, LEASE_MS);
    if (lease === null) return;
    try {
      await checkSources(connection, connector, await readSources(connection, policies), alerts);
    } finally {
      await leases.release(lease);
    }
  };
};

const keyOf = ({ objectType, recordId }: ChangedRecord['ref']): string => `${objectType}/${recordId}`;

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
