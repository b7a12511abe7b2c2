import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ConnectionInfo } from '../../assignments/ports.ts';
import { asText } from '../as-text.ts';
import type { ChangedRecord, ChangeReader } from '../connector.ts';
import { goneSnapshot } from '../gone-snapshot.ts';
import type { Addresses } from './addresses.ts';
import type { CallZoho } from './client.ts';
import { FIELDS_LIMIT, MODIFIED, PAGE, PAGED_ROWS, PATHS } from './facts.ts';
import { readBody } from './failures.ts';
import { type Row, rows } from './query.ts';
import { recordUrl } from './record-url.ts';
import { factsOf, fieldsToRead, toSnapshot } from './to-snapshot.ts';

/** Looked at again each time: what is stored late carries the moment it began. Milliseconds. */
const OVERLAP_MS = 60_000;
/** What changed before an account was connected is no news. Milliseconds. */
const FIRST_LOOK_BACK_MS = 60_000;
/** Pages of one look, should more records carry one second than pages reach without a token. */
const MOST_PAGES = 50;
const OBJECT_TYPE = 'lead';

/** Up to when changed and deleted records were seen; epoch milliseconds, by Zoho's clock. */
const cursor = z.tuple([z.coerce.number(), z.coerce.number()]);

const deletedRows = z.object({
  data: z.array(z.object({ id: z.string(), deleted_time: z.string() })),
  info: z.object({ more_records: z.boolean().optional() }).optional(),
});

/** Finds leads that changed, were converted or were deleted: what no notification told, and those that were lost. */
export const createZohoChanges = (call: CallZoho, addresses: Addresses, everyMs: number): ChangeReader => ({
  everyMs,
  read: async (connection, { cursor: from, now, sources }) => {
    const begin = now - FIRST_LOOK_BACK_MS;
    const [changedSince, deletedSince] = cursor.safeParse(from?.split('/')).data ?? [begin, begin];
    const changed = await readChanged(call, connection, changedSince, sources);
    const deleted = await readDeleted(call, connection, deletedSince);
    const url = (recordId: string) => recordUrl(addresses, connection, refOf(connection, recordId));
    return {
      records: [
        ...changed.rows.map((row) => toChanged(row, connection, changed.whole ? sources : null, url)),
        ...deleted.map(({ id, at }) => toDeleted(connection, id, at)),
      ],
      cursor: `${nextOf(changedSince, changed)}/${Math.max(deletedSince, ...deleted.map(({ at }) => at - OVERLAP_MS))}`,
    };
  },
});

interface Changed {
  readonly rows: readonly Row[];
  /** Whether every field of a snapshot was read. */
  readonly whole: boolean;
  /** Whether there is more, for the next look. */
  readonly full: boolean;
}

const timeOf = (row: Row | undefined): number => Date.parse(String(row?.[MODIFIED]));

const nextOf = (since: number, { rows: found, full }: Changed): number => {
  const last = timeOf(found.at(-1));
  if (Number.isNaN(last)) return since;
  // The same second may hold more than was read.
  return Math.max(since, full ? last - 1_000 : last - OVERLAP_MS);
};

const instant = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}+00:00`;

/** Oldest first, two hundred to a call. */
const readChanged = async (
  call: CallZoho,
  connection: ConnectionInfo,
  since: number,
  sources: Readonly<Record<string, string>>,
): Promise<Changed> => {
  const wanted = fieldsToRead(OBJECT_TYPE, [sources]);
  const whole = wanted.length <= FIELDS_LIMIT;
  const fields = whole ? wanted : ['Owner', MODIFIED];
  const found: Row[] = [];
  let token: string | null = null;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const place: Readonly<Record<string, string>> =
      token === null ? { page: String(page) } : { page_token: token };
    const reply = await call(connection, {
      method: 'GET',
      path: PATHS.records(factsOf(OBJECT_TYPE).module),
      query: {
        fields: fields.join(','),
        converted: 'both',
        sort_by: MODIFIED,
        sort_order: 'asc',
        per_page: String(PAGE),
        ...place,
      },
      headers: { 'if-modified-since': instant(since) },
      purpose: 'background',
    });
    const part = readBody(rows, reply);
    found.push(...(part?.data ?? []));
    if (!part?.info?.more_records) return { rows: found, whole, full: false };
    if (found.length >= PAGED_ROWS && timeOf(found.at(-1)) - 1_000 > since) break;
    token = part.info.next_page_token ?? null;
  }
  return { rows: found, whole, full: true };
};

/** Newest first. */
const readDeleted = async (call: CallZoho, connection: ConnectionInfo, since: number) => {
  const found: { readonly id: string; readonly at: number }[] = [];
  for (let page = 1; page <= PAGED_ROWS / PAGE; page++) {
    const reply = await call(connection, {
      method: 'GET',
      path: PATHS.deleted(factsOf(OBJECT_TYPE).module),
      query: { type: 'all', page: String(page), per_page: String(PAGE) },
      headers: { 'if-modified-since': instant(since) },
      purpose: 'background',
    });
    const part = readBody(deletedRows, reply);
    found.push(...(part?.data ?? []).map(({ id, deleted_time }) => ({ id, at: Date.parse(deleted_time) })));
    if (!part?.info?.more_records) break;
  }
  return found;
};

const refOf = ({ id }: ConnectionInfo, recordId: string) => ({
  connectionId: id,
  objectType: OBJECT_TYPE,
  recordId,
});

/** Two changes within a second have one time: the values tell them apart. */
const stampOf = (row: Row): string => {
  const digest = createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 12);
  return `${row[MODIFIED]} ${digest}`;
};

const toChanged = (
  row: Row,
  connection: ConnectionInfo,
  sources: Readonly<Record<string, string>> | null,
  url: (recordId: string) => string,
): ChangedRecord => {
  const recordId = asText(row.id) ?? '';
  const ref = refOf(connection, recordId);
  return {
    ref,
    stamp: stampOf(row),
    ...(sources !== null && { snapshot: toSnapshot(ref, row, sources, url(recordId)) }),
  };
};

const toDeleted = (connection: ConnectionInfo, recordId: string, at: number): ChangedRecord => {
  const ref = refOf(connection, recordId);
  return { ref, stamp: `deleted ${at}`, snapshot: goneSnapshot(ref, 'missing') };
};
