import type { ConnectionInfo } from '../../assignments/ports.ts';
import type { ChangedRecord, ChangeReader } from '../connector.ts';
import { nextLook } from '../read-by-time.ts';
import type { Addresses } from './addresses.ts';
import type { CallSalesforce } from './client.ts';
import { queryRows } from './query.ts';
import { factsOf, fieldsToRead, toSnapshot } from './to-snapshot.ts';
import type { ReadVisible } from './visible-fields.ts';

/** What a poll found, and where the next one begins. Instants are epoch milliseconds. */
export interface Polled {
  readonly records: readonly Required<ChangedRecord>[];
  readonly next: number;
}

interface Asked {
  readonly sources: Readonly<Record<string, string>>;
  readonly since: number;
  readonly now: number;
  readonly readVisible: ReadVisible;
}

/** Looked at again each time: a transaction that took long commits with a stamp of its beginning. */
const OVERLAP_MS = 60_000;
/** Records of one look, two thousand to a call; the rest is for the next. */
const MOST = 20_000;

/**
 * Leads that changed since an instant, oldest first, with all the policy reads of them: the poll is itself the read,
 * two thousand in one call. Deleted and merged ones are among them. `next` is where to go on.
 */
export const pollChanged = async (
  call: CallSalesforce,
  addresses: Addresses,
  connection: ConnectionInfo,
  { sources, since, now, readVisible }: Asked,
): Promise<Polled> => {
  const objectType = 'lead';
  const fields = [...fieldsToRead(objectType, [sources]), 'SystemModstamp'];
  const { api } = factsOf(objectType);
  const rows = await readVisible(connection, api, fields, (visible) =>
    queryRows(call, connection, {
      soql: `SELECT ${visible.join(', ')} FROM ${api} WHERE SystemModstamp >= ${toLiteral(since)} ORDER BY SystemModstamp, Id LIMIT ${MOST}`,
      purpose: 'background',
      all: true,
    }),
  );
  const url = addresses.instance(connection);
  const last = Date.parse(String(rows.at(-1)?.SystemModstamp));
  const full = rows.length === MOST && last > since;
  return {
    records: rows.map((row) => {
      const ref = { connectionId: connection.id, objectType, recordId: String(row.Id) };
      return { ref, snapshot: toSnapshot(ref, row, sources, url), stamp: String(row.SystemModstamp) };
    }),
    next: full ? last : nextLook(since, last, { now, overlapMs: OVERLAP_MS }),
  };
};

/** SOQL takes an instant unquoted. */
const toLiteral = (instant: number): string => new Date(instant).toISOString();

/** Looks through an org by `SystemModstamp`; the cursor is an instant. */
export const createSalesforceChanges = (
  call: CallSalesforce,
  addresses: Addresses,
  everyMs: number,
  readVisible: ReadVisible,
): ChangeReader => ({
  everyMs,
  read: async (connection, { cursor, now, sources }) => {
    const since = cursor === null ? now - OVERLAP_MS : Number(cursor);
    const asked = { sources, since, now, readVisible };
    const { records, next } = await pollChanged(call, addresses, connection, asked);
    return { records, cursor: String(next) };
  },
});
