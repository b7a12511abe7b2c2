import type { Lease } from '../../assignments/delivery-ports.ts';
import type { ConnectionInfo, DeliveryKind, Sender } from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Circuit } from './circuit.ts';
import { pauseAsked, vendorIsDown } from './failures.ts';
import type { DeliveryOptions } from './options.ts';
import type { DeliveryParts } from './ports.ts';
import { judgeBatch, sendBatch } from './send-batch.ts';
import { createTelling, type Telling, tellUntold } from './tell.ts';

/** What is remembered of a connection between turns, in this process only. */
export interface ConnectionMemory {
  readonly circuit: Circuit;
  /** Nothing is sent before this instant: the vendor asked for a pause. */
  pausedUntil: number;
  /** Halved while whole batches fail, so that one delivery the vendor chokes on does not hold up the others. */
  batchLimit: number;
  /** The last batch was refused as from a broken connection, which stands as active all the same. */
  doubted: boolean;
}

/** How long a connection whose tokens are refused is left alone, unless it is woken. */
const BROKEN_PAUSE_MS = 60_000;
/** How soon to try again after a refusal that a reconnection may have overtaken. */
const DOUBT_PAUSE_MS = 1_000;
/** How soon to look again when another process holds the connection: it may have looked just before our rows came. */
const HELD_AGAIN_MS = 300;

/**
 * Sends all that is due for one connection, under its lease. Returns when to look again, in epoch milliseconds; null:
 * when woken. `stopping` is asked before each batch.
 */
export const serveConnection = async (
  connection: ConnectionInfo,
  sender: Sender,
  memory: ConnectionMemory,
  parts: DeliveryParts,
  options: DeliveryOptions,
  stopping: () => boolean,
): Promise<number | null> => {
  const now = parts.clock.now();
  if (memory.pausedUntil > now) return memory.pausedUntil;
  const lease = await parts.leases.acquire(`sender:${connection.id}`, options.leaseMs);
  if (!lease) return now + HELD_AGAIN_MS;
  const telling = createTelling(connection, parts);
  try {
    await tellUntold(connection, parts);
    const turn = { connection, sender, memory, parts, options, lease, telling };
    while (!stopping()) {
      const next = await sendNext(turn);
      if (next !== 'more') return next;
    }
    return null;
  } finally {
    await telling.settled().finally(() => parts.leases.release(lease));
  }
};

interface Turn {
  readonly connection: ConnectionInfo;
  readonly sender: Sender;
  readonly memory: ConnectionMemory;
  readonly parts: DeliveryParts;
  readonly options: DeliveryOptions;
  readonly lease: Lease;
  readonly telling: Telling;
}

/** Sends one batch. `more`: there may be another one. */
const sendNext = async (turn: Turn): Promise<'more' | number | null> => {
  const { connection, sender, memory, parts, options, lease, telling } = turn;
  // Renewed before each batch: what is left always outlasts the longest send.
  if (!(await parts.leases.renew(lease, options.leaseMs))) return parts.clock.now() + HELD_AGAIN_MS;
  const taken = await parts.store.take(lease, connection, {
    now: parts.clock.now(),
    // While whole batches fail, small ones find out why.
    bulk: (kind) => (memory.batchLimit === Number.MAX_SAFE_INTEGER ? (sender.bulk?.(kind) ?? null) : null),
    batchSize: (kind: DeliveryKind) => Math.max(1, Math.min(sender.batchSize(kind), memory.batchLimit)),
    ownerWritesPerHour: options.ownerWritesPerHour,
  });
  if (taken.kind === 'lease_lost') return parts.clock.now() + HELD_AGAIN_MS;
  if (taken.refused) await telling.settled().then(() => tellUntold(connection, parts));
  if (taken.deliveries.length === 0) return taken.refused ? 'more' : taken.nextDueAt;
  return deliver(turn, taken.deliveries);
};

const deliver = async (
  turn: Turn,
  deliveries: Parameters<typeof judgeBatch>[0],
): Promise<'more' | number | null> => {
  const { connection, memory, parts, options, lease, telling } = turn;
  const results = await trySend(turn, deliveries);
  const verdicts = judgeBatch(deliveries, results, parts, options);
  const ended = await parts.store.complete(lease, connection, verdicts, parts.clock.now());
  if (ended === null) return parts.clock.now() + HELD_AGAIN_MS;
  await telling.tell(ended);
  memory.batchLimit = vendorIsDown(results)
    ? Math.max(1, Math.ceil(deliveries.length / 2))
    : Math.min(memory.batchLimit * 2, Number.MAX_SAFE_INTEGER);
  const pause = pauseAsked(results);
  if (pause === 0) return 'more';
  memory.pausedUntil = parts.clock.now() + pause;
  return memory.pausedUntil;
};

const trySend = async (turn: Turn, deliveries: Parameters<typeof judgeBatch>[0]) => {
  const { connection, sender, memory, parts, options } = turn;
  try {
    const results = await memory.circuit.run(() => sendBatch(sender, connection, deliveries, parts, options));
    memory.doubted = false;
    return results ?? paused(deliveries.length, 'vendor_unavailable', options.circuit.restMs);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    parts.log.warn({ err: error, connection: connection.id }, 'a connection is broken');
    // It may have been connected again while this batch was under way: told only once that is out of doubt.
    const stands = (await parts.connection(connection.id))?.status === 'active';
    if (stands && !memory.doubted) {
      memory.doubted = true;
      return paused(deliveries.length, 'needs_reconnecting', DOUBT_PAUSE_MS);
    }
    await parts.events.connectionBroken(connection, error.code, error.message);
    return paused(deliveries.length, 'needs_reconnecting', BROKEN_PAUSE_MS);
  }
};

const paused = (count: number, code: string, afterMs: number) =>
  Array.from({ length: count }, () => ({ outcome: 'retry', afterMs, code }) as const);
