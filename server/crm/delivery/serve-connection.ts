import type { Lease, Settled } from '../../assignments/delivery-ports.ts';
import type {
  ConnectionInfo,
  Delivery,
  DeliveryKind,
  DeliveryResult,
  Sender,
} from '../../assignments/ports.ts';
import { AppError } from '../../base/app-error.ts';
import type { Circuit } from './circuit.ts';
import { pauseAsked, vendorIsDown } from './failures.ts';
import { createFlight, type Flight, type Landed } from './flight.ts';
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
  const renewedAt = performance.now();
  const lease = await parts.leases.acquire(`sender:${connection.id}`, options.leaseMs);
  if (!lease) return now + HELD_AGAIN_MS;
  const telling = createTelling(parts);
  const flight = createFlight((deliveries) =>
    trySend({ connection, sender, memory, parts, options }, deliveries),
  );
  const turn: Turn = {
    connection,
    sender,
    memory,
    parts,
    options,
    stopping,
    lease,
    renewedAt,
    lastTaken: 0,
    telling,
    flight,
  };
  try {
    await tellUntold(connection, parts);
    for (;;) {
      const next = await goOn(turn);
      if (next !== 'more') return next;
    }
  } finally {
    await end(turn);
  }
};

interface Turn {
  readonly connection: ConnectionInfo;
  readonly sender: Sender;
  readonly memory: ConnectionMemory;
  readonly parts: DeliveryParts;
  readonly options: DeliveryOptions;
  readonly stopping: () => boolean;
  readonly lease: Lease;
  /** By the process's own count of milliseconds. */
  renewedAt: number;
  /** Deliveries that the batch before held. */
  lastTaken: number;
  readonly telling: Telling;
  readonly flight: Flight;
}

/** What is still under way comes to its end, and others may send. */
const end = async ({ connection, parts, lease, telling, flight }: Turn): Promise<void> => {
  try {
    await flight.over();
    await telling.tellAll();
    const told = telling.told();
    if (told.length > 0) await parts.store.told(connection, told, parts.clock.now());
  } finally {
    await parts.leases.release(lease);
  }
};

/** Stores what has landed and sends the next batch, or waits for one to land. `more`: there may be more to do. */
const goOn = async (turn: Turn): Promise<'more' | number | null> => {
  const { sender, memory, parts, stopping, telling, flight } = turn;
  const landed = flight.settle();
  for (const batch of landed) learn(memory, batch, parts.clock.now());
  const settled = landed.length === 0 ? undefined : settledBy(landed, turn);
  const isBehind = telling.isBehind(settled?.verdicts.length ?? 0);
  const ending = stopping() || memory.pausedUntil > parts.clock.now();
  const isFull = flight.count() >= (sender.atOnce ?? 1);
  if (!ending && !isFull && !isBehind) return launchNext(turn, settled);
  if (settled !== undefined && !(await settle(turn, settled))) return parts.clock.now() + HELD_AGAIN_MS;
  if (ending && flight.isEmpty()) return stopping() ? null : memory.pausedUntil;
  // What is under way is stored while the lease stands: those who listen are waited for once nothing is.
  await (flight.isEmpty() ? telling.tellOne() : telling.tellDuring(flight.landing()));
  return 'more';
};

const settledBy = (landed: readonly Landed[], { parts, options, telling }: Turn): Settled => ({
  verdicts: landed.flatMap(({ deliveries, results }) => judgeBatch(deliveries, results, parts, options)),
  told: telling.told(),
});

/** false: the lease was lost, and nothing is stored. */
const settle = async ({ connection, parts, lease, telling }: Turn, settled: Settled): Promise<boolean> => {
  const ended = await parts.store.complete(lease, connection, settled, parts.clock.now());
  if (ended !== null) telling.add(ended);
  return ended !== null;
};

const learn = (memory: ConnectionMemory, { deliveries, results }: Landed, now: number): void => {
  memory.batchLimit = vendorIsDown(results)
    ? Math.max(1, Math.ceil(deliveries.length / 2))
    : Math.min(memory.batchLimit * 2, Number.MAX_SAFE_INTEGER);
  const pause = pauseAsked(results);
  if (pause > 0) memory.pausedUntil = Math.max(memory.pausedUntil, now + pause);
};

/** Settles and takes in one transaction: each costs the database a commit. */
const launchNext = async (turn: Turn, settled: Settled | undefined): Promise<'more' | number | null> => {
  const { connection, sender, memory, parts, options, lease, telling, flight } = turn;
  if (!(await holds(turn))) return parts.clock.now() + HELD_AGAIN_MS;
  const taken = await parts.store.take(lease, connection, {
    now: parts.clock.now(),
    // While whole batches fail, small ones find out why.
    bulk: (kind) => (memory.batchLimit === Number.MAX_SAFE_INTEGER ? (sender.bulk?.(kind) ?? null) : null),
    batchSize: (kind: DeliveryKind) => Math.max(1, Math.min(sender.batchSize(kind), memory.batchLimit)),
    ownerWritesPerHour: options.ownerWritesPerHour,
    underWay: flight.underWay(),
    expected: turn.lastTaken,
    ...(settled !== undefined && { settled }),
  });
  if (taken.kind === 'lease_lost') return parts.clock.now() + HELD_AGAIN_MS;
  turn.lastTaken = taken.deliveries.length;
  telling.add(taken.ended);
  if (taken.deliveries.length > 0) flight.launch(taken.deliveries);
  else if (!flight.isEmpty()) await telling.tellDuring(flight.landing());
  // Batch by batch: something new may have come meanwhile, and goes before the rest.
  else if (telling.isWaiting()) await telling.tellOne();
  else return taken.nextDueAt;
  return 'more';
};

/** Renews the lease in time: what is left of it always outlasts the longest send. false: it was lost. */
const holds = async (turn: Turn): Promise<boolean> => {
  const { parts, options, lease } = turn;
  const now = performance.now();
  if (now - turn.renewedAt < (options.leaseMs - options.sendMs) / 2) return true;
  turn.renewedAt = now;
  return parts.leases.renew(lease, options.leaseMs);
};

type Sending = Pick<Turn, 'connection' | 'sender' | 'memory' | 'parts' | 'options'>;

const trySend = async (
  { connection, sender, memory, parts, options }: Sending,
  deliveries: readonly Delivery[],
): Promise<readonly DeliveryResult[]> => {
  const doubted = memory.doubted;
  try {
    const results = await memory.circuit.run(() => sendBatch(sender, connection, deliveries, parts, options));
    memory.doubted = false;
    return results ?? paused(deliveries.length, 'vendor_unavailable', options.circuit.restMs);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    parts.log.warn({ err: error, connection: connection.id }, 'a connection is broken');
    // It may have been connected again while this batch was under way: told only once that is out of doubt.
    const stands = await isActive(connection, parts);
    if (stands && !doubted) {
      memory.doubted = true;
      return paused(deliveries.length, 'needs_reconnecting', DOUBT_PAUSE_MS);
    }
    await parts.events.connectionBroken(connection, error.code, error.message);
    // What connecting it again closed meanwhile must not stay open behind it.
    if (!stands && (await isActive(connection, parts)))
      await parts.alerts.close(connection.tenantId, 'connection_broken', connection.id);
    return paused(deliveries.length, 'needs_reconnecting', BROKEN_PAUSE_MS);
  }
};

const isActive = async ({ id }: ConnectionInfo, parts: DeliveryParts): Promise<boolean> =>
  (await parts.connection(id))?.status === 'active';

const paused = (count: number, code: string, afterMs: number) =>
  Array.from({ length: count }, () => ({ outcome: 'retry', afterMs, code }) as const);
