import type { ConnectionInfo, RecordReader } from '../../assignments/ports.ts';
import type { RecordSnapshot } from '../../assignments/types.ts';
import { AppError } from '../../base/app-error.ts';
import type { CallHubspot } from './client.ts';
import { BATCH_LIMIT } from './facts.ts';
import { readBatch, type Wanted } from './read-batch.ts';

/** How long reads wait for company. Milliseconds. */
const GATHER_MS = 50;

interface Waiting extends Wanted {
  readonly answer: PromiseWithResolvers<RecordSnapshot>;
}

export interface ReaderParts {
  readonly call: CallHubspot;
  readonly connection: (connectionId: string) => Promise<ConnectionInfo | null>;
  readonly appUrl: string;
}

/**
 * Reads records through, now. Reads of one connection and object type that arrive within 50 ms, or the first hundred of
 * them, go out as one batch call.
 */
export const createHubspotReader = (parts: ReaderParts): RecordReader => {
  const gathering = new Map<string, Waiting[]>();

  const flush = (group: string, batch: readonly Waiting[]): void => {
    if (gathering.get(group) === batch) gathering.delete(group);
    void answer(batch, parts);
  };

  return {
    read: (ref, sources) => {
      const group = `${ref.connectionId} ${ref.objectType}`;
      const batch = gathering.get(group) ?? [];
      const waiting = { ref, sources, answer: Promise.withResolvers<RecordSnapshot>() };
      batch.push(waiting);
      if (batch.length === 1) {
        gathering.set(group, batch);
        setTimeout(() => gathering.get(group) === batch && flush(group, batch), GATHER_MS);
      }
      if (batch.length === BATCH_LIMIT) flush(group, batch);
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
