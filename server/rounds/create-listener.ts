import type { Lease, Leases } from '../assignments/delivery-ports.ts';
import type { ConnectionInfo } from '../assignments/ports.ts';
import { createBell } from '../base/bell.ts';
import type { ChangeStream, Connector, StreamEnd } from '../crm/connector.ts';
import { backoff } from '../crm/delivery/backoff.ts';
import type { ActiveConnections } from './chore.ts';
import { type HoldParts, holdStream } from './hold-stream.ts';

export interface ListenerParts extends HoldParts {
  readonly active: ActiveConnections;
  /** undefined: no CRM. */
  readonly connectorOf: (connection: ConnectionInfo) => Connector | undefined;
  readonly leases: Leases;
  /** From 0 up to 1. */
  readonly random: () => number;
  readonly onError: (error: unknown, what: string) => void;
  /** How soon a new connection is found, and a stream that another process let go of. Milliseconds. */
  readonly roundMs?: number;
}

const ROUND_MS = 5_000;
/** Outlasts several rounds, in each of which it is renewed. */
const LEASE_MS = 30_000;
const RETRY = { baseMs: 1_000, capMs: 60_000 };
/** How often a vendor that keeps no stream for us is asked again. Milliseconds. */
const UNAVAILABLE_MS = 10 * 60_000;

/** A stream held by this process. `proven`: changes came over it, so that it is none that stays silent. */
interface Held {
  readonly stopping: AbortController;
  readonly lease: Lease;
  readonly done: Promise<void>;
  proven: boolean;
}

/** Holds the streams of changes that vendors keep: each connection's in one process at a time, opened again when it ends. */
export const createListener = (parts: ListenerParts) => {
  const stopping = new AbortController();
  const bell = createBell();
  const held = new Map<string, Held>();
  const elsewhere = new Set<string>();
  const retries = createRetries(parts.random);
  let running: Promise<void> = Promise.resolve();

  const run = async (connection: ConnectionInfo, stream: ChangeStream, lease: Lease, signal: AbortSignal) => {
    const onHeard = (events: number): void => {
      retries.worked(connection.id);
      const own = held.get(connection.id);
      if (own !== undefined) own.proven ||= events > 0;
    };
    const end = await holdStream(connection, stream, parts, { signal, onHeard }).catch(
      (error: unknown): StreamEnd => ({ kind: 'broken', error }),
    );
    if (end.kind === 'broken') parts.onError(end.error, `the stream of connection ${connection.id} broke`);
    retries.ended(connection.id, end);
    held.delete(connection.id);
    await parts.leases.release(lease);
    bell.ring();
  };

  const begin = async (connection: ConnectionInfo, stream: ChangeStream): Promise<void> => {
    const lease = await parts.leases.acquire(`stream:${connection.id}`, LEASE_MS);
    if (lease === null) return void elsewhere.add(connection.id);
    elsewhere.delete(connection.id);
    const end = new AbortController();
    const started = Promise.withResolvers<void>();
    const done = started.promise
      .then(() => run(connection, stream, lease, end.signal))
      .catch((error: unknown) =>
        parts.onError(error, `the stream of connection ${connection.id} was not let go`),
      );
    held.set(connection.id, { stopping: end, lease, done, proven: false });
    started.resolve();
  };

  /** Keeps what is held, takes up what is not, and lets go of what is no longer connected. */
  const round = async (): Promise<void> => {
    const active = new Map<string, readonly [ConnectionInfo, ChangeStream]>();
    for (const connection of await parts.active()) {
      const stream = parts.connectorOf(connection)?.stream;
      if (stream !== undefined) active.set(connection.id, [connection, stream]);
    }
    for (const [id, { lease, stopping: end }] of held)
      if (!active.has(id) || !(await parts.leases.renew(lease, LEASE_MS))) end.abort();
    for (const id of elsewhere) if (!active.has(id)) elsewhere.delete(id);
    for (const [id, [connection, stream]] of active)
      if (!held.has(id) && retries.due(id)) await begin(connection, stream);
  };

  const work = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await round().catch((error: unknown) => parts.onError(error, 'holding streams failed'));
      await bell.wait(retries.nextWithin(parts.roundMs ?? ROUND_MS), stopping.signal);
    }
    for (const { stopping: end } of held.values()) end.abort();
    await Promise.all([...held.values()].map(({ done }) => done));
  };

  return {
    start: (): void => {
      running = work();
    },
    /** Resolves once every stream is let go of and what was heard is kept. */
    stop: async (): Promise<void> => {
      stopping.abort();
      await running;
    },
    /** Whether a stream tells of a connection's changes, here or by another process. */
    tells: (connectionId: string): boolean =>
      (held.get(connectionId)?.proven ?? false) || elsewhere.has(connectionId),
  };
};

/** When to try a connection's stream again: soon where it brought something, later with every try that did not. */
const createRetries = (random: () => number) => {
  const waiting = new Map<string, { readonly attempts: number; readonly at: number }>();
  return {
    due: (id: string): boolean => performance.now() >= (waiting.get(id)?.at ?? 0),
    worked: (id: string): void => void waiting.delete(id),
    ended: (id: string, end: StreamEnd): void => {
      const attempts = waiting.get(id)?.attempts ?? 0;
      const wait = end.kind === 'unavailable' ? UNAVAILABLE_MS : backoff(attempts, RETRY, random);
      waiting.set(id, { attempts: attempts + 1, at: performance.now() + wait });
    },
    /** Milliseconds until the next try, at most `most`. */
    nextWithin: (most: number): number => {
      const now = performance.now();
      const waits = [...waiting.values()].map(({ at }) => at - now).filter((wait) => wait > 0);
      return Math.min(most, ...waits);
    },
  };
};
