import { SalesforceError } from '../errors.ts';
import { makeId } from '../ids.ts';
import type { RecordView } from './project-rows.ts';
import type { QueryResult } from './run-query.ts';

/** An answer, or the part of it that fits a batch. */
export interface QueryPage {
  readonly totalSize: number;
  readonly done: boolean;
  readonly nextRecordsUrl?: string;
  readonly records: readonly RecordView[];
}

/** Cursors a person may have open; the oldest is closed for another. Source: SOQL and SOSL limits. */
const MOST_CURSORS = 10;
/** A cursor is closed after so long without use. */
const IDLE_MS = 15 * 60_000;

interface Cursor {
  readonly userId: string;
  readonly result: QueryResult;
  readonly batchSize: number;
  usedAt: number;
}

/** Keeps what of an answer is still to be fetched. */
export const createCursors = (now: () => number) => {
  const cursors = new Map<string, Cursor>();
  let made = 0;

  const page = (id: string | null, cursor: Cursor, from: number, version: string): QueryPage => {
    const { result, batchSize } = cursor;
    const to = Math.min(from + batchSize, result.length);
    const done = to >= result.length;
    return {
      totalSize: result.totalSize,
      done,
      ...(done || id === null ? {} : { nextRecordsUrl: `/services/data/v${version}/query/${id}-${to}` }),
      records: result.slice(from, to),
    };
  };

  const makeRoom = (userId: string): void => {
    const own = [...cursors].filter(([, cursor]) => cursor.userId === userId);
    const [oldest] = own;
    if (own.length >= MOST_CURSORS && oldest) cursors.delete(oldest[0]);
  };

  return {
    /** The first batch of an answer. */
    open: (userId: string, result: QueryResult, batchSize: number, version: string): QueryPage => {
      const cursor = { userId, result, batchSize, usedAt: now() };
      if (result.length <= batchSize) return page(null, cursor, 0, version);
      if (result.aggregate)
        throw new SalesforceError(
          'EXCEEDED_ID_LIMIT',
          'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
        );
      makeRoom(userId);
      const id = makeId('01g', ++made);
      cursors.set(id, cursor);
      return page(id, cursor, 0, version);
    },
    /** The batch a locator stands for. Throws SalesforceError INVALID_QUERY_LOCATOR. */
    more: (userId: string, locator: string, version: string): QueryPage => {
      const [id = '', from = ''] = locator.split('-');
      const cursor = cursors.get(id);
      if (!cursor || cursor.userId !== userId || !/^\d+$/.test(from) || now() - cursor.usedAt > IDLE_MS)
        throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
      cursor.usedAt = now();
      return page(id, cursor, Number(from), version);
    },
  };
};

export type Cursors = ReturnType<typeof createCursors>;
