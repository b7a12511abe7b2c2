import { bulkhead } from 'cockatiel';
import type { Leases } from '../assignments/delivery-ports.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import { createBell } from '../base/bell.ts';
import type { Clock } from '../base/clock.ts';
import type { Connector } from '../crm/connector.ts';
import type { ActiveConnections, Chore } from './chore.ts';
import type { PollMarks } from './poll-marks.ts';

export interface RoundsParts {
  readonly active: ActiveConnections;
  /** undefined: no CRM. */
  readonly connectorOf: (connection: ConnectionInfo) => Connector | undefined;
  readonly chores: readonly Chore[];
  readonly leases: Leases;
  /** When each chore was last done for each connection, by any process. */
  readonly marks: Pick<PollMarks, 'read' | 'write'>;
  readonly clock: Clock;
  /** How often to see what is due. Milliseconds. */
  readonly tickMs: number;
  readonly onError: (error: unknown, what: string) => void;
}

/** Longer than a chore may take. Milliseconds. */
const LEASE_MS = 60_000;
/** Chores done this seldom are done by one process for all: each would ask the vendor. Milliseconds. */
const SHARED_FROM_MS = 30_000;
/** The part of its time after which what another process did is due again: clocks of machines differ. */
const DUE_AGAIN = 0.9;

/** Connections served at once: one whose CRM is slow must not keep the others waiting. */
const AT_ONCE = 8;

/**
 * Goes round the connections, and does for each what is due, one chore after another. A connection that is still in hand
 * is passed over, so that a slow CRM costs only its own.
 */
export const createRounds = (parts: RoundsParts) => {
  const stopping = new AbortController();
  const bell = createBell();
  const due = createSchedule(parts.clock);
  const inHand = new Map<string, Promise<void>>();
  const gate = bulkhead(AT_ONCE, Number.MAX_SAFE_INTEGER);
  let running: Promise<void> = Promise.resolve();

  const serve = async (connection: ConnectionInfo, connector: Connector): Promise<void> => {
    for (const chore of parts.chores) {
      const everyMs = chore.everyMs(connection, connector);
      if (stopping.signal.aborted || everyMs === null || !due.is(connection.id, chore, everyMs)) continue;
      if (!(await wasDoneElsewhere(chore, connection, everyMs)))
        await doOnce(chore, everyMs, connection, connector);
    }
  };

  /** The first time in this process it is done whatever others did: settings may have changed with the start. */
  const wasDoneElsewhere = async (
    chore: Chore,
    { id }: ConnectionInfo,
    everyMs: number,
  ): Promise<boolean> => {
    if (everyMs < SHARED_FROM_MS || due.isOwed(id, chore)) return false;
    const at = Number((await parts.marks.read(markOf(chore, id))) ?? Number.NEGATIVE_INFINITY);
    if (at + everyMs * DUE_AGAIN <= parts.clock.now()) return false;
    due.done(id, chore, at);
    return true;
  };

  const doOnce = async (
    chore: Chore,
    everyMs: number,
    connection: ConnectionInfo,
    connector: Connector,
  ): Promise<void> => {
    const lease = await parts.leases.acquire(`${chore.name}:${connection.id}`, LEASE_MS);
    if (lease === null) return;
    const began = parts.clock.now();
    due.done(connection.id, chore, began);
    try {
      await chore.run(connection, connector);
      if (everyMs >= SHARED_FROM_MS) await parts.marks.write(markOf(chore, connection.id), String(began));
    } catch (error) {
      due.failed(connection.id, chore);
      parts.onError(error, `${chore.name} failed for connection ${connection.id}`);
    } finally {
      await parts.leases.release(lease);
    }
  };

  const goRound = async (): Promise<void> => {
    for (const connection of await parts.active()) {
      const connector = parts.connectorOf(connection);
      if (connector === undefined || inHand.has(connection.id)) continue;
      const served = gate
        .execute(() => serve(connection, connector))
        .catch((error: unknown) => parts.onError(error, `connection ${connection.id} could not be served`))
        .finally(() => inHand.delete(connection.id));
      inHand.set(connection.id, served);
    }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await bell.wait(parts.tickMs, stopping.signal);
      if (stopping.signal.aborted) break;
      await goRound().catch((error: unknown) => parts.onError(error, 'connections could not be listed'));
    }
    await Promise.all(inHand.values());
  };

  return {
    start: (): void => {
      running = run();
    },
    /** Has a chore done now for a connection, however lately it was. */
    doNow: (name: string, connectionId: string): void => {
      due.now(connectionId, name);
      bell.ring();
    },
    /** Resolves once what is in hand is done. */
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
  };
};

const markOf = ({ name }: Chore, connectionId: string): string => `done:${name}:${connectionId}`;

/** When each chore was last done for each connection, as far as this process knows. */
const createSchedule = (clock: Clock) => {
  const lastAt = new Map<string, number>();
  const sooner = new Map<string, number>();
  const keyOf = (connectionId: string, name: string): string => `${name} ${connectionId}`;
  return {
    is: (connectionId: string, { name }: Chore, everyMs: number): boolean => {
      const key = keyOf(connectionId, name);
      const last = lastAt.get(key);
      return last === undefined || clock.now() >= last + Math.min(everyMs, sooner.get(key) ?? everyMs);
    },
    /** Whether it is not known to have been done, failed, or is wanted now. */
    isOwed: (connectionId: string, { name }: Chore): boolean => {
      const key = keyOf(connectionId, name);
      return !lastAt.has(key) || sooner.has(key);
    },
    done: (connectionId: string, { name }: Chore, at: number): void => {
      lastAt.set(keyOf(connectionId, name), at);
      sooner.delete(keyOf(connectionId, name));
    },
    failed: (connectionId: string, { name, againMs }: Chore): void => {
      if (againMs !== undefined) sooner.set(keyOf(connectionId, name), againMs);
    },
    now: (connectionId: string, name: string): void => void lastAt.delete(keyOf(connectionId, name)),
  };
};
