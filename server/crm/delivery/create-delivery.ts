import { isGone } from '../../assignments/account-status.ts';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { Vendor } from '../../assignments/types.ts';
import { createCircuit } from './circuit.ts';
import { DELIVERY_DEFAULTS, type DeliveryOptions } from './options.ts';
import type { DeliveryParts } from './ports.ts';
import { type ConnectionMemory, serveConnection } from './serve-connection.ts';
import { tellUntold } from './tell.ts';

/** Sends what is queued for CRMs and Slack. */
export interface DeliveryRunner {
  /** There is something to send for a connection, now. */
  readonly wake: (connectionId: string) => void;
  /** Begins to look for what is due by itself. */
  readonly start: () => void;
  /** Takes nothing more, waits for what is being sent, lets go of every lease. */
  readonly stop: () => Promise<void>;
}

interface Running {
  readonly done: Promise<void>;
  /** Woken while at work: look once more before going to sleep. */
  again: boolean;
}

/** One sender per connection over all processes, whatever the vendor. See docs/delivery.md. */
export const createDelivery = (
  parts: DeliveryParts,
  given: Partial<DeliveryOptions> = {},
): DeliveryRunner => {
  const options = { ...DELIVERY_DEFAULTS, ...given };
  const senders = new Map<Vendor, DeliveryParts['senders'][number]>(parts.senders.map((s) => [s.vendor, s]));
  const memories = new Map<string, ConnectionMemory>();
  const running = new Map<string, Running>();
  const timers = new Map<string, NodeJS.Timeout>();
  let poll: NodeJS.Timeout | null = null;
  let stopping = false;

  const memoryOf = (id: string): ConnectionMemory => {
    const memory = memories.get(id) ?? {
      circuit: createCircuit(options.circuit),
      pausedUntil: 0,
      batchLimit: Number.MAX_SAFE_INTEGER,
      doubted: false,
    };
    memories.set(id, memory);
    return memory;
  };

  const serve = async (id: string): Promise<number | null> => {
    const connection = await parts.connection(id);
    const sender = connection && senders.get(connection.vendor);
    if (!sender) return null;
    if (isGone(connection)) return endAll(connection, parts);
    if (connection.status !== 'active') return null;
    return serveConnection(connection, sender, memoryOf(id), parts, options, () => stopping);
  };

  const wakeAt = (id: string, at: number): void => {
    clearTimeout(timers.get(id));
    const wait = Math.max(0, Math.min(at - parts.clock.now(), options.pollMs));
    timers.set(id, setTimeout(wake, wait, id));
  };

  const run = async (id: string): Promise<void> => {
    try {
      const next = await serve(id);
      if (next !== null && !stopping) wakeAt(id, next);
    } catch (error) {
      // The poll finds the connection again; a database that is away must not end the process.
      parts.log.error({ err: error, connection: id }, 'sending for a connection failed');
    } finally {
      const again = running.get(id)?.again ?? false;
      running.delete(id);
      if (again) wake(id);
    }
  };

  const wake = (id: string): void => {
    clearTimeout(timers.get(id));
    timers.delete(id);
    const current = running.get(id);
    if (current) current.again = true;
    else if (!stopping) running.set(id, { done: Promise.resolve().then(() => run(id)), again: false });
  };

  const look = async (): Promise<void> => {
    try {
      for (const id of await parts.store.connectionsDue(parts.clock.now())) wake(id);
    } catch (error) {
      parts.log.error({ err: error }, 'looking for due deliveries failed');
    }
    if (!stopping) poll = setTimeout(look, options.pollMs);
  };

  return {
    wake,
    start: () => void look(),
    stop: async () => {
      stopping = true;
      if (poll) clearTimeout(poll);
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
};

/** What is queued for an account that is gone ends, and whom it concerns is told. */
const endAll = async (connection: ConnectionInfo, parts: DeliveryParts): Promise<null> => {
  await parts.store.refusePending(connection, parts.clock.now());
  await tellUntold(connection, parts);
  return null;
};
