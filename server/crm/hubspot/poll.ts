import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { RecordRef } from '../../assignments/types.ts';
import type { ChangeReader } from '../connector.ts';
import type { CallHubspot } from './client.ts';
import { CREATED_PROPERTY, SEARCH_PAGE, SEARCH_REACH } from './facts.ts';
import { searchRecords } from './search-records.ts';

/** What a poll found, and where the next one begins. Instants are epoch milliseconds. */
export interface Polled {
  readonly records: readonly RecordRef[];
  readonly next: number;
}

/** Looked at again each time: the search index shows a new record some seconds late. */
const OVERLAP_MS = 120_000;

/**
 * Records created since an instant, oldest first: what a lost push would have told. Each becomes a `recordChanged`, which
 * does nothing for a record that is known. One search per 200 records; `next` is where to go on, a little before `now`
 * so that the index may lag, or at the last record when there are more than a search can reach.
 */
export const pollCreated = async (
  call: CallHubspot,
  connection: Pick<ConnectionInfo, 'id' | 'externalId'>,
  objectType: keyof typeof CREATED_PROPERTY,
  since: number,
  now: number,
): Promise<Polled> => {
  const property = CREATED_PROPERTY[objectType];
  const found: { readonly id: string; readonly createdAt: number }[] = [];
  let after: string | undefined;
  do {
    const page = await searchRecords(call, connection, objectType, {
      filters: [{ propertyName: property, operator: 'GTE', value: String(since) }],
      sort: { propertyName: property, direction: 'ASCENDING' },
      properties: [property],
      limit: SEARCH_PAGE,
      ...(after !== undefined && { after }),
    });
    for (const { id, properties } of page.results)
      found.push({ id, createdAt: Date.parse(properties[property] ?? '') });
    after = page.paging?.next?.after;
  } while (after !== undefined && found.length < SEARCH_REACH);
  const last = found.at(-1)?.createdAt;
  return {
    records: found.map(({ id }) => ({ connectionId: connection.id, objectType, recordId: id })),
    next:
      after !== undefined && last !== undefined && last > since ? last : Math.max(since, now - OVERLAP_MS),
  };
};

/** Pushes tell at once; what was lost of them is found this often. */
const EVERY_MS = 15 * 60_000;

/** Looks for contacts no push told of; the cursor is an instant. What was there before an account was connected is no news. */
export const createHubspotChanges = (call: CallHubspot): ChangeReader => ({
  everyMs: EVERY_MS,
  read: async (connection, { cursor, now }) => {
    if (cursor === null) return { records: [], cursor: String(now - OVERLAP_MS) };
    const { records, next } = await pollCreated(call, connection, 'contact', Number(cursor), now);
    return { records: records.map((ref) => ({ ref, stamp: '' })), cursor: String(next) };
  },
});
