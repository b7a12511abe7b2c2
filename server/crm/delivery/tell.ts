import type { Ended } from '../../assignments/delivery-ports.ts';
import type { ConnectionInfo, DeliveryKind, DeliveryResult } from '../../assignments/ports.ts';
import { enteredIn } from './entered-detail.ts';
import type { DeliveryParts } from './ports.ts';

/** How many untold endings are told at once. */
const TELL_AT_ONCE = 200;
/** Endings that may wait to be told while more is sent: so long, a vendor's burst goes before the lane. */
const MOST_WAITING = 2_000;

/**
 * Tells the use cases how deliveries ended; whom they know of now, by id. A process that dies before that is noted tells
 * them again: listeners take a repeat for what it is. What a listener fails on stays untold and is told at the next turn.
 */
const tell = async (ended: readonly Ended[], parts: DeliveryParts): Promise<readonly string[]> => {
  // Together, so that the lane takes them together; in this order, so that they come to it in order.
  const told = await Promise.all(ended.map((one) => tryTelling(one, parts)));
  return told.flatMap((id) => id ?? []);
};

/**
 * Tells of batch after batch, in the order they ended: what is told of one is in the lane before anything is of the
 * next. It is told where the sender waits anyway, so that while a vendor takes more, sending comes first.
 */
export const createTelling = (parts: DeliveryParts) => {
  const batches: (readonly Ended[])[] = [];
  let told: string[] = [];
  let waiting = 0;
  let current: Promise<void> | null = null;
  const tellNext = async (): Promise<void> => {
    const ended = batches.shift() ?? [];
    told.push(...(await tell(ended, parts)));
    waiting -= ended.length;
    current = null;
  };
  /** Tells of the next batch, or waits until the one being told of is. */
  const tellOne = (): Promise<void> => {
    current ??= tellNext();
    return current;
  };
  return {
    add: (ended: readonly Ended[]): void => {
      if (ended.length === 0) return;
      waiting += ended.length;
      batches.push(ended);
    },
    /** Whether anything waits to be told. */
    isWaiting: (): boolean => waiting > 0,
    /** Whether so many wait to be told, these beside them, that nothing more is to be sent before. */
    isBehind: (more: number): boolean => waiting + more > MOST_WAITING,
    tellOne,
    /** Tells until something is over, and waits for it. Throws what it does. */
    tellDuring: async (something: Promise<void>): Promise<void> => {
      let isOver = false;
      const over = something.finally(() => {
        isOver = true;
      });
      while (waiting > 0 && !isOver) await Promise.race([over, tellOne()]);
      await over;
    },
    tellAll: async (): Promise<void> => {
      while (waiting > 0) await tellOne();
    },
    /** What was told since this was asked last, to be noted. */
    told: (): readonly string[] => {
      const ids = told;
      told = [];
      return ids;
    },
  };
};

export type Telling = ReturnType<typeof createTelling>;

/** Tells what an earlier process, or an earlier turn, left untold; as far as listeners take it. */
export const tellUntold = async (connection: ConnectionInfo, parts: DeliveryParts): Promise<void> => {
  for (let told = TELL_AT_ONCE; told === TELL_AT_ONCE; ) {
    const ids = await tell(await parts.store.untold(connection, TELL_AT_ONCE), parts);
    if (ids.length > 0) await parts.store.told(connection, ids, parts.clock.now());
    told = ids.length;
  }
};

/** Whether a use case listens to deliveries of a kind that end so; see `tellOne`. */
export const isHeard = (kind: DeliveryKind, outcome: DeliveryResult['outcome']): boolean => {
  switch (kind) {
    case 'owner_write':
    case 'slack_card':
    case 'enter':
    case 'convert':
      return true;
    case 'slack_sla':
    case 'fill':
      return outcome !== 'done';
    case 'reason_write':
    case 'task':
    case 'callback':
    case 'slack_refresh':
    case 'slack_alert':
    case 'slack_reminder':
    case 'slack_home':
      return false;
    default:
      return kind satisfies never;
  }
};

/** The id of what was told; null: its listener failed. */
const tryTelling = async (one: Ended, parts: DeliveryParts): Promise<string | null> => {
  try {
    await tellOne(one, parts);
    return one.delivery.id;
  } catch (error) {
    parts.log.error({ err: error, delivery: one.delivery.id }, 'a delivery ended and its listener failed');
    return null;
  }
};

const tellOne = async ({ delivery, result, at }: Ended, { events }: DeliveryParts): Promise<void> => {
  switch (delivery.kind) {
    case 'owner_write':
      if (result.outcome === 'done') return events.ownerWritten(delivery);
      if (result.outcome === 'overtaken') return events.ownerOvertaken(delivery, result.ownerId);
      return events.ownerRefused(delivery, result.code, result.remedy);
    case 'slack_card':
      if (result.outcome === 'done') return events.cardDelivered(delivery, at);
      return events.cardUndeliverable(delivery, codeOf(result));
    case 'slack_sla':
      if (result.outcome === 'done') return;
      return events.noticeUndeliverable(delivery, codeOf(result));
    case 'enter': {
      if (result.outcome !== 'done') return events.entryRefused(delivery, codeOf(result), remedyOf(result));
      const entered = enteredIn(delivery.connectionId, result.detail);
      return entered === null ? undefined : events.recordEntered(delivery, entered);
    }
    case 'convert':
      if (result.outcome === 'done') return events.converted(delivery);
      return events.convertRefused(delivery, codeOf(result), remedyOf(result));
    case 'fill':
      if (result.outcome === 'done') return;
      return events.fillRefused(delivery, codeOf(result), remedyOf(result));
    case 'reason_write':
    case 'task':
    case 'callback':
    case 'slack_refresh':
    case 'slack_alert':
    case 'slack_reminder':
    case 'slack_home':
      return;
    default:
      return delivery satisfies never;
  }
};

type Failed = Exclude<Ended['result'], { outcome: 'done' }>;

const codeOf = (result: Failed): string => (result.outcome === 'refused' ? result.code : result.outcome);
const remedyOf = (result: Failed): string => (result.outcome === 'refused' ? result.remedy : '');
