import type { ConnectionInfo, RecordReader } from '../assignments/ports.ts';
import type { RecordRef, RecordSnapshot, Vendor } from '../assignments/types.ts';
import { AppError } from '../base/app-error.ts';

/** How long reads wait for company. Milliseconds. */
const GATHER_MS = 50;

/** Batches of one group under way at once. */
const AT_ONCE = 2;

/** One record wanted, with the declared sources to read of it. */
export interface Wanted {
  readonly ref: RecordRef;
  readonly sources: Readonly<Record<string, string>>;
}

/** Reads records of one connection and object type in one vendor's way. */
export interface BatchReader {
  readonly vendor: Vendor;
  /** The vendor's name as people write it. */
  readonly name: string;
  /** The most records `read` takes at once. */
  readonly batchLimit: number;
  /** Snapshots in the order asked. Throws AppError `crm_read_failed`. */
  readonly read: (
    connection: ConnectionInfo,
    wanted: readonly Wanted[],
  ) => Promise<readonly RecordSnapshot[]>;
}

interface Waiting extends Wanted {
  readonly answer: PromiseWithResolvers<RecordSnapshot>;
}

export interface ReaderParts {
  readonly readers: readonly BatchReader[];
  readonly connection: (connectionId: string) => Promise<ConnectionInfo | null>;
}

interface Group {
  /** Waiting for the next batch, oldest first. */
  readonly waiting: Waiting[];
  underWay: number;
  /** Runs while the first of those waiting waits for company. */
  timer: NodeJS.Timeout | null;
}

/**
 * Reads records through, now. Reads of one connection and object type that arrive within 50 ms, or the first of them
 * that fill a batch, go out as one batch call; while two batches are under way, or wait for the limit, the next one
 * goes on growing, so that a rush needs few calls.
 */
export const gatherReads = (parts: ReaderParts): RecordReader => {
  const groups = new Map<string, Group>();
  // What a connection's vendor takes at once; known from its first batch on.
  const limits = new Map<string, number>();
  const smallest = Math.min(...parts.readers.map(({ batchLimit }) => batchLimit));
  const groupOf = (name: string): Group => {
    const group = groups.get(name) ?? { waiting: [], underWay: 0, timer: null };
    groups.set(name, group);
    return group;
  };

  const answer = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const { info, reader } = await whoReads(batch[0]!.ref.connectionId, parts);
      limits.set(info.id, reader.batchLimit);
      const snapshots = await reader.read(info, batch);
      batch.forEach((waiting, index) => {
        const snapshot = snapshots[index];
        if (snapshot) waiting.answer.resolve(snapshot);
        else waiting.answer.reject(noAnswer(reader.name));
      });
    } catch (error) {
      for (const waiting of batch) waiting.answer.reject(error);
    }
  };

  const send = async (name: string, group: Group, limit: number): Promise<void> => {
    group.underWay++;
    await answer(group.waiting.splice(0, limit));
    group.underWay--;
    if (group.waiting.length > 0) sendReady(name, group);
    else if (group.underWay === 0) groups.delete(name);
  };

  const sendReady = (name: string, group: Group): void => {
    const first = group.waiting[0];
    if (first === undefined) return;
    const limit = limits.get(first.ref.connectionId) ?? smallest;
    const full = group.waiting.length >= limit;
    if (group.underWay < AT_ONCE && (full || group.timer === null)) void send(name, group, limit);
  };

  return {
    read: (ref, sources) => {
      const name = `${ref.connectionId} ${ref.objectType}`;
      const group = groupOf(name);
      const waiting = { ref, sources, answer: Promise.withResolvers<RecordSnapshot>() };
      group.waiting.push(waiting);
      group.timer ??= setTimeout(() => {
        group.timer = null;
        sendReady(name, group);
      }, GATHER_MS);
      sendReady(name, group);
      return waiting.answer.promise;
    },
  };
};

const whoReads = async (connectionId: string, { connection, readers }: ReaderParts) => {
  const info = await connection(connectionId);
  const reader = readers.find(({ vendor }) => vendor === info?.vendor);
  if (info?.status === 'active' && reader !== undefined) return { info, reader };
  throw new AppError(
    'needs_reconnecting',
    `The ${reader?.name ?? 'CRM'} account is not connected: have an administrator install the app again.`,
    { status: 409 },
  );
};

const noAnswer = (vendor: string): AppError =>
  new AppError('crm_read_failed', `${vendor} gave no answer for the record.`);
