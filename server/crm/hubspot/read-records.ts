import type { ConnectionInfo, RecordReader } from '../../assignments/ports.ts';
import type { RecordSnapshot } from '../../assignments/types.ts';
import { AppError } from '../../base/app-error.ts';
import type { CallHubspot } from './client.ts';
import { BATCH_LIMIT } from './facts.ts';
import { readBatch, type Wanted } from './read-batch.ts';

/** How long reads wait for company. Milliseconds. */
const GATHER_MS = 50;

/** Batches of one group under way at once. */
const AT_ONCE = 2;

interface Waiting extends Wanted {
  readonly answer: PromiseWithResolvers<RecordSnapshot>;
}

export interface ReaderParts {
  readonly call: CallHubspot;
  readonly connection: (connectionId: string) => Promise<ConnectionInfo | null>;
  readonly appUrl: string;
}

interface Group {
  /** Waiting for the next batch, oldest first. */
  readonly waiting: Waiting[];
  underWay: number;
  /** Runs while the first of those waiting waits for company. */
  timer: NodeJS.Timeout | null;
}

/**
 * Reads records through, now. Reads of one connection and object type that arrive within 50 ms, or the first hundred of
 * them, go out as one batch call; while two batches are under way, or wait for the limit, the next one goes on growing,
 * so that a rush needs few calls.
 */
export const createHubspotReader = (parts: ReaderParts): RecordReader => {
  const groups = new Map<string, Group>();
  const groupOf = (name: string): Group => {
    const group = groups.get(name) ?? { waiting: [], underWay: 0, timer: null };
    groups.set(name, group);
    return group;
  };

  const send = async (name: string, group: Group): Promise<void> => {
    group.underWay++;
    await answer(group.waiting.splice(0, BATCH_LIMIT), parts);
    group.underWay--;
    if (group.waiting.length > 0) sendReady(name, group);
    else if (group.underWay === 0) groups.delete(name);
  };

  const sendReady = (name: string, group: Group): void => {
    const full = group.waiting.length >= BATCH_LIMIT;
    if (group.underWay < AT_ONCE && group.waiting.length > 0 && (full || group.timer === null))
      void send(name, group);
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

const answer = async (
  batch: readonly Waiting[],
  { call, connection, appUrl }: ReaderParts,
): Promise<void> => {
  try {
    const info = await connection(batch[0]?.ref.connectionId ?? '');
    if (info?.status !== 'active') throw notConnected();
    const snapshots = await readBatch(call, info, batch, { appUrl, portalId: info.externalId });
    batch.forEach((waiting, index) => {
      const snapshot = snapshots[index];
      if (snapshot) waiting.answer.resolve(snapshot);
      else waiting.answer.reject(new AppError('crm_read_failed', 'HubSpot gave no answer for the record.'));
    });
  } catch (error) {
    for (const waiting of batch) waiting.answer.reject(error);
  }
};

const notConnected = (): AppError =>
  new AppError(
    'needs_reconnecting',
    'The HubSpot account is not connected: have an administrator install the app again.',
    { status: 409 },
  );
